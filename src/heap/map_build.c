/* SPDX-License-Identifier: Apache-2.0 */
/* map_build.c - maps from many pairs at once. */

/* A trie is built from its pairs in the order of their hashes, each node once and without copies:
   the pairs below one slot then stand in a row. Pairs of one hash are sorted by the second one;
   what is equal in both is compared. Recursion is bounded by the levels of a trie. */

#include "base/memory.h"
#include "heap/map_trie.h"

typedef struct Entry {
    uint32_t hash;
    uint32_t index; /* of the pair */
} Entry;

enum { DIGITS = 256, FEW_ENTRIES = 24 };

typedef struct Builder {
    const Term *pairs;
    Entry *entries, *spare; /* two arrays of `room` */
    size_t room;
    uint32_t *counts; /* DIGITS */
    bool duplicates;
    Arena arena;
} Builder;

static Term key_of(const Builder *b, const Entry *e) { return b->pairs[2 * (size_t)e->index]; }

static bool builder_init(Builder *b, Heap *heap, const Term *pairs, size_t count)
{
    *b = (Builder){.pairs = pairs, .room = count, .arena = {.heap = heap}};
    if (count > UINT32_MAX / 2 || count > SIZE_MAX / 64) return false;
    size_t bytes = 2 * count * sizeof(Entry) + DIGITS * sizeof(uint32_t);
    b->entries = memory_alloc(bytes);
    if (b->entries == NULL) return false;
    b->spare = b->entries + count;
    b->counts = (uint32_t *)(b->spare + count);
    return true;
}

static void builder_done(Builder *b)
{
    memory_free(b->entries, 2 * b->room * sizeof(Entry) + DIGITS * sizeof(uint32_t));
}

/* ---- Sorting by hash; keeps the order of equal ones ---- */

static void sort_few(Entry *entries, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        Entry e = entries[i];
        size_t at = i;
        for (; at > 0 && entries[at - 1].hash > e.hash; at--) entries[at] = entries[at - 1];
        entries[at] = e;
    }
}

static void sort_by_digit(const Entry *from, Entry *to, size_t count, uint32_t *counts, int shift)
{
    uint32_t sum = 0;
    memset(counts, 0, DIGITS * sizeof *counts);
    for (size_t i = 0; i < count; i++) counts[from[i].hash >> shift & (DIGITS - 1)]++;
    for (int i = 0; i < DIGITS; i++) {
        uint32_t here = counts[i];
        counts[i] = sum;
        sum += here;
    }
    for (size_t i = 0; i < count; i++) to[counts[from[i].hash >> shift & (DIGITS - 1)]++] = from[i];
}

/* `spare` has room for as many. */
static void sort_entries(Entry *entries, Entry *spare, size_t count, uint32_t *counts)
{
    if (count <= FEW_ENTRIES) {
        sort_few(entries, count);
        return;
    }
    for (int shift = 0; shift < 32; shift += 16) {
        sort_by_digit(entries, spare, count, counts, shift);
        sort_by_digit(spare, entries, count, counts, shift + 8);
    }
}

/* ---- Equal keys ---- */

/* From `count` entries of equal hashes: one of each key, the last one of it, moved to `to`. Returns
   how many. Hashes differ but for chance and for repeated keys, so there are few different ones. */
static size_t unite_equal(Builder *b, Entry *to, const Entry *from, size_t count)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        size_t at = 0;
        while (at < kept && !term_equal_exact(key_of(b, &to[at]), key_of(b, &from[i]))) at++;
        if (at < kept) b->duplicates = true;
        else kept++;
        to[at] = from[i];
    }
    return kept;
}

/* A row of entries with one first hash: in the order of the second one, united. */
static size_t unite_row(Builder *b, Entry *to, Entry *row, size_t count)
{
    uint32_t hash = row[0].hash;
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) row[i].hash = trie_hash(key_of(b, &row[i]), HASH_LEVELS);
    sort_entries(row, b->spare, count, b->counts);
    for (size_t i = 0, end; i < count; i = end) {
        for (end = i + 1; end < count && row[end].hash == row[i].hash;) end++;
        kept += unite_equal(b, to + kept, row + i, end - i);
    }
    for (size_t i = 0; i < kept; i++) to[i].hash = hash;
    return kept;
}

/* Sorts the pairs' entries and drops those of equal keys; how many remain. */
static size_t order_entries(Builder *b)
{
    Entry *all = b->entries;
    size_t count = b->room, kept = 0;
    for (size_t i = 0; i < count; i++) {
        all[i] = (Entry){trie_hash(b->pairs[2 * i], 0), (uint32_t)i};
    }
    sort_entries(all, b->spare, count, b->counts);
    for (size_t i = 0, end; i < count; i = end) {
        for (end = i + 1; end < count && all[end].hash == all[i].hash;) end++;
        if (end == i + 1) all[kept++] = all[i];
        else kept += unite_row(b, all + kept, all + i, end - i);
    }
    return kept;
}

/* ---- Building ---- */

static uint32_t entry_bit(const Builder *b, const Entry *e, unsigned level)
{
    return slot_bit(level < HASH_LEVELS ? e->hash : trie_hash(key_of(b, e), level), level);
}

/* The first entry behind those of first's slot. */
static const Entry *slot_end(const Builder *b, const Entry *e, const Entry *end, unsigned level,
                             uint32_t *bit)
{
    *bit = entry_bit(b, e, level);
    do e++;
    while (e < end && entry_bit(b, e, level) == *bit);
    return e;
}

static Term *put_pair(const Builder *b, Term *to, const Entry *e)
{
    to[0] = b->pairs[2 * (size_t)e->index];
    to[1] = b->pairs[2 * (size_t)e->index + 1];
    return to + 2;
}

static Term build_bucket(Builder *b, const Entry *e, const Entry *end)
{
    size_t words = NODE_HEAD + 2 * (size_t)(end - e);
    Term *bucket = arena_reserve(&b->arena, words);
    if (bucket == NULL) return TERM_NONE;
    Term *pair = bucket + NODE_HEAD;
    bucket[0] = make_header(KIND_HASHMAP, words - 1);
    node_set_bits(bucket, 0, 0);
    for (; e < end; e++) pair = put_pair(b, pair, e);
    return make_boxed(bucket);
}

/* A node of the entries up to `end`, which are sorted; a root has one word `extra`. */
static Term build_node(Builder *b, const Entry *first, const Entry *end, unsigned level,
                       size_t extra)
{
    uint32_t nodes = 0, pairs = 0, bit;
    if (level == BUCKET_LEVEL) return build_bucket(b, first, end);
    for (const Entry *e = first, *next; e < end; e = next) {
        next = slot_end(b, e, end, level, &bit);
        *(next == e + 1 ? &pairs : &nodes) |= bit;
    }
    Term *node = arena_reserve(&b->arena, node_words(nodes, pairs) + extra);
    if (node == NULL) return TERM_NONE;
    node_start(node, nodes, pairs, extra);
    Term *below = node_first(node), *pair = node_first_pair(node);
    for (const Entry *e = first, *next; e < end; e = next) {
        next = slot_end(b, e, end, level, &bit);
        if (next == e + 1) {
            pair = put_pair(b, pair, e);
            continue;
        }
        *below = build_node(b, e, next, level + 1, 0);
        if (*below++ == TERM_NONE) return TERM_NONE;
    }
    return make_boxed(node);
}

size_t map_build_words(size_t count)
{
    if (count <= MAP_FLAT_MAX) return 3 + 2 * count;
    return 3 * count + 64; /* Nodes have about four pairs on the average. */
}

static Term build_trie(Builder *b, size_t count)
{
    b->arena.chunk = map_build_words(count < MAP_FLAT_MAX ? MAP_FLAT_MAX : count);
    Term map = build_node(b, b->entries, b->entries + count, 0, 1);
    arena_close(&b->arena);
    if (map != TERM_NONE) *root_count(boxed_ptr(map)) = make_small((Word)count);
    return map;
}

Term trie_of_distinct(Heap *heap, const Term *pairs, size_t count)
{
    Builder b;
    if (!builder_init(&b, heap, pairs, count)) return TERM_NONE;
    Term map = build_trie(&b, order_entries(&b));
    builder_done(&b);
    return map;
}

/* Moves the pairs that remain to the front, in the order in which they came. */
static void keep_remaining(Builder *b, Term *pairs, size_t count)
{
    for (size_t i = 0; i < count; i++) b->entries[i].hash = b->entries[i].index;
    sort_entries(b->entries, b->spare, count, b->counts);
    for (size_t i = 0; i < count; i++) (void)put_pair(b, pairs + 2 * i, &b->entries[i]);
}

Term map_from_pairs(Heap *heap, Term *pairs, size_t count, bool *duplicate)
{
    Builder b;
    Term map;
    if (count <= MAP_FLAT_MAX) return flat_from_pairs(heap, pairs, count, duplicate);
    if (!builder_init(&b, heap, pairs, count)) return TERM_NONE;
    size_t kept = order_entries(&b);
    if (duplicate != NULL && b.duplicates) {
        *duplicate = true;
        map = TERM_NONE;
    } else if (kept > MAP_FLAT_MAX) {
        map = build_trie(&b, kept);
    } else {
        keep_remaining(&b, pairs, kept);
        map = flat_from_pairs(heap, pairs, kept, duplicate);
    }
    builder_done(&b);
    return map;
}
