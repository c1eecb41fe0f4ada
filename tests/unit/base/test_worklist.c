/* SPDX-License-Identifier: Apache-2.0 */
/* test_worklist.c - the stack of words, also without memory. */

#include "base/worklist.h"
#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>
#include "base/memory.h"

static void test_push_pop(void **state)
{
    (void)state;
    Worklist list;
    worklist_init(&list);
    for (unsigned round = 0; round < 3; round++) {
        for (uintptr_t i = 0; i < 10000; i++) assert_true(worklist_push(&list, i));
        for (uintptr_t i = 10000; i-- > 0;) assert_int_equal(i, worklist_pop(&list));
        assert_true(worklist_is_empty(&list));
    }
    worklist_done(&list);
    worklist_done(&list);
    assert_int_equal(0, memory_used());
}

static void test_no_memory(void **state)
{
    (void)state;
    Worklist list;
    worklist_init(&list);
    uintptr_t count = 0;
    for (unsigned failures = 0; failures < 4; count++) {
        memory_fail_after(1);
        bool pushed = worklist_push(&list, count);
        memory_fail_after(0);
        if (pushed) continue;
        failures++;
        assert_true(worklist_push(&list, count));
    }
    while (count-- > 0) assert_int_equal(count, worklist_pop(&list));
    worklist_done(&list);
    assert_int_equal(0, memory_used());
}

/* Without any memory. */
static void test_insist(void **state)
{
    (void)state;
    Worklist lists[WORKLIST_RESERVES + 1];
    memory_limit_set(0);
    for (unsigned round = 0; round < 3; round++) {
        for (unsigned l = 0; l <= WORKLIST_RESERVES; l++) {
            size_t most = l < WORKLIST_RESERVES ? WORKLIST_RESERVE : WORKLIST_INLINE;
            worklist_init(&lists[l]);
            for (size_t i = 0; i < most; i++) assert_true(worklist_insist(&lists[l], i + l));
            assert_false(worklist_push(&lists[l], 0));
            assert_false(worklist_insist(&lists[l], 0));
            assert_null(worklist_claim(&lists[l], 3));
        }
        for (unsigned l = 0; l <= WORKLIST_RESERVES; l++) {
            for (size_t i = lists[l].count; i-- > 0;)
                assert_int_equal(i + l, worklist_pop(&lists[l]));
            worklist_done(&lists[l]);
        }
    }
    memory_limit_set(SIZE_MAX);
}

/* Out of the reserve again, once there is memory. */
static void test_claim(void **state)
{
    (void)state;
    Worklist list;
    size_t sum = 0, count = 0;
    worklist_init(&list);
    for (size_t words = 1; words < 4 * WORKLIST_INLINE; words++) {
        memory_limit_set(words % 2 ? 0 : SIZE_MAX);
        uintptr_t *claimed = worklist_claim(&list, words);
        if (!claimed) continue;
        for (size_t i = 0; i < words; i++) sum += claimed[i] = count++;
    }
    memory_limit_set(SIZE_MAX);
    assert_int_equal(count, list.count);
    while (!worklist_is_empty(&list)) sum -= worklist_pop(&list);
    assert_int_equal(0, sum);
    worklist_done(&list);
    assert_int_equal(0, memory_used());
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_push_pop),
        cmocka_unit_test(test_no_memory),
        cmocka_unit_test(test_insist),
        cmocka_unit_test(test_claim),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
