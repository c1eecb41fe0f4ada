/* SPDX-License-Identifier: Apache-2.0 */
/* test_random.c - repeatable, within bounds, roughly even. */

#include "base/random.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

static void test_random(void **state)
{
    (void)state;
    Random a, b;
    unsigned counts[10] = {0}, ones = 0;
    random_seed(&a, 42);
    random_seed(&b, 42);
    for (unsigned i = 0; i < 100000; i++) {
        uint64_t value = random_next(&a);
        assert_true(value == random_next(&b));
        ones += (unsigned)__builtin_popcountll(value);
        counts[random_below(&a, 10)]++;
        b = a;
    }
    assert_in_range(ones, 3190000, 3210000);
    for (unsigned i = 0; i < 10; i++) assert_in_range(counts[i], 9500, 10500);
    assert_int_equal(0, random_below(&a, 1));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_random),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
