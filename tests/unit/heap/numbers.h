/* SPDX-License-Identifier: Apache-2.0 */
/* numbers.h - numbers for unit tests: out of the texts in number_vectors.inc, and at random. */
#ifndef TESTS_UNIT_HEAP_NUMBERS_H
#define TESTS_UNIT_HEAP_NUMBERS_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "base/double.h"
#include "base/limbs.h"
#include "base/memory.h"
#include "base/random.h"
#include "heap/number.h"
#include "term/compare.h"
#include "../terms.h"

static Heap numbers_heap;
static Calc numbers_calc;

/* A heap without anything, for each vector or round. */
static inline Calc *numbers_fresh(void)
{
    if (numbers_heap.start) heap_done(&numbers_heap);
    assert_true(heap_init(&numbers_heap, 2000));
    numbers_calc = (Calc){&numbers_heap, TERM_NONE, 0};
    return &numbers_calc;
}

/* Integers stand in base 36, floats as "#" and their bits. */
static inline Term number_of(const char *text)
{
    if (*text == '#')
        return float_make(&numbers_heap, double_from_bits(strtoull(text + 1, NULL, 16)));
    Term t = integer_from_text(&numbers_calc, text, strlen(text), 36);
    assert_false(is_none(t));
    return t;
}

static inline void assert_normal(Term t)
{
    if (!is_big(t)) return;
    size_t size = big_size(t);
    assert_true(size > 0 && big_limbs(t)[size - 1] != 0);
    if (size > 1) return;
    Limb limb = big_limbs(t)[0];
    assert_true(limb > (Limb)SMALL_MAX + (big_is_negative(t) ? 1 : 0));
}

/* `expected`: a number, or "!reason". */
static inline void assert_number(const char *expected, Term t, const char *what)
{
    if (*expected == '!') {
        Term why = atom_of(expected + 1);
        if (!is_none(t) || numbers_calc.why != why) fail_msg("no %s: %s", expected + 1, what);
        return;
    }
    if (is_none(t)) fail_msg("failed: %s", what);
    assert_normal(t);
    if (!term_equal_exact(number_of(expected), t)) fail_msg("wrong: %s", what);
}

/* A random integer of up to `limbs` limbs, often with long rows of ones or zeros. */
static inline Term number_random(Random *random, size_t limbs)
{
    Limb few[64], *some = limbs <= 64 ? few : malloc(limbs * sizeof *some);
    size_t count = 1 + random_below(random, (uint32_t)limbs);
    for (size_t i = 0; i < count; i++) {
        some[i] = (Limb)random_next(random);
        uint32_t kind = random_below(random, 4);
        if (kind < 2) some[i] = kind ? 0 : (Limb)-1;
    }
    Term t = integer_from_limbs(&numbers_heap, some, count, random_below(random, 2));
    if (some != few) free(some);
    assert_false(is_none(t));
    return t;
}

#endif
