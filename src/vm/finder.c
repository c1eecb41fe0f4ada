/* SPDX-License-Identifier: Apache-2.0 */
/* finder.c - searches for modules, on threads beside the schedulers. */

#include "vm/finder.h"
#include "base/lock.h"
#include "base/memory.h"
#include "mote/os/zlib.h"
#include "mote/os/job.h"
#include "process/signal.h"
#include "term/atom.h"

/* Counted twice: by the reference that the process holds, and by the job while it runs. */
typedef struct Search {
    Resource resource; /* first */
    OsJob job;
    Term name, pid;
    bool found;
    uint8_t *code; /* a copy of what was given, of code_bytes; NULL: the file is looked for */
    size_t code_bytes;
    MoteFile file;
    Module *module;
    char *path; /* a copy, of path_bytes */
    size_t path_bytes;
    LoadError error;
    char text[400];
    Signal *wake;
    _Atomic(FinderState) state;
} Search;

/* Where loaded modules came from; entries are added only. */
typedef struct Path {
    struct Path *next;
    Term name;
    char *text;
} Path;

static MoteFinder *find;
static MoteFolders folders;
static _Atomic(Path *) paths;
static Lock lock;

void finder_set(MoteFinder *finder, MoteFolders where)
{
    find = finder;
    folders = where;
    lock_init(&lock);
}

MoteFolders finder_folders(void) { return folders; }

static void destroy(Resource *resource)
{
    Search *search = (Search *)resource;
    if (search->module) module_discard(search->module);
    if (search->wake) signal_free(search->wake);
    memory_free(search->path, search->path_bytes);
    memory_free(search->code, search->code_bytes);
    memory_free(search, sizeof *search);
}
static const ResourceType search_type = {"search", destroy};

static Search *search_of(OsJob *job) { return (Search *)((char *)job - offsetof(Search, job)); }

static void work(OsJob *job)
{
    Search *search = search_of(job);
    size_t size;
    const char *name = atom_text(search->name, &size);
    search->found = search->code || find(name, size, &search->file);
}

static void append(char *out, size_t room, const char *text)
{
    size_t used = strlen(out), size = strlen(text);
    if (size > room - used - 1) size = room - used - 1;
    memcpy(out + used, text, size);
    out[used + size] = 0;
}

static FinderState prepare(Search *search)
{
    MoteFile *file = &search->file;
    if (!search->found) return FINDER_NOT_FOUND;
    search->path_bytes = strlen(file->path) + 1;
    search->path = memory_alloc(search->path_bytes);
    if (search->path) memcpy(search->path, file->path, search->path_bytes);
    search->module = module_prepare(file->bytes, file->size, os_inflate, &search->error);
    if (!search->module || search->module->name != search->name) {
        append(search->text, sizeof search->text, file->path);
        append(search->text, sizeof search->text, ": ");
        append(search->text, sizeof search->text,
               search->module ? "the file holds a module of another name" : search->error.text);
    }
    if (file->release) file->release(file);
    if (!search->path) append(search->text, sizeof search->text, " out of memory");
    return search->text[0] ? FINDER_REFUSED : FINDER_FOUND;
}

static void done(OsJob *job)
{
    Search *search = search_of(job);
    Signal *wake = search->wake;
    search->wake = NULL;
    atomic_store_explicit(&search->state, prepare(search), memory_order_release);
    if (!signal_send(search->pid, wake)) signal_free(wake);
    resource_release(&search->resource);
}

/* The signal's coming is all that matters. */
static void woken(Process *p, Signal *signal)
{
    (void)p;
    signal_free(signal);
}

bool finder_preload(const char *name, const char **why)
{
    static LoadError error;
    MoteFile file;
    *why = "its file was not found";
    if (!find || !find(name, strlen(name), &file)) return false;
    Module *module = module_prepare(file.bytes, file.size, os_inflate, &error);
    if (file.release) file.release(&file);
    *why = error.text;
    return module && module_commit(module);
}

static Search *make_search(Process *p, Term name)
{
    Search *search = memory_alloc(sizeof *search);
    if (!search) return NULL;
    memset(search, 0, sizeof *search);
    resource_init(&search->resource, &search_type);
    search->job = (OsJob){NULL, work, done};
    search->name = name;
    search->pid = p->pid;
    search->wake = signal_make(SIGNAL_CALL, p->pid, TERM_NIL);
    if (search->wake) {
        search->wake->function = woken;
        return search;
    }
    resource_release(&search->resource);
    return NULL;
}

/* Takes the search. */
static Term start(Process *p, Search *search)
{
    Term reference = resource_make_ref(&p->heap, &search->resource);
    if (is_none(reference)) {
        resource_release(&search->resource);
        return TERM_NONE;
    }
    /* The count from resource_init is the job's. */
    if (!os_job_start(&search->job)) {
        work(&search->job);
        done(&search->job);
    }
    return reference;
}

Term finder_start(Process *p, Term name)
{
    Search *search = find ? make_search(p, name) : NULL;
    return search ? start(p, search) : TERM_NONE;
}

Term finder_prepare(Process *p, Term name, const uint8_t *bytes, size_t size)
{
    Search *search = make_search(p, name);
    if (!search) return TERM_NONE;
    search->code_bytes = size ? size : 1;
    search->code = memory_alloc(search->code_bytes);
    if (!search->code) {
        resource_release(&search->resource);
        return TERM_NONE;
    }
    memcpy(search->code, bytes, size);
    search->file = (MoteFile){search->code, size, "", NULL};
    return start(p, search);
}

FinderState finder_state(Term reference, const char **text)
{
    Search *search = (Search *)resource_of(reference, &search_type);
    if (!search) return FINDER_NOT_FOUND;
    *text = search->text;
    return atomic_load_explicit(&search->state, memory_order_acquire);
}

static void note_path(Search *search)
{
    Path *path = memory_alloc(sizeof *path);
    if (!path) return; /* code:which/1 will not know it. */
    *path = (Path){atomic_load_explicit(&paths, memory_order_relaxed), search->name, search->path};
    search->path = NULL;
    atomic_store_explicit(&paths, path, memory_order_release);
}

bool finder_commit(Term reference)
{
    Search *search = (Search *)resource_of(reference, &search_type);
    lock_acquire(&lock);
    bool loaded = module_find(search->name) != NULL,
         committed = !loaded && module_commit(search->module);
    if (committed) {
        search->module = NULL;
        note_path(search);
    }
    lock_release(&lock);
    return loaded || committed;
}

const Module *finder_module(Term reference)
{
    const Search *search = (const Search *)resource_of(reference, &search_type);
    if (!search || atomic_load_explicit(&search->state, memory_order_acquire) != FINDER_FOUND)
        return NULL;
    return search->module;
}

bool finder_replace(Term reference)
{
    Search *search = (Search *)resource_of(reference, &search_type);
    lock_acquire(&lock);
    bool committed = module_commit(search->module);
    if (committed) search->module = NULL;
    lock_release(&lock);
    return committed;
}

const char *finder_path(Term name)
{
    Path *path = atomic_load_explicit(&paths, memory_order_acquire);
    while (path && path->name != name) path = path->next;
    return path ? path->text : NULL;
}
