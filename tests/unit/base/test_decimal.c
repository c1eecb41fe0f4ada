/* SPDX-License-Identifier: Apache-2.0 */
/* test_decimal.c - doubles as text: against OTP's answers and against the C library. */

#include "base/decimal.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "base/double.h"
#include "base/random.h"

typedef struct PrintVector {
    uint64_t bits;
    const char *shortest, *scientific;
} PrintVector;

typedef struct FixedVector {
    uint64_t bits;
    unsigned decimals;
    bool compact;
    const char *text;
} FixedVector;

typedef struct ParseVector {
    const char *text;
    bool valid;
    uint64_t bits;
} ParseVector;

#include "decimal_vectors.inc"

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define TEXT_MAX 700

static void assert_text(const char *expected, char *text, size_t length, size_t room)
{
    assert_true(length <= room);
    text[length] = 0;
    assert_string_equal(expected, text);
}

static void test_short_as_otp(void **state)
{
    (void)state;
    char text[TEXT_MAX];
    for (size_t i = 0; i < COUNT(prints); i++) {
        size_t length = decimal_short(double_from_bits(prints[i].bits), text);
        assert_text(prints[i].shortest, text, length, DECIMAL_SHORT_SIZE);
    }
}

static void test_scientific_as_otp(void **state)
{
    (void)state;
    char text[TEXT_MAX];
    for (size_t i = 0; i < COUNT(prints); i++) {
        size_t length = decimal_scientific(double_from_bits(prints[i].bits), 20, text);
        assert_text(prints[i].scientific, text, length, DECIMAL_SCIENTIFIC_SIZE(20));
    }
}

static void test_fixed_as_otp(void **state)
{
    (void)state;
    char text[TEXT_MAX];
    for (size_t i = 0; i < COUNT(fixeds); i++) {
        const FixedVector *v = &fixeds[i];
        size_t length =
            decimal_fixed(double_from_bits(v->bits), v->decimals, v->compact, text);
        assert_text(v->text, text, length, DECIMAL_FIXED_SIZE(v->decimals));
    }
}

static void test_parse_as_otp(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(parses); i++) {
        double d;
        bool valid = decimal_parse(parses[i].text, strlen(parses[i].text), &d);
        assert_int_equal(parses[i].valid, valid);
        if (valid && double_bits(d) != parses[i].bits) fail_msg("%s", parses[i].text);
    }
}

/* Doubles of all sizes, many of them with few bits or next to a power of two. */
static double random_double(Random *random)
{
    uint64_t bits = random_next(random), fraction = ((uint64_t)1 << 52) - 1;
    switch (random_below(random, 6)) {
    case 0: bits &= ~fraction; break;
    case 1: bits |= fraction; break;
    case 2: bits &= (uint64_t)1 << 63 | fraction; break;
    case 3: return (double)(bits >> 30) / 1000;
    default: break;
    }
    double d = double_from_bits(bits);
    return double_is_finite(d) ? d : random_double(random);
}

static void test_reads_back(void **state)
{
    (void)state;
    Random random = {.state = 1};
    for (unsigned i = 0; i < 20000; i++) {
        char text[TEXT_MAX];
        double d = random_double(&random), back;
        size_t length = decimal_short(d, text);
        assert_true(decimal_parse(text, length, &back));
        assert_true(double_bits(d) == double_bits(back));
    }
}

static void test_exact_as_printf(void **state)
{
    (void)state;
    Random random = {.state = 2};
    for (unsigned i = 0; i < 10000; i++) {
        char text[TEXT_MAX], expected[TEXT_MAX];
        double d = random_double(&random);
        unsigned decimals = random_below(&random, DECIMAL_SCIENTIFIC_MAX + 1);
        size_t length = decimal_scientific(d, decimals, text);
        snprintf(expected, sizeof expected, "%.*e", (int)decimals, d);
        assert_text(expected, text, length, DECIMAL_SCIENTIFIC_SIZE(decimals));
        decimals = random_below(&random, i % 2 ? 20 : DECIMAL_FIXED_MAX + 1);
        length = decimal_fixed_exact(d, decimals, text);
        snprintf(expected, sizeof expected, "%.*f", (int)decimals, d);
        assert_text(expected, text, length, DECIMAL_FIXED_SIZE(decimals));
    }
}

/* The decimal of a number half-way between two doubles, and one a little more. */
static void test_parse_half_way(void **state)
{
    (void)state;
    Random random = {.state = 3};
    for (unsigned i = 0; i < 3000; i++) {
        static char text[1500];
        double d = random_double(&random), back;
        double above = double_from_bits(double_bits(d) + 1);
        if (!double_is_finite(above) || d > 1e307 || d < -1e307) continue;
        int size = snprintf(text, sizeof text, "%.1100Lf", ((long double)d + above) / 2);
        assert_true(decimal_parse(text, (size_t)size, &back));
        assert_true(back == strtod(text, NULL));
        text[size - 1] = '1';
        assert_true(decimal_parse(text, (size_t)size, &back));
        assert_true(back == strtod(text, NULL));
    }
}

static void test_parse_long(void **state)
{
    (void)state;
    static char text[200001];
    double d;
    memset(text, '0', sizeof text);
    text[0] = '1';
    text[199999] = '.';
    assert_false(decimal_parse(text, sizeof text, &d));
    text[1] = '.';
    text[199999] = '1';
    assert_true(decimal_parse(text, sizeof text, &d));
    assert_true(d == 1.0);
    text[0] = '0';
    memcpy(text + sizeof text - 8, "e+199999", 8);
    text[sizeof text - 9] = '3';
    assert_true(decimal_parse(text, sizeof text, &d));
    assert_true(d == 3e8);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_short_as_otp),    cmocka_unit_test(test_scientific_as_otp),
        cmocka_unit_test(test_fixed_as_otp),    cmocka_unit_test(test_parse_as_otp),
        cmocka_unit_test(test_reads_back),      cmocka_unit_test(test_exact_as_printf),
        cmocka_unit_test(test_parse_half_way),  cmocka_unit_test(test_parse_long),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
