/* SPDX-License-Identifier: Apache-2.0 */
/* test_link_node.c - the table of links and monitors: found, taken, and told in order. */

#include "process/link_node.h"
#include "process/world.h"

enum { COUNT = 2000 };

static int start(void **state)
{
    (void)state;
    world_start(70000, 1);
    return 0;
}

static void reference(uint32_t number[3], uint32_t i)
{
    number[0] = i % 7;
    number[1] = i / 7 % 11;
    number[2] = i / 77;
}

/* The i-th: a link, or one side of the monitor with a number. */
static LinkNode *make(uint32_t i)
{
    uint32_t number[3];
    SignalKind kinds[] = {SIGNAL_LINK, SIGNAL_MONITOR, SIGNAL_DEMONITOR};
    reference(number, i / 3);
    LinkNode *node = node_make(kinds[i % 3], make_local_pid(100 + i / 3), number);
    assert_non_null(node);
    return node;
}

static Signal **place(Process *p, uint32_t i)
{
    uint32_t number[3];
    reference(number, i / 3);
    if (i % 3 == 0) return node_place_pid(p, make_local_pid(100 + i / 3));
    return node_place_ref(p, i % 3 == 1 ? SIGNAL_MONITOR : SIGNAL_DEMONITOR, number);
}

/* How the i-th and the j-th of one kind follow each other is how their numbers do. */
static uint32_t position(const LinkNode *node)
{
    if (node->signal.kind == SIGNAL_LINK) return (uint32_t)pid_number(node->signal.from) - 100;
    uint32_t after_links = node->signal.kind == SIGNAL_MONITOR ? COUNT : 2 * COUNT;
    return after_links + node->number[2] * 77 + node->number[1] * 7 + node->number[0];
}

/* A full cycle over 0 to COUNT - 1, far from any order. */
static uint32_t shuffled(uint32_t i) { return (i * 1237 + 501) % COUNT; }

static void test_found(void **state)
{
    (void)state;
    Process *p = world_process();
    for (uint32_t i = 0; i < COUNT; i++) node_put(p, make(shuffled(i)));
    assert_int_equal(COUNT, world_links(p));
    for (uint32_t i = 0; i < COUNT; i++) assert_non_null(*place(p, i));
    assert_null(*place(p, COUNT + 5));
    for (uint32_t i = 0; i < COUNT; i += 2) node_free(node_take(p, place(p, shuffled(i))));
    for (uint32_t i = 0; i < COUNT; i++) assert_true(!*place(p, shuffled(i)) == (i % 2 == 0));
    for (uint32_t i = 1; i < COUNT; i += 2) node_free(node_take(p, place(p, shuffled(i))));
    assert_int_equal(0, world_links(p));
    assert_null(node_take_first(p));
    world_exit(p, A(normal));
}

static void test_in_order(void **state)
{
    (void)state;
    Process *p = world_process();
    uint32_t count = 0, last = 0;
    for (uint32_t i = 0; i < COUNT; i++) node_put(p, make(shuffled(i)));
    for (LinkNode *node = node_after(p, NULL); node; node = node_after(p, node)) {
        assert_true(count++ == 0 || position(node) > last);
        last = position(node);
    }
    assert_int_equal(COUNT, count);
    for (LinkNode *node; (node = node_take_first(p)); node_free(node)) {
        assert_true(count-- == COUNT || position(node) > last);
        last = position(node);
    }
    assert_int_equal(0, count);
    world_exit(p, A(normal));
}

/* Numbers in order, or at a distance, make no long way: this would take minutes. */
static void test_many(void **state)
{
    (void)state;
    static const uint32_t steps[] = {1, 2584, 4096};
    Process *p = world_process();
    for (int s = 0; s < 3; s++) {
        for (uint32_t i = 0; i < 200000; i++) {
            uint32_t number[3] = {i * steps[s] & 0x3FFFF, (i * steps[s]) >> 18, 0};
            LinkNode *node = node_make(SIGNAL_MONITOR, p->pid, number);
            assert_non_null(node);
            node_put(p, node);
        }
        for (LinkNode *node; (node = node_take_first(p));) node_free(node);
    }
    world_exit(p, A(normal));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_found),
        cmocka_unit_test(test_in_order),
        cmocka_unit_test(test_many),
    };
    return cmocka_run_group_tests(tests, start, NULL);
}
