/* SPDX-License-Identifier: Apache-2.0 */
/* map_merge.c - the union of two hash tries. */

/* Both are walked side by side. What only one of them has below a slot is shared, not copied. Which
   slots of the result hold pairs and which hold nodes is known before what is below them is merged,
   so that a node is written once, from the top down, without recursion. */

#include "heap/map_trie.h"

enum { MAX_CHUNK = 1 << 16 }; /* words reserved at a time */

typedef struct Level {
    const Term *a, *b;
    Term *node;    /* of the result */
    uint32_t left; /* slots where both have something and the result has a node: not merged yet */
} Level;

typedef struct Merge {
    Level levels[BUCKET_LEVEL];
    unsigned depth;
    size_t common; /* keys that both have */
    Arena arena;
} Merge;

static size_t count_below(const Term *node)
{
    const Term *path[BUCKET_LEVEL + 1];
    uint8_t visited[BUCKET_LEVEL + 1] = {0};
    size_t count = pair_count(node);
    int depth = 0;
    path[0] = node;
    while (depth >= 0) {
        if (visited[depth] == count_bits(node_nodes(path[depth]))) {
            depth--;
            continue;
        }
        const Term *below = boxed_ptr(node_first(path[depth])[visited[depth]++]);
        count += pair_count(below);
        path[++depth] = below;
        visited[depth] = 0;
    }
    return count;
}

static Term *copy_pair(Term *to, const Term *from)
{
    to[0] = from[0];
    to[1] = from[1];
    return to + 2;
}

/* Both have a bucket here: b's pairs, and those of a that b has not. */
static Term merge_buckets(Merge *m, const Term *a, const Term *b)
{
    size_t words = words_of(b);
    Term *bucket = arena_reserve(&m->arena, words + words_of(a) - NODE_HEAD);
    if (bucket == NULL) return TERM_NONE;
    memcpy(bucket, b, words * WORD_BYTES);
    Term *end = bucket + words;
    for (const Term *pair = a + NODE_HEAD; pair < a + words_of(a); pair += 2) {
        const Term *other = b + NODE_HEAD;
        while (other < b + words_of(b) && !term_equal_exact(pair[0], other[0])) other += 2;
        if (other == b + words_of(b)) end = copy_pair(end, pair);
        else m->common++;
    }
    bucket[0] = make_header(KIND_HASHMAP, (size_t)(end - bucket) - 1);
    m->arena.top = end;
    return make_boxed(bucket);
}

/* The slots where both have a pair, of the same key. */
static uint32_t same_keys(const Term *a, const Term *b)
{
    uint32_t same = 0;
    for (uint32_t both = node_pairs(a) & node_pairs(b); both != 0; both &= both - 1) {
        uint32_t bit = both & -both;
        if (term_equal_exact(pair_at(a, bit)[0], pair_at(b, bit)[0])) same |= bit;
    }
    return same;
}

/* The node of the result for two nodes, with all that needs no merging; it goes to the levels. */
static Term start_node(Merge *m, const Term *a, const Term *b, size_t extra)
{
    uint32_t all_a = node_nodes(a) | node_pairs(a), all_b = node_nodes(b) | node_pairs(b);
    uint32_t same = same_keys(a, b);
    uint32_t merged = all_a & all_b & ~same;
    uint32_t nodes = node_nodes(a) | node_nodes(b) | merged;
    uint32_t pairs = (all_a | all_b) & ~nodes;
    Term *node = arena_reserve(&m->arena, node_words(nodes, pairs) + extra);
    if (node == NULL) return TERM_NONE;
    node_start(node, nodes, pairs, extra);
    Term *below = node_first(node), *pair = node_first_pair(node);
    for (uint32_t rest = nodes; rest != 0; rest &= rest - 1, below++) {
        uint32_t bit = rest & -rest;
        if (!(merged & bit)) *below = *node_at(all_b & bit ? b : a, bit);
    }
    for (uint32_t rest = pairs; rest != 0; rest &= rest - 1) {
        uint32_t bit = rest & -rest;
        pair = copy_pair(pair, pair_at(all_b & bit ? b : a, bit));
    }
    m->common += count_bits(same);
    m->levels[m->depth++] = (Level){a, b, node, merged};
    return make_boxed(node);
}

static Term merge_nodes(Merge *m, Term a, Term b)
{
    if (a == b) {
        m->common += count_below(boxed_ptr(a));
        return a;
    }
    if (m->depth == BUCKET_LEVEL) return merge_buckets(m, boxed_ptr(a), boxed_ptr(b));
    return start_node(m, boxed_ptr(a), boxed_ptr(b), 0);
}

static Term insert(Merge *m, Term node, const Term *pair, bool replace)
{
    Insertion insertion = {pair[0], pair[1], replace, true, false};
    Term result = node_insert(&m->arena, node, m->depth, &insertion);
    if (insertion.found) m->common++;
    return result;
}

/* What comes below slot `bit` of the level's node; `m->depth` is the level of that. */
static Term merge_slot(Merge *m, const Level *level, uint32_t bit)
{
    const Term *a = level->a, *b = level->b;
    bool a_node = node_nodes(a) & bit, b_node = node_nodes(b) & bit;
    if (a_node && b_node) return merge_nodes(m, *node_at(a, bit), *node_at(b, bit));
    if (a_node) return insert(m, *node_at(a, bit), pair_at(b, bit), true);
    if (b_node) return insert(m, *node_at(b, bit), pair_at(a, bit), false);
    return node_of_two(&m->arena, pair_at(a, bit), pair_at(b, bit), m->depth);
}

static bool merge_all(Merge *m)
{
    while (m->depth > 0) {
        Level *level = &m->levels[m->depth - 1];
        if (level->left == 0) {
            m->depth--;
            continue;
        }
        uint32_t bit = level->left & -level->left;
        level->left &= ~bit;
        Term *place = node_at(level->node, bit);
        *place = merge_slot(m, level, bit);
        if (*place == TERM_NONE) return false;
    }
    return true;
}

static size_t count_of(Term map) { return (size_t)small_value(*root_count(boxed_ptr(map))); }

Term trie_merge(Heap *heap, Term a, Term b)
{
    if (a == b) return a;
    Merge m;
    size_t smaller = count_of(a) < count_of(b) ? count_of(a) : count_of(b);
    m.depth = 0;
    m.common = 0;
    m.arena = (Arena){.heap = heap};
    m.arena.chunk = smaller < MAX_CHUNK / 8 ? 64 + 8 * smaller : MAX_CHUNK;
    Term result = start_node(&m, boxed_ptr(a), boxed_ptr(b), 1);
    bool done = result != TERM_NONE && merge_all(&m);
    arena_close(&m.arena);
    if (!done) return TERM_NONE;
    size_t count = count_of(a) + count_of(b) - m.common;
    *root_count(boxed_ptr(result)) = make_small((Word)count);
    return result;
}
