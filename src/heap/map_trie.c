/* SPDX-License-Identifier: Apache-2.0 */
/* map_trie.c - hash tries: look up, put, remove. */
#include "heap/map_trie.h"
#include "term/hash.h"

uint32_t trie_hash(Term key, unsigned level)
{
    return term_hash_level(key, level / HASH_LEVELS);
}

/* ---- Memory ---- */

Term *arena_reserve(Arena *arena, size_t words)
{
    if ((size_t)(arena->end - arena->top) < words) {
        size_t chunk = words > arena->chunk ? words : arena->chunk;
        arena->reserved = arena->top = heap_reserve(arena->heap, chunk);
        arena->end = arena->top == NULL ? NULL : arena->top + chunk;
        if (arena->top == NULL) return NULL;
    }
    Term *p = arena->top;
    arena->top += words;
    return p;
}

void arena_close(Arena *arena)
{
    if (arena->top != arena->end) heap_trim(arena->heap, arena->reserved, arena->top);
}

/* ---- Looking up ---- */

/* The pair of `key` in a bucket, or NULL. */
static Term *bucket_find(const Term *bucket, Term key)
{
    Term *pair = (Term *)bucket + NODE_HEAD;
    for (const Term *end = bucket + words_of(bucket); pair < end; pair += 2) {
        if (term_equal_exact(pair[0], key)) return pair;
    }
    return NULL;
}

Term trie_get(Term map, Term key, uint32_t hash)
{
    const Term *node = boxed_ptr(map);
    for (unsigned level = 0;;) {
        uint32_t bit = slot_bit(hash, level);
        if (!(node_nodes(node) & bit)) {
            if (!(node_pairs(node) & bit)) return TERM_NONE;
            const Term *pair = pair_at(node, bit);
            return term_equal_exact(pair[0], key) ? pair[1] : TERM_NONE;
        }
        node = boxed_ptr(*node_at(node, bit));
        level++;
        if (level == HASH_LEVELS) hash = trie_hash(key, level);
        if (level == BUCKET_LEVEL) break;
    }
    const Term *pair = bucket_find(node, key);
    return pair == NULL ? TERM_NONE : pair[1];
}

/* The way to a key: the nodes from the root (or wherever the search began) on. */
typedef struct Path {
    const Term *nodes[BUCKET_LEVEL + 1];
    uint32_t bits[BUCKET_LEVEL + 1]; /* the slot that the key has in each */
    unsigned depth;                  /* of the last one */
    unsigned level;                  /* of the first one */
    uint32_t hash;                   /* as of the last one's level */
    Term *pair; /* what stands in the key's slot there, or its equal in the bucket, or NULL */
    bool found;
} Path;

static bool at_bucket(const Path *path) { return path->level + path->depth == BUCKET_LEVEL; }

static void find_path(Path *path, Term root, unsigned level, Term key)
{
    const Term *node = boxed_ptr(root);
    path->depth = 0;
    path->level = level;
    path->hash = level == BUCKET_LEVEL ? 0 : trie_hash(key, level);
    path->pair = NULL;
    path->found = false;
    for (;; path->depth++, level++) {
        path->nodes[path->depth] = node;
        if (level == BUCKET_LEVEL) {
            path->pair = bucket_find(node, key);
            path->found = path->pair != NULL;
            return;
        }
        if (level == HASH_LEVELS) path->hash = trie_hash(key, level);
        uint32_t bit = slot_bit(path->hash, level);
        path->bits[path->depth] = bit;
        if (!(node_nodes(node) & bit)) {
            if (node_pairs(node) & bit) path->pair = pair_at(node, bit);
            path->found = path->pair != NULL && term_equal_exact(path->pair[0], key);
            return;
        }
        node = boxed_ptr(*node_at(node, bit));
    }
}

/* Words of copies of the nodes above the one at `depth`. */
static size_t words_above(const Path *path, unsigned depth)
{
    size_t words = 0;
    while (depth-- > 0) words += words_of(path->nodes[depth]);
    return words;
}

/* Copies of the nodes above `depth`, the lowest of which gets `node` in place of what was there. */
static Term copy_above(const Path *path, unsigned depth, Term node, Term *top)
{
    while (depth-- > 0) {
        const Term *old = path->nodes[depth];
        size_t words = words_of(old);
        memcpy(top, old, words * WORD_BYTES);
        top[node_at(old, path->bits[depth]) - old] = node;
        node = make_boxed(top);
        top += words;
    }
    return node;
}

/* ---- Changed copies of one node; each returns what is behind it ---- */

static Term *copy_words(Term *to, const Term *from, const Term *end)
{
    memcpy(to, from, (size_t)(end - from) * WORD_BYTES);
    return to + (end - from);
}

/* Copies what stands behind the head; then sets the head to new bitmaps and size. */
static void restart(Term *to, const Term *end, uint32_t nodes, uint32_t pairs)
{
    to[0] = make_header(KIND_HASHMAP, (size_t)(end - to) - 1);
    node_set_bits(to, nodes, pairs);
}

/* With a pair more, in front of what stands at `place`. */
static Term *node_with_pair(Term *to, const Term *node, uint32_t bit, const Term *place,
                            const Insertion *pair)
{
    Term *p = copy_words(to, node, place);
    *p++ = pair->key;
    *p++ = pair->value;
    p = copy_words(p, place, node + words_of(node));
    restart(to, p, node_nodes(node), node_pairs(node) | bit);
    return p;
}

static Term *node_without_pair(Term *to, const Term *node, uint32_t bit, const Term *pair)
{
    Term *p = copy_words(to, node, pair);
    p = copy_words(p, pair + 2, node + words_of(node));
    restart(to, p, node_nodes(node), node_pairs(node) & ~bit);
    return p;
}

/* The slot's pair gives way to a node. */
static Term *node_pair_to_node(Term *to, const Term *node, uint32_t bit, Term below)
{
    const Term *place = node_at(node, bit), *pair = pair_at(node, bit);
    Term *p = copy_words(to, node, place);
    *p++ = below;
    p = copy_words(p, place, pair);
    p = copy_words(p, pair + 2, node + words_of(node));
    restart(to, p, node_nodes(node) | bit, node_pairs(node) & ~bit);
    return p;
}

/* The slot's node gives way to a pair. */
static Term *node_node_to_pair(Term *to, const Term *node, uint32_t bit, const Term *pair)
{
    const Term *place = node_at(node, bit), *later = pair_at(node, bit);
    Term *p = copy_words(to, node, place);
    p = copy_words(p, place + 1, later);
    *p++ = pair[0];
    *p++ = pair[1];
    p = copy_words(p, later, node + words_of(node));
    restart(to, p, node_nodes(node) & ~bit, node_pairs(node) | bit);
    return p;
}

/* ---- Putting ---- */

static void put_two(Term *node, const Term *a, const Term *b)
{
    node[0] = a[0];
    node[1] = a[1];
    node[2] = b[0];
    node[3] = b[1];
}

Term node_of_two(Arena *arena, const Term *a, const Term *b, unsigned level)
{
    uint32_t hash_a = 0, hash_b = 0;
    unsigned last = level;
    for (; last < BUCKET_LEVEL; last++) {
        if (last == level || last == HASH_LEVELS) {
            hash_a = trie_hash(a[0], last);
            hash_b = trie_hash(b[0], last);
        }
        if (slot_bit(hash_a, last) != slot_bit(hash_b, last)) break;
    }
    Term *p = arena_reserve(arena, (size_t)(last - level + 1) * (NODE_HEAD + 1) + 3);
    if (p == NULL) return TERM_NONE;
    Term node = make_boxed(p);
    for (; level < last; level++, p += NODE_HEAD + 1) {
        node_start(p, slot_bit(trie_hash(a[0], level), level), 0, 0);
        p[NODE_HEAD] = make_boxed(p + NODE_HEAD + 1);
    }
    uint32_t bit_a = slot_bit(hash_a, last), bit_b = slot_bit(hash_b, last);
    bool bucket = last == BUCKET_LEVEL;
    p[0] = make_header(KIND_HASHMAP, NODE_HEAD + 4 - 1);
    node_set_bits(p, 0, bucket ? 0 : bit_a | bit_b);
    put_two(p + NODE_HEAD, bit_a <= bit_b ? a : b, bit_a <= bit_b ? b : a);
    return node;
}

static Term replace_value(Arena *arena, const Path *path, Term value)
{
    const Term *node = path->nodes[path->depth];
    size_t words = words_of(node);
    Term *top = arena_reserve(arena, words + words_above(path, path->depth));
    if (top == NULL) return TERM_NONE;
    memcpy(top, node, words * WORD_BYTES);
    top[path->pair + 1 - node] = value;
    return copy_above(path, path->depth, make_boxed(top), top + words);
}

static Term add_pair(Arena *arena, const Path *path, const Insertion *pair)
{
    const Term *node = path->nodes[path->depth];
    uint32_t bit = at_bucket(path) ? 0 : path->bits[path->depth];
    const Term *place = at_bucket(path) ? node + words_of(node) : pair_at(node, bit);
    Term *top = arena_reserve(arena, words_of(node) + 2 + words_above(path, path->depth));
    if (top == NULL) return TERM_NONE;
    Term *rest = node_with_pair(top, node, bit, place, pair);
    return copy_above(path, path->depth, make_boxed(top), rest);
}

/* The key's slot has another pair: both go down. */
static Term split_pair(Arena *arena, const Path *path, const Insertion *pair)
{
    const Term *node = path->nodes[path->depth];
    Term below = node_of_two(arena, path->pair, (Term[]){pair->key, pair->value},
                             path->level + path->depth + 1);
    if (below == TERM_NONE) return TERM_NONE;
    Term *top = arena_reserve(arena, words_of(node) - 1 + words_above(path, path->depth));
    if (top == NULL) return TERM_NONE;
    Term *rest = node_pair_to_node(top, node, path->bits[path->depth], below);
    return copy_above(path, path->depth, make_boxed(top), rest);
}

Term node_insert(Arena *arena, Term node, unsigned level, Insertion *pair)
{
    Path path;
    find_path(&path, node, level, pair->key);
    pair->found = path.found;
    if (path.found) {
        if (!pair->replace || path.pair[1] == pair->value) return node;
        return replace_value(arena, &path, pair->value);
    }
    if (!pair->add) return TERM_NONE;
    if (path.pair == NULL) return add_pair(arena, &path, pair);
    return split_pair(arena, &path, pair);
}

Term trie_put(Heap *heap, Term map, const Term *pair, bool add, bool *found)
{
    Arena arena = {.heap = heap};
    Insertion insertion = {pair[0], pair[1], true, add, false};
    Term result = node_insert(&arena, map, 0, &insertion);
    *found = insertion.found;
    if (result == TERM_NONE || insertion.found) return result;
    *root_count(boxed_ptr(result)) += make_small(1);
    return result;
}

/* ---- Removing ---- */

/* What is left of the last node once its pair is gone: one pair and nothing else. */
static const Term *lone_pair(const Path *path)
{
    const Term *node = path->nodes[path->depth];
    if (path->depth == 0 || pair_count(node) != 2 || node_nodes(node) != 0) return NULL;
    const Term *first = node_first_pair(node);
    return first == path->pair ? first + 2 : first;
}

/* A node with a single pair must not be: the pair goes up to where it has company. */
static Term lift_pair(Heap *heap, const Path *path, const Term *pair)
{
    unsigned depth = path->depth - 1;
    while (depth > 0 && words_of(path->nodes[depth]) == NODE_HEAD + 1) depth--;
    const Term *node = path->nodes[depth];
    Term *top = heap_reserve(heap, words_of(node) + 1 + words_above(path, depth));
    if (top == NULL) return TERM_NONE;
    Term *rest = node_node_to_pair(top, node, path->bits[depth], pair);
    return copy_above(path, depth, make_boxed(top), rest);
}

static Term drop_pair(Heap *heap, const Path *path)
{
    const Term *node = path->nodes[path->depth];
    uint32_t bit = at_bucket(path) ? 0 : path->bits[path->depth];
    Term *top = heap_reserve(heap, words_of(node) - 2 + words_above(path, path->depth));
    if (top == NULL) return TERM_NONE;
    Term *rest = node_without_pair(top, node, bit, path->pair);
    return copy_above(path, path->depth, make_boxed(top), rest);
}

Term trie_remove(Heap *heap, Term map, Term key)
{
    Path path;
    find_path(&path, map, 0, key);
    if (!path.found) return map;
    const Term *pair = lone_pair(&path);
    Term result = pair == NULL ? drop_pair(heap, &path) : lift_pair(heap, &path, pair);
    if (result == TERM_NONE) return TERM_NONE;
    *root_count(boxed_ptr(result)) -= make_small(1);
    return result;
}
