/* SPDX-License-Identifier: Apache-2.0 */
/* map_trie.h - hash tries: the layout of their nodes; used by map*.c only. */
#ifndef HEAP_MAP_TRIE_H
#define HEAP_MAP_TRIE_H

/* A node has 16 slots, one for each value of four bits of a key's hash, the highest first. A slot
   is empty, holds a pair, or leads to a node with at least two pairs below it:

       header | bitmaps: slots with nodes, slots with pairs | nodes ... | key value ... | count

   Nodes and pairs stand in the order of their slots. Only the root ends with the count of the whole
   map. Two hashes of a key serve 16 levels; what is equal in both ends in a *bucket*, a node
   without slots whose pairs are searched one by one. So one set of keys has one shape, whatever the
   order in which they came (but for the order within a bucket).

   Invariants: below the root a node has two pairs at least, itself or below; a trie that a program
   sees has more than MAP_FLAT_MAX pairs. */

#include "heap/map.h"
#include "term/compare.h"

enum {
    SLOT_BITS = 4,
    SLOTS = 1 << SLOT_BITS,
    HASH_LEVELS = 32 / SLOT_BITS,
    BUCKET_LEVEL = 2 * HASH_LEVELS, /* the level of buckets */
    NODE_HEAD = WORD_BITS == 64 ? 2 : 3 /* words before the nodes */
};
_Static_assert(BUCKET_LEVEL < MAP_CURSOR_LEVELS, "a cursor reaches into buckets");

/* Numbers of set bits, in 16 bits: most targets have no instruction for it. */
static inline unsigned count_bits(uint32_t bits)
{
    bits -= bits >> 1 & 0x5555;
    bits = (bits & 0x3333) + (bits >> 2 & 0x3333);
    bits = (bits + (bits >> 4)) & 0x0F0F;
    return (bits + (bits >> 8)) & 0x1F;
}

/* The bitmaps are small integers: one word has no room for both where words have 32 bits. */
static inline uint32_t node_pairs(const Term *node) { return (uint32_t)(node[1] >> 2) & 0xFFFF; }
static inline uint32_t node_nodes(const Term *node)
{
    return (uint32_t)((uint64_t)node[NODE_HEAD - 1] >> (WORD_BITS == 64 ? 18 : 2)) & 0xFFFF;
}
static inline void node_set_bits(Term *node, uint32_t nodes, uint32_t pairs)
{
    node[NODE_HEAD - 1] = make_small((Word)nodes);
    node[1] = make_small((Word)(WORD_BITS == 64 ? (uint64_t)nodes << 16 | pairs : pairs));
}

/* Words of a node without a count. */
static inline size_t node_words(uint32_t nodes, uint32_t pairs)
{
    return NODE_HEAD + count_bits(nodes) + 2 * (size_t)count_bits(pairs);
}
static inline size_t words_of(const Term *object) { return 1 + header_size(object[0]); }

static inline Term *node_first(const Term *node) { return (Term *)node + NODE_HEAD; }
static inline Term *node_first_pair(const Term *node)
{
    return (Term *)node + NODE_HEAD + count_bits(node_nodes(node));
}
/* Where the node or pair of slot `bit` stands, or would stand. */
static inline Term *node_at(const Term *node, uint32_t bit)
{
    return node_first(node) + count_bits(node_nodes(node) & (bit - 1));
}
static inline Term *pair_at(const Term *node, uint32_t bit)
{
    return node_first_pair(node) + 2 * (size_t)count_bits(node_pairs(node) & (bit - 1));
}

/* A bucket has no bits; an inner node always has some. */
static inline bool is_bucket(const Term *node)
{
    return (node_nodes(node) | node_pairs(node)) == 0;
}
static inline size_t pair_count(const Term *node)
{
    if (is_bucket(node)) return (words_of(node) - NODE_HEAD) / 2;
    return count_bits(node_pairs(node));
}

static inline Term *root_count(const Term *root) { return (Term *)root + header_size(root[0]); }

/* Writes head and bitmaps of a node at `node`; `extra`: 1 for a root, else 0. */
static inline void node_start(Term *node, uint32_t nodes, uint32_t pairs, size_t extra)
{
    node[0] = make_header(KIND_HASHMAP, node_words(nodes, pairs) + extra - 1);
    node_set_bits(node, nodes, pairs);
}

/* Hash `key` as of `level`; the slot's bits are on top. */
uint32_t trie_hash(Term key, unsigned level);
static inline uint32_t slot_bit(uint32_t hash, unsigned level)
{
    return 1u << (hash >> (32 - SLOT_BITS - SLOT_BITS * (level % HASH_LEVELS)) & (SLOTS - 1));
}

/* ---- Memory: reservations that are large enough for many nodes ---- */

typedef struct Arena {
    Heap *heap;
    Term *reserved, *top, *end;
    size_t chunk; /* words to reserve at least */
} Arena;
Term *arena_reserve(Arena *arena, size_t words);
/* Gives back what is left; once, at the end. */
void arena_close(Arena *arena);

/* ---- Tries; all of these give TERM_NONE where there is no memory ---- */

/* The value or TERM_NONE. */
Term trie_get(Term map, Term key, uint32_t hash);
/* TERM_NONE and *found = false where the key is not there, unless `add`. */
Term trie_put(Heap *heap, Term map, const Term *pair, bool add, bool *found);
/* Even where MAP_FLAT_MAX pairs or fewer remain. */
Term trie_remove(Heap *heap, Term map, Term key);

typedef struct Insertion {
    Term key, value;
    bool replace; /* a pair that is there */
    bool add;     /* one that is not */
    bool found;   /* out: it was there */
} Insertion;
/* A copy of the node at `level` with the pair; the node itself where nothing changes. A root's
   count is not adjusted. */
Term node_insert(Arena *arena, Term node, unsigned level, Insertion *pair);
/* A node at `level` of two pairs with unequal keys. */
Term node_of_two(Arena *arena, const Term *a, const Term *b, unsigned level);

/* A flat map of at most MAP_FLAT_MAX pairs; as map_from_pairs. */
Term flat_from_pairs(Heap *heap, const Term *pairs, size_t count, bool *duplicate);
/* A trie, even of few pairs; no two keys are equal. */
Term trie_of_distinct(Heap *heap, const Term *pairs, size_t count);
/* Right-biased union of two tries. */
Term trie_merge(Heap *heap, Term a, Term b);

#endif
