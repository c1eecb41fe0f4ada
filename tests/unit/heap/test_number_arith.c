/* SPDX-License-Identifier: Apache-2.0 */
/* test_number_arith.c - arithmetic, bits and floats against OTP; large integers by their laws. */

#include "numbers.h"

typedef struct Vector1 {
    Arith1 *function;
    const char *a, *result, *text;
} Vector1;
typedef struct Vector2 {
    Arith2 *function;
    const char *a, *b, *result, *text;
} Vector2;
#define BYTES(...)
#define TEXT(...)
static const Vector1 vectors1[] = {
#define ARITH1(name, a, result) {number_##name, a, result, #name " " a},
#define ARITH2(...)
#include "number_vectors.inc"
#undef ARITH1
#undef ARITH2
};
static const Vector2 vectors2[] = {
#define ARITH1(...)
#define ARITH2(name, a, b, result) {number_##name, a, b, result, a " " #name " " b},
#include "number_vectors.inc"
};

static void test_one_operand(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof vectors1 / sizeof *vectors1; i++) {
        Calc *calc = numbers_fresh();
        const Vector1 *v = &vectors1[i];
        assert_number(v->result, v->function(calc, number_of(v->a)), v->text);
    }
}

static void test_two_operands(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof vectors2 / sizeof *vectors2; i++) {
        Calc *calc = numbers_fresh();
        const Vector2 *v = &vectors2[i];
        assert_number(v->result, v->function(calc, number_of(v->a), number_of(v->b)), v->text);
    }
}

static void assert_why(Term result, Term why)
{
    assert_true(is_none(result));
    assert_true(numbers_calc.why == why);
}

static void test_not_numbers(void **state)
{
    (void)state;
    Calc *calc = numbers_fresh();
    Term big = number_of("ZZZZZZZZZZZZZZZZZZZZZZ"), f = float_make(calc->heap, 1.5);
    Arith2 *const any[] = {number_add,  number_sub, number_mul,  number_divide,
                           number_div,  number_rem, number_band, number_bor,
                           number_bxor, number_bsl, number_bsr};
    for (size_t i = 0; i < sizeof any / sizeof *any; i++) {
        assert_why(any[i](calc, A(ok), make_small(1)), A(badarith));
        assert_why(any[i](calc, big, TERM_NIL), A(badarith));
        assert_why(any[i](calc, A(ok), f), A(badarith));
    }
    Arith1 *const badarith[] = {number_negate, number_plus, number_bnot};
    Arith1 *const badarg[] = {number_abs,   number_float, number_trunc,
                              number_round, number_floor, number_ceil};
    for (size_t i = 0; i < sizeof badarith / sizeof *badarith; i++)
        assert_why(badarith[i](calc, A(ok)), A(badarith));
    for (size_t i = 0; i < sizeof badarg / sizeof *badarg; i++)
        assert_why(badarg[i](calc, A(ok)), A(badarg));
    assert_why(number_bnot(calc, f), A(badarith));
    assert_why(number_band(calc, f, big), A(badarith));
}

/* The largest integers of OTP have 524287 words of 64 bits. */
static void test_limit(void **state)
{
    (void)state;
    Calc *calc = numbers_fresh();
    Word most = (Word)524287 * 64 - 1;
    Term largest = number_bsl(calc, make_small(1), make_small(most));
    assert_true(is_big(largest));
    assert_why(number_bsl(calc, make_small(1), make_small(most + 1)), A(system_limit));
    assert_why(number_add(calc, largest, largest), A(system_limit));
    assert_why(number_mul(calc, largest, make_small(2)), A(system_limit));
    Term all_ones = number_sub(calc, largest, make_small(1));
    all_ones = number_add(calc, all_ones, largest);
    assert_true(is_big(all_ones));
    assert_why(number_add(calc, all_ones, make_small(1)), A(system_limit));
    assert_why(number_bnot(calc, all_ones), A(system_limit));
    assert_true(number_sub(calc, all_ones, all_ones) == make_small(0));
    assert_true(calc->cost > 0);
}

static Term not_none(Term t)
{
    assert_false(is_none(t));
    assert_normal(t);
    return t;
}

static void assert_same(Term expected, Term t)
{
    assert_true(term_equal_exact(expected, not_none(t)));
}

static void test_laws(void **state)
{
    (void)state;
    Random random = {.state = 7};
    for (unsigned i = 0; i < 1500; i++) {
        Calc *calc = numbers_fresh();
        size_t limbs = i % 50 == 0 ? 400 : 12;
        Term a = number_random(&random, limbs), b = number_random(&random, limbs / (1 + i % 4));
        Term sum = not_none(number_add(calc, a, b)), product = not_none(number_mul(calc, a, b));
        assert_same(a, number_sub(calc, sum, b));
        assert_same(b, number_sub(calc, sum, a));
        if (b == make_small(0)) continue;
        assert_same(a, number_div(calc, product, b));
        assert_true(number_rem(calc, product, b) == make_small(0));
        Term q = not_none(number_div(calc, a, b)), r = not_none(number_rem(calc, a, b));
        assert_same(a, number_add(calc, not_none(number_mul(calc, q, b)), r));
        assert_true(number_compare(number_abs(calc, r), number_abs(calc, b)) < 0);
        if (r != make_small(0))
            assert_int_equal(number_compare(a, make_small(0)), number_compare(r, make_small(0)));
        /* (a + b) * (a - b) = a * a - b * b */
        Term left = number_mul(calc, sum, not_none(number_sub(calc, a, b)));
        assert_same(left, number_sub(calc, number_mul(calc, a, a), number_mul(calc, b, b)));
    }
}

static void test_laws_of_bits(void **state)
{
    (void)state;
    Random random = {.state = 8};
    for (unsigned i = 0; i < 2000; i++) {
        Calc *calc = numbers_fresh();
        Term a = number_random(&random, 9), b = number_random(&random, 9);
        Term both = number_band(calc, a, b), either = number_bor(calc, a, b);
        Term differ = number_bxor(calc, a, b);
        assert_same(number_add(calc, a, b), number_add(calc, not_none(both), not_none(either)));
        assert_same(number_sub(calc, either, both), differ);
        assert_same(number_sub(calc, make_small(-1), a), number_bnot(calc, a));
        Term shift = make_small((Word)random_below(&random, 300));
        Term power = not_none(number_bsl(calc, make_small(1), shift));
        assert_same(number_mul(calc, a, power), number_bsl(calc, a, shift));
        /* A shift to the right rounds down, div to 0. */
        Term floor = number_div(calc, a, power), rest = number_rem(calc, a, power);
        if (number_compare(rest, make_small(0)) < 0) floor = number_sub(calc, floor, make_small(1));
        assert_same(floor, number_bsr(calc, a, shift));
    }
}

/* With each allocation failing in turn, operations give a result or a reason and leak nothing. */
static void test_out_of_memory(void **state)
{
    (void)state;
    Random random = {.state = 9};
    Arith2 *const any[] = {number_add, number_mul, number_div, number_rem, number_bxor, number_bsr};
    for (unsigned i = 0; i < 120; i++) {
        Calc *calc = numbers_fresh();
        Term a = number_random(&random, 600), b = number_random(&random, 300);
        if (i % 2) numbers_heap.stack = numbers_heap.top; /* No room: each needs a fragment. */
        size_t used = memory_used(), fragments = numbers_heap.fragment_words;
        memory_fail_after(1 + i / 2 % 3);
        Term t = any[i % 6](calc, a, b);
        memory_fail_after(0);
        if (is_none(t)) assert_true(calc->why == A(system_limit));
        if (fragments == numbers_heap.fragment_words) assert_int_equal(used, memory_used());
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_one_operand),   cmocka_unit_test(test_two_operands),
        cmocka_unit_test(test_not_numbers),   cmocka_unit_test(test_limit),
        cmocka_unit_test(test_laws),          cmocka_unit_test(test_laws_of_bits),
        cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests(tests, terms_setup, NULL);
}
