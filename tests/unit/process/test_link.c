/* SPDX-License-Identifier: Apache-2.0 */
/* test_link.c - links: both sides, crossing links and unlinks, exit signals, many. */

#include "process/world.h"

static int start(void **state)
{
    (void)state;
    world_start(70000, 1);
    return 0;
}

static void link_to(Process *p, Process *q)
{
    bool noproc;
    assert_true(link_make(p, q->pid, &noproc));
    assert_false(noproc);
}

static void test_both_sides(void **state)
{
    (void)state;
    Process *p = world_process(), *q = world_process();
    link_to(p, q);
    link_to(p, q);
    link_to(p, p);
    assert_int_equal(1, world_links(p));
    assert_int_equal(0, world_links(q));
    assert_true(world_turn(q));
    assert_int_equal(1, world_links(q));
    /* Both at once. */
    Process *r = world_process();
    link_to(p, r);
    link_to(r, p);
    assert_true(world_turn(r) && world_turn(p));
    assert_int_equal(2, world_links(p));
    assert_int_equal(1, world_links(r));
    world_exit(p, A(normal));
    assert_true(world_turn(q) && world_turn(r));
    assert_int_equal(0, world_links(q) + world_links(r));
    world_exit(q, A(normal));
    world_exit(r, A(normal));
}

static void test_exit_reasons(void **state)
{
    (void)state;
    Process *p = world_process(), *q = world_process(), *r = world_process();
    Term pid = p->pid;
    link_to(p, q);
    link_to(r, p);
    assert_true(world_turn(p) && world_turn(q));
    r->flags |= PROCESS_TRAP_EXIT;
    Term reason = world_tuple(p, 2, A(badarg), world_list(p, 100));
    world_exit(p, reason);
    assert_false(world_turn(q));
    assert_true(world_turn(r));
    Term message = world_receive(r);
    assert_true(is_tuple_of(message, 3) && tuple_elements(message)[1] == pid);
    assert_true(term_equal_exact(tuple_elements(message)[2], q->roots[ROOT_REASON]));
    size_t length;
    assert_true(list_length(tuple_elements(tuple_elements(message)[2])[1], &length));
    assert_int_equal(100, length);
    world_die(q);
    world_exit(r, A(normal));
}

/* kill through a link is a reason like others; through exit/2 it cannot be trapped. */
static void test_kill(void **state)
{
    (void)state;
    Process *p = world_process(), *q = world_process(), *r = world_process();
    Term pid = p->pid;
    p->flags |= PROCESS_TRAP_EXIT;
    q->flags |= PROCESS_TRAP_EXIT;
    link_to(p, q);
    link_to(p, r);
    assert_true(exit_send(TERM_NIL, p->pid, A(kill)));
    assert_false(world_turn(p));
    assert_true(world_die(p) == A(killed));
    assert_true(world_turn(q));
    assert_true(world_is_exit(world_receive(q), pid, A(killed)));
    assert_false(world_turn(r));
    assert_true(world_die(r) == A(killed));
    /* A process that exits with kill. */
    Process *s = world_process();
    pid = s->pid;
    link_to(s, q);
    world_exit(s, A(kill));
    assert_true(world_turn(q));
    assert_true(world_is_exit(world_receive(q), pid, A(kill)));
    world_exit(q, A(normal));
}

static void test_exit_signals(void **state)
{
    (void)state;
    Process *p = world_process(), *q = world_process();
    Term pid = p->pid;
    assert_true(exit_send(q->pid, p->pid, A(normal)) && world_turn(p)); /* Ignored. */
    p->flags |= PROCESS_TRAP_EXIT;
    assert_true(exit_send(q->pid, p->pid, A(normal)) && world_turn(p));
    assert_true(world_is_exit(world_receive(p), q->pid, A(normal)));
    Term reason = world_tuple(q, 2, A(error), make_small(5));
    assert_true(exit_send(q->pid, p->pid, reason) && world_turn(p));
    assert_true(world_is_exit(world_receive(p), q->pid, reason));
    p->flags &= ~(uint32_t)PROCESS_TRAP_EXIT;
    assert_true(exit_send(p->pid, p->pid, A(normal)));
    assert_false(world_turn(p)); /* From itself it counts. */
    assert_true(world_die(p) == A(normal));
    assert_true(exit_send(pid, q->pid, reason));
    assert_true(exit_send(pid, q->pid, A(error)));
    assert_false(world_turn(q));
    assert_true(q->roots[ROOT_REASON] != A(error)); /* The first one counts. */
    world_die(q);
}

static void test_dead(void **state)
{
    (void)state;
    Process *p = world_process(), *q = world_process();
    Term dead = q->pid;
    bool noproc;
    world_exit(q, A(normal));
    assert_true(link_make(p, dead, &noproc) && noproc);
    assert_int_equal(0, world_links(p));
    assert_true(link_drop(p, dead));
    /* It dies before it sees the link. */
    q = world_process();
    dead = q->pid;
    p->flags |= PROCESS_TRAP_EXIT;
    link_to(p, q);
    world_exit(q, A(kill));
    assert_true(world_turn(p));
    assert_true(world_is_exit(world_receive(p), dead, A(noproc)));
    assert_int_equal(0, world_links(p));
    world_exit(p, A(normal));
}

static void test_unlink(void **state)
{
    (void)state;
    Process *p = world_process(), *q = world_process();
    link_to(p, q);
    assert_true(world_turn(q));
    assert_true(link_drop(p, q->pid));
    assert_true(world_turn(q) && world_turn(p));
    assert_int_equal(0, world_links(p) + world_links(q));
    /* Nothing arrives after an unlink, though it was on its way. */
    link_to(p, q);
    assert_true(world_turn(q));
    Process *r = world_process();
    link_to(q, r);
    assert_true(world_turn(r));
    p->flags |= PROCESS_TRAP_EXIT;
    Term pid = q->pid;
    world_exit(q, A(error));
    assert_true(link_drop(p, pid));
    assert_true(world_turn(p));
    assert_true(is_none(world_receive(p)));
    assert_int_equal(0, world_links(p));
    assert_false(world_turn(r));
    world_die(r);
    world_exit(p, A(normal));
}

static bool is_linked(Process *p, Term pid);

/* Runs the signals of both until there are none, then they must agree. */
static void settle(Process *p, Process *q)
{
    while (!inbox_is_empty(&p->inbox) || !inbox_is_empty(&q->inbox)) {
        assert_true(world_turn(p));
        assert_true(world_turn(q));
    }
    assert_int_equal(is_linked(p, q->pid), is_linked(q, p->pid));
    assert_int_equal(world_links(p), is_linked(p, q->pid));
    assert_int_equal(world_links(q), is_linked(q, p->pid));
}

typedef struct Wanted {
    Term pid;
    bool found;
} Wanted;

static bool visit(const LinkInfo *info, void *context)
{
    Wanted *wanted = context;
    if (info->kind == LINK_PID && info->who == wanted->pid) wanted->found = true;
    return true;
}

static bool is_linked(Process *p, Term pid)
{
    Wanted wanted = {pid, false};
    link_each(p, visit, &wanted);
    return wanted.found;
}

/* All orders of up to 6 operations of two processes, with and without turns between them. */
static void test_crossing(void **state)
{
    (void)state;
    Process *two[2] = {world_process(), world_process()};
    for (unsigned steps = 0; steps < 6 * 6 * 6 * 6 * 6 * 6; steps++) {
        unsigned left = steps;
        for (int i = 0; i < 6; i++, left /= 6) {
            Process *p = two[left % 2], *q = two[1 - left % 2];
            bool noproc;
            switch (left % 6 / 2) {
            case 0: assert_true(link_make(p, q->pid, &noproc)); break;
            case 1: assert_true(link_drop(p, q->pid)); break;
            default: assert_true(world_turn(p)); break;
            }
        }
        settle(two[0], two[1]);
        /* An unlink that nothing crosses. */
        assert_true(link_drop(two[0], two[1]->pid));
        settle(two[0], two[1]);
        assert_int_equal(0, world_links(two[0]));
    }
    world_exit(two[0], A(normal));
    world_exit(two[1], A(normal));
}

static void test_many(void **state)
{
    (void)state;
    enum { COUNT = 30000 };
    static Process *others[COUNT];
    Process *p = world_process();
    for (int i = 0; i < COUNT; i++) {
        others[i] = world_process();
        link_to(p, others[i]);
        assert_true(world_turn(others[i]));
    }
    for (int i = 0; i < COUNT; i += 2) {
        assert_true(link_drop(p, others[i]->pid));
        assert_true(world_turn(others[i]));
    }
    assert_true(world_turn(p));
    assert_int_equal(COUNT / 2, world_links(p));
    Term reason = world_tuple(p, 1, A(error));
    p->roots[ROOT_REASON] = reason;
    int slices = 1;
    for (p->reductions = 1000; !process_exit_step(p); p->reductions = 1000) slices++;
    assert_true(slices > COUNT / 2 / 1000);
    for (int i = 0; i < COUNT; i++) {
        assert_int_equal(i % 2 == 0, world_turn(others[i]));
        world_exit(others[i], A(normal));
    }
}

/* Every allocation of link, unlink and exit fails once: nothing is lost or leaks. */
static void test_memory(void **state)
{
    (void)state;
    Process *p = world_process(), *q = world_process();
    bool noproc;
    size_t before = memory_used();
    for (size_t n = 1; n <= 2; n++) {
        memory_fail_after(n);
        assert_false(link_make(p, q->pid, &noproc));
        memory_fail_after(0);
        assert_int_equal(before, memory_used());
        assert_int_equal(0, world_links(p));
    }
    link_to(p, q);
    assert_true(world_turn(q));
    memory_fail_after(1);
    assert_false(link_drop(p, q->pid));
    memory_fail_after(0);
    assert_int_equal(1, world_links(p));
    Term reason = world_list(p, 10);
    memory_fail_after(1);
    world_exit(p, reason);
    memory_fail_after(0);
    assert_false(world_turn(q));
    assert_true(world_die(q) == A(system_limit));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_both_sides), cmocka_unit_test(test_exit_reasons),
        cmocka_unit_test(test_kill),       cmocka_unit_test(test_exit_signals),
        cmocka_unit_test(test_dead),       cmocka_unit_test(test_unlink),
        cmocka_unit_test(test_crossing),   cmocka_unit_test(test_many),
        cmocka_unit_test(test_memory),
    };
    return cmocka_run_group_tests(tests, start, NULL);
}
