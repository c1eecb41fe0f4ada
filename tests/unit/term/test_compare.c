/* SPDX-License-Identifier: Apache-2.0 */
/* test_compare.c - each pair of a sorted list of terms, in both orders, against OTP. */

#include "term/compare.h"
#include "term/release.h"
#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>
#include "base/memory.h"
#include "base/worklist.h"
#include "terms.h"

typedef struct Vector {
    int class; /* terms of one class are == */
    size_t size;
    const char *bytes;
} Vector;

/* In the order of keys of maps: integers before floats. */
static const Vector vectors[] = {
#define ORDER(class, size, bytes) {class, size, bytes},
#include "order.inc"
#undef ORDER
};
enum { VECTORS = sizeof vectors / sizeof *vectors };
static Term terms[VECTORS];

static int start(void **state)
{
    (void)state;
    terms_start();
    for (unsigned i = 0; i < VECTORS; i++) terms[i] = term_of(vectors[i].bytes, vectors[i].size);
    return 0;
}

static int sign(int n) { return n < 0 ? -1 : n > 0; }

static void test_order(void **state)
{
    (void)state;
    for (unsigned i = 0; i < VECTORS; i++) {
        for (unsigned j = 0; j < VECTORS; j++) {
            int order = term_compare(terms[i], terms[j]);
            if (order != sign(vectors[i].class - vectors[j].class))
                print_error("%u and %u\n", i, j);
            assert_int_equal(sign(vectors[i].class - vectors[j].class), order);
            assert_int_equal(order == 0, term_equal(terms[i], terms[j]));
        }
    }
}

static void test_exact_order(void **state)
{
    (void)state;
    for (unsigned i = 0; i < VECTORS; i++) {
        for (unsigned j = 0; j < VECTORS; j++) {
            int order = term_compare_exact(terms[i], terms[j]);
            if (order != sign((int)i - (int)j)) print_error("%u and %u\n", i, j);
            assert_int_equal(sign((int)i - (int)j), order);
            assert_int_equal(i == j, term_equal_exact(terms[i], terms[j]));
        }
    }
}

static void test_copies_are_equal(void **state)
{
    (void)state;
    for (unsigned i = 0; i < VECTORS; i++) {
        Term copy = term_of(vectors[i].bytes, vectors[i].size);
        assert_int_equal(0, term_compare(terms[i], copy));
        assert_int_equal(0, term_compare_exact(terms[i], copy));
        assert_true(term_equal(copy, terms[i]));
        assert_true(term_equal_exact(copy, terms[i]));
    }
}

static void test_signed_zeros(void **state)
{
    (void)state;
    Term words[2][1 + FLOAT_WORDS];
    Term plus = float_put(words[0], 0.0), minus = float_put(words[1], -0.0);
    assert_true(term_equal_exact(plus, minus));
    release_set(27);
    assert_false(term_equal_exact(plus, minus));
    assert_true(term_equal(plus, minus));
    assert_int_equal(1, term_compare_exact(plus, minus));
    assert_int_equal(-1, term_compare_exact(minus, plus));
    release_set(RELEASE_MIN);
}

/* A list nested `depth` deep, in 2 * depth words. */
static Term nested(Term *words, unsigned depth, Term innermost)
{
    Term t = cons_put(words, innermost, TERM_NIL);
    for (unsigned i = 1; i < depth; i++) t = cons_put(words + 2 * i, t, TERM_NIL);
    return t;
}

/* Without any memory all is as it was: large maps within maps, and what is nested deep. */
static void test_no_memory(void **state)
{
    enum { DEPTH = WORKLIST_RESERVE / 4 };
    static Term words[2][2 * DEPTH];
    Term a = nested(words[0], DEPTH, make_small(1)), b = nested(words[1], DEPTH, make_small(2));
    memory_limit_set(0);
    test_order(state);
    test_exact_order(state);
    assert_int_equal(-1, term_compare(a, b));
    assert_false(term_equal_exact(a, b));
    words[1][0] = make_small(1);
    assert_true(term_equal_exact(a, b));
    memory_limit_set(SIZE_MAX);
}

/* Terms nested so deep that recursion would not survive. */
static void test_deep(void **state)
{
    (void)state;
    enum { DEPTH = 1000000 };
    Term *words = malloc(2 * DEPTH * 2 * sizeof *words), *p = words;
    Term a = TERM_NIL, b = TERM_NIL;
    for (unsigned i = 0; i < DEPTH; i++, p += 4) {
        a = cons_put(p, a, TERM_NIL);
        b = cons_put(p + 2, b, TERM_NIL);
    }
    size_t before = memory_used();
    assert_true(term_equal_exact(a, b));
    words[0] = make_small(1); /* the innermost head */
    assert_int_equal(-1, term_compare(a, b));
    assert_int_equal(before, memory_used());
    free(words);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_order),
        cmocka_unit_test(test_exact_order),
        cmocka_unit_test(test_copies_are_equal),
        cmocka_unit_test(test_signed_zeros),
        cmocka_unit_test(test_deep),
        cmocka_unit_test(test_no_memory),
    };
    return cmocka_run_group_tests(tests, start, NULL);
}
