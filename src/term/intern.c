/* SPDX-License-Identifier: Apache-2.0 */
/* intern.c - sets of entries that are only ever added. */
#include "term/intern.h"
#include "base/memory.h"

typedef struct InternIndex {
    uint32_t mask;
    _Atomic(uintptr_t) slots[];
} InternIndex;

static InternIndex *index_make(uint32_t slots)
{
    InternIndex *index = memory_alloc(sizeof *index + slots * sizeof index->slots[0]);
    if (index == NULL) return NULL;
    index->mask = slots - 1;
    for (uint32_t i = 0; i < slots; i++) atomic_init(&index->slots[i], 0);
    return index;
}

bool intern_init(InternTable *table, const InternKind *kind, uint32_t slots)
{
    InternIndex *index = index_make(slots);
    if (index == NULL) return false;
    table->kind = kind;
    table->count = 0;
    atomic_init(&table->index, index);
    lock_init(&table->lock);
    return true;
}

/* Where the search for an entry begins. Hashes of similar names are neighbours; their places
   must not be, or else runs of used slots grow. */
static inline uint32_t first_slot(uint32_t hash)
{
    hash *= 0x9E3779B1u;
    return hash ^ hash >> 15;
}

uintptr_t intern_find(InternTable *table, uint32_t hash, const void *key)
{
    InternIndex *index = atomic_load_explicit(&table->index, memory_order_acquire);
    for (uint32_t i = first_slot(hash);; i++) {
        uintptr_t entry =
            atomic_load_explicit(&index->slots[i & index->mask], memory_order_acquire);
        if (entry == 0 || table->kind->matches(entry, key)) return entry;
    }
}

static void index_add(InternIndex *index, uint32_t hash, uintptr_t entry)
{
    uint32_t i = first_slot(hash) & index->mask;
    while (atomic_load_explicit(&index->slots[i], memory_order_relaxed) != 0) {
        i = (i + 1) & index->mask;
    }
    atomic_store_explicit(&index->slots[i], entry, memory_order_release);
}

/* Room for one more entry, so that at least a quarter of the slots stays empty. */
static bool make_room(InternTable *table)
{
    InternIndex *old = atomic_load_explicit(&table->index, memory_order_relaxed);
    uint32_t slots = old->mask + 1;
    if (table->count < slots - slots / 4) return true;
    if (slots > UINT32_MAX / 4) return false;
    InternIndex *index = index_make(slots * 2);
    if (index == NULL) return table->count < slots - 1;
    for (uint32_t i = 0; i < slots; i++) {
        uintptr_t entry = atomic_load_explicit(&old->slots[i], memory_order_relaxed);
        if (entry != 0) index_add(index, table->kind->hash(entry), entry);
    }
    atomic_store_explicit(&table->index, index, memory_order_release);
    return true;
}

static uintptr_t add(InternTable *table, uint32_t hash, const void *key)
{
    if (!make_room(table)) return 0;
    uintptr_t entry = table->kind->make(key);
    if (entry == 0) return 0;
    index_add(atomic_load_explicit(&table->index, memory_order_relaxed), hash, entry);
    table->count++;
    return entry;
}

uintptr_t intern_get(InternTable *table, uint32_t hash, const void *key)
{
    uintptr_t entry = intern_find(table, hash, key);
    if (entry != 0) return entry;
    lock_acquire(&table->lock);
    entry = intern_find(table, hash, key);
    if (entry == 0) entry = add(table, hash, key);
    lock_release(&table->lock);
    return entry;
}

void intern_each(InternTable *table, bool (*visit)(uintptr_t entry, void *context), void *context)
{
    InternIndex *index = atomic_load_explicit(&table->index, memory_order_acquire);
    for (uint32_t i = 0; i <= index->mask; i++) {
        uintptr_t entry = atomic_load_explicit(&index->slots[i], memory_order_acquire);
        if (entry != 0 && !visit(entry, context)) return;
    }
}

uint32_t intern_hash(uint32_t a, uint32_t b)
{
    uint32_t h = a * 0x9E3779B1u ^ b * 0x85EBCA77u;
    h ^= h >> 15;
    h *= 0xC2B2AE3Du;
    return h ^ h >> 13;
}
