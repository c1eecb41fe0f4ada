/* SPDX-License-Identifier: Apache-2.0 */
/* test_span.c - bit strings at any offset, against reading them bit by bit. */

#include "term/span.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <cmocka.h>
#include "base/random.h"

enum { BYTES = 20 };

static unsigned bit(BitSpan span, size_t i)
{
    size_t at = span.bit_offset + i;
    return span.data[at / 8] >> (7 - at % 8) & 1;
}

static unsigned bits(BitSpan span, size_t i, unsigned count)
{
    unsigned value = 0;
    while (count-- > 0) value = value << 1 | bit(span, i++);
    return value;
}

/* In a block of its exact size, so that a sanitizer sees a byte too many. */
static BitSpan random_span(Random *random, uint8_t **block, unsigned high_bytes)
{
    unsigned offset = random_below(random, 8), size = random_below(random, BYTES * 8);
    size_t bytes = (offset + size + 7) / 8;
    *block = malloc(bytes ? bytes : 1);
    for (size_t i = 0; i < bytes; i++)
        (*block)[i] = (uint8_t)(random_below(random, high_bytes) * 85);
    return (BitSpan){*block, offset, size};
}

static void test_bytes_and_tails(void **state)
{
    (void)state;
    Random random = {.state = 3};
    for (unsigned round = 0; round < 5000; round++) {
        uint8_t *block, copy[BYTES];
        BitSpan span = random_span(&random, &block, 4);
        size_t bytes = span.bit_size / 8;
        unsigned rest = span.bit_size % 8;
        span_copy(span, copy, bytes);
        for (size_t i = 0; i < bytes; i++) {
            assert_int_equal(bits(span, 8 * i, 8), span_byte(span, i));
            assert_int_equal(copy[i], span_byte(span, i));
        }
        assert_int_equal(bits(span, 8 * bytes, rest) << (8 - rest) & 0xFF, span_tail(span));
        free(block);
    }
}

static int slow_compare(BitSpan a, BitSpan b)
{
    for (size_t i = 0; i < a.bit_size && i < b.bit_size; i++) {
        if (bit(a, i) != bit(b, i)) return bit(a, i) < bit(b, i) ? -1 : 1;
    }
    return a.bit_size < b.bit_size ? -1 : a.bit_size > b.bit_size;
}

static void test_compare(void **state)
{
    (void)state;
    Random random = {.state = 4};
    unsigned equal = 0;
    for (unsigned round = 0; round < 20000; round++) {
        uint8_t *x, *y;
        BitSpan a = random_span(&random, &x, 1 + round % 2),
                b = random_span(&random, &y, 1 + round % 2);
        if (round % 3 == 0 && b.bit_size > a.bit_size) b.bit_size = a.bit_size;
        int want = slow_compare(a, b);
        equal += want == 0;
        assert_int_equal(want, span_compare(a, b));
        assert_int_equal(-want, span_compare(b, a));
        assert_int_equal(0, span_compare(a, a));
        free(x);
        free(y);
    }
    assert_in_range(equal, 100, 20000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_bytes_and_tails),
        cmocka_unit_test(test_compare),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
