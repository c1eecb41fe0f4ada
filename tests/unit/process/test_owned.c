/* SPDX-License-Identifier: Apache-2.0 */
/* test_owned.c - what ends with its owner, or before. */

#include "process/owned.h"
#include "process/world.h"

enum { COUNT = 50 };

typedef struct Thing {
    Resource resource;
    Owned owned;
    int lost, destroyed;
} Thing;

static Thing things[COUNT];

static void destroy(Resource *resource)
{
    Thing *thing = (Thing *)resource;
    owned_remove(&thing->owned);
    thing->destroyed++;
}
static const ResourceType type = {"thing", destroy};

static void lose(Resource *resource) { ((Thing *)resource)->lost++; }

static int start(void **state)
{
    (void)state;
    world_start(100, 1);
    return !owned_init();
}

static void own(Process *p)
{
    for (int i = 0; i < COUNT; i++) {
        things[i] = (Thing){.lost = 0};
        resource_init(&things[i].resource, &type);
        assert_true(owned_add(p, &things[i].owned, &things[i].resource, lose));
    }
}

static void test_end_of_owner(void **state)
{
    (void)state;
    Process *p = world_process();
    own(p);
    resource_release(&things[7].resource); /* Ended before its owner. */
    owned_remove(&things[9].owned);
    owned_remove(&things[9].owned);
    world_exit(p, A(normal));
    for (int i = 0; i < COUNT; i++) {
        assert_int_equal(i != 7 && i != 9, things[i].lost);
        if (i != 7) resource_release(&things[i].resource);
        assert_int_equal(1, things[i].destroyed);
    }
}

static void test_dying(void **state)
{
    (void)state;
    Process *p = world_process();
    own(p);
    /* Its last reference has gone, but it could not leave the list yet. */
    atomic_store(&things[3].resource.count, 0);
    assert_false(resource_try_retain(&things[3].resource));
    world_exit(p, A(normal));
    for (int i = 0; i < COUNT; i++) assert_int_equal(i != 3, things[i].lost);
    destroy(&things[3].resource);
}

static void test_no_memory(void **state)
{
    (void)state;
    Process *p = world_process();
    memory_limit_set(memory_used());
    assert_false(owned_add(p, &things[0].owned, &things[0].resource, lose));
    memory_limit_set(SIZE_MAX);
    world_exit(p, A(normal));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_end_of_owner),
                                       cmocka_unit_test(test_dying),
                                       cmocka_unit_test(test_no_memory)};
    return cmocka_run_group_tests(tests, start, NULL);
}
