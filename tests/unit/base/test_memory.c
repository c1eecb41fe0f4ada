/* SPDX-License-Identifier: Apache-2.0 */
/* test_memory.c - counting, the limit, and failures on demand. */

#include "base/memory.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

static void test_counts(void **state)
{
    (void)state;
    size_t before = memory_used();
    char *block = memory_alloc(100);
    assert_int_equal(before + 100, memory_used());
    memset(block, 1, 100);
    block = memory_realloc(block, 100, 300);
    assert_int_equal(before + 300, memory_used());
    assert_int_equal(1, block[99]);
    block = memory_realloc(block, 300, 50);
    assert_int_equal(before + 50, memory_used());
    memory_free(block, 50);
    memory_free(NULL, 70);
    assert_int_equal(before, memory_used());
    block = memory_realloc(NULL, 0, 10);
    assert_int_equal(before + 10, memory_used());
    memory_free(block, 10);
    block = memory_alloc(0);
    assert_non_null(block);
    memory_free(block, 0);
}

static void test_limit(void **state)
{
    (void)state;
    size_t before = memory_used();
    memory_limit_set(before + 1000);
    memory_reserve_open();
    char *block = memory_alloc(600);
    assert_non_null(block);
    assert_null(memory_alloc(500));
    assert_null(memory_alloc(SIZE_MAX));
    assert_null(memory_realloc(block, 600, 1001));
    assert_null(memory_realloc(block, 600, SIZE_MAX));
    assert_int_equal(before + 600, memory_used());
    block = memory_realloc(block, 600, 1000);
    assert_non_null(block);
    memory_limit_set(before); /* What is in use stays. */
    assert_null(memory_alloc(1));
    block = memory_realloc(block, 1000, 10);
    assert_non_null(block);
    memory_free(block, 10);
    memory_limit_set(SIZE_MAX);
    assert_int_equal(before, memory_used());
}

static void test_reserve(void **state)
{
    (void)state;
    size_t limit = memory_used() + 8000, kept = limit / 8;
    memory_limit_set(limit);
    size_t most = limit - memory_used() - kept;
    assert_null(memory_alloc(most + 1));
    void *block = memory_alloc(most);
    assert_non_null(block);
    assert_null(memory_alloc(1));
    assert_null(memory_alloc_kept(kept + 1));
    void *some = memory_alloc_kept(kept);
    assert_non_null(some);
    memory_free(some, kept);
    memory_reserve_open();
    memory_reserve_open(); /* Once is all. */
    assert_null(memory_alloc(kept + 1));
    void *more = memory_alloc(kept);
    assert_non_null(more);
    memory_free(more, kept);
    memory_free(block, most);
    memory_limit_set(SIZE_MAX);
}

static void test_fail_after(void **state)
{
    (void)state;
    memory_fail_after(2);
    char *block = memory_alloc(10);
    assert_non_null(block);
    assert_null(memory_realloc(block, 10, 20));
    block = memory_realloc(block, 10, 20); /* One failure only. */
    assert_non_null(block);
    memory_free(block, 20);
    memory_fail_after(0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_counts),
        cmocka_unit_test(test_limit),
        cmocka_unit_test(test_reserve),
        cmocka_unit_test(test_fail_after),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
