/* SPDX-License-Identifier: Apache-2.0 */
/* test_map.c - maps against an array of what they should hold. */

#include "heap/map.h"
#include "heap/heaps.h"
#include "heap/binary.h"
#include "term/compare.h"
#include "term/release.h"

enum { KEYS = 3000, WIDE = 600000 };

static Heap *const heap = &terms_heap;
/* What a collection must see: the keys, then the maps at hand. */
enum { MAPS = 4 };
static Term roots[KEYS + MAPS];
static Term *const keys = roots, *const maps = roots + KEYS;
static Random dice = {.state = 7};

static uint32_t below(uint32_t n) { return random_below(&dice, n); }

/* ---- Keys of all kinds, no two equal ---- */

static Term make_key(unsigned i)
{
    char text[200];
    int size = snprintf(text, sizeof text, "key %u", i);
    switch (i % 9) {
    case 0: return make_small((Word)i * 7 - 5000);
    case 1: return atom_of(text);
    case 2: return heaps_float(heap, i / 2.0);
    case 3: return binary_from(heap, text, (size_t)size);
    case 4: return binary_from(heap, text, i % 2 ? (size_t)size : 100 + i % 64);
    case 5: return heaps_pair(heap, make_small((Word)i), make_small(1));
    case 6: return heaps_cons(heap, make_small((Word)i), TERM_NIL);
    case 7: return heaps_pair(heap, keys[i - 5], keys[i - 4]);
    default: return make_local_pid(i);
    }
}

static void make_keys(void)
{
    for (unsigned i = 0; i < KEYS; i++) keys[i] = make_key(i);
    for (unsigned i = 0; i < MAPS; i++) maps[i] = map_empty(heap);
}

static int start(void **state)
{
    (void)state;
    terms_start();
    make_keys();
    heaps_collect(heap, 1000, roots, KEYS + MAPS);
    return 0;
}

/* ---- The model ---- */

typedef struct Model {
    Term values[KEYS]; /* 0: not there. Small integers only. */
    size_t count;
} Model;
static Model models[MAPS];

static void model_put(Model *m, unsigned key, Term value)
{
    m->count += (value != 0) - (m->values[key] != 0);
    m->values[key] = value;
}

static Term model_get(const Model *m, unsigned key)
{
    return m->values[key] == 0 ? TERM_NONE : m->values[key];
}

static Term some_value(void) { return make_small((Word)below(1000) + 1); }

/* The model's pairs in random order; how many. */
static size_t model_pairs(const Model *m, Term *pairs)
{
    size_t count = 0;
    for (unsigned i = 0; i < KEYS; i++) {
        if (m->values[i] == 0) continue;
        size_t at = below((uint32_t)++count);
        pairs[2 * count - 2] = pairs[2 * at];
        pairs[2 * count - 1] = pairs[2 * at + 1];
        pairs[2 * at] = keys[i];
        pairs[2 * at + 1] = m->values[i];
    }
    return count;
}

/* The same keys make the same walk, whatever the way they came. */
static void check_shape(Term map, Term other)
{
    MapCursor a, b;
    Term key, value, other_key = TERM_NONE, other_value = TERM_NONE;
    map_cursor_init(&a, map);
    map_cursor_init(&b, other);
    while (map_cursor_next(&a, &key, &value)) {
        assert_true(map_cursor_next(&b, &other_key, &other_value));
        assert_true(term_equal_exact(key, other_key));
        assert_int_equal(value, other_value);
    }
    assert_false(map_cursor_next(&b, &other_key, &other_value));
}

static void check_walk(Term map, const Model *m)
{
    MapCursor cursor;
    Term key, value, last = TERM_NONE;
    size_t count = 0;
    map_cursor_init(&cursor, map);
    for (; map_cursor_next(&cursor, &key, &value); count++, last = key) {
        if (is_flat_map(map) && count > 0) assert_true(term_compare_exact(last, key) < 0);
    }
    assert_false(map_cursor_next(&cursor, &key, &value));
    assert_int_equal(count, m->count);
}

static void check_all(Term map, const Model *m)
{
    static Term pairs[2 * KEYS];
    assert_int_equal(m->count, map_size(map));
    assert_int_equal(m->count <= MAP_FLAT_MAX, is_flat_map(map));
    for (unsigned i = 0; i < KEYS; i++) assert_int_equal(model_get(m, i), map_get(map, keys[i]));
    check_walk(map, m);
    size_t count = model_pairs(m, pairs);
    Term built = map_from_pairs(heap, pairs, count, NULL);
    check_shape(map, built);
    assert_true(term_equal_exact(map, built));
}

/* ---- Random operations ---- */

static void put_one(unsigned at, unsigned range)
{
    unsigned key = below(range);
    Term value = some_value();
    Term result = map_put(heap, maps[at], keys[key], value);
    assert_int_equal(result == maps[at], models[at].values[key] == value);
    maps[at] = result;
    model_put(&models[at], key, value);
}

static void remove_one(unsigned at, unsigned range)
{
    unsigned key = below(range);
    Term result = map_remove(heap, maps[at], keys[key]);
    assert_int_equal(result == maps[at], models[at].values[key] == 0);
    maps[at] = result;
    model_put(&models[at], key, 0);
}

static void update_some(unsigned at, unsigned range, bool exact)
{
    Term pairs[200], missing = 1, expected = TERM_NONE;
    unsigned count = below(below(4) ? 12 : 100);
    Model next = models[at];
    for (unsigned i = 0; i < count; i++) {
        unsigned key = below(range);
        pairs[2 * i] = keys[key];
        pairs[2 * i + 1] = some_value();
        if (models[at].values[key] == 0 && expected == TERM_NONE) expected = keys[key];
        model_put(&next, key, pairs[2 * i + 1]);
    }
    Term result = map_update(heap, maps[at], pairs, count, exact ? &missing : NULL);
    if (exact) assert_int_equal(expected, missing);
    assert_int_equal(exact && expected != TERM_NONE, result == TERM_NONE);
    if (result == TERM_NONE) return;
    maps[at] = result;
    models[at] = next;
}

static void merge_two(unsigned at, unsigned other)
{
    maps[at] = map_merge(heap, maps[at], maps[other]);
    assert_int_not_equal(TERM_NONE, maps[at]);
    for (unsigned i = 0; i < KEYS; i++) {
        if (models[other].values[i] != 0) model_put(&models[at], i, models[other].values[i]);
    }
}

static void do_one(unsigned range)
{
    unsigned at = below(MAPS), what = below(100);
    if (what < 45) put_one(at, range);
    else if (what < 85) remove_one(at, range);
    else if (what < 92) update_some(at, range, what < 88);
    else if (what < 95) merge_two(at, below(MAPS));
    else if (what < 97) maps[at] = maps[0], models[at] = models[0];
    else if (what < 98) maps[at] = map_empty(heap), models[at] = (Model){.count = 0};
    unsigned key = below(KEYS);
    assert_int_equal(model_get(&models[at], key), map_get(maps[at], keys[key]));
}

static void test_operations(void **state)
{
    (void)state;
    static const unsigned ranges[] = {5, 30, 40, 60, 300, KEYS};
    memset(models, 0, sizeof models);
    for (unsigned i = 0; i < 60000; i++) {
        do_one(ranges[i / 1000 % 6]);
        if (heap->flags & HEAP_DUE) heaps_collect(heap, 1000, roots, KEYS + MAPS);
        if (i % 250 == 0) check_all(maps[i / 250 % MAPS], &models[i / 250 % MAPS]);
    }
}

/* ---- Equal hashes ---- */

/* Lists of 0.0 and -0.0, which OTP 27 tells apart, have one hash, whatever the level. */
static Term zeros(unsigned bits)
{
    Term list = TERM_NIL;
    for (unsigned i = 0; i < 6; i++)
        list = heaps_cons(heap, heaps_float(heap, bits >> i & 1 ? -0.0 : 0.0), list);
    return list;
}

static void check_equal_hashes(unsigned count)
{
    Term map = map_empty(heap), some = map_empty(heap), pairs[128];
    for (unsigned i = 0; i < 40; i++) map = map_put(heap, map, keys[i], make_small(1));
    for (unsigned i = 0; i < count; i++) {
        pairs[2 * i] = zeros(i);
        pairs[2 * i + 1] = make_small(i);
        map = map_put(heap, map, zeros(i), make_small(i));
        if (i % 3 == 0) some = map_put(heap, some, zeros(i), make_small(-1));
    }
    Term merged = map_merge(heap, map, some), back = map_merge(heap, some, map);
    assert_int_equal(40 + count, map_size(map));
    assert_int_equal(40 + count, map_size(merged));
    assert_true(term_equal_exact(map, back));
    Term built = map_from_pairs(heap, pairs, count, NULL);
    assert_true(term_equal_exact(map, map_merge(heap, map, built)));
    for (unsigned i = 0; i < count; i++) {
        assert_int_equal(make_small(i), map_get(map, zeros(i)));
        assert_int_equal(make_small(i % 3 ? (Word)i : -1), map_get(merged, zeros(i)));
        map = map_put(heap, map, zeros(i), make_small(7));
        assert_int_equal(make_small(7), map_get(map, zeros(i)));
        map = map_remove(heap, map, zeros(i));
        assert_int_equal(TERM_NONE, map_get(map, zeros(i)));
    }
    assert_int_equal(40, map_size(map));
    for (unsigned i = 0; i < 40; i++) assert_int_equal(make_small(1), map_get(map, keys[i]));
    heaps_collect(heap, 1000, roots, KEYS + MAPS);
}

static void test_equal_hashes(void **state)
{
    (void)state;
    release_set(27);
    for (unsigned count = 1; count <= 64; count += 7) check_equal_hashes(count);
    release_set(RELEASE_MIN);
}

typedef struct Hashed {
    uint32_t hash, number;
} Hashed;

static int by_hash(const void *a, const void *b)
{
    uint32_t x = ((const Hashed *)a)->hash, y = ((const Hashed *)b)->hash;
    return x < y ? -1 : x > y;
}

/* Integers whose first hash is the same: their pairs part below the levels of the first hash. */
static unsigned find_equal(Term *pairs, unsigned room)
{
    static Hashed all[WIDE];
    unsigned count = 0;
    for (uint32_t i = 0; i < WIDE; i++) all[i] = (Hashed){term_hash(make_small((Word)i)), i};
    qsort(all, WIDE, sizeof *all, by_hash);
    for (uint32_t i = 0; i + 1 < WIDE && count + 2 <= room; i++) {
        if (all[i].hash != all[i + 1].hash) continue;
        for (unsigned j = 0; j < 2; j++, count++) {
            pairs[2 * count] = make_small((Word)all[i + j].number);
            pairs[2 * count + 1] = make_small((Word)count);
        }
    }
    return count;
}

static void test_equal_first_hash(void **state)
{
    (void)state;
    Term pairs[160], more[160];
    unsigned count = find_equal(pairs, 80);
    assert_true(count > MAP_FLAT_MAX + 4);
    memcpy(more, pairs, sizeof more);
    Term built = map_from_pairs(heap, more, count, NULL), map = map_empty(heap), halves[2];
    halves[0] = halves[1] = map;
    for (unsigned i = 0; i < count; i++) {
        map = map_put(heap, map, pairs[2 * i], pairs[2 * i + 1]);
        halves[i % 2] = map_put(heap, halves[i % 2], pairs[2 * i], pairs[2 * i + 1]);
    }
    check_shape(built, map);
    check_shape(built, map_merge(heap, halves[0], halves[1]));
    check_shape(built, map_merge(heap, map, halves[1]));
    for (unsigned i = 0; i < count; i++) {
        assert_int_equal(pairs[2 * i + 1], map_get(map, pairs[2 * i]));
        map = map_remove(heap, map, pairs[2 * i]);
        assert_int_equal(TERM_NONE, map_get(map, pairs[2 * i]));
        assert_int_equal(count - i - 1, map_size(map));
    }
}

/* ---- From pairs ---- */

static void test_repeated_keys(void **state)
{
    (void)state;
    static Term pairs[4 * KEYS];
    for (unsigned range = 1; range <= KEYS; range = range * 3 + 1) {
        Model m = {.count = 0};
        for (unsigned i = 0; i < 2 * KEYS; i++) {
            unsigned key = below(range);
            pairs[2 * i] = keys[key];
            pairs[2 * i + 1] = some_value();
            model_put(&m, key, pairs[2 * i + 1]);
        }
        Term map = map_from_pairs(heap, pairs, 2 * KEYS, NULL);
        check_all(map, &m);
        bool duplicate = false;
        for (unsigned i = 0; i < 2 * KEYS; i++) pairs[2 * i] = keys[below(range)];
        assert_int_equal(TERM_NONE, map_from_pairs(heap, pairs, 2 * KEYS, &duplicate));
        assert_true(duplicate);
        heaps_collect(heap, 1000, roots, KEYS + MAPS);
    }
}

static void test_few_repeated_keys(void **state)
{
    (void)state;
    for (unsigned count = 2; count < 60; count++) {
        Term pairs[120];
        bool duplicate = false;
        for (unsigned i = 0; i < count; i++) pairs[2 * i] = keys[i], pairs[2 * i + 1] = TERM_NIL;
        assert_int_equal(count, map_size(map_from_pairs(heap, pairs, count, &duplicate)));
        assert_false(duplicate);
        pairs[2 * below(count - 1)] = pairs[2 * count - 2];
        assert_int_equal(TERM_NONE, map_from_pairs(heap, pairs, count, &duplicate));
        assert_true(duplicate);
    }
    heaps_collect(heap, 1000, roots, KEYS + MAPS);
}

/* ---- What is shared ---- */

static void test_sharing(void **state)
{
    (void)state;
    Term map = map_empty(heap), pairs[6];
    for (unsigned i = 0; i < 10; i++) map = map_put(heap, map, keys[i], make_small(1));
    Term changed = map_put(heap, map, keys[3], make_small(2));
    assert_int_equal(flat_map_keys(map), flat_map_keys(changed));
    for (unsigned i = 0; i < 3; i++) pairs[2 * i] = keys[i], pairs[2 * i + 1] = make_small(1);
    assert_int_equal(map, map_update(heap, map, pairs, 3, NULL));
    pairs[1] = make_small(5);
    Term updated = map_update(heap, map, pairs, 3, NULL);
    assert_int_equal(flat_map_keys(map), flat_map_keys(updated));
    Term part = map_from_pairs(heap, pairs, 3, NULL);
    assert_int_equal(flat_map_keys(map), flat_map_keys(map_merge(heap, map, part)));
    assert_int_equal(map, map_merge(heap, part, map));
    assert_int_equal(map, map_merge(heap, map, map));
    assert_int_equal(map, map_merge(heap, map_empty(heap), map));
    assert_int_equal(map, map_merge(heap, map, map_empty(heap)));
}

static void test_known_words(void **state)
{
    (void)state;
    Term map = map_empty(heap);
    for (unsigned i = 0; i < KEYS; i++) {
        size_t words = map_put_words(map);
        roots[KEYS] = map;
        heaps_collect(heap, words, roots, KEYS + MAPS);
        map = roots[KEYS];
        Term *before = heap->top;
        map = map_put(heap, map, keys[i], TERM_NIL);
        assert_true((size_t)(heap->top - before) <= words);
        assert_null(heap->fragments);
    }
}

/* ---- Places ---- */

static void check_places(Term map)
{
    MapCursor cursor, other;
    Term key, value, other_key = TERM_NONE, other_value = TERM_NONE;
    size_t count = 0, stops = 0;
    map_cursor_init(&cursor, map);
    while (map_cursor_next(&cursor, &key, &value)) {
        count++;
        Word place = map_cursor_place(&cursor);
        if (place == MAP_PLACE_NONE) continue;
        if (place == MAP_PLACE_END) break;
        stops++;
        assert_true(fits_small(place) && place > 0);
        assert_true(map_cursor_seek(&other, map, place));
        MapCursor copy = cursor;
        for (unsigned i = 0; i < 20 && map_cursor_next(&copy, &key, &value); i++) {
            assert_true(map_cursor_next(&other, &other_key, &other_value));
            assert_int_equal(key, other_key);
            assert_int_equal(value, other_value);
        }
        if (stops % 3 == 0) assert_true(map_cursor_seek(&cursor, map, place));
    }
    assert_int_equal(map_size(map), count);
    assert_int_equal(MAP_PLACE_END, map_cursor_place(&cursor));
    if (count > 100) assert_true(stops > count / 100);
}

static void test_places(void **state)
{
    (void)state;
    Term map = map_empty(heap);
    MapCursor cursor;
    check_places(map);
    for (unsigned i = 0; i < KEYS; i++) {
        map = map_put(heap, map, keys[i], make_small(i));
        if (i < 70 || i % 500 == 0) check_places(map);
    }
    check_places(map);
    for (unsigned i = 0; i < 20000; i++) {
        Word place = (Word)random_next(&dice) >> below(WORD_BITS - 4);
        if (!map_cursor_seek(&cursor, map, place)) continue;
        Term key, value;
        while (map_cursor_next(&cursor, &key, &value)) assert_int_equal(value, map_get(map, key));
    }
}

/* ---- No memory ---- */

static void test_no_memory(void **state)
{
    (void)state;
    Term pairs[200];
    Term map = map_empty(heap), other = map_empty(heap);
    for (unsigned i = 0; i < 100; i++) {
        if (i < 80) map = map_put(heap, map, keys[i], TERM_NIL);
        else other = map_put(heap, other, keys[i], TERM_NIL);
        pairs[2 * i] = keys[i];
        pairs[2 * i + 1] = TERM_NIL;
    }
    heap->top = heap->stack - STACK_RESERVE; /* What follows comes from fragments. */
    for (unsigned n = 1; n < 6; n++) {
        while (heap->fragments != NULL && heap->fragments->used < heap->fragments->room)
            heap->fragments->used = heap->fragments->room;
        size_t used = memory_used();
        memory_fail_after(n);
        Term results[] = {map_from_pairs(heap, pairs, 100, NULL)};
        memory_fail_after(0);
        if (results[0] != TERM_NONE) assert_int_equal(100, map_size(results[0]));
        else assert_true(memory_used() - used <= heap->fragment_words * WORD_BYTES + 1000);
        memory_fail_after(n);
        Term merged = map_merge(heap, map, other);
        memory_fail_after(0);
        if (merged != TERM_NONE) assert_int_equal(100, map_size(merged));
        if (n == 1) assert_int_equal(TERM_NONE, merged);
        memory_fail_after(n);
        Term put = map_put(heap, map, keys[2000], TERM_NIL);
        memory_fail_after(0);
        if (put != TERM_NONE) assert_int_equal(81, map_size(put));
        assert_int_equal(80, map_size(map));
    }
    heaps_collect(heap, 1000, roots, KEYS + MAPS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_operations),        cmocka_unit_test(test_equal_hashes),
        cmocka_unit_test(test_equal_first_hash),  cmocka_unit_test(test_repeated_keys),
        cmocka_unit_test(test_few_repeated_keys), cmocka_unit_test(test_sharing),
        cmocka_unit_test(test_known_words),       cmocka_unit_test(test_places),
        cmocka_unit_test(test_no_memory),
    };
    return cmocka_run_group_tests(tests, start, NULL);
}
