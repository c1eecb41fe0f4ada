/* SPDX-License-Identifier: Apache-2.0 */
/* test_bytes.c - numbers in memory. */

#include "base/bytes.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <cmocka.h>

static const uint8_t bytes[9] = {0xFF, 0x81, 0x02, 0x83, 0x04, 0x85, 0x06, 0x87, 0x08};

static void test_load(void **state)
{
    (void)state;
    assert_int_equal(0x8102, load_big16(bytes + 1));
    assert_int_equal(0x81028304, load_big32(bytes + 1));
    assert_int_equal(0x04830281, load_little32(bytes + 1));
    assert_true(load_big64(bytes + 1) == 0x8102830485068708);
}

static void test_store(void **state)
{
    (void)state;
    uint8_t out[9] = {0xFF};
    store_big16(out + 1, load_big16(bytes + 1));
    assert_memory_equal(bytes, out, 3);
    store_big32(out + 1, load_big32(bytes + 1));
    assert_memory_equal(bytes, out, 5);
    store_big64(out + 1, load_big64(bytes + 1));
    assert_memory_equal(bytes, out, 9);
    memset(out + 1, 0, 8);
    store_little32(out + 1, load_little32(bytes + 1));
    assert_memory_equal(bytes, out, 5);
    store_little64(out + 1, 0x0887068504830281);
    assert_memory_equal(bytes, out, 9);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_load),
        cmocka_unit_test(test_store),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
