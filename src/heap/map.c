/* SPDX-License-Identifier: Apache-2.0 */
/* map.c - maps: flat ones, and which of both forms a result has. */
#include "heap/map.h"
#include "base/memory.h"
#include "heap/map_trie.h"
#include "term/hash.h"

/* Up to so many keys of a flat map are compared one by one, more by halves. */
enum { FEW_KEYS = 8, FEW_PUTS = 8 };

size_t map_size(Term map)
{
    if (is_flat_map(map)) return flat_map_count(map);
    return (size_t)small_value(*root_count(boxed_ptr(map)));
}

/* ---- Finding ---- */

/* Where `key` stands among the sorted keys, or where it would. */
static size_t find_place(const Term *keys, size_t count, size_t step, Term key, bool *found)
{
    size_t low = 0, high = count;
    *found = false;
    /* Most often keys come in order. */
    if (count > 0 && term_compare_exact(keys[(count - 1) * step], key) < 0) return count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = term_compare_exact(key, keys[middle * step]);
        if (order == 0) {
            *found = true;
            return middle;
        }
        if (order < 0) high = middle;
        else low = middle + 1;
    }
    return low;
}

/* The index of a key that is no immediate and not the same object as any of the keys; or -1. */
static Word find_by_value(const Term *keys, size_t count, Term key)
{
    bool found;
    if (count > FEW_KEYS) {
        size_t place = find_place(keys, count, 1, key, &found);
        return found ? (Word)place : -1;
    }
    for (size_t i = 0; i < count; i++) {
        if (((keys[i] ^ key) & 3) == 0 && term_equal_exact_slow(keys[i], key)) return (Word)i;
    }
    return -1;
}

static inline Word find_key(const Term *map, Term key)
{
    const Term *keys = boxed_ptr(map[1]);
    size_t count = header_size(*keys++);
    for (size_t i = 0; i < count; i++) {
        if (keys[i] == key) return (Word)i;
    }
    return is_immediate(key) ? -1 : find_by_value(keys, count, key);
}

Term map_get(Term map, Term key)
{
    const Term *p = boxed_ptr(map);
    if (header_kind(p[0]) != KIND_MAP) return trie_get(map, key, term_hash(key));
    Word index = find_key(p, key);
    return index < 0 ? TERM_NONE : p[2 + index];
}

/* ---- Flat maps from rows of pairs ---- */

/* Pairs in the order of their keys, on the C stack. */
enum { ROW_MAX = 2 * MAP_FLAT_MAX };
typedef struct Row {
    size_t count;
    Term pairs[2 * ROW_MAX];
} Row;

static void row_append(Row *row, Term key, Term value)
{
    row->pairs[2 * row->count] = key;
    row->pairs[2 * row->count + 1] = value;
    row->count++;
}

/* False: the key was there already; its value is replaced. */
static bool row_put(Row *row, Term key, Term value)
{
    bool found;
    size_t place = find_place(row->pairs, row->count, 2, key, &found);
    Term *pair = row->pairs + 2 * place;
    if (!found) {
        memmove(pair + 2, pair, 2 * (row->count - place) * WORD_BYTES);
        pair[0] = key;
        row->count++;
    }
    pair[1] = value;
    return !found;
}

static void row_of_flat(Row *row, const Term *map)
{
    const Term *keys = boxed_ptr(map[1]);
    size_t count = header_size(keys[0]);
    row->count = 0;
    for (size_t i = 0; i < count; i++) row_append(row, keys[1 + i], map[2 + i]);
}

static Term flat_of_row(Heap *heap, const Row *row)
{
    size_t count = row->count;
    Term *keys = heap_reserve(heap, 3 + 2 * count);
    if (keys == NULL) return TERM_NONE;
    Term *map = keys + 1 + count;
    keys[0] = make_header(KIND_TUPLE, count);
    map[0] = make_header(KIND_MAP, 1 + count);
    map[1] = make_boxed(keys);
    for (size_t i = 0; i < count; i++) {
        keys[1 + i] = row->pairs[2 * i];
        map[2 + i] = row->pairs[2 * i + 1];
    }
    return make_boxed(map);
}

static Term map_of_row(Heap *heap, const Row *row)
{
    if (row->count <= MAP_FLAT_MAX) return flat_of_row(heap, row);
    return trie_of_distinct(heap, row->pairs, row->count);
}

Term flat_from_pairs(Heap *heap, const Term *pairs, size_t count, bool *duplicate)
{
    Row row;
    row.count = 0;
    for (size_t i = 0; i < count; i++) {
        if (!row_put(&row, pairs[2 * i], pairs[2 * i + 1]) && duplicate != NULL) {
            *duplicate = true;
            return TERM_NONE;
        }
    }
    return flat_of_row(heap, &row);
}

Term map_empty(Heap *heap)
{
    Row row;
    row.count = 0;
    return flat_of_row(heap, &row);
}

/* ---- Putting ---- */

/* A flat map with the keys of `map`; values are copied. */
static inline Term *copy_flat(Heap *heap, const Term *map)
{
    size_t words = words_of(map);
    Term *copy = heap_reserve(heap, words);
    if (copy == NULL) return NULL;
    for (size_t i = 0; i < words; i++) copy[i] = map[i];
    return copy;
}

static Term insert_flat(Heap *heap, const Term *map, Term key, Term value)
{
    const Term *keys = boxed_ptr(map[1]) + 1, *values = map + 2;
    size_t count = header_size(keys[-1]);
    bool found;
    size_t place = find_place(keys, count, 1, key, &found);
    Term *new_keys = heap_reserve(heap, 1 + count + 1 + 2 + count + 1);
    if (new_keys == NULL) return TERM_NONE;
    Term *result = new_keys + 1 + count + 1;
    new_keys[0] = make_header(KIND_TUPLE, count + 1);
    result[0] = make_header(KIND_MAP, 1 + count + 1);
    result[1] = make_boxed(new_keys);
    new_keys++;
    for (size_t i = 0; i < count; i++) {
        size_t to = i + (i >= place);
        new_keys[to] = keys[i];
        result[2 + to] = values[i];
    }
    new_keys[place] = key;
    result[2 + place] = value;
    return make_boxed(result);
}

static Term put_into_flat(Heap *heap, Term map, Term key, Term value)
{
    const Term *p = boxed_ptr(map);
    Word index = find_key(p, key);
    if (index >= 0) {
        if (p[2 + index] == value) return map;
        Term *copy = copy_flat(heap, p);
        if (copy == NULL) return TERM_NONE;
        copy[2 + index] = value;
        return make_boxed(copy);
    }
    if (flat_map_count(map) < MAP_FLAT_MAX) return insert_flat(heap, p, key, value);
    Row row;
    row_of_flat(&row, p);
    row_append(&row, key, value);
    return trie_of_distinct(heap, row.pairs, row.count);
}

Term map_put(Heap *heap, Term map, Term key, Term value)
{
    if (is_flat_map(map)) return put_into_flat(heap, map, key, value);
    bool found;
    return trie_put(heap, map, (Term[]){key, value}, true, &found);
}

size_t map_put_words(Term map)
{
    size_t count = map_size(map);
    if (count < MAP_FLAT_MAX) return 2 * count + 5;
    if (count == MAP_FLAT_MAX) return map_build_words(count + 1);
    size_t words = 4 * SLOTS;
    for (; count > SLOTS; count /= SLOTS) words += NODE_HEAD + SLOTS;
    return words;
}

/* ---- Removing ---- */

static Term remove_from_flat(Heap *heap, Term map, Term key)
{
    const Term *p = boxed_ptr(map), *keys = boxed_ptr(p[1]) + 1;
    Word index = find_key(p, key);
    if (index < 0) return map;
    size_t count = flat_map_count(map) - 1, place = (size_t)index;
    Term *new_keys = heap_reserve(heap, 1 + count + 2 + count);
    if (new_keys == NULL) return TERM_NONE;
    Term *result = new_keys + 1 + count;
    new_keys[0] = make_header(KIND_TUPLE, count);
    result[0] = make_header(KIND_MAP, 1 + count);
    result[1] = make_boxed(new_keys);
    for (size_t i = 0; i < count; i++) {
        size_t from = i + (i >= place);
        new_keys[1 + i] = keys[from];
        result[2 + i] = p[2 + from];
    }
    return make_boxed(result);
}

/* The smallest trie becomes a flat map. */
static Term shrink_trie(Heap *heap, Term map, Term key)
{
    Row row;
    MapCursor cursor;
    Term k, v;
    if (trie_get(map, key, term_hash(key)) == TERM_NONE) return map;
    row.count = 0;
    map_cursor_init(&cursor, map);
    while (map_cursor_next(&cursor, &k, &v)) {
        if (!term_equal_exact(k, key)) row_append(&row, k, v);
    }
    return flat_from_pairs(heap, row.pairs, row.count, NULL);
}

Term map_remove(Heap *heap, Term map, Term key)
{
    if (is_flat_map(map)) return remove_from_flat(heap, map, key);
    if (map_size(map) == MAP_FLAT_MAX + 1) return shrink_trie(heap, map, key);
    return trie_remove(heap, map, key);
}

/* ---- Several at once ---- */

/* The first key of `pairs` that is not in the map; TERM_NONE: all are. */
static Term missing_key(Term map, const Term *pairs, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (map_get(map, pairs[2 * i]) == TERM_NONE) return pairs[2 * i];
    }
    return TERM_NONE;
}

/* `map` with new values for keys it has. TERM_NONE and `*missing` = TERM_NONE: no memory; else
   TERM_NONE and a key that is not there. Keys most often come in the map's order: each is looked
   for from where the last one was. */
static Term replace_in_flat(Heap *heap, Term map, const Term *pairs, size_t count, Term *missing)
{
    const Term *p = boxed_ptr(map), *keys = boxed_ptr(p[1]) + 1, *end = pairs + 2 * count;
    size_t size = header_size(p[0]) - 1, at = 0;
    bool changed = false;
    *missing = TERM_NONE;
    Term *copy = copy_flat(heap, p);
    if (copy == NULL) return TERM_NONE;
    for (; pairs < end; pairs += 2, at++) {
        while (at < size && keys[at] != pairs[0]) at++;
        if (at >= size) {
            Word index = find_key(p, pairs[0]);
            if (index < 0) break;
            at = (size_t)index;
        }
        changed |= copy[2 + at] != pairs[1];
        copy[2 + at] = pairs[1];
    }
    if (pairs == end && changed) return make_boxed(copy);
    heap_trim(heap, copy, copy);
    if (pairs == end) return map;
    *missing = pairs[0];
    return TERM_NONE;
}

/* More pairs than a Row holds: through an array in memory. `map` is flat. */
static Term update_by_many(Heap *heap, Term map, const Term *pairs, size_t count)
{
    size_t old = flat_map_count(map);
    if (count > SIZE_MAX / 64) return TERM_NONE;
    size_t bytes = 2 * (old + count) * WORD_BYTES;
    Term *all = memory_alloc(bytes);
    if (all == NULL) return TERM_NONE;
    for (size_t i = 0; i < old; i++) {
        all[2 * i] = tuple_elements(flat_map_keys(map))[i];
        all[2 * i + 1] = flat_map_values(map)[i];
    }
    memcpy(all + 2 * old, pairs, 2 * count * WORD_BYTES);
    Term result = map_from_pairs(heap, all, old + count, NULL);
    memory_free(all, bytes);
    return result;
}

static Term update_flat(Heap *heap, Term map, const Term *pairs, size_t count)
{
    Row row;
    if (flat_map_count(map) + count > ROW_MAX) return update_by_many(heap, map, pairs, count);
    row_of_flat(&row, boxed_ptr(map));
    for (size_t i = 0; i < count; i++) (void)row_put(&row, pairs[2 * i], pairs[2 * i + 1]);
    return map_of_row(heap, &row);
}

static Term update_by_puts(Heap *heap, Term map, const Term *pairs, size_t count, Term *missing)
{
    bool found;
    for (const Term *end = pairs + 2 * count; pairs < end && map != TERM_NONE; pairs += 2) {
        map = trie_put(heap, map, pairs, missing == NULL, &found);
        if (map == TERM_NONE && missing != NULL && !found) *missing = pairs[0];
    }
    return map;
}

static Term update_trie(Heap *heap, Term map, const Term *pairs, size_t count, Term *missing)
{
    if (missing != NULL) *missing = TERM_NONE;
    if (count <= FEW_PUTS) return update_by_puts(heap, map, pairs, count, missing);
    if (missing != NULL) *missing = missing_key(map, pairs, count);
    if (missing != NULL && *missing != TERM_NONE) return TERM_NONE;
    Term none[3] = {make_header(KIND_TUPLE, 0), make_header(KIND_MAP, 1), make_boxed(none)};
    Term other = update_flat(heap, make_boxed(none + 1), pairs, count);
    return other == TERM_NONE ? TERM_NONE : map_merge(heap, map, other);
}

Term map_update(Heap *heap, Term map, const Term *pairs, size_t count, Term *missing)
{
    Term absent;
    if (!is_flat_map(map)) return update_trie(heap, map, pairs, count, missing);
    if (missing != NULL || count <= flat_map_count(map)) {
        Term result = replace_in_flat(heap, map, pairs, count, &absent);
        if (missing != NULL) *missing = absent;
        if (missing != NULL || result != TERM_NONE || absent == TERM_NONE) return result;
    }
    return update_flat(heap, map, pairs, count);
}

/* ---- Merging ---- */

/* The union of two flat maps into `row`. */
static void unite_flat(Row *row, const Term *a, const Term *b)
{
    const Term *a_keys = boxed_ptr(a[1]) + 1, *b_keys = boxed_ptr(b[1]) + 1;
    size_t a_count = header_size(a_keys[-1]), b_count = header_size(b_keys[-1]);
    size_t i = 0, j = 0;
    row->count = 0;
    while (i < a_count && j < b_count) {
        int order = term_compare_exact(a_keys[i], b_keys[j]);
        if (order < 0) {
            row_append(row, a_keys[i], a[2 + i]);
        } else {
            row_append(row, b_keys[j], b[2 + j]);
            j++;
        }
        i += order <= 0;
    }
    for (; i < a_count; i++) row_append(row, a_keys[i], a[2 + i]);
    for (; j < b_count; j++) row_append(row, b_keys[j], b[2 + j]);
}

static Term merge_flat(Heap *heap, Term a, Term b)
{
    Row row;
    if (flat_map_keys(a) == flat_map_keys(b)) return b;
    unite_flat(&row, boxed_ptr(a), boxed_ptr(b));
    if (row.count == flat_map_count(b)) return b;
    if (row.count != flat_map_count(a)) return map_of_row(heap, &row);
    Term *copy = copy_flat(heap, boxed_ptr(a));
    if (copy == NULL) return TERM_NONE;
    for (size_t i = 0; i < row.count; i++) copy[2 + i] = row.pairs[2 * i + 1];
    return make_boxed(copy);
}

static Term as_trie(Heap *heap, Term map)
{
    Row row;
    if (!is_flat_map(map)) return map;
    row_of_flat(&row, boxed_ptr(map));
    return trie_of_distinct(heap, row.pairs, row.count);
}

Term map_merge(Heap *heap, Term a, Term b)
{
    if (a == b || map_size(b) == 0) return a;
    if (map_size(a) == 0) return b;
    if (is_flat_map(a) && is_flat_map(b)) return merge_flat(heap, a, b);
    a = as_trie(heap, a);
    if (a != TERM_NONE) b = as_trie(heap, b);
    return a == TERM_NONE || b == TERM_NONE ? TERM_NONE : trie_merge(heap, a, b);
}
