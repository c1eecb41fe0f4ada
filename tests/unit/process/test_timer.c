/* SPDX-License-Identifier: Apache-2.0 */
/* test_timer.c - timers of programs: order, names, cancelling. */

#include "process/world.h"

#define MS 1000000ull

static Process *p;

static int start(void **state)
{
    (void)state;
    world_start(100, 1);
    p = world_process();
    return 0;
}

static Term start_timer(Term to, Word message, uint64_t ms, bool wrap)
{
    Term reference = timer_start(p, to, make_small(message), port_now() + ms * MS, wrap);
    assert_true(is_kind(reference, KIND_REF));
    return reference;
}

static void run(uint64_t ms)
{
    timer_run(port_now() + ms * MS);
    assert_true(world_turn(p));
}

static void test_order(void **state)
{
    (void)state;
    const Word times[] = {300, 100, 200, 5, 100};
    for (int i = 0; i < 5; i++) start_timer(p->pid, times[i] + i, (uint64_t)times[i], false);
    run(1);
    assert_true(is_none(world_receive(p)));
    run(1000);
    const Word expected[] = {8, 101, 104, 202, 300};
    for (int i = 0; i < 5; i++) assert_true(world_receive(p) == make_small(expected[i]));
    assert_true(is_none(world_receive(p)));
    /* Time goes on from there. */
    uint64_t now = port_now();
    start_timer(p->pid, 1, 5000, false);
    uint64_t due = timer_run(now);
    assert_true(due > now && due <= now + 5010 * MS);
    run(5001);
    assert_true(world_receive(p) == make_small(1));
    assert_true(timer_run(port_now()) == UINT64_MAX);
}

static void test_wrapped(void **state)
{
    (void)state;
    Term reference = start_timer(p->pid, 42, 10000, true);
    run(10001);
    Term message = world_receive(p);
    Term expected = world_tuple(p, 3, A(timeout), reference, make_small(42));
    assert_true(term_equal_exact(message, expected));
    Term text = world_list(p, 20);
    reference = timer_start(p, p->pid, text, port_now() + 20000 * MS, true);
    run(20001);
    message = world_receive(p);
    assert_true(term_equal_exact(message, world_tuple(p, 3, A(timeout), reference, text)));
}

static void test_cancel(void **state)
{
    (void)state;
    enum { COUNT = 500 };
    Term references[COUNT];
    size_t before = memory_used();
    for (int i = 0; i < COUNT; i++)
        references[i] = start_timer(p->pid, i, 100000 + (uint64_t)i, false);
    int64_t left = timer_read(references[0]);
    assert_true(left > 90000 * (int64_t)MS && left <= 100000 * (int64_t)MS);
    for (int i = 0; i < COUNT; i += 2) {
        assert_true(timer_cancel(references[i]) > 90000 * (int64_t)MS);
        assert_true(timer_cancel(references[i]) == -1 && timer_read(references[i]) == -1);
    }
    run(200000);
    for (int i = 1; i < COUNT; i += 2) {
        assert_true(world_receive(p) == make_small(i));
        assert_true(timer_read(references[i]) == -1);
    }
    assert_true(is_none(world_receive(p)));
    assert_true(memory_used() - before < 100000); /* Chains and garbage. */
    assert_true(timer_cancel(A(ok)) == -1);
    for (size_t n = 1; n <= 2; n++) {
        before = memory_used();
        memory_fail_after(n);
        assert_true(is_none(timer_start(p, p->pid, A(ok), port_now(), false)));
        memory_fail_after(0);
        assert_int_equal(before, memory_used());
    }
}

static void test_names(void **state)
{
    (void)state;
    Term name = atom_intern_z("timed");
    start_timer(name, 1, 300000, false);
    run(300001); /* Nobody. */
    start_timer(name, 2, 400000, false);
    assert_true(registry_add(name, p->pid)); /* Looked up when it fires. */
    run(400001);
    assert_true(world_receive(p) == make_small(2) && is_none(world_receive(p)));
    start_timer(make_local_pid(99), 3, 500000, false);
    run(500001);
}

static void test_ends_with_process(void **state)
{
    (void)state;
    enum { COUNT = 300 };
    Term references[COUNT];
    Process *q = world_process();
    Term pid = q->pid;
    for (int i = 0; i < COUNT; i++)
        references[i] = start_timer(i % 3 ? pid : p->pid, i, 600000 + (uint64_t)i, false);
    for (int i = 0; i < COUNT; i += 4) assert_true(timer_cancel(references[i]) > 0);
    world_exit(q, A(normal));
    for (int i = 0; i < COUNT; i++)
        assert_int_equal(i % 3 == 0 && i % 4 != 0, timer_read(references[i]) > 0);
    Term late = start_timer(pid, 1, 600000, false);
    assert_true(timer_read(late) == -1 && timer_cancel(late) == -1);
    run(700000);
    for (int i = 0; i < COUNT; i++) {
        if (i % 3 == 0 && i % 4 != 0) assert_true(world_receive(p) == make_small(i));
    }
    assert_true(is_none(world_receive(p)));
}

/* Its signal comes behind one that kills, and the process would wait once more. */
static void test_late_receive_timer(void **state)
{
    (void)state;
    Process *q = world_process();
    assert_true(timer_receive_start(q, port_now() + 10000 * MS));
    assert_true(exit_send(p->pid, q->pid, A(kill)));
    run(10001);
    timer_receive_stop(q);
    assert_true(timer_receive_start(q, port_now() + 20000 * MS));
    run(20001);
    assert_true(world_die(q) == A(killed));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_order),
        cmocka_unit_test(test_wrapped),
        cmocka_unit_test(test_cancel),
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_ends_with_process),
        cmocka_unit_test(test_late_receive_timer),
    };
    return cmocka_run_group_tests(tests, start, NULL);
}
