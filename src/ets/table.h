/* SPDX-License-Identifier: Apache-2.0 */
/* table.h - ETS tables. */
#ifndef ETS_TABLE_H
#define ETS_TABLE_H

/* A table is a resource: terms that refer to it keep the struct, not its contents, alive. All
   tables are in a list, those with a name also in a directory by name, which is read without a
   lock. Contents and settings are read and changed with the table's lock held (ets_open), for one
   operation, never over a slice (design D34). A private table is touched by its owner alone and
   needs no lock. A table dies when it is deleted or its owner ends: from then on nobody opens it,
   and what it held is freed in steps by the process that killed it, its owner from then on. It
   leaves the list with the last reference to it. Its memory is freed by its epoch. Fixations change
   with the table open, at least for reading, and the directory's lock held. Lock order: a table's
   lock, then the directory's. */

#include "ets/hash.h"
#include "ets/lock.h"
#include "ets/tree.h"
#include "base/epoch.h"
#include "heap/resource.h"
#include "process/process.h"

typedef enum EtsType { ETS_SET, ETS_BAG, ETS_DUPLICATE_BAG, ETS_ORDERED_SET } EtsType;
typedef enum EtsProtection { ETS_PRIVATE, ETS_PROTECTED, ETS_PUBLIC } EtsProtection;

/* A process that has fixed the table, how often, and since when. */
typedef struct Fixation {
    struct Fixation *next;
    Term pid;
    size_t count;
    int64_t since; /* ns of port_now */
    EtsObject *next_object; /* of a hash table: where a native that goes through it has stopped */
} Fixation;

typedef struct EtsStore {
    EtsType type;
    union {
        HashTable hash;
        Tree tree;
    };
    size_t count; /* objects, without those marked as deleted */
    size_t bytes; /* of all objects */
} EtsStore;

typedef struct EtsSettings {
    Term name;
    bool is_named;
    EtsType type;
    EtsProtection protection;
    size_t key;     /* keypos - 1 */
    Term heir;      /* pid or TERM_NONE */
    Term heir_data; /* of the caller's heap, until ets_make has copied it */
    bool is_heir_silent; /* gets no message */
    /* What programs ask for and are told; Mote has one way for all. */
    bool read_concurrency, compressed;
    Term decentralized_counters; /* true, false or, while options are read, TERM_NONE */
    Term write_concurrency;      /* true, false or auto */
    uint32_t lock_count;         /* that a test suite asked for; 0: it did not */
} EtsSettings;

/* What a name in the directory leads to. */
typedef struct EtsName {
    Retired retired;
    Term name;
    struct EtsTable *table;
} EtsName;

typedef struct EtsTable {
    Resource resource; /* first */
    Retired retired;
    struct EtsTable *next, **link; /* of all tables */
    EtsName *directory_name;       /* NULL: it has none */
    uint32_t number[3];            /* of its reference */
    RwLock lock;
    EtsSettings settings; /* heir_data is of heir_box */
    TermBox heir_box;
    _Atomic(Term) owner;
    bool is_dead;
    EtsStore store;
    Fixation *fixations;
} EtsTable;

/* `schedulers`: how many run programs; with one alone no table needs its lock. */
bool ets_init(const unsigned *schedulers);

/* ---- The directory ---- */

typedef enum MakeResult { MAKE_DONE, MAKE_EXISTS, MAKE_NO_MEMORY } MakeResult;
/* A new table of process p. */
MakeResult ets_make(Process *p, const EtsSettings *settings, EtsTable **table);
/* The table's reference on `heap`; the same one each time. TERM_NONE: out of memory. */
Term ets_reference(EtsTable *table, Heap *heap);
/* The live table of a name or reference, or NULL. Stays readable until the next quiescent point. */
EtsTable *ets_find(Term id);
/* With the table's lock. False: the name is taken, or (memory false) there is no memory. */
bool ets_rename(EtsTable *table, Term name, bool *memory);
/* Calls `visit` for each live table. */
void ets_each(bool (*visit)(EtsTable *table, void *context), void *context);

/* ---- Opening ---- */

typedef enum EtsAccess {
    ACCESS_READ,
    ACCESS_FIX, /* allowed where reading is, but with the lock of who writes */
    ACCESS_WRITE /* also to delete and rename the table: whoever may write may do that, as on OTP */
} EtsAccess;
typedef struct EtsOpen {
    EtsTable *table;
    enum { UNLOCKED, LOCKED_READ, LOCKED_WRITE } lock;
    Term cause; /* where opening failed: type, id or access */
} EtsOpen;
/* Opens for p. False: `open->cause` tells why. */
bool ets_open(EtsOpen *open, Process *p, Term id, EtsAccess access);
/* Opens for reading settings and sizes, whoever asks. */
bool ets_open_info(EtsOpen *open, Term id);
void ets_unlock(EtsOpen *open);
static inline void ets_close(EtsOpen *open)
{
    if (open->lock != UNLOCKED) ets_unlock(open);
}

/* ---- Life; with the table open for writing ---- */

/* Nobody opens it from now on; p is to bury it. */
void ets_kill(EtsTable *table, Process *p);
/* Without its lock: frees some of what a dead table held. True: that was all; only references
   keep it now. */
bool ets_bury(EtsTable *table);
/* Frees up to `limit` objects of a store that nobody else sees; true: all are gone. */
bool store_free_some(EtsStore *store, size_t limit);
void store_init(EtsStore *store, EtsType type, size_t key);
/* What a table held, and who holds it: freed with the last reference to it. */
typedef struct EtsRest {
    Resource resource; /* first */
    EtsStore store;
} EtsRest;
/* Takes everything out of a table that is not fixed. NULL: out of memory. */
EtsRest *ets_take_all(EtsTable *table);
EtsRest *ets_rest_of(Term reference);
/* Deletes all objects. */
void ets_clear(EtsTable *table);
/* Fixes for p, or takes one fixation back; with the table open. NULL: out of memory. What was
   deleted meanwhile stays marked: see ets_purge. */
Fixation *ets_fix(EtsTable *table, Process *p);
void ets_unfix(EtsTable *table, Term pid);
/* The fixation of a process, or NULL. */
Fixation *ets_fixation(const EtsTable *table, Term pid);
/* With the table open for writing: frees up to `limit` objects that are marked as deleted, unless
   the table is fixed. True: none is left. */
bool ets_purge(EtsTable *table, size_t limit);

/* ---- Objects; with the table open ---- */

static inline Term ets_key_of(const EtsTable *table, const EtsObject *object)
{
    return object->tuple[1 + table->settings.key];
}
/* The first object with `key`, and the next one. */
EtsObject *ets_get(const EtsTable *table, Term key);
EtsObject *ets_get_next(const EtsTable *table, const EtsObject *object);
/* Puts a copy of `tuple`. False: out of memory. */
bool ets_insert(EtsTable *table, Term tuple);
/* Takes `object`: replaces the one with its key, or adds it. False: out of memory, object is the
   caller's. */
bool ets_put(EtsTable *table, EtsObject *object);
/* Frees the objects with `key`, or only those equal to `tuple` (TERM_NONE: all). */
void ets_delete(EtsTable *table, Term key, Term tuple);
/* Puts `object`, which the table takes, in the place of `old`, which has the same key and is
   freed. */
void ets_replace(EtsTable *table, EtsObject *old, EtsObject *object);
/* Takes one object out and frees it. */
void ets_drop(EtsTable *table, EtsObject *object);
/* The first or last object; the one beside `key`. *found: false where a hash table has no such key.
   The table may be open for reading alone. */
EtsObject *ets_end(const EtsTable *table, int side);
EtsObject *ets_beside(EtsTable *table, Term key, int side, bool *found);
size_t ets_bytes(const EtsTable *table);

/* ---- The end of a process ---- */

/* Hands a table to its heir, or returns false where there is no such process (any more). */
typedef bool EtsInherit(Process *p, EtsTable *table);
/* Gives up what p owns and has fixed. False: there is more, in another slice. */
bool ets_exit(Process *p, EtsInherit *inherit);

#endif
