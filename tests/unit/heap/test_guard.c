/* SPDX-License-Identifier: Apache-2.0 */
/* test_guard.c - each function of guards, for terms of all kinds, against OTP. */

#include "heap/guard.h"
#include "numbers.h"
#include "term/release.h"

typedef struct Vector {
    int guard;
    size_t args_size;
    const char *args;
    bool failed;
    size_t result_size;
    const char *result;
    int line;
} Vector;
static const Vector vectors[] = {
#define GUARD_VECTOR(row, args_size, args, failed, result_size, result) \
    {GUARD_##row, args_size, args, failed, result_size, result, __LINE__},
#include "guard_vectors.inc"
};

static void test_vectors(void **state)
{
    (void)state;
    bool seen[GUARD_COUNT] = {false};
    for (size_t i = 0; i < sizeof vectors / sizeof *vectors; i++) {
        const Vector *v = &vectors[i];
        const Guard *guard = &guards[v->guard];
        Calc *calc = numbers_fresh();
        Term args = term_of(v->args, v->args_size);
        Term expected = term_of(v->result, v->result_size);
        seen[v->guard] = true;
        assert_int_equal(guard->arity, tuple_arity(args));
        Term result = guard->function(calc, tuple_elements(args));
        if (is_none(result) != v->failed) fail_msg("line %d: failed %d", v->line, !v->failed);
        if (!term_equal_exact(expected, v->failed ? calc->why : result))
            fail_msg("line %d: wrong", v->line);
    }
    for (int i = 0; i < GUARD_COUNT; i++) {
        bool is_later = i == GUARD_is_integer_3 || i == GUARD_is_record_1;
        bool elsewhere = is_later || i == GUARD_bor || i == GUARD_bxor || i == GUARD_bsr;
        if (!seen[i] && !elsewhere) fail_msg("guard %d has no vector", i);
    }
}

/* Of OTP 29, which no generator at hand has: is_integer(Term, Low, High). */
static void test_is_integer_3(void **state)
{
    (void)state;
    Calc *calc = numbers_fresh();
    Term big = number_of("ZZZZZZZZZZZZZZZZZZZZ");
    Term inside[] = {make_small(5), make_small(5), big},
         above[] = {big, make_small(0), make_small(9)};
    Term other[] = {A(ok), make_small(0), make_small(9)},
         bad[] = {make_small(1), make_small(0), A(ok)};
    assert_true(guards[GUARD_is_integer_3].function(calc, inside) == A(true));
    assert_true(guards[GUARD_is_integer_3].function(calc, above) == A(false));
    assert_true(guards[GUARD_is_integer_3].function(calc, other) == A(false));
    assert_true(is_none(guards[GUARD_is_integer_3].function(calc, bad)));
    assert_true(calc->why == A(badarg));
}

static void test_find(void **state)
{
    (void)state;
    for (int i = 0; i < GUARD_COUNT; i++) {
        assert_non_null(guards[i].function);
        bool is_later = i == GUARD_is_integer_3 || i == GUARD_is_record_1;
        assert_int_equal(is_later ? -1 : i, guard_find(make_atom(guards[i].name), guards[i].arity));
    }
    release_set(29);
    assert_int_equal(GUARD_is_integer_3, guard_find(A(is_integer), 3));
    release_set(25);
    assert_int_equal(GUARD_negate, guard_find(A(minus), 1));
    assert_int_equal(GUARD_sub, guard_find(A(minus), 2));
    assert_int_equal(-1, guard_find(A(minus), 3));
    assert_int_equal(-1, guard_find(A(ok), 1));
}

/* The length of a list is charged. */
static void test_length_cost(void **state)
{
    (void)state;
    Calc *calc = numbers_fresh();
    static Term cells[20000];
    Term list = TERM_NIL;
    for (size_t i = 0; i < 10000; i++) list = cons_put(cells + 2 * i, TERM_NIL, list);
    assert_true(guards[GUARD_length].function(calc, &list) == make_small(10000));
    assert_true(calc->cost >= 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_vectors),     cmocka_unit_test(test_is_integer_3),
        cmocka_unit_test(test_find),                cmocka_unit_test(test_length_cost),
    };
    return cmocka_run_group_tests(tests, terms_setup, NULL);
}
