/* SPDX-License-Identifier: Apache-2.0 */
/* map.h - maps: flat up to 32 keys in term order, hash tries above. */
#ifndef HEAP_MAP_H
#define HEAP_MAP_H

/* Keys compare with term_compare_exact in flat maps, with =:= and term_hash in tries. All functions
   that build allocate with heap_reserve and return TERM_NONE when out of memory.
   A map with more than MAP_FLAT_MAX keys is a trie, else flat: in every result (canonical form). */

#include "heap/heap.h"

#define MAP_FLAT_MAX 32

size_t map_size(Term map);
/* The value, or TERM_NONE if the key is not there. Allocates nothing. */
Term map_get(Term map, Term key);
/* As map_get for a constant key whose term_hash is known (0: not known). */
Term map_get_hashed(Term map, Term key, uint32_t hash);
/* `map` with `key` set to `value`: shares keys where the key exists, returns `map` itself where
   nothing changes. */
Term map_put(Heap *heap, Term map, Term key, Term value);
/* `map` without `key`; `map` itself where it is not there. */
Term map_remove(Heap *heap, Term map, Term key);
/* A map of `count` pairs key, value, key, value, ... (consecutive words, reordered in place); of
   equal keys the last one counts, unless `reject_duplicates`: then TERM_NONE with *duplicate = true. */
Term map_from_pairs(Heap *heap, Term *pairs, size_t count, bool *duplicate);
/* Several puts at once; pairs as above and sorted or not; exact: every key must exist, else
   TERM_NONE and *missing = the key (TERM_NONE there when out of memory). */
Term map_update(Heap *heap, Term map, const Term *pairs, size_t count, Term *missing_or_null);
/* Right-biased union. */
Term map_merge(Heap *heap, Term a, Term b);

/* Walks a map in its own order without allocating: flat maps in key order, tries in hash order.
   Valid until the next collection. */
typedef struct MapCursor {
    Term map;
    size_t index;          /* flat: next pair */
    Term nodes[16];        /* trie: path */
    uint8_t slots[16];
    int depth;
} MapCursor;
void map_cursor_init(MapCursor *cursor, Term map);
bool map_cursor_next(MapCursor *cursor, Term *key, Term *value);
/* The cursor as a number for iterators that outlive a collection: the n-th pair (flat), or the path
   of a trie as an integer term. */

#endif
