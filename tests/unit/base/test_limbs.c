/* SPDX-License-Identifier: Apache-2.0 */
/* test_limbs.c - arithmetic on limbs against its own laws and plain models. */

#include "base/limbs.h"
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "base/random.h"

#define ROOM 300

static Random source;

/* Numbers with many zeros and ones in a row: they carry far. */
static size_t random_limbs(Limb *a, size_t most)
{
    size_t n = random_below(&source, (uint32_t)most + 1);
    unsigned style = random_below(&source, 4);
    for (size_t i = 0; i < n; i++) {
        Limb any = (Limb)random_next(&source);
        unsigned pick = style == 0 ? 3 : random_below(&source, 4);
        a[i] = pick == 0 ? 0 : pick == 1 ? (Limb)-1 : pick == 2 ? any & -any : any;
    }
    return limbs_size(a, n);
}

static void multiply_plainly(Limb *r, const Limb *a, size_t n, const Limb *b, size_t m)
{
    memset(r, 0, (n + m) * sizeof *r);
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < m; j++) {
            Limb2 product = (Limb2)a[i] * b[j];
            for (size_t k = i + j; product; k++) {
                Limb2 sum = (Limb2)r[k] + (Limb)product;
                r[k] = (Limb)sum;
                product = (product >> LIMB_BITS) + (sum >> LIMB_BITS);
            }
        }
    }
}

static void assert_same(const Limb *a, size_t n, const Limb *b, size_t m)
{
    assert_int_equal(n, m);
    for (size_t i = 0; i < n; i++) assert_true(a[i] == b[i]);
}

static void test_add_sub(void **state)
{
    (void)state;
    for (unsigned i = 0; i < 5000; i++) {
        Limb a[ROOM], b[ROOM], sum[ROOM], back[ROOM];
        size_t n = random_limbs(a, 20), m = random_limbs(b, 20);
        size_t s = limbs_add(sum, a, n, b, m);
        assert_true(limbs_compare(sum, s, a, n) >= 0);
        assert_same(a, n, back, limbs_sub(back, sum, s, b, m));
        assert_same(b, m, sum, limbs_sub(sum, sum, s, a, n));
    }
}

static void test_mul(void **state)
{
    (void)state;
    for (unsigned i = 0; i < 1500; i++) {
        Limb a[ROOM], b[ROOM], r[2 * ROOM], expected[2 * ROOM];
        size_t most = i % 3 ? 60 : 290, n = random_limbs(a, most), m = random_limbs(b, 290);
        size_t scratch_size = limbs_mul_scratch(n, m);
        Limb *scratch = malloc(scratch_size * sizeof *scratch);
        size_t size = limbs_mul(r, a, n, b, m, scratch);
        free(scratch);
        multiply_plainly(expected, a, n, b, m);
        assert_same(expected, limbs_size(expected, n + m), r, size);
    }
}

static void test_divide(void **state)
{
    (void)state;
    for (unsigned i = 0; i < 20000; i++) {
        Limb a[ROOM], b[ROOM], q[ROOM], r[ROOM], scratch[ROOM], back[ROOM];
        size_t n = random_limbs(a, 30), m = random_limbs(b, 16), q_size, r_size;
        if (m == 0 || n < m) continue;
        limbs_divide(q, &q_size, r, &r_size, a, n, b, m, scratch);
        assert_true(limbs_compare(r, r_size, b, m) < 0);
        multiply_plainly(back, q, q_size, b, m);
        size_t size = limbs_size(back, q_size + m);
        assert_same(a, n, back, limbs_add(back, back, size, r, r_size));
    }
}

static void test_shift(void **state)
{
    (void)state;
    for (unsigned i = 0; i < 5000; i++) {
        Limb a[ROOM], left[ROOM], right[ROOM];
        size_t n = random_limbs(a, 20), shift = random_below(&source, 400);
        bool lost;
        size_t size = limbs_shift_left(left, a, n, shift);
        assert_int_equal(limbs_bit_length(left, size), n ? limbs_bit_length(a, n) + shift : 0);
        assert_same(a, n, right, limbs_shift_right(right, left, size, shift, &lost));
        assert_false(lost);
        size = limbs_shift_right(right, a, n, shift, &lost);
        size = limbs_shift_left(left, right, size, shift);
        assert_int_equal(lost, limbs_compare(left, size, a, n) != 0);
    }
}

/* One digit at a time. */
static size_t to_text_plainly(char *out, Limb *a, size_t n, unsigned base)
{
    char reversed[ROOM * LIMB_BITS];
    size_t count = 0;
    do {
        Limb digit = limbs_divide_small(a, a, n, base);
        reversed[count++] = (char)(digit < 10 ? '0' + digit : 'A' + digit - 10);
        n = limbs_size(a, n);
    } while (n);
    for (size_t i = 0; i < count; i++) out[i] = reversed[count - 1 - i];
    return count;
}

static void test_text(void **state)
{
    (void)state;
    for (unsigned i = 0; i < 3500; i++) {
        Limb a[ROOM], b[ROOM], c[4 * ROOM];
        char text[ROOM * LIMB_BITS], expected[ROOM * LIMB_BITS];
        unsigned base = 2 + i % 35;
        size_t n = random_limbs(a, i % 50 ? 12 : 200);
        memcpy(b, a, n * sizeof *a);
        memcpy(c, a, n * sizeof *a);
        size_t room = limbs_text_size(limbs_bit_length(a, n), base);
        size_t length = limbs_to_text(text, b, n, base);
        assert_true(length <= room);
        assert_int_equal(length, to_text_plainly(expected, c, n, base));
        assert_memory_equal(expected, text, length);
        for (size_t k = 0; k < length; k += 2) text[k] |= text[k] >= 'A' ? 0x20 : 0;
        assert_true(limbs_from_text_size(length, base) <= 4 * ROOM);
        assert_same(a, n, c, limbs_from_text(c, text, length, base));
    }
}

static void test_double(void **state)
{
    (void)state;
    for (unsigned i = 0; i < 20000; i++) {
        Limb a[ROOM];
        char text[ROOM * LIMB_BITS];
        size_t n = random_limbs(a, 1100 / LIMB_BITS);
        double d = limbs_to_double(a, n);
        size_t length = limbs_to_text(text, a, n, 16);
        char hex[ROOM * LIMB_BITS] = "0x";
        memcpy(hex + 2, text, length);
        hex[2 + length] = 0;
        assert_true(d == strtod(hex, NULL));
    }
    Limb most[1024 / LIMB_BITS];
    memset(most, 0xFF, sizeof most);
    assert_true(isinf(limbs_to_double(most, 1024 / LIMB_BITS)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_add_sub), cmocka_unit_test(test_mul),  cmocka_unit_test(test_divide),
        cmocka_unit_test(test_shift),   cmocka_unit_test(test_text), cmocka_unit_test(test_double),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
