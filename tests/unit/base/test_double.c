/* SPDX-License-Identifier: Apache-2.0 */
/* test_double.c - taking doubles apart and putting them together. */

#include "base/double.h"
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include "base/random.h"

static void test_split_and_make(void **state)
{
    (void)state;
    Random random = {.state = 1};
    for (unsigned i = 0; i < 100000; i++) {
        uint64_t bits = random_next(&random) >> 1;
        if (i % 4 == 0) bits &= ((uint64_t)1 << 52) - 1;
        double d = double_from_bits(bits);
        if (!double_is_finite(d)) continue;
        int exponent;
        uint64_t mantissa = double_split(d, &exponent);
        assert_true(ldexp((double)mantissa, exponent) == d);
        assert_true(double_bits(double_make(mantissa, false, exponent)) == bits);
    }
}

/* 11 more bits than a double has: rounded as long double, which has 64, would be. */
static void test_rounding(void **state)
{
    (void)state;
    Random random = {.state = 2};
    for (unsigned i = 0; i < 200000; i++) {
        uint64_t mantissa = random_next(&random) >> random_below(&random, 8);
        if (i % 2) mantissa = (mantissa & ~(uint64_t)0xFFF) | (i % 4 == 1 ? 0x400 : 0x800);
        int exponent = (int)random_below(&random, 2300) - 1200;
        volatile double expected = (double)ldexpl((long double)mantissa, exponent);
        assert_true(double_make(mantissa, false, exponent) == expected);
        if (mantissa >> 55 == 0) continue;
        double above = double_make(mantissa, true, exponent);
        assert_true(above >= expected && above <= nextafter(expected, INFINITY));
    }
}

static void test_ties(void **state)
{
    (void)state;
    uint64_t one = (uint64_t)1 << 63, half = 1 << 10;
    assert_true(double_make(one | half, false, -63) == 1.0);
    assert_true(double_make(one | half, true, -63) == nextafter(1.0, 2.0));
    assert_true(double_make(one, false, -1075 - 63) == 0);
    assert_true(double_make(one, true, -1075 - 63) == 0x1p-1074);
    assert_true(double_make(one, true, -1076 - 63) == 0);
    assert_true(isinf(double_make(~(uint64_t)0, false, 960)));
    assert_true(isinf(double_make(1, false, 1024)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_split_and_make),
        cmocka_unit_test(test_rounding),
        cmocka_unit_test(test_ties),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
