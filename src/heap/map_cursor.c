/* SPDX-License-Identifier: Apache-2.0 */
/* map_cursor.c - walking maps. */
#include "heap/map_trie.h"

extern inline bool map_cursor_next(MapCursor *cursor, Term *key, Term *value);

/* A node's own pairs come first, then the nodes below it. The place of a node is a small integer
   that spells the slots on the way to it, below a leading 1. */

enum { PLACE_LEVELS = (WORD_BITS - 4) / SLOT_BITS }; /* 7 or 15: what a small integer can spell */

static void enter(MapCursor *cursor, const Term *node)
{
    cursor->depth++;
    cursor->nodes[cursor->depth] = node;
    cursor->visited[cursor->depth] = 0;
    cursor->left = (uint32_t)pair_count(node);
    cursor->key = node_first_pair(node);
    cursor->value = cursor->key + 1;
}

void map_cursor_init(MapCursor *cursor, Term map)
{
    cursor->depth = -1;
    if (is_flat_map(map)) {
        cursor->step = 1;
        cursor->left = (uint32_t)flat_map_count(map);
        cursor->key = tuple_elements(flat_map_keys(map));
        cursor->value = flat_map_values(map);
        return;
    }
    cursor->step = 2;
    enter(cursor, boxed_ptr(map));
}

/* Up to a node with nodes that were not visited. False: there is none. */
static bool go_up(MapCursor *cursor)
{
    for (; cursor->depth >= 0; cursor->depth--) {
        const Term *node = cursor->nodes[cursor->depth];
        if (cursor->visited[cursor->depth] < count_bits(node_nodes(node))) return true;
    }
    return false;
}

bool map_cursor_descend(MapCursor *cursor)
{
    while (cursor->left == 0) {
        if (!go_up(cursor)) return false;
        const Term *node = cursor->nodes[cursor->depth];
        enter(cursor, boxed_ptr(node_first(node)[cursor->visited[cursor->depth]++]));
    }
    return true;
}

/* The slot of the node that stands `index`-th. */
static unsigned slot_of(uint32_t nodes, unsigned index)
{
    while (index-- > 0) nodes &= nodes - 1;
    return (unsigned)__builtin_ctz(nodes);
}

Word map_cursor_place(MapCursor *cursor)
{
    if (cursor->left > 0) return MAP_PLACE_NONE;
    if (!go_up(cursor)) return MAP_PLACE_END;
    if (cursor->depth >= PLACE_LEVELS) return MAP_PLACE_NONE;
    Word place = 1;
    for (int i = 0; i <= cursor->depth; i++) {
        unsigned index = cursor->visited[i] - (i < cursor->depth);
        place = place << SLOT_BITS | (Word)slot_of(node_nodes(cursor->nodes[i]), index);
    }
    return place;
}

/* How many slots `place` spells, or -1. */
static int place_length(Word place)
{
    int length = 0;
    if (place <= 0) return -1;
    for (; place >= SLOTS; place >>= SLOT_BITS) length++;
    return place == 1 ? length : -1;
}

bool map_cursor_seek(MapCursor *cursor, Term map, Word place)
{
    map_cursor_init(cursor, map);
    if (place == 0) return true;
    int length = place_length(place);
    if (length < 0 || is_flat_map(map)) return false;
    while (length-- > 0) {
        const Term *node = cursor->nodes[cursor->depth];
        uint32_t bit = 1u << (place >> (SLOT_BITS * length) & (SLOTS - 1));
        if (!(node_nodes(node) & bit)) return false;
        cursor->visited[cursor->depth] = (uint8_t)(count_bits(node_nodes(node) & (bit - 1)) + 1);
        enter(cursor, boxed_ptr(*node_at(node, bit)));
    }
    return true;
}
