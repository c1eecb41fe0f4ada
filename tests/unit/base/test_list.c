/* SPDX-License-Identifier: Apache-2.0 */
/* test_list.c - rings of nodes. */

#include "base/list.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <cmocka.h>

typedef struct Item {
    int value;
    ListNode node;
} Item;

static void assert_values(const ListNode *list, const char *values)
{
    const ListNode *node = list->next, *before = list;
    for (; *values; values++, before = node, node = node->next) {
        assert_ptr_equal(before, node->previous);
        assert_int_equal(*values - '0', LIST_ENTRY(node, const Item, node)->value);
    }
    assert_ptr_equal(list, node);
}

static void test_list(void **state)
{
    (void)state;
    ListNode list;
    Item items[6];
    list_init(&list);
    for (int i = 0; i < 6; i++) items[i].value = i;
    assert_true(list_is_empty(&list));
    assert_null(list_take_front(&list));
    for (int i = 0; i < 3; i++) list_push_back(&list, &items[i].node);
    assert_values(&list, "012");
    list_remove(&items[1].node);
    list_remove(&items[1].node);
    assert_values(&list, "02");
    for (int i = 3; i < 6; i++) list_push_back(&list, &items[i].node);
    assert_values(&list, "02345");
    assert_ptr_equal(&items[0].node, list_take_front(&list));
    assert_values(&list, "2345");
    while (list_take_front(&list)) continue;
    assert_true(list_is_empty(&list));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_list),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
