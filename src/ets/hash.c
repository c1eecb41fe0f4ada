/* SPDX-License-Identifier: Apache-2.0 */
/* hash.c - hash tables of objects. */

#include "ets/hash.h"
#include "base/memory.h"
#include "term/compare.h"

/* A table that is fixed while one key comes and goes is not to grow. */
enum { MARKS_LOOKED_AT = 8 };
/* Buckets whose objects are fetched while a table is emptied. */
enum { AHEAD = 8 };

#define FIRST_BUCKETS ((size_t)1 << HASH_FIRST_BITS)

/* ---- Buckets ---- */

static unsigned segment_of(size_t i)
{
    size_t rest = i >> HASH_FIRST_BITS;
    return rest ? (unsigned)(8 * sizeof(unsigned long) - (unsigned)__builtin_clzl(rest)) : 0;
}

static size_t segment_start(unsigned segment)
{
    return segment ? FIRST_BUCKETS << (segment - 1) : 0;
}

static size_t segment_size(unsigned segment)
{
    return segment ? FIRST_BUCKETS << (segment - 1) : FIRST_BUCKETS;
}

static EtsObject **bucket(const HashTable *table, size_t i)
{
    unsigned segment = segment_of(i);
    return &table->segments[segment][i - segment_start(segment)];
}

size_t hash_index(const HashTable *table, uint32_t hash)
{
    size_t i = hash & table->mask;
    return i < table->buckets ? i : i & table->mask >> 1;
}

/* With one bucket more or less. */
static void set_buckets(HashTable *table, size_t buckets)
{
    size_t highest =
        (size_t)1 << (8 * sizeof(unsigned long) - 1 - (unsigned)__builtin_clzl(buckets - 1));
    table->buckets = buckets;
    table->mask = 2 * highest - 1;
}

static EtsObject **chain(const HashTable *table, uint32_t hash)
{
    return bucket(table, hash_index(table, hash));
}

EtsObject *hash_bucket(const HashTable *table, size_t i) { return *bucket(table, i); }

static bool segment_make(HashTable *table, unsigned segment)
{
    if (segment >= HASH_SEGMENTS) return false;
    if (!table->segments[segment])
        table->segments[segment] = memory_alloc(segment_size(segment) * sizeof(EtsObject *));
    return table->segments[segment] != NULL;
}

static void segment_free(HashTable *table, unsigned segment)
{
    memory_free(table->segments[segment], segment_size(segment) * sizeof(EtsObject *));
    table->segments[segment] = NULL;
}

size_t hash_bytes(const HashTable *table)
{
    if (!table->buckets) return 0;
    return (FIRST_BUCKETS << segment_of(table->buckets - 1)) * sizeof(EtsObject *);
}

void hash_done(HashTable *table)
{
    for (unsigned i = 0; i < HASH_SEGMENTS && table->segments[i]; i++) segment_free(table, i);
    table->buckets = 0;
    table->marked = NULL;
}

/* ---- Growing and shrinking ---- */

/* Opens one more bucket, which takes its part of another one's chain, in the same order. Without
   memory chains become longer. */
static void grow(HashTable *table)
{
    size_t added = table->buckets;
    if (!segment_make(table, segment_of(added))) return;
    EtsObject **to = bucket(table, added);
    size_t half = (size_t)1 << (8 * sizeof(unsigned long) - 1 - (unsigned)__builtin_clzl(added));
    EtsObject **from = bucket(table, added & (half - 1));
    set_buckets(table, added + 1);
    while (*from) {
        if (hash_index(table, (*from)->hash) != added) {
            from = &(*from)->link[0];
            continue;
        }
        *to = *from;
        *from = (*from)->link[0];
        to = &(*to)->link[0];
    }
    *to = NULL;
}

/* Closes the last bucket. */
static void shrink(HashTable *table)
{
    size_t last = table->buckets - 1;
    set_buckets(table, last);
    EtsObject *moved = *bucket(table, last);
    size_t half = (size_t)1 << (8 * sizeof(unsigned long) - 1 - (unsigned)__builtin_clzl(last));
    EtsObject **end = bucket(table, last & (half - 1));
    while (*end) end = &(*end)->link[0];
    *end = moved;
    unsigned segment = segment_of(last);
    if (last == segment_start(segment)) segment_free(table, segment);
}

/* Between half as many objects as buckets and as many; shrinking catches up with removals. */
static void resize(HashTable *table)
{
    if (table->is_fixed || table->is_still) return;
    if (table->chained > table->buckets) grow(table);
    for (int i = 0; i < 2; i++) {
        if (table->buckets > FIRST_BUCKETS && table->chained < table->buckets / 2) shrink(table);
    }
}

static bool has_buckets(HashTable *table)
{
    if (table->buckets) return true;
    if (!segment_make(table, 0)) return false;
    for (size_t i = 0; i < FIRST_BUCKETS; i++) table->segments[0][i] = NULL;
    set_buckets(table, FIRST_BUCKETS);
    return true;
}

/* ---- Finding ---- */

static Term key_of(const HashTable *table, const EtsObject *object)
{
    return object->tuple[1 + table->key];
}

static bool has_key(const HashTable *table, const EtsObject *object, Term key, uint32_t hash)
{
    return object->hash == hash && term_equal_exact(key_of(table, object), key);
}

static inline EtsObject *find_any(const HashTable *table, Term key, uint32_t hash)
{
    if (!table->buckets) return NULL;
    EtsObject *object = *chain(table, hash);
    if (is_immediate(key)) {
        while (object && key_of(table, object) != key) object = object->link[0];
    } else {
        while (object && !has_key(table, object, key, hash)) object = object->link[0];
    }
    return object;
}

EtsObject *hash_find_any(const HashTable *table, Term key, uint32_t hash)
{
    return find_any(table, key, hash);
}

EtsObject *hash_find(const HashTable *table, Term key, uint32_t hash)
{
    EtsObject *object = find_any(table, key, hash);
    return object && object->is_deleted ? hash_find_next(table, object) : object;
}

EtsObject *hash_find_next(const HashTable *table, const EtsObject *object)
{
    EtsObject *next = object->link[0];
    while (next && next->is_deleted && next->hash == object->hash) next = next->link[0];
    return next && has_key(table, next, key_of(table, object), object->hash) ? next : NULL;
}

EtsObject *hash_first_from(const HashTable *table, size_t *i)
{
    for (; *i < table->buckets; ++*i) {
        EtsObject *object = *bucket(table, *i);
        while (object && object->is_deleted) object = object->link[0];
        if (object) return object;
    }
    return NULL;
}

/* ---- Changing ---- */

static EtsObject **link_to(const HashTable *table, const EtsObject *object)
{
    EtsObject **link = chain(table, object->hash);
    while (*link != object) link = &(*link)->link[0];
    return link;
}

bool hash_insert(HashTable *table, EtsObject *object, const EtsObject *same)
{
    if (!has_buckets(table)) return false;
    EtsObject **link = same ? link_to(table, same) : chain(table, object->hash);
    object->link[0] = *link;
    *link = object;
    table->chained++;
    resize(table);
    return true;
}

void hash_replace(HashTable *table, EtsObject *old, EtsObject *object)
{
    EtsObject **link = link_to(table, old);
    object->link[0] = old->link[0];
    *link = object;
}

void hash_remove(HashTable *table, EtsObject *object)
{
    EtsObject **link = link_to(table, object);
    *link = object->link[0];
    table->chained--;
    resize(table);
}

EtsObject *hash_take_any(HashTable *table, size_t *position)
{
    for (; *position < table->buckets; ++*position) {
        EtsObject **link = bucket(table, *position), *object = *link;
        if (!object) continue;
        if (*position + AHEAD < table->buckets)
            __builtin_prefetch(*bucket(table, *position + AHEAD));
        *link = object->link[0];
        table->chained--;
        return object;
    }
    return NULL;
}

void hash_mark(HashTable *table, EtsObject *object)
{
    object->is_deleted = true;
    object->link[1] = table->marked;
    table->marked = object;
}

bool hash_forget_mark(HashTable *table, EtsObject *object)
{
    EtsObject **link = &table->marked;
    for (int i = 0; i < MARKS_LOOKED_AT && *link; i++) {
        if (*link == object) {
            *link = object->link[1];
            return true;
        }
        link = &(*link)->link[1];
    }
    return false;
}

EtsObject *hash_take_marked(HashTable *table)
{
    EtsObject *object = table->marked;
    if (!object) return NULL;
    table->marked = object->link[1];
    hash_remove(table, object);
    return object;
}
