/* SPDX-License-Identifier: Apache-2.0 */
/* test_hash.c - phash2 as OTP computes it; our own hash: equal for equal terms, well spread. */

#include "term/hash.h"
#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>
#include "base/memory.h"
#include "base/worklist.h"
#include "term/compare.h"
#include "terms.h"

typedef struct Vector {
    uint32_t phash2, phash;
    size_t size;
    const char *bytes;
} Vector;

static const Vector vectors[] = {
#define VECTOR(phash2, phash, size, bytes) {phash2, phash, size, bytes},
#include "vectors.inc"
#undef VECTOR
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

static void test_phash2(void **state)
{
    (void)state;
    for (unsigned i = 0; i < VECTORS; i++) {
        if (term_phash2(terms[i]) != vectors[i].phash2) print_error("vector %u\n", i);
        assert_int_equal(vectors[i].phash2, term_phash2(terms[i]));
    }
}

static void test_own_is_equal_for_equal_terms(void **state)
{
    (void)state;
    for (unsigned i = 0; i < VECTORS; i++) {
        Term copy = term_of(vectors[i].bytes, vectors[i].size);
        assert_true(term_equal_exact(terms[i], copy));
        for (unsigned level = 0; level < 3; level++) {
            assert_int_equal(term_hash_level(terms[i], level), term_hash_level(copy, level));
        }
    }
}

/* Among n hashes of 32 bits about n*n/2^33 pairs are equal by chance. */
static void test_own_is_spread(void **state)
{
    (void)state;
    enum { NUMBERS = 20000 };
    static uint32_t hashes[NUMBERS];
    unsigned ones[32] = {0}, equal = 0;
    for (unsigned i = 0; i < NUMBERS; i++) {
        hashes[i] = term_hash(make_small(i));
        for (unsigned bit = 0; bit < 32; bit++) ones[bit] += hashes[i] >> bit & 1;
    }
    for (unsigned bit = 0; bit < 32; bit++)
        assert_in_range(ones[bit], NUMBERS / 2 - 600, NUMBERS / 2 + 600);
    for (unsigned i = 0; i < NUMBERS; i++) {
        for (unsigned j = 0; j < i && j < 1000; j++) equal += hashes[i] == hashes[j];
    }
    assert_in_range(equal, 0, 10);
}

/* Where two terms collide at one level they must part at a later one. */
static void test_levels_differ(void **state)
{
    (void)state;
    unsigned equal = 0;
    for (unsigned i = 0; i < VECTORS; i++) {
        equal += term_hash_level(terms[i], 0) == term_hash_level(terms[i], 1);
        equal += term_hash_level(terms[i], 1) == term_hash_level(terms[i], 2);
    }
    assert_in_range(equal, 0, 2);
}

static void test_no_memory_is_given_back(void **state)
{
    (void)state;
    size_t before = memory_used();
    for (unsigned i = 0; i < VECTORS; i++) term_hash(terms[i]);
    assert_int_equal(before, memory_used());
}

static void test_no_memory(void **state)
{
    enum { DEPTH = WORKLIST_RESERVE / 4 };
    static Term words[2 * DEPTH];
    Term t = TERM_NIL;
    for (unsigned i = 0; i < DEPTH; i++) t = cons_put(words + 2 * i, t, make_small(i));
    uint32_t hash = term_hash(t), phash2 = term_phash2(t), phash = term_phash(t, 0);
    memory_limit_set(0);
    test_phash2(state);
    assert_int_equal(hash, term_hash(t));
    assert_int_equal(phash2, term_phash2(t));
    assert_int_equal(phash, term_phash(t, 0));
    memory_limit_set(SIZE_MAX);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_phash2),
        cmocka_unit_test(test_own_is_equal_for_equal_terms),
        cmocka_unit_test(test_own_is_spread),
        cmocka_unit_test(test_levels_differ),
        cmocka_unit_test(test_no_memory_is_given_back),
        cmocka_unit_test(test_no_memory),
    };
    return cmocka_run_group_tests(tests, start, NULL);
}
