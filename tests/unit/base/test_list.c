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
    ListNode list, other;
    Item items[6];
    list_init(&list);
    list_init(&other);
    for (int i = 0; i < 6; i++) items[i].value = i;
    assert_true(list_is_empty(&list));
    assert_null(list_take_front(&list));
    list_append(&list, &other);
    assert_true(list_is_empty(&list));
    list_push_back(&list, &items[1].node);
    list_push_back(&list, &items[2].node);
    list_push_front(&list, &items[0].node);
    assert_values(&list, "012");
    list_remove(&items[1].node);
    list_remove(&items[1].node);
    assert_values(&list, "02");
    for (int i = 3; i < 6; i++) list_push_back(&other, &items[i].node);
    list_append(&list, &other);
    assert_values(&list, "02345");
    assert_true(list_is_empty(&other));
    list_append(&other, &list);
    list_insert_after(&items[0].node, &items[1].node);
    assert_values(&other, "012345");
    assert_ptr_equal(&items[0].node, list_take_front(&other));
    assert_values(&other, "12345");
    assert_true(list_is_empty(&list));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_list),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
