/* SPDX-License-Identifier: Apache-2.0 */
/* hash.h - hash tables of objects: set, bag, duplicate_bag. */
#ifndef ETS_HASH_H
#define ETS_HASH_H

/* Linear hashing: a table grows and shrinks by one bucket at a time, so that no operation takes
   long. Bucket i stands in segment 0 or in the segment of its highest bit; a segment is as large
   as all before it together:

        segment 0: buckets 0..15   1: 16..31   2: 32..63   3: 64..127 ...

   A chain holds the objects of one key together, newest first. While `fixed`, objects are only
   marked as deleted and the number of buckets stays, so that traversals find their place again.
   When nobody fixes the table any more, who writes to it frees some of the marked ones. */

#include "ets/object.h"
#include "term/hash.h"

enum { HASH_FIRST_BITS = 4, HASH_SEGMENTS = 28 };

/* Of a key. Numbers in a row stand in buckets in a row, sixteen at a time: who goes through them,
   as counters and indexes do, finds the next one in the cache. So do atoms, by their numbers. */
static inline uint32_t hash_of_key(Term key)
{
    if (is_small(key)) {
        Word row = small_value(key) & 15;
        return term_hash(make_small(small_value(key) - row)) + (uint32_t)row;
    }
    if (!is_atom(key)) return term_hash(key);
    uint32_t row = atom_index(key) & 15;
    return term_hash(make_atom(atom_index(key) - row)) + row;
}

typedef struct HashTable {
    EtsObject **segments[HASH_SEGMENTS]; /* NULL where not in use */
    size_t buckets;                      /* in use; 0: nothing allocated */
    size_t mask;                         /* of a hash value: the next power of two, less one */
    size_t chained;                      /* objects, marked ones too */
    EtsObject *marked;                   /* as deleted; linked by link[1] */
    uint32_t key;                        /* index of the key in the tuples */
    bool is_fixed;
    bool is_still; /* buckets stay as many for now, while somebody goes through them */
} HashTable;

/* The chain's first object with `key`, marked ones too; or NULL. */
EtsObject *hash_find_any(const HashTable *table, Term key, uint32_t hash);
/* The first that is not marked. */
EtsObject *hash_find(const HashTable *table, Term key, uint32_t hash);
/* The next object with the same key that is not marked. */
EtsObject *hash_find_next(const HashTable *table, const EtsObject *object);

/* Puts `object` before `same`, the first one that has its key (hash_find_any). False: out of
   memory (for the table's first buckets). */
bool hash_insert(HashTable *table, EtsObject *object, const EtsObject *same);
/* Puts `object` in the place of `old`, which the caller frees. */
void hash_replace(HashTable *table, EtsObject *old, EtsObject *object);
/* Takes `object` out; the caller frees it. */
void hash_remove(HashTable *table, EtsObject *object);
/* Marks `object` as deleted. */
void hash_mark(HashTable *table, EtsObject *object);
/* Takes `object` from the list of the marked ones, for the caller to replace it. False: it is not
   among those that were marked lately. */
bool hash_forget_mark(HashTable *table, EtsObject *object);
/* Takes out one that is marked; NULL: none. */
EtsObject *hash_take_marked(HashTable *table);
/* Takes out any one object, marked or not, with no regard for order; NULL: none. From bucket
   *position on. */
EtsObject *hash_take_any(HashTable *table, size_t *position);
/* Frees the buckets of a table without objects. */
void hash_done(HashTable *table);

/* The first object of bucket i, marked ones too. i < buckets. */
EtsObject *hash_bucket(const HashTable *table, size_t i);
/* The first object that is not marked in bucket *i or later; *i: its bucket. NULL: none. */
EtsObject *hash_first_from(const HashTable *table, size_t *i);
size_t hash_index(const HashTable *table, uint32_t hash);
size_t hash_bytes(const HashTable *table);

#endif
