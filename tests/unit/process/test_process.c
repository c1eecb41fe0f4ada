/* SPDX-License-Identifier: Apache-2.0 */
/* test_process.c - the table, spawning in all forms, failing memory, the stages of an exit. */

#include "heap/resource.h"
#include "process/dictionary.h"
#include "process/world.h"

enum { LIMIT = 1000 };

static int start(void **state)
{
    (void)state;
    world_start(LIMIT, 1);
    return 0;
}

static bool count_pid(Term pid, void *context)
{
    (void)pid;
    return ++*(size_t *)context < 700;
}

static void test_limit(void **state)
{
    (void)state;
    static Process *all[LIMIT];
    SpawnOptions options;
    spawn_options_init(&options);
    size_t before = memory_used(), seen = 0;
    for (int round = 0; round < 3; round++) {
        for (int i = 0; i < LIMIT; i++) {
            all[i] = world_process();
            for (int k = 0; k < i; k += 97) assert_true(all[k]->pid != all[i]->pid);
        }
        assert_int_equal(LIMIT, process_count());
        assert_true(is_none(process_spawn(NULL, world_function, TERM_NIL, &options, NULL)));
        seen = 0;
        process_each(count_pid, &seen);
        assert_int_equal(700, seen);
        Term first = all[0]->pid;
        for (int i = 0; i < LIMIT; i++) world_exit(all[i], A(normal));
        assert_int_equal(0, process_count());
        assert_null(process_find(first));
        Process *p = world_process(); /* Numbers come back with another serial. */
        assert_true(p->pid != first);
        assert_null(process_find(first));
        world_exit(p, A(normal));
    }
    assert_true(memory_used() - before < LIMIT * sizeof(Term) * 2);
    assert_null(process_find(A(ok)));
    assert_null(process_find(make_local_pid(LIMIT + 100)));
    assert_null(process_find(make_local_pid(((uintptr_t)1 << (PID_BITS - 1)) - 1)));
}

static void test_spawn(void **state)
{
    (void)state;
    Process *p = world_process();
    SpawnOptions options;
    spawn_options_init(&options);
    p->roots[ROOT_GROUP_LEADER] = p->pid;
    Term *cell = heap_reserve(&p->heap, 2);
    Term args = cons_put(cell, world_list(p, 30), TERM_NIL);
    assert_false(is_none(process_spawn(p, world_function, args, &options, NULL)));
    Process *q = run_queue_take(0);
    assert_int_equal(FIRST_SAVED, q->live);
    assert_true(q->saved[0] == A(erlang) && q->saved[1] == A(apply));
    assert_true(term_equal_exact(q->saved[2], args) && q->saved[2] != args);
    assert_true(q->parent == p->pid && q->roots[ROOT_GROUP_LEADER] == p->pid);
    assert_int_equal(1, q->heap.end - q->heap.stack);
    world_exit(q, A(normal));
    /* All ties at once. */
    options.link = options.monitor = true;
    options.priority = PRIORITY_HIGH;
    options.min_heap_size = 1000;
    options.flags = PROCESS_TRAP_EXIT;
    Term reference;
    q = world_spawn(p, &options, &reference);
    Term pid = q->pid;
    assert_int_equal(PRIORITY_HIGH, q->priority);
    assert_true(q->heap.end - q->heap.start >= 1000 && q->flags & PROCESS_TRAP_EXIT);
    assert_int_equal(2, p->links.count);
    assert_int_equal(2, q->links.count);
    p->flags |= PROCESS_TRAP_EXIT;
    world_exit(q, A(error));
    assert_true(world_turn(p));
    Term messages[] = {world_receive(p), world_receive(p)};
    int first = is_tuple_of(messages[0], 3) ? 0 : 1;
    assert_true(world_is_exit(messages[first], pid, A(error)));
    assert_true(world_is_down(messages[1 - first], A(DOWN), reference, pid, A(error)));
    world_exit(p, A(normal));
}

static void test_request(void **state)
{
    (void)state;
    Process *p = world_process();
    SpawnOptions options;
    spawn_options_init(&options);
    options.monitor = true;
    options.request = reference_make(&p->heap);
    options.reply_tag = A(ok);
    Process *q = world_spawn(p, &options, NULL);
    Term pid = q->pid;
    world_exit(q, A(error));
    assert_true(world_turn(p));
    Term expected = world_tuple(p, 4, A(ok), options.request, A(ok), pid);
    assert_true(term_equal_exact(world_receive(p), expected));
    assert_true(world_is_down(world_receive(p), A(DOWN), options.request, pid, A(error)));
    world_exit(p, A(normal));
}

static void test_memory(void **state)
{
    (void)state;
    Process *p = world_process(), *q = NULL;
    SpawnOptions options;
    spawn_options_init(&options);
    options.link = options.monitor = true;
    options.request = reference_make(&p->heap);
    options.reply_tag = A(ok);
    q = world_spawn(p, &options, NULL); /* The tables have grown now. */
    size_t before = memory_used(), failed = 0;
    for (size_t n = 1;; n++) {
        memory_fail_after(n);
        Term pid = process_spawn(p, world_function, TERM_NIL, &options, NULL);
        memory_fail_after(0);
        if (!is_none(pid)) break;
        failed++;
        assert_int_equal(before, memory_used());
        assert_int_equal(2, p->links.count);
        assert_null(run_queue_take(0));
    }
    assert_true(failed >= 7);
    world_exit(run_queue_take(0), A(normal));
    world_exit(q, A(normal));
    world_exit(p, A(normal));
}

/* ---- Exits ---- */

static int hooks_run;
static bool hook(Process *p)
{
    assert_true(process_is_exiting(p) && process_find(p->pid) == p);
    hooks_run++;
    return true;
}

static int calls;
static void call(Process *p, Signal *signal)
{
    calls += process_is_exiting(p) ? 100 : 1;
    signal_free(signal);
}

static void send_call(Process *p)
{
    Signal *signal = signal_make(SIGNAL_CALL, p->pid, TERM_NIL);
    signal->function = call;
    assert_true(signal_send(p->pid, signal));
}

static void test_exit(void **state)
{
    (void)state;
    process_exit_hook_add(hook);
    Process *p = world_process(), *q = world_process();
    Term pid = p->pid;
    assert_true(process_save_room(p, 20));
    dictionary_put(p, A(ok), A(true));
    send_call(p);
    assert_true(world_turn(p));
    send_call(p);
    for (int i = 0; i < 100; i++) assert_true(message_send(q->pid, pid, world_list(q, 5)));
    assert_true(group_leader_send(q->pid, pid, q->pid) && exit_send(q->pid, pid, A(kill)));
    p->roots[ROOT_REASON] = A(normal);
    for (p->reductions = 10; !process_exit_step(p); p->reductions = 10)
        assert_false(message_send(q->pid, pid, TERM_NIL) && process_find(pid));
    assert_int_equal(1, hooks_run);
    assert_int_equal(101, calls);
    assert_true(message_send(q->pid, pid, TERM_NIL));
    assert_false(signal_send(pid, NULL));
    world_exit(q, A(normal));
}

static void test_group_leader(void **state)
{
    (void)state;
    Process *p = world_process();
    assert_true(group_leader_send(TERM_NIL, p->pid, make_local_pid(12345)));
    assert_true(world_turn(p));
    assert_true(p->roots[ROOT_GROUP_LEADER] == make_local_pid(12345));
    world_exit(p, A(normal));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_limit),   cmocka_unit_test(test_spawn),
        cmocka_unit_test(test_request), cmocka_unit_test(test_memory),
        cmocka_unit_test(test_exit),    cmocka_unit_test(test_group_leader),
    };
    return cmocka_run_group_tests(tests, start, NULL);
}
