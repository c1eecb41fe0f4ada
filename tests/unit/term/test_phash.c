/* SPDX-License-Identifier: Apache-2.0 */
/* test_phash.c - erlang:phash/2 as OTP computes it. */

#include "term/hash.h"
#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>
#include "terms.h"

typedef struct Vector {
    uint32_t phash;
    size_t size;
    const char *bytes;
} Vector;

static const Vector vectors[] = {
#define VECTOR(phash2, phash, size, bytes) {phash, size, bytes},
#include "vectors.inc"
#undef VECTOR
};

static void test_phash(void **state)
{
    (void)state;
    terms_start();
    for (unsigned i = 0; i < sizeof vectors / sizeof *vectors; i++) {
        Term t = term_of(vectors[i].bytes, vectors[i].size);
        uint32_t hash = vectors[i].phash;
        if (hash + 1 != term_phash(t, 0)) print_error("vector %u\n", i);
        assert_int_equal(hash + 1, term_phash(t, 0));
        assert_int_equal(hash % 1000 + 1, term_phash(t, 1000));
        assert_int_equal(1, term_phash(t, 1));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_phash)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
