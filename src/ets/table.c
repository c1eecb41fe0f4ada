/* SPDX-License-Identifier: Apache-2.0 */
/* table.c - tables: their directory, opening and life. */

#include "ets/table.h"
#include "base/memory.h"
#include "base/table.h"
#include "mote/port.h"
#include "term/atom.h"
#include "term/hash.h"

enum { FREED_IN_A_STEP = 256 };

/* ---- The directory ---- */

static Lock lock;
static EtsTable *all;
static const unsigned *schedulers;
static Table names;

static uint32_t name_hash(const void *entry) { return atom_hash(((const EtsName *)entry)->name); }

static bool name_matches(const void *entry, const void *key)
{
    return ((const EtsName *)entry)->name == *(const Term *)key;
}

static const TableKind name_kind = {name_hash, name_matches};

static void table_memory_free(Retired *retired)
{
    EtsTable *table = (EtsTable *)((char *)retired - offsetof(EtsTable, retired));
    store_free_some(&table->store, SIZE_MAX);
    term_box_free(&table->heir_box);
    memory_free(table, sizeof *table);
}

static void table_destroy(Resource *resource)
{
    EtsTable *table = (EtsTable *)resource;
    lock_acquire(&lock);
    *table->link = table->next;
    if (table->next) table->next->link = table->link;
    lock_release(&lock);
    epoch_retire(&table->retired, table_memory_free);
}

static const ResourceType table_type = {"ets", table_destroy};

bool ets_init(const unsigned *count)
{
    schedulers = count;
    lock_init(&lock);
    table_init(&names, &name_kind);
    all = NULL;
    return true;
}

static EtsTable *find_name(Term name)
{
    const EtsName *found = table_get(&names, &name, atom_hash(name));
    return found ? found->table : NULL;
}

/* A reference that came from outside, as external term or text, and is no resource. */
static EtsTable *find_number(const uint32_t *number)
{
    lock_acquire(&lock);
    EtsTable *table = all;
    while (table && memcmp(table->number, number, sizeof table->number) != 0) table = table->next;
    lock_release(&lock);
    return table;
}

/* A reference that is no table's is as wrong as a number. */
static inline EtsTable *find(Term id)
{
    EtsTable *table = (EtsTable *)resource_of(id, &table_type);
    if (table) return table;
    if (is_atom(id)) return find_name(id);
    return is_kind(id, KIND_REF) ? find_number(reference_numbers_of(id)) : NULL;
}

EtsTable *ets_find(Term id) { return find(id); }

void ets_each(bool (*visit)(EtsTable *table, void *context), void *context)
{
    lock_acquire(&lock);
    for (EtsTable *table = all; table; table = table->next) {
        if (!table->is_dead && !visit(table, context)) break;
    }
    lock_release(&lock);
}

static EtsName *name_make(Term name, EtsTable *table)
{
    EtsName *entry = memory_alloc(sizeof *entry);
    if (!entry) return NULL;
    entry->name = name;
    entry->table = table;
    return entry;
}

static void name_free(Retired *retired) { memory_free(retired, sizeof(EtsName)); }

/* Under the lock. Names that are taken out go by their epoch. */
static MakeResult name_enter(EtsTable *table, EtsName *entry)
{
    if (find_name(entry->name)) return MAKE_EXISTS;
    if (!table_put(&names, entry)) return MAKE_NO_MEMORY;
    table->directory_name = entry;
    return MAKE_DONE;
}

static void name_leave(EtsName *entry)
{
    if (!entry) return;
    table_remove(&names, &entry->name, atom_hash(entry->name));
    epoch_retire(&entry->retired, name_free);
}

/* Under the lock. */
static MakeResult enter(EtsTable *table)
{
    if (table->settings.is_named) {
        EtsName *entry = name_make(table->settings.name, table);
        MakeResult result = entry ? name_enter(table, entry) : MAKE_NO_MEMORY;
        if (result != MAKE_DONE) {
            memory_free(entry, sizeof *entry);
            return result;
        }
    }
    table->next = all;
    table->link = &all;
    if (all) all->link = &table->next;
    all = table;
    return MAKE_DONE;
}

MakeResult ets_make(Process *p, const EtsSettings *settings, EtsTable **made)
{
    EtsTable *table = memory_alloc(sizeof *table);
    if (!table) return MAKE_NO_MEMORY;
    memset(table, 0, sizeof *table);
    if (!term_box(settings->heir_data, &table->heir_box, true)) {
        memory_free(table, sizeof *table);
        return MAKE_NO_MEMORY;
    }
    resource_init(&table->resource, &table_type);
    reference_numbers(table->number);
    rw_lock_init(&table->lock);
    table->settings = *settings;
    table->settings.heir_data = table->heir_box.term;
    atomic_init(&table->owner, p->pid);
    store_init(&table->store, settings->type, settings->key);
    lock_acquire(&lock);
    MakeResult result = enter(table);
    lock_release(&lock);
    if (result != MAKE_DONE) {
        term_box_free(&table->heir_box);
        memory_free(table, sizeof *table);
        return result;
    }
    p->flags |= PROCESS_HAS_TABLES;
    *made = table;
    return MAKE_DONE;
}

Term ets_reference(EtsTable *table, Heap *heap)
{
    ResourceRef *ref = (ResourceRef *)heap_reserve(heap, 1 + RESOURCE_REF_SIZE);
    if (!ref) return TERM_NONE;
    ref->header = make_header(KIND_RESOURCE, RESOURCE_REF_SIZE);
    ref->resource = &table->resource;
    ref->unused = 0;
    memcpy(ref->number, table->number, sizeof ref->number);
    resource_retain(&table->resource);
    heap_link_off_heap(heap, (OffHeap *)ref, 0);
    return make_boxed((Term *)ref);
}

bool ets_rename(EtsTable *table, Term name, bool *memory)
{
    *memory = true;
    if (table->settings.is_named && name != table->settings.name) {
        EtsName *old = table->directory_name, *entry = name_make(name, table);
        lock_acquire(&lock);
        MakeResult result = entry ? name_enter(table, entry) : MAKE_NO_MEMORY;
        if (result == MAKE_DONE) name_leave(old);
        lock_release(&lock);
        *memory = result != MAKE_NO_MEMORY;
        if (result != MAKE_DONE) {
            memory_free(entry, sizeof *entry);
            return false;
        }
    }
    table->settings.name = name;
    return true;
}

/* ---- Opening ---- */

/* OTP differs: who opens all of them does not get at private ones, which their owners use without
   the lock. */
static bool may_access(const EtsTable *table, const Process *p, EtsAccess access)
{
    if (atomic_load_explicit(&table->owner, memory_order_acquire) == p->pid) return true;
    EtsProtection protection = table->settings.protection;
    if (protection == ETS_PROTECTED && (p->flags & PROCESS_OPENS_ALL)) return true;
    return protection == ETS_PUBLIC || (protection == ETS_PROTECTED && access != ACCESS_WRITE);
}

static inline bool find_open(EtsOpen *open, Term id)
{
    open->lock = UNLOCKED;
    open->table = find(id);
    open->cause = is_atom(id) || open->table ? A(id) : A(type);
    return open->table != NULL;
}

static void lock_open(EtsOpen *open, bool write)
{
    if (write) {
        rw_lock_write(&open->table->lock);
    } else {
        rw_lock_read(&open->table->lock);
    }
    open->lock = write ? LOCKED_WRITE : LOCKED_READ;
}

/* Finds it by its name too, locks it, tells what is wrong. */
static bool open_slowly(EtsOpen *open, Process *p, Term id, EtsAccess access)
{
    if (!find_open(open, id)) return false;
    EtsTable *table = open->table;
    bool is_private = table->settings.protection == ETS_PRIVATE;
    bool is_owner = atomic_load_explicit(&table->owner, memory_order_acquire) == p->pid;
    if (*schedulers > 1 && (!is_private || !is_owner)) lock_open(open, access != ACCESS_READ);
    bool is_other = is_atom(id) && table->settings.name != id; /* Renamed meanwhile. */
    if (!table->is_dead && !is_other && may_access(table, p, access)) return true;
    open->cause = table->is_dead || is_other ? A(id) : A(access);
    ets_close(open);
    return false;
}

bool ets_open(EtsOpen *open, Process *p, Term id, EtsAccess access)
{
    EtsTable *table = (EtsTable *)resource_of(id, &table_type);
    if (!table || *schedulers > 1 || table->is_dead || !may_access(table, p, access))
        return open_slowly(open, p, id, access);
    open->table = table;
    open->lock = UNLOCKED;
    return true;
}

bool ets_open_info(EtsOpen *open, Term id)
{
    if (!find_open(open, id)) return false;
    if (*schedulers > 1) lock_open(open, false);
    if (!open->table->is_dead) return true;
    ets_close(open);
    return false;
}

void ets_unlock(EtsOpen *open)
{
    if (open->lock == LOCKED_READ) rw_lock_read_done(&open->table->lock);
    if (open->lock == LOCKED_WRITE) rw_lock_write_done(&open->table->lock);
    open->lock = UNLOCKED;
}

/* ---- Fixations ---- */

static Fixation *find_fixation(const EtsTable *table, Term pid)
{
    Fixation *fixation = table->fixations;
    while (fixation && fixation->pid != pid) fixation = fixation->next;
    return fixation;
}

Fixation *ets_fixation(const EtsTable *table, Term pid)
{
    lock_acquire(&lock);
    Fixation *fixation = find_fixation(table, pid);
    lock_release(&lock);
    return fixation;
}

static Fixation *add_fixation(EtsTable *table, Process *p)
{
    Fixation *fixation = memory_alloc(sizeof *fixation);
    if (!fixation) return NULL;
    *fixation = (Fixation){table->fixations, p->pid, 0, (int64_t)port_now(), NULL};
    p->flags |= PROCESS_HAS_TABLES;
    table->fixations = fixation;
    if (table->store.type != ETS_ORDERED_SET) table->store.hash.is_fixed = true;
    return fixation;
}

Fixation *ets_fix(EtsTable *table, Process *p)
{
    lock_acquire(&lock);
    Fixation *fixation = find_fixation(table, p->pid);
    if (!fixation) fixation = add_fixation(table, p);
    if (fixation) fixation->count++;
    lock_release(&lock);
    return fixation;
}

/* Under the lock. */
static void drop_fixation(EtsTable *table, Fixation *dropped)
{
    Fixation **link = &table->fixations;
    while (*link != dropped) link = &(*link)->next;
    *link = dropped->next;
    memory_free(dropped, sizeof *dropped);
    if (!table->fixations && table->store.type != ETS_ORDERED_SET)
        table->store.hash.is_fixed = false;
}

void ets_unfix(EtsTable *table, Term pid)
{
    lock_acquire(&lock);
    Fixation *fixation = find_fixation(table, pid);
    if (fixation && --fixation->count == 0) drop_fixation(table, fixation);
    lock_release(&lock);
}

/* ---- The end of a table ---- */

void ets_kill(EtsTable *table, Process *p)
{
    Fixation *next, *fixation = table->fixations;
    lock_acquire(&lock);
    table->is_dead = true;
    name_leave(table->directory_name);
    table->directory_name = NULL;
    table->fixations = NULL;
    lock_release(&lock);
    for (; fixation; fixation = next) {
        next = fixation->next;
        memory_free(fixation, sizeof *fixation);
    }
    p->flags |= PROCESS_HAS_TABLES;
    atomic_store_explicit(&table->owner, p->pid, memory_order_release);
}

bool ets_bury(EtsTable *table)
{
    if (!store_free_some(&table->store, FREED_IN_A_STEP)) return false;
    atomic_store_explicit(&table->owner, TERM_NIL, memory_order_release);
    resource_release(&table->resource); /* That of whoever made it. */
    return true;
}

/* ---- The end of a process ---- */

/* A table that `pid` owns, has fixed, or has to bury. */
static EtsTable *find_of(Term pid)
{
    lock_acquire(&lock);
    EtsTable *table = all;
    while (table && atomic_load_explicit(&table->owner, memory_order_acquire) != pid &&
           !find_fixation(table, pid))
        table = table->next;
    lock_release(&lock);
    return table;
}

static void give_up(EtsTable *table, Process *p, EtsInherit *inherit)
{
    rw_lock_write(&table->lock);
    lock_acquire(&lock);
    Fixation *fixation = find_fixation(table, p->pid);
    if (fixation) drop_fixation(table, fixation);
    lock_release(&lock);
    bool owns = atomic_load_explicit(&table->owner, memory_order_acquire) == p->pid;
    if (owns && !table->is_dead &&
        (is_none(table->settings.heir) || !inherit || !inherit(p, table)))
        ets_kill(table, p);
    rw_lock_write_done(&table->lock);
}

bool ets_exit(Process *p, EtsInherit *inherit)
{
    if (!(p->flags & PROCESS_HAS_TABLES)) return true;
    for (EtsTable *table; (table = find_of(p->pid)) != NULL;) {
        bool is_dead = table->is_dead;
        if (!is_dead) give_up(table, p, inherit);
        else if (!ets_bury(table)) return false;
    }
    return true;
}
