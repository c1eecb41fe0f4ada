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
/* `map` with `key` set to `value`: shares keys where the key exists, returns `map` itself where
   nothing changes. */
Term map_put(Heap *heap, Term map, Term key, Term value);
/* `map` without `key`; `map` itself where it is not there. */
Term map_remove(Heap *heap, Term map, Term key);
/* A map of `count` pairs key, value, key, value, ... (consecutive words, reordered in place); of
   equal keys the last one counts; where `duplicate` is given: TERM_NONE, and it becomes true. */
Term map_from_pairs(Heap *heap, Term *pairs, size_t count, bool *duplicate);
/* Several puts at once; pairs as above and sorted or not; exact (`missing` given): every key must
   exist, else TERM_NONE and *missing = the key (TERM_NONE there when out of memory). */
Term map_update(Heap *heap, Term map, const Term *pairs, size_t count, Term *missing_or_null);
/* Right-biased union. */
Term map_merge(Heap *heap, Term a, Term b);
/* The empty map (two words and a header: its keys are the empty tuple). */
Term map_empty(Heap *heap);

/* About how many words one map_put or map_remove takes; for natives that ask for room first. */
size_t map_put_words(Term map);
/* The same for map_from_pairs and for the result of map_merge. */
size_t map_build_words(size_t count);

/* Walks a map in its own order without allocating: flat maps in key order, tries in hash order.
   Valid until the next collection. */
#define MAP_CURSOR_LEVELS 17
typedef struct MapCursor {
    const Term *key, *value;              /* next pair */
    const Term *nodes[MAP_CURSOR_LEVELS]; /* trie: path */
    uint32_t left;                        /* pairs from `key` on, in this node */
    uint8_t step;                         /* words from one key to the next */
    int8_t depth;                         /* of the node at hand; -1: flat, or at the end */
    uint8_t visited[MAP_CURSOR_LEVELS];   /* nodes below nodes[i] that are done or on the path */
} MapCursor;
void map_cursor_init(MapCursor *cursor, Term map);
/* Goes to the next node that has pairs. False: at the end. */
bool map_cursor_descend(MapCursor *cursor);
SHARED bool map_cursor_next(MapCursor *cursor, Term *key, Term *value)
{
    if (cursor->left == 0 && !map_cursor_descend(cursor)) return false;
    *key = *cursor->key;
    *value = *cursor->value;
    cursor->key += cursor->step;
    cursor->value += cursor->step;
    cursor->left--;
    return true;
}

/* Places in a map for iterators that outlive a collection: small integers, 0 is the start. A cursor
   can only be stopped between some pairs of a trie: take on until map_cursor_place gives one. */
enum { MAP_PLACE_NONE = -1, MAP_PLACE_END = -2 };
/* The place of the next pair; MAP_PLACE_NONE: not here; MAP_PLACE_END: there is no next pair. */
Word map_cursor_place(MapCursor *cursor);
/* A cursor at `place`, which map_cursor_place gave for this map. False: it names no place in it. */
bool map_cursor_seek(MapCursor *cursor, Term map, Word place);

#endif
