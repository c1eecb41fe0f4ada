/* SPDX-License-Identifier: Apache-2.0 */
/* test_registry.c - names: one to a process, given up at the end. */

#include "process/world.h"

static int start(void **state)
{
    (void)state;
    world_start(5000, 1);
    return 0;
}

static Term name_of(int i)
{
    char text[20];
    snprintf(text, sizeof text, "name_%d", i);
    return atom_intern_z(text);
}

static bool count(Term name, Term pid, void *context)
{
    assert_true(registry_find(name) == pid);
    return ++*(int *)context < 1500;
}

static void test_names(void **state)
{
    (void)state;
    Process *p = world_process(), *q = world_process();
    assert_true(is_none(registry_find(name_of(0))) && is_none(registry_name_of(p)));
    assert_true(registry_add(name_of(0), p->pid));
    assert_false(registry_add(name_of(0), q->pid)); /* The name is taken. */
    assert_false(registry_add(name_of(1), p->pid)); /* The process has one. */
    assert_true(registry_find(name_of(0)) == p->pid && registry_name_of(p) == name_of(0));
    assert_true(registry_remove(name_of(0)));
    assert_false(registry_remove(name_of(0)));
    assert_true(registry_add(name_of(1), p->pid) && registry_add(name_of(0), q->pid));
    Term dead = p->pid;
    world_exit(p, A(normal));
    assert_true(is_none(registry_find(name_of(1))));
    assert_false(registry_add(name_of(1), dead));
    assert_false(registry_add(name_of(1), make_local_port(7))); /* No such port. */
    world_exit(q, A(normal));
}

static void test_routes(void **state)
{
    (void)state;
    Term target, here = node_self()->name, name = name_of(1);
    Process *p = world_process();
    assert_true(registry_add(name, p->pid));
    assert_true(registry_route(p->pid, &target) == ROUTE_LOCAL && target == p->pid);
    assert_true(registry_route(name, &target) == ROUTE_LOCAL && target == p->pid);
    assert_true(registry_route(name_of(2), &target) == ROUTE_BAD);
    assert_true(registry_route(make_small(1), &target) == ROUTE_BAD);
    assert_true(registry_route(world_tuple(p, 2, name, here), &target) == ROUTE_LOCAL);
    assert_true(target == p->pid);
    assert_true(registry_route(world_tuple(p, 2, name_of(2), here), &target) == ROUTE_NOWHERE);
    assert_true(registry_route(world_tuple(p, 2, name, name), &target) == ROUTE_REMOTE);
    assert_true(registry_route(world_tuple(p, 2, p->pid, here), &target) == ROUTE_BAD);
    assert_true(registry_route(world_tuple(p, 3, name, here, here), &target) == ROUTE_BAD);
    world_exit(p, A(normal));
}

static void test_many(void **state)
{
    (void)state;
    enum { COUNT = 2000 };
    static Process *all[COUNT];
    for (int i = 0; i < COUNT; i++) {
        all[i] = world_process();
        assert_true(registry_add(name_of(i), all[i]->pid));
    }
    int seen = 0;
    registry_each(count, &seen);
    assert_int_equal(1500, seen);
    for (int i = 0; i < COUNT; i++) {
        assert_true(registry_find(name_of(i)) == all[i]->pid);
        world_exit(all[i], A(normal));
    }
    seen = 0;
    registry_each(count, &seen);
    assert_int_equal(0, seen);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names), cmocka_unit_test(test_routes), cmocka_unit_test(test_many)};
    return cmocka_run_group_tests(tests, start, NULL);
}
