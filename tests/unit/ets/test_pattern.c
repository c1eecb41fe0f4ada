/* SPDX-License-Identifier: Apache-2.0 */
/* test_pattern.c - matching terms against patterns. */

#include "ets/pattern.h"
#include "heap/map.h"
#include "process/world.h"

static Process *p;

static Term atom(const char *text) { return atom_intern_z(text); }

static bool matches(Term pattern, Term term, Bindings *bindings)
{
    assert_true(pattern_variables(pattern, bindings));
    return pattern_match(pattern, term, bindings);
}

static void test_variables(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int number;
    } atoms[] = {{"$0", 0}, {"$1", 1},  {"$42", 42}, {"$999999999", 999999999},
                 {"$", -1}, {"$x", -1}, {"$01", -1}, {"1", -1},
                 {"_", -1}, {"$$", -1}, {"$_", -1},  {"$1x", -1}};
    for (size_t i = 0; i < sizeof atoms / sizeof *atoms; i++)
        assert_int_equal(atoms[i].number, pattern_variable(atom(atoms[i].text)));
    assert_int_equal(-1, pattern_variable(make_small(1)));
    Bindings b;
    Term tuple = world_tuple(p, 4, atom("$3"), atom("$1"), atom("_"), atom("$3"));
    assert_true(pattern_variables(world_tuple(p, 2, tuple, atom("$2")), &b));
    assert_int_equal(3, b.count);
    for (uint32_t i = 0; i < 3; i++) assert_int_equal(i + 1, b.number[i]);
    assert_false(pattern_is_constant(tuple));
    assert_true(pattern_is_constant(world_tuple(p, 2, A(ok), world_list(p, 5))));
}

static void test_match(void **state)
{
    (void)state;
    Bindings b;
    Term one = make_small(1), two = make_small(2), list = world_list(p, 3);
    Term pattern = world_tuple(p, 3, atom("$1"), atom("_"), atom("$2"));
    assert_true(matches(pattern, world_tuple(p, 3, one, two, list), &b));
    assert_int_equal(one, b.value[0]);
    assert_int_equal(list, b.value[1]);
    assert_false(matches(pattern, world_tuple(p, 2, one, two), &b));
    assert_false(matches(pattern, list, &b));
    pattern = world_tuple(p, 2, atom("$1"), atom("$1"));
    assert_true(matches(pattern, world_tuple(p, 2, list, world_list(p, 3)), &b));
    assert_false(matches(pattern, world_tuple(p, 2, list, world_list(p, 2)), &b));
    assert_true(matches(A(ok), A(ok), &b));
    assert_false(matches(A(ok), A(error), &b));
    /* [1, 2 | '$1'] */
    Term *cells = heap_reserve(&p->heap, 4);
    pattern = cons_put(cells, one, cons_put(cells + 2, two, atom("$1")));
    assert_true(matches(pattern, list, &b));
    assert_true(term_equal_exact(make_small(3), cons_head(b.value[0])));
    assert_false(matches(pattern, world_list(p, 1), &b));
}

static void test_maps(void **state)
{
    (void)state;
    Bindings b;
    Term pairs[4] = {A(ok), make_small(1), A(error), make_small(2)};
    Term map = map_from_pairs(&p->heap, pairs, 2, NULL);
    Term wanted[2] = {A(error), atom("$7")};
    Term pattern = map_from_pairs(&p->heap, wanted, 1, NULL);
    assert_true(matches(pattern, map, &b));
    assert_int_equal(make_small(2), b.value[0]);
    assert_false(matches(map, pattern, &b));
    assert_false(matches(pattern, A(ok), &b));
    assert_true(matches(map_empty(&p->heap), map, &b));
}

/* Deeper than the inline part of the worklist, and than any C stack. */
static void test_deep(void **state)
{
    (void)state;
    enum { DEPTH = 200000 };
    Term *words = memory_alloc(2 * DEPTH * 2 * sizeof(Term)), pattern = atom("$1"), term = A(ok);
    assert_non_null(words);
    for (size_t i = 0; i < DEPTH; i++) {
        words[4 * i] = words[4 * i + 2] = make_header(KIND_TUPLE, 1);
        words[4 * i + 1] = pattern;
        words[4 * i + 3] = term;
        pattern = make_boxed(words + 4 * i);
        term = make_boxed(words + 4 * i + 2);
    }
    Bindings b;
    assert_true(matches(pattern, term, &b));
    assert_int_equal(A(ok), b.value[0]);
    memory_free(words, 2 * DEPTH * 2 * sizeof(Term));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_variables),
        cmocka_unit_test(test_match),
        cmocka_unit_test(test_maps),
        cmocka_unit_test(test_deep),
    };
    world_start(100, 1);
    p = world_process();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
