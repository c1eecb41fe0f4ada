/* SPDX-License-Identifier: Apache-2.0 */
/* test_utf8.c - every code point, and every sequence of up to three bytes. */

#include "base/utf8.h"
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <cmocka.h>
#include "base/random.h"

static void test_all_code_points(void **state)
{
    (void)state;
    for (uint32_t code = 0; code <= 0x10FFFF; code++) {
        uint8_t bytes[4];
        uint32_t back;
        if (!utf8_is_code_point(code)) continue;
        size_t length = utf8_encode(code, bytes);
        assert_int_equal(utf8_bytes(code), length);
        assert_int_equal(length, utf8_decode(bytes, length, &back));
        assert_int_equal(code, back);
        for (size_t part = 1; part < length; part++)
            assert_int_equal(0, utf8_decode(bytes, part, &back));
    }
}

/* What decodes is what encodes: so no two sequences mean the same, and none is accepted that should
   not be. */
static void test_all_sequences(void **state)
{
    (void)state;
    for (uint32_t i = 0; i < 1 << 24; i++) {
        uint8_t bytes[4] = {(uint8_t)(i >> 16), (uint8_t)(i >> 8), (uint8_t)i, 0x80}, again[4];
        uint32_t code;
        size_t length = utf8_decode(bytes, 4, &code);
        if (length == 0) continue;
        if (!utf8_is_code_point(code) || utf8_encode(code, again) != length) fail();
        if (memcmp(bytes, again, length) != 0) fail();
    }
}

static void test_valid_prefix(void **state)
{
    (void)state;
    Random random = {.state = 1};
    for (unsigned i = 0; i < 20000; i++) {
        uint8_t bytes[300];
        size_t size = 0, points = random_below(&random, 60), count;
        for (size_t k = 0; k < points; k++) {
            uint32_t code = random_below(&random, i % 2 ? 0x90 : 0x110000);
            size += utf8_encode(utf8_is_code_point(code) ? code : 'x', bytes + size);
        }
        assert_int_equal(size, utf8_valid_prefix(bytes, size, &count));
        assert_int_equal(points, count);
        bytes[size] = 0xFF;
        assert_int_equal(size, utf8_valid_prefix(bytes, size + 1, &count));
        assert_int_equal(points, count);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_all_code_points),
        cmocka_unit_test(test_all_sequences),
        cmocka_unit_test(test_valid_prefix),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
