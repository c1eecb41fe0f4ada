/* SPDX-License-Identifier: Apache-2.0 */
/* persistent_term.c - terms for everybody that are read without a copy. */

/* Keys and values stand in literal blocks, so that neither sending nor collecting copies what was
   read (design D25). Readers take no lock. A value that is replaced or erased may still be
   referred to by any process: its block goes to a list that a purge of literals is to empty.
   Immediates have no block. */

#include "base/epoch.h"
#include "base/lock.h"
#include "base/memory.h"
#include "base/table.h"
#include "heap/copy.h"
#include "heap/map.h"
#include "natives/support.h"
#include "term/compare.h"
#include "term/hash.h"

/* A literal that stands alone. `start` is NULL where the term is an immediate. */
typedef struct Block {
    Term term;
    void *start;
    size_t bytes;
} Block;

/* What a key leads to; replaced as a whole. */
typedef struct Value {
    Retired retired;
    struct Value *next; /* in the list of those that could not be freed */
    Block block;
} Value;

typedef struct Entry {
    Retired retired;
    uint32_t hash;
    Block key;
    _Atomic(Value *) value;
} Entry;

static Lock lock;
static Table table;
static Value *kept;
static size_t total_bytes;

static uint32_t entry_hash(const void *entry) { return ((const Entry *)entry)->hash; }

static bool entry_matches(const void *entry, const void *key)
{
    return term_equal_exact(((const Entry *)entry)->key.term, *(const Term *)key);
}

static const TableKind kind = {entry_hash, entry_matches};

static bool start(void)
{
    lock_init(&lock);
    table_init(&table, &kind);
    return true;
}

/* ---- Blocks ---- */

static bool block_make(Block *block, Term t)
{
    block->term = term_copy_to_literal(t, &block->start, &block->bytes);
    return !is_none(block->term);
}

static void block_free(Block *block)
{
    if (!block->start) return;
    off_heap_release((OffHeap *)*(Term *)block->start);
    literal_free(block->start, block->bytes);
}

static void value_free(Retired *retired)
{
    Value *value = (Value *)retired;
    block_free(&value->block);
    memory_free(value, sizeof *value);
}

static void entry_free(Retired *retired)
{
    Entry *entry = (Entry *)retired;
    block_free(&entry->key);
    memory_free(entry, sizeof *entry);
}

static Value *value_make(Term t)
{
    Value *value = memory_alloc(sizeof *value);
    if (!value || block_make(&value->block, t)) return value;
    memory_free(value, sizeof *value);
    return NULL;
}

static Entry *entry_make(Term key, Value *value)
{
    Entry *entry = memory_alloc(sizeof *entry);
    if (!entry) return NULL;
    if (!block_make(&entry->key, key)) {
        memory_free(entry, sizeof *entry);
        return NULL;
    }
    entry->hash = term_hash(key);
    atomic_init(&entry->value, value);
    return entry;
}

static Entry *find(Term key) { return table_get(&table, &key, term_hash(key)); }

/* TERM_NONE: there is no such key. */
static Term find_value(Term key)
{
    Entry *entry = find(key);
    if (!entry) return TERM_NONE;
    return atomic_load_explicit(&entry->value, memory_order_acquire)->block.term;
}

/* ---- Changes, under the lock ---- */

static void drop_value(Value *value)
{
    total_bytes -= value->block.bytes;
    if (!value->block.start) {
        epoch_retire(&value->retired, value_free);
        return;
    }
    value->next = kept;
    kept = value;
}

static void drop_entry(Entry *entry)
{
    total_bytes -= entry->key.bytes;
    drop_value(atomic_load_explicit(&entry->value, memory_order_relaxed));
    epoch_retire(&entry->retired, entry_free);
}

/* False: no memory, nothing has changed. */
static bool put(Term key, Value *value)
{
    Entry *entry = find(key);
    if (entry) {
        Value *old = atomic_exchange_explicit(&entry->value, value, memory_order_acq_rel);
        total_bytes += value->block.bytes;
        drop_value(old);
        return true;
    }
    entry = entry_make(key, value);
    if (!entry) return false;
    if (!table_put(&table, entry)) {
        entry_free(&entry->retired);
        return false;
    }
    total_bytes += value->block.bytes + entry->key.bytes;
    return true;
}

/* ---- Natives ---- */

static Term persistent_term_put_2(Process *p, Term *args)
{
    Term old = find_value(args[0]);
    if (!is_none(old) && term_equal_exact(old, args[1])) return A(ok);
    Value *value = value_make(args[1]);
    if (!value) return native_memory(p);
    native_charge(p, (int32_t)(value->block.bytes / 256));
    lock_acquire(&lock);
    bool done = put(args[0], value);
    lock_release(&lock);
    if (done) return A(ok);
    value_free(&value->retired);
    return native_memory(p);
}

static Term persistent_term_put_new_2(Process *p, Term *args)
{
    Term old = find_value(args[0]);
    if (is_none(old)) return persistent_term_put_2(p, args);
    return term_equal_exact(old, args[1]) ? A(ok) : badarg(p);
}

static Term persistent_term_get_1(Process *p, Term *args)
{
    Term value = find_value(args[0]);
    return is_none(value) ? badarg(p) : value;
}

static Term persistent_term_get_2(Process *p, Term *args)
{
    (void)p;
    Term value = find_value(args[0]);
    return is_none(value) ? args[1] : value;
}

/* Keys are copied: they are freed when they are erased. */
static Term persistent_term_get_0(Process *p, Term *args)
{
    (void)args;
    Term list = TERM_NIL;
    size_t position = 0;
    for (Entry *entry; (entry = table_next(&table, &position)) != NULL;) {
        TermBox box;
        native_charge(p, 1);
        if (!term_box(entry->key.term, &box, true)) return native_memory(p);
        Term key = term_unbox(&box, &p->heap);
        Value *value = atomic_load_explicit(&entry->value, memory_order_acquire);
        Term pair = make_tuple(p, 2, key, value->block.term);
        if (is_none(pair)) return TERM_NONE;
        if (!list_push(p, pair, &list)) return native_memory(p);
    }
    return list;
}

static Term persistent_term_erase_1(Process *p, Term *args)
{
    (void)p;
    lock_acquire(&lock);
    Entry *entry = table_remove(&table, &args[0], term_hash(args[0]));
    if (entry) drop_entry(entry);
    lock_release(&lock);
    return make_bool(entry != NULL);
}

/* erts_internal:erase_persistent_terms() -> ok */
static Term erts_internal_erase_persistent_terms_0(Process *p, Term *args)
{
    (void)p;
    (void)args;
    lock_acquire(&lock);
    size_t position = 0;
    for (Entry *entry; (entry = table_next(&table, &position)) != NULL;) {
        table_remove(&table, &entry->key.term, entry->hash);
        drop_entry(entry);
    }
    lock_release(&lock);
    return A(true);
}

static Term persistent_term_info_0(Process *p, Term *args)
{
    (void)args;
    lock_acquire(&lock);
    size_t count = table.count, bytes = total_bytes;
    lock_release(&lock);
    Term count_term = make_unsigned(p, count), memory = make_unsigned(p, bytes);
    if (is_none(count_term) || is_none(memory)) return TERM_NONE;
    Term pairs[4] = {A(count), count_term, A(memory), memory};
    return or_memory(p, map_from_pairs(&p->heap, pairs, 2, NULL));
}

static const Native persistent_term_natives[] = {
    NATIVE(persistent_term, put, 2, CHARGED),
    NATIVE(persistent_term, put_new, 2, CHARGED | SINCE_OTP(29)),
    NATIVE(persistent_term, get, 0, CHARGED),
    NATIVE(persistent_term, get, 1, CHARGED),
    NATIVE(persistent_term, get, 2, CHARGED),
    NATIVE(persistent_term, erase, 1, CHARGED),
    NATIVE(persistent_term, info, 0, CONSTANT),
    NATIVE(erts_internal, erase_persistent_terms, 0, CHARGED),
};
NATIVE_TABLE_START(persistent_term, start);
