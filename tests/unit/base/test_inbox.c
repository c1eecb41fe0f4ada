/* SPDX-License-Identifier: Apache-2.0 */
/* test_inbox.c - order, and many senders. */

#include "base/inbox.h"
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <cmocka.h>

typedef struct Letter {
    InboxNode node;
    unsigned sender, number;
} Letter;

static void test_order_and_close(void **state)
{
    (void)state;
    Inbox inbox;
    Letter letters[3];
    inbox_init(&inbox);
    assert_true(inbox_is_empty(&inbox));
    assert_null(inbox_take_all(&inbox));
    for (unsigned i = 0; i < 3; i++) assert_true(inbox_push(&inbox, &letters[i].node));
    assert_false(inbox_is_empty(&inbox));
    InboxNode *node = inbox_take_all(&inbox);
    for (unsigned i = 0; i < 3; i++, node = node->next) assert_ptr_equal(&letters[i].node, node);
    assert_null(node);
    assert_true(inbox_push(&inbox, &letters[0].node));
    assert_ptr_equal(&letters[0].node, inbox_close(&inbox));
    for (unsigned i = 0; i < 2; i++) {
        assert_false(inbox_push(&inbox, &letters[1].node));
        assert_null(inbox_take_all(&inbox));
        assert_null(inbox_close(&inbox));
    }
}

#define SENDERS 3
#define LETTERS 30000

static Inbox shared;

static void *send_all(void *argument)
{
    unsigned sender = (unsigned)(uintptr_t)argument;
    for (unsigned i = 0; i < LETTERS; i++) {
        Letter *letter = malloc(sizeof *letter);
        letter->sender = sender;
        letter->number = i;
        if (!inbox_push(&shared, &letter->node)) free(letter);
    }
    return NULL;
}

static void test_senders(void **state)
{
    (void)state;
    pthread_t threads[SENDERS];
    unsigned next[SENDERS] = {0}, received = 0;
    inbox_init(&shared);
    for (uintptr_t i = 0; i < SENDERS; i++) pthread_create(&threads[i], NULL, send_all, (void *)i);
    while (received < SENDERS * LETTERS) {
        InboxNode *node = inbox_take_all(&shared);
        while (node) {
            Letter *letter = (Letter *)node;
            node = node->next;
            assert_int_equal(next[letter->sender]++, letter->number);
            received++;
            free(letter);
        }
    }
    for (unsigned i = 0; i < SENDERS; i++) pthread_join(threads[i], NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_order_and_close),
        cmocka_unit_test(test_senders),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
