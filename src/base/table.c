/* SPDX-License-Identifier: Apache-2.0 */
/* table.c - a growing hash table that is read without a lock. */

#include "base/table.h"
#include "base/epoch.h"
#include "base/memory.h"

#define LEAST 8 /* places of the first array */

struct TableArray {
    Retired retired;
    size_t mask; /* places - 1 */
    _Atomic(void *) places[];
};

/* What is left where an entry was removed. */
static char removed;

static size_t array_bytes(size_t places)
{
    return sizeof(TableArray) + places * sizeof(_Atomic(void *));
}

static TableArray *array_new(size_t places)
{
    TableArray *array = memory_alloc(array_bytes(places));
    if (!array) return NULL;
    array->mask = places - 1;
    for (size_t i = 0; i < places; i++) atomic_init(&array->places[i], NULL);
    return array;
}

static void array_free(Retired *retired)
{
    TableArray *array = (TableArray *)retired; /* its first member */
    memory_free(array, array_bytes(array->mask + 1));
}

static void *place_get(TableArray *array, size_t at)
{
    return atomic_load_explicit(&array->places[at & array->mask], memory_order_acquire);
}

static void place_set(TableArray *array, size_t at, void *entry)
{
    atomic_store_explicit(&array->places[at & array->mask], entry, memory_order_release);
}

void table_init(Table *table, const TableKind *kind)
{
    table->kind = kind;
    table->count = table->used = 0;
    atomic_init(&table->array, NULL);
}

void table_done(Table *table)
{
    TableArray *array = atomic_load_explicit(&table->array, memory_order_relaxed);
    if (array) array_free(&array->retired);
    table_init(table, table->kind);
}

/* Where the entry stands that matches `key`, and the entry; NULL: nowhere. */
static void *find(const Table *table, const void *key, uint32_t hash, size_t *at)
{
    TableArray *array = atomic_load_explicit(&table->array, memory_order_acquire);
    if (!array) return NULL;
    for (*at = hash;; ++*at) {
        void *entry = place_get(array, *at);
        if (!entry || (entry != &removed && table->kind->matches(entry, key))) return entry;
    }
}

void *table_get(const Table *table, const void *key, uint32_t hash)
{
    size_t at;
    return find(table, key, hash, &at);
}

/* Takes a place that was free since the array was new; marks are not used again. */
static void put_new(const Table *table, TableArray *array, void *entry)
{
    size_t at = table->kind->hash(entry);
    while (place_get(array, at)) at++;
    place_set(array, at, entry);
}

/* A new array without marks, at most half full. */
static bool rebuild(Table *table)
{
    TableArray *old = atomic_load_explicit(&table->array, memory_order_relaxed);
    size_t places = LEAST;
    while (places < 2 * (table->count + 1)) places *= 2;
    TableArray *array = array_new(places);
    if (!array) return false;
    for (size_t i = 0; old && i <= old->mask; i++) {
        void *entry = place_get(old, i);
        if (entry && entry != &removed) put_new(table, array, entry);
    }
    table->used = table->count;
    atomic_store_explicit(&table->array, array, memory_order_release);
    if (old) epoch_retire(&old->retired, array_free);
    return true;
}

bool table_put(Table *table, void *entry)
{
    TableArray *array = atomic_load_explicit(&table->array, memory_order_relaxed);
    /* A quarter stays free, so that probes end soon. */
    if (!array || table->used + 1 > (array->mask + 1) / 4 * 3) {
        if (!rebuild(table)) return false;
        array = atomic_load_explicit(&table->array, memory_order_relaxed);
    }
    put_new(table, array, entry);
    table->count++;
    table->used++;
    return true;
}

void *table_remove(Table *table, const void *key, uint32_t hash)
{
    size_t at;
    void *entry = find(table, key, hash, &at);
    if (!entry) return NULL;
    TableArray *array = atomic_load_explicit(&table->array, memory_order_relaxed);
    place_set(array, at, &removed);
    table->count--;
    return entry;
}

void *table_next(const Table *table, size_t *position)
{
    TableArray *array = atomic_load_explicit(&table->array, memory_order_acquire);
    while (array && *position <= array->mask) {
        void *entry = place_get(array, (*position)++);
        if (entry && entry != &removed) return entry;
    }
    return NULL;
}
