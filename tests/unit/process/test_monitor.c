/* SPDX-License-Identifier: Apache-2.0 */
/* test_monitor.c - monitors by pid and name, tags, flush; aliases and the monitors that are
   aliases. */

#include "process/world.h"

static const MonitorOptions plain = {ALIAS_NONE, TERM_NONE};

static int start(void **state)
{
    (void)state;
    world_start(70000, 1);
    return 0;
}

static Term monitor(Process *p, Term target, const MonitorOptions *options)
{
    Term reference = monitor_make(p, A(process), target, options);
    assert_true(is_kind(reference, KIND_REF));
    return reference;
}

static void demonitor(Process *p, Term reference, bool flush, bool expected)
{
    bool was_there;
    assert_true(monitor_drop(p, reference, flush, &was_there));
    assert_int_equal(expected, was_there);
}

static Term received(Process *p)
{
    assert_true(world_turn(p));
    return world_receive(p);
}

static void test_down(void **state)
{
    (void)state;
    Process *p = world_process(), *q = world_process();
    Term pid = q->pid, first = monitor(p, pid, &plain), second = monitor(p, pid, &plain);
    assert_true(world_turn(q));
    assert_int_equal(2, world_links(q));
    Term reason = world_tuple(q, 2, A(error), world_list(q, 3));
    Term copy = term_copy_to_heap(&p->heap, reason);
    world_exit(q, reason);
    Term messages[2] = {received(p), received(p)};
    int order = world_is_down(messages[0], A(DOWN), second, pid, copy);
    assert_true(world_is_down(messages[order], A(DOWN), first, pid, copy));
    assert_true(world_is_down(messages[1 - order], A(DOWN), second, pid, copy));
    assert_int_equal(0, world_links(p));
    Term late = monitor(p, pid, &plain);
    assert_true(world_is_down(received(p), A(DOWN), late, pid, A(noproc)));
    demonitor(p, late, true, false);
    Term self = monitor(p, p->pid, &plain);
    demonitor(p, self, false, false);
    /* It ends before it sees the monitor. */
    q = world_process();
    pid = q->pid;
    late = monitor(p, pid, &plain);
    world_exit(q, A(error));
    assert_true(world_is_down(received(p), A(DOWN), late, pid, A(noproc)));
    world_exit(p, A(normal));
}

static void test_names(void **state)
{
    (void)state;
    Process *p = world_process(), *q = world_process();
    Term name = atom_intern_z("some_name");
    Term object = world_tuple(p, 2, name, node_self()->name);
    Term none = monitor(p, name, &plain);
    assert_true(world_is_down(received(p), A(DOWN), none, object, A(noproc)));
    assert_true(registry_add(name, q->pid));
    Term reference = monitor(p, name, &plain);
    assert_true(world_turn(q));
    world_exit(q, A(kill));
    assert_true(world_is_down(received(p), A(DOWN), reference, object, A(kill)));
    assert_true(is_none(registry_find(name)));
    world_exit(p, A(normal));
}

static void test_tags(void **state)
{
    (void)state;
    Process *p = world_process(), *q = world_process();
    MonitorOptions options = {ALIAS_NONE, world_tuple(p, 2, A(tag), world_list(p, 50))};
    Term pid = q->pid, reference = monitor(p, pid, &options);
    Term unused = monitor(p, pid, &options);
    assert_true(world_turn(q));
    demonitor(p, unused, false, true);
    Term reason = world_list(q, 20), copy = term_copy_to_heap(&p->heap, reason);
    world_exit(q, reason);
    Term message = received(p);
    assert_true(world_is_down(message, options.tag, reference, pid, copy));
    Term roots[] = {message, options.tag, reference, copy};
    world_collect(p, roots, 4);
    assert_true(world_is_down(roots[0], roots[1], roots[2], pid, roots[3]));
    assert_true(is_none(received(p)));
    world_exit(p, A(normal));
}

static void test_removing(void **state)
{
    (void)state;
    Process *p = world_process(), *q = world_process();
    Term reference = monitor(p, q->pid, &plain);
    demonitor(p, reference, false, true);
    demonitor(p, reference, false, false);
    demonitor(p, A(error), true, false);
    assert_true(world_turn(q));
    assert_int_equal(0, world_links(q));
    /* The DOWN message is here already, among others. */
    reference = monitor(p, q->pid, &plain);
    Term other = monitor(p, q->pid, &plain);
    assert_true(world_turn(q));
    assert_true(message_send(p->pid, p->pid, A(ok)));
    world_exit(q, A(error));
    assert_true(message_send(p->pid, p->pid, A(true)));
    demonitor(p, reference, true, true); /* Not yet seen: it will not be. */
    assert_true(world_turn(p));
    demonitor(p, other, true, false);
    assert_true(received(p) == A(ok) && received(p) == A(true) && is_none(received(p)));
    world_exit(p, A(normal));
    /* The watcher ends first. */
    p = world_process();
    q = world_process();
    monitor(p, q->pid, &plain);
    assert_true(world_turn(q));
    world_exit(p, A(error));
    assert_true(world_turn(q));
    assert_int_equal(0, world_links(q));
    world_exit(q, A(normal));
}

/* ---- Aliases ---- */

static void test_alias(void **state)
{
    (void)state;
    Process *p = world_process(), *q = world_process();
    Term alias = alias_make(p, false), once = alias_make(p, true);
    Term text = world_list(q, 5);
    assert_true(message_send(q->pid, alias, text) && message_send(q->pid, once, make_small(1)));
    assert_true(message_send(q->pid, once, make_small(2)));
    Term copy = received(p);
    assert_true(term_equal_exact(copy, text));
    assert_true(received(p) == make_small(1) && is_none(received(p)));
    assert_false(alias_drop(p, once));
    assert_true(message_send(q->pid, alias, make_small(3)));
    assert_true(alias_drop(p, alias));
    assert_false(alias_drop(p, alias));
    assert_true(is_none(received(p))); /* Even what was on its way. */
    assert_true(message_send(q->pid, alias, text));
    assert_true(is_none(received(p)));
    assert_false(alias_drop(q, alias));
    alias = term_copy_to_heap(&q->heap, alias_make(p, false));
    world_exit(p, A(normal));
    assert_true(message_send(q->pid, alias, text));
    world_exit(q, A(normal));
}

static bool is_open(Process *p, Process *q, Term alias)
{
    assert_true(message_send(q->pid, alias, make_small(7)));
    return received(p) == make_small(7);
}

static void test_alias_monitors(void **state)
{
    (void)state;
    Process *p = world_process(), *q = world_process(), *r = world_process();
    Term pid = r->pid;
    Term explicit = monitor(p, pid, &(MonitorOptions){ALIAS_EXPLICIT, TERM_NONE});
    Term bound = monitor(p, pid, &(MonitorOptions){ALIAS_DEMONITOR, TERM_NONE});
    Term reply = monitor(p, pid, &(MonitorOptions){ALIAS_REPLY_DEMONITOR, TERM_NONE});
    assert_true(world_turn(r));
    assert_true(is_open(p, q, explicit) && is_open(p, q, bound) && is_open(p, q, reply));
    assert_true(is_open(p, q, bound) && !is_open(p, q, reply));
    demonitor(p, reply, false, false);
    demonitor(p, bound, false, true);
    assert_false(is_open(p, q, bound));
    demonitor(p, explicit, false, true);
    demonitor(p, explicit, false, false);
    assert_true(is_open(p, q, explicit));
    assert_true(alias_drop(p, explicit));
    assert_false(is_open(p, q, explicit));
    assert_true(world_turn(r));
    assert_int_equal(0, world_links(p) + world_links(r));
    explicit = monitor(p, pid, &(MonitorOptions){ALIAS_EXPLICIT, TERM_NONE});
    bound = monitor(p, pid, &(MonitorOptions){ALIAS_DEMONITOR, TERM_NONE});
    reply = monitor(p, pid, &(MonitorOptions){ALIAS_REPLY_DEMONITOR, TERM_NONE});
    assert_true(alias_drop(p, bound)); /* The monitor goes on. */
    assert_true(world_turn(r));
    world_exit(r, A(error));
    assert_true(world_turn(p));
    assert_int_equal(3, p->message_count);
    while (p->messages) world_receive(p);
    assert_true(is_open(p, q, explicit));
    assert_false(is_open(p, q, bound) || is_open(p, q, reply));
    world_exit(p, A(normal));
    world_exit(q, A(normal));
}

static void test_options(void **state)
{
    (void)state;
    Process *p = world_process();
    MonitorOptions options;
    Term *cells = heap_reserve(&p->heap, 8);
    Term list = cons_put(cells, world_tuple(p, 2, A(alias), A(demonitor)), TERM_NIL);
    assert_true(monitor_options_read(list, &options) && options.alias == ALIAS_DEMONITOR);
    assert_true(is_none(options.tag));
    list = cons_put(cells + 2, world_tuple(p, 2, A(tag), A(ok)), list);
    assert_true(monitor_options_read(list, &options) && options.tag == A(ok));
    assert_true(monitor_options_read(TERM_NIL, &options) && options.alias == ALIAS_NONE);
    assert_false(monitor_options_read(A(ok), &options));
    list = cons_put(cells + 4, world_tuple(p, 2, A(alias), A(ok)), list);
    assert_false(monitor_options_read(list, &options));
    list = cons_put(cells + 6, A(alias), TERM_NIL);
    assert_false(monitor_options_read(list, &options));
    world_exit(p, A(normal));
}

static void test_memory(void **state)
{
    (void)state;
    Process *p = world_process(), *q = world_process();
    Term tag = world_list(p, 2);
    size_t before = memory_used();
    for (size_t n = 1; n <= 3; n++) {
        memory_fail_after(n);
        MonitorOptions options = {ALIAS_NONE, tag};
        assert_true(is_none(monitor_make(p, A(process), q->pid, &options)));
        memory_fail_after(0);
        assert_int_equal(before, memory_used());
        assert_int_equal(0, world_links(p));
    }
    world_exit(p, A(normal));
    world_exit(q, A(normal));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_down),    cmocka_unit_test(test_names),
        cmocka_unit_test(test_tags),    cmocka_unit_test(test_removing),
        cmocka_unit_test(test_alias),   cmocka_unit_test(test_alias_monitors),
        cmocka_unit_test(test_options), cmocka_unit_test(test_memory),
    };
    return cmocka_run_group_tests(tests, start, NULL);
}
