/* SPDX-License-Identifier: Apache-2.0 */
/* test_checksum.c - CRC-32 and Adler-32 against OTP's. */

#include "base/checksum.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

typedef struct DigestVector {
    size_t size;
    const char *md5;
    uint32_t crc32, adler32;
} DigestVector;

#include "digest_vectors.inc"

static uint8_t bytes[20000];

static int setup(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof bytes; i++) bytes[i] = (uint8_t)(i * 7 + i / 256);
    return 0;
}

static void test_all_and_combined(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof vectors / sizeof *vectors; i++) {
        const DigestVector *v = &vectors[i];
        assert_int_equal(v->crc32, crc32_update(CRC32_START, bytes, v->size));
        assert_int_equal(v->adler32, adler32_update(ADLER32_START, bytes, v->size));
        size_t cut = v->size * i / (sizeof vectors / sizeof *vectors), rest = v->size - cut;
        uint32_t first = crc32_update(CRC32_START, bytes, cut);
        assert_int_equal(v->crc32, crc32_update(first, bytes + cut, rest));
        uint32_t second = crc32_update(CRC32_START, bytes + cut, rest);
        assert_int_equal(v->crc32, crc32_combine(first, second, rest));
        first = adler32_update(ADLER32_START, bytes, cut);
        assert_int_equal(v->adler32, adler32_update(first, bytes + cut, rest));
        second = adler32_update(ADLER32_START, bytes + cut, rest);
        assert_int_equal(v->adler32, adler32_combine(first, second, rest));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_all_and_combined),
    };
    return cmocka_run_group_tests(tests, setup, NULL);
}
