/* SPDX-License-Identifier: Apache-2.0 */
/* test_run_queue.c - who runs next: priorities, awake and pre-empted, waiting and waking. */

#include "process/world.h"

static int start(void **state)
{
    (void)state;
    world_start(1000, 1);
    return 0;
}

static Process *make(int priority)
{
    SpawnOptions options;
    spawn_options_init(&options);
    options.priority = priority;
    return world_spawn(NULL, &options, NULL);
}

/* p runs a whole slice. */
static void run_out(Process *p)
{
    p->reductions = 0;
    run_queue_put(p);
}

static void end(Process *p) { world_exit(p, A(normal)); }

static void test_round_robin(void **state)
{
    (void)state;
    Process *all[5];
    for (int i = 0; i < 5; i++) all[i] = make(-1);
    for (int i = 0; i < 5; i++) run_out(all[i]);
    assert_int_equal(5, run_queue_length());
    for (int i = 0; i < 50; i++) {
        Process *p = run_queue_take(0);
        assert_ptr_equal(all[i % 5], p);
        assert_int_equal(PROCESS_RUNNING, atomic_load(&p->state));
        run_out(p);
    }
    for (int i = 0; i < 5; i++) end(run_queue_take(0));
    assert_null(run_queue_take(0));
}

static void test_priorities(void **state)
{
    (void)state;
    Process *max = make(PRIORITY_MAX), *high = make(PRIORITY_HIGH);
    Process *normal = make(PRIORITY_NORMAL), *low = make(PRIORITY_LOW);
    Process *all[] = {low, normal, high, max};
    for (int i = 0; i < 4; i++) run_out(all[i]);
    for (int i = 0; i < 10; i++) {
        assert_ptr_equal(max, run_queue_take(0));
        if (i < 9) run_out(max);
    }
    for (int i = 0; i < 10; i++) {
        assert_ptr_equal(high, run_queue_take(0));
        if (i < 9) run_out(high);
    }
    int lows = 0;
    for (int i = 0; i < 90; i++) {
        Process *p = run_queue_take(0);
        lows += p == low;
        run_out(p);
    }
    assert_int_equal(10, lows);
    for (int i = 0; i < 2; i++) end(run_queue_take(0));
    end(max);
    end(high);
}

static void test_waking(void **state)
{
    (void)state;
    Process *p = make(-1);
    process_wait(p);
    assert_int_equal(PROCESS_WAITING, atomic_load(&p->state));
    assert_null(run_queue_take(0));
    process_wake(p);
    process_wake(p);
    assert_ptr_equal(p, run_queue_take(0));
    assert_null(run_queue_take(0));
    process_wake(p); /* While it runs: it does not wait. */
    process_wait(p);
    assert_ptr_equal(p, run_queue_take(0));
    /* A signal before it waits. */
    assert_true(message_send(p->pid, p->pid, A(ok)));
    process_wait(p);
    assert_ptr_equal(p, run_queue_take(0));
    assert_true(world_turn(p));
    process_wait(p);
    assert_null(run_queue_take(0));
    assert_true(message_send(p->pid, p->pid, A(ok)));
    assert_ptr_equal(p, run_queue_take(0));
    /* Killed: does not wait. */
    assert_true(exit_send(TERM_NIL, p->pid, A(kill)));
    assert_false(world_turn(p));
    process_wait(p);
    assert_ptr_equal(p, run_queue_take(0));
    end(p);
}

/* A process that wakes with reductions left runs before those that use their slices up, but not for
   ever. */
static void test_awake(void **state)
{
    (void)state;
    enum { LOOPS = 10 };
    Process *loops[LOOPS], *p = make(-1);
    for (int i = 0; i < LOOPS; i++) loops[i] = make(-1);
    for (int i = 0; i < LOOPS; i++) run_out(loops[i]);
    int turns = 0;
    for (int i = 0; i < 100; i++) { /* It needs little: is next each time. */
        p->reductions -= 20;
        process_wait(p);
        Process *loop = run_queue_take(0);
        process_wake(p);
        run_out(loop);
        assert_ptr_equal(p, run_queue_take(0));
    }
    for (int i = 0; i < 1000; i++) { /* It needs all it gets: has its share and no more. */
        p->reductions -= 3000;
        process_wait(p);
        process_wake(p);
        Process *next;
        while ((next = run_queue_take(0)) != p) {
            turns++;
            run_out(next);
        }
    }
    assert_in_range(turns, 200, 20000);
    process_wait(p);
    process_wake(p);
    for (int i = 0; i <= LOOPS; i++) end(run_queue_take(0));
}

static void test_may_run(void **state)
{
    (void)state;
    Process *p = make(-1);
    assert_true(process_may_run(p));
    p->flags |= PROCESS_SUSPENDED;
    assert_false(process_may_run(p));
    p->flags = PROCESS_HIBERNATED;
    assert_false(process_may_run(p));
    process_wait(p);
    assert_null(run_queue_take(0));
    assert_true(message_send(p->pid, p->pid, A(ok)));
    assert_ptr_equal(p, run_queue_take(0));
    assert_true(world_turn(p));
    process_wait(p); /* Hibernates with a message in its queue. */
    assert_ptr_equal(p, run_queue_take(0));
    assert_true(process_may_run(p));
    assert_int_equal(0, p->flags);
    end(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_round_robin), cmocka_unit_test(test_priorities),
        cmocka_unit_test(test_waking),      cmocka_unit_test(test_awake),
        cmocka_unit_test(test_may_run),
    };
    return cmocka_run_group_tests(tests, start, NULL);
}
