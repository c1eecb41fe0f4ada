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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_push_pop),
        cmocka_unit_test(test_no_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
