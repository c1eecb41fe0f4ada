/* SPDX-License-Identifier: Apache-2.0 */
/* test_md5.c - MD5 against OTP's. */

#include "base/md5.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <cmocka.h>

typedef struct DigestVector {
    size_t size;
    const char *md5;
    uint32_t crc32, adler32;
} DigestVector;

#include "digest_vectors.inc"

static void assert_digest(const DigestVector *v, const uint8_t digest[MD5_SIZE])
{
    char text[2 * MD5_SIZE + 1];
    for (unsigned i = 0; i < MD5_SIZE; i++) snprintf(text + 2 * i, 3, "%02x", digest[i]);
    assert_string_equal(v->md5, text);
}

static uint8_t bytes[20000];

static int setup(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof bytes; i++) bytes[i] = (uint8_t)(i * 7 + i / 256);
    return 0;
}

static void test_at_once(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof vectors / sizeof *vectors; i++) {
        uint8_t digest[MD5_SIZE];
        Md5 md5;
        md5_init(&md5);
        md5_update(&md5, bytes, vectors[i].size);
        md5_final(&md5, digest);
        assert_digest(&vectors[i], digest);
    }
}

static void test_in_pieces(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof vectors / sizeof *vectors; i++) {
        uint8_t digest[MD5_SIZE];
        Md5 md5;
        md5_init(&md5);
        for (size_t at = 0, step = i, left; (left = vectors[i].size - at) > 0; at += step) {
            step = (step * 5 + 1) % 131;
            if (step > left) step = left;
            md5_update(&md5, bytes + at, step);
        }
        md5_final(&md5, digest);
        assert_digest(&vectors[i], digest);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_at_once),
        cmocka_unit_test(test_in_pieces),
    };
    return cmocka_run_group_tests(tests, setup, NULL);
}
