/* SPDX-License-Identifier: Apache-2.0 */
/* test_bitcopy.c - ranges of bits against bits one at a time. */

#include "base/bitcopy.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "base/random.h"

#define BITS 700
#define BYTES ((BITS + 7) / 8)

static Random source;

static unsigned bit_get(const uint8_t *bytes, size_t bit)
{
    return bytes[bit / 8] >> (7 - bit % 8) & 1;
}

static void fill(uint8_t *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++) bytes[i] = (uint8_t)random_next(&source);
}

/* The bytes that hold `bits` bits and no more, so that reading beyond is caught. */
static uint8_t *bytes_for(size_t bits) { return malloc((bits + 7) / 8); }

static void test_copy(void **state)
{
    (void)state;
    for (unsigned i = 0; i < 20000; i++) {
        size_t count = random_below(&source, i % 2 ? 20 : BITS);
        size_t from_bit = random_below(&source, 17), to_bit = random_below(&source, 17);
        if (i % 3 == 0) from_bit = to_bit % 8;
        size_t to_size = (to_bit + count + 7) / 8;
        uint8_t *from = bytes_for(from_bit + count), *to = bytes_for(to_bit + count);
        uint8_t before[BYTES + 3];
        fill(from, (from_bit + count + 7) / 8);
        fill(to, to_size);
        memcpy(before, to, to_size);
        bits_copy(to, to_bit, from, from_bit, count);
        for (size_t k = 0; k < to_size * 8; k++) {
            bool inside = k >= to_bit && k < to_bit + count;
            unsigned expected = inside ? bit_get(from, from_bit + k - to_bit) : bit_get(before, k);
            assert_int_equal(expected, bit_get(to, k));
        }
        free(from);
        free(to);
    }
}

static void test_read(void **state)
{
    (void)state;
    for (unsigned i = 0; i < 50000; i++) {
        unsigned count = random_below(&source, 65), at = random_below(&source, 20);
        uint8_t *from = bytes_for(at + count);
        fill(from, (at + count + 7) / 8);
        uint64_t expected = 0;
        for (unsigned k = 0; k < count; k++) expected = expected << 1 | bit_get(from, at + k);
        assert_true(expected == bits_read(from, at, count));
        free(from);
    }
}

static void test_compare(void **state)
{
    (void)state;
    for (unsigned i = 0; i < 20000; i++) {
        size_t count = random_below(&source, BITS);
        size_t a_bit = random_below(&source, 17), b_bit = random_below(&source, 17);
        if (i % 3 == 0) a_bit = b_bit = 8;
        uint8_t *a = bytes_for(a_bit + count), *b = bytes_for(b_bit + count);
        fill(a, (a_bit + count + 7) / 8);
        fill(b, (b_bit + count + 7) / 8);
        bits_copy(b, b_bit, a, a_bit, count);
        assert_int_equal(0, bits_compare(a, a_bit, b, b_bit, count));
        if (count) {
            size_t differs = random_below(&source, (uint32_t)count), at = b_bit + differs;
            b[at / 8] ^= (uint8_t)(0x80 >> at % 8);
            int order = bit_get(a, a_bit + differs) ? 1 : -1;
            assert_int_equal(order, bits_compare(a, a_bit, b, b_bit, count));
            assert_int_equal(-order, bits_compare(b, b_bit, a, a_bit, count));
        }
        free(a);
        free(b);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_copy),
        cmocka_unit_test(test_read),
        cmocka_unit_test(test_compare),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
