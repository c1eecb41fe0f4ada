/* SPDX-License-Identifier: Apache-2.0 */
/* test_release.c - what follows from the release. */

#include "term/release.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static void test_release(void **state)
{
    (void)state;
    for (unsigned release = 20; release < 40; release++) {
        release_set(release);
        assert_in_range(release_number(), RELEASE_MIN, RELEASE_MAX);
        if (release >= RELEASE_MIN && release <= RELEASE_MAX)
            assert_int_equal(release, release_number());
        assert_int_equal(release >= 26, release_has_utf8_atoms());
        assert_int_equal(release >= 27, release_has_signed_zeros());
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_release)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
