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
    if (search->file.release) search->file.release(&search->file);
    memory_free(search->path, search->path_bytes);
    memory_free(search, sizeof *search);
}
static const ResourceType search_type = {"search", destroy};

static Search *search_of(OsJob *job) { return (Search *)((char *)job - offsetof(Search, job)); }

static void work(OsJob *job)
{
    Search *search = search_of(job);
    size_t size;
    const char *name = atom_text(search->name, &size);
    if (!search->found) search->found = find(name, size, &search->file);
}

static void free_bytes(MoteFile *file) { memory_free((uint8_t *)file->bytes, file->size); }

static void append(char *out, size_t room, const char *text)
{
    size_t used = strlen(out), size = strlen(text);
    if (size > room - used - 1) size = room - used - 1;
    memcpy(out + used, text, size);
    out[used + size] = 0;
}

/* False: no memory. */
static bool keep_path(Search *search, const char *path)
{
    if (!path) return true;
    search->path_bytes = strlen(path) + 1;
    search->path = memory_alloc(search->path_bytes);
    if (search->path) memcpy(search->path, path, search->path_bytes);
    return search->path;
}

static FinderState prepare(Search *search)
{
    MoteFile *file = &search->file;
    if (!search->found) return FINDER_NOT_FOUND;
    bool kept = keep_path(search, file->path);
    search->module = module_prepare(file->bytes, file->size, os_inflate, &search->error);
    if (!search->module || search->module->name != search->name) {
        append(search->text, sizeof search->text, file->path ? file->path : "");
        append(search->text, sizeof search->text, ": ");
        append(search->text, sizeof search->text,
               search->module ? "the file holds a module of another name" : search->error.text);
    }
    if (file->release) file->release(file);
    file->release = NULL;
    if (!kept) append(search->text, sizeof search->text, " out of memory");
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

static Search *search_make(Process *p, Term name)
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
    Search *search = find ? search_make(p, name) : NULL;
    return search ? start(p, search) : TERM_NONE;
}

Term finder_start_bytes(Process *p, Term name, uint8_t *bytes, size_t size)
{
    Search *search = search_make(p, name);
    if (!search) {
        memory_free(bytes, size);
        return TERM_NONE;
    }
    search->found = true;
    search->file = (MoteFile){bytes, size, NULL, free_bytes};
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
    Path *path = search->path ? memory_alloc(sizeof *path) : NULL;
    if (!path) return; /* code:which/1 will not know it. */
    *path = (Path){atomic_load_explicit(&paths, memory_order_relaxed), search->name, search->path};
    search->path = NULL;
    atomic_store_explicit(&paths, path, memory_order_release);
}

Module *finder_module(Term t)
{
    Search *search = (Search *)resource_of(t, &search_type);
    return search ? search->module : NULL;
}

/* Under the lock. */
static bool commit(Search *search)
{
    if (!search->module || !module_commit(search->module)) return false;
    search->module = NULL;
    note_path(search);
    return true;
}

bool finder_commit(Term t)
{
    lock_acquire(&lock);
    bool committed = commit((Search *)resource_of(t, &search_type));
    lock_release(&lock);
    return committed;
}

bool finder_commit_first(Term t)
{
    Search *search = (Search *)resource_of(t, &search_type);
    lock_acquire(&lock);
    bool is_there = module_find(search->name) || module_pending(search->name);
    bool committed = is_there || commit(search);
    lock_release(&lock);
    return committed;
}

const char *finder_path(Term name)
{
    Path *path = atomic_load_explicit(&paths, memory_order_acquire);
    while (path && path->name != name) path = path->next;
    return path ? path->text : NULL;
}
