/* SPDX-License-Identifier: Apache-2.0 */
/* test_resource.c - counting of resources, and numbers of references. */

#include "heap/resource.h"
#include "heap/heaps.h"
#include "heap/copy.h"
#include "term/compare.h"

typedef struct Thing {
    Resource resource;
    int value;
} Thing;

static Thing thing;
static int destroyed;

static void destroy(Resource *resource)
{
    assert_int_equal(7, ((Thing *)resource)->value);
    destroyed++;
}
static const ResourceType type = {"thing", destroy}, other_type = {"other", destroy};

static void start_thing(void)
{
    thing = (Thing){.value = 7};
    resource_init(&thing.resource, &type);
    destroyed = 0;
}

static void test_count(void **state)
{
    (void)state;
    start_thing();
    resource_retain(&thing.resource);
    resource_release(&thing.resource);
    assert_int_equal(0, destroyed);
    resource_release(&thing.resource);
    assert_int_equal(1, destroyed);
}

static void test_references(void **state)
{
    (void)state;
    Heap heap, other;
    assert_true(heap_init(&heap, 233) && heap_init(&other, 233));
    start_thing();
    Term ref = resource_make_ref(&heap, &thing.resource);
    assert_true(is_ref(ref));
    assert_ptr_equal(&thing.resource, resource_of(ref, &type));
    assert_null(resource_of(ref, &other_type));
    assert_null(resource_of(make_small(1), &type));
    assert_null(resource_of(reference_make(&heap), &type));
    resource_release(&thing.resource);
    /* It lives as long as any reference to it, on whatever heap. */
    Term copy = term_copy_to_heap(&other, ref);
    assert_true(term_equal_exact(ref, copy));
    assert_ptr_equal(&thing.resource, resource_of(copy, &type));
    ref = TERM_NIL;
    heaps_collect(&heap, 0, &ref, 1);
    assert_int_equal(0, destroyed);
    heaps_collect(&other, 0, &copy, 1);
    assert_ptr_equal(&thing.resource, resource_of(copy, &type));
    TermBox box;
    assert_true(term_box(copy, &box, false));
    heap_done(&other);
    assert_int_equal(0, destroyed);
    term_box_free(&box);
    assert_int_equal(1, destroyed);
    heap_done(&heap);
}

static void test_numbers(void **state)
{
    (void)state;
    uint64_t last = 0;
    uint32_t number[3];
    for (unsigned i = 0; i < 600000; i++) {
        reference_numbers(number);
        assert_true(number[0] < 1 << 18);
        uint64_t n = (uint64_t)number[1] << 18 | number[0];
        assert_true(n > last);
        last = n;
    }
}

static void test_plain(void **state)
{
    (void)state;
    Heap *heap = &terms_heap;
    Term a = reference_make(heap), b = reference_make(heap);
    assert_true(is_ref(a) && !term_equal_exact(a, b) && term_compare(a, b) < 0);
    uint32_t number[3] = {1, 2, 3};
    Term *p = heap_reserve(heap, 1 + REF_SIZE);
    Term alias = reference_put(p, number, make_local_pid(9));
    assert_memory_equal(number, reference_numbers_of(alias), sizeof number);
    assert_int_equal(1, ((Ref *)p)->is_alias);
    assert_int_equal(make_local_pid(9), ((Ref *)p)->owner);
    p = heap_reserve(heap, 1 + REF_SIZE);
    Term plain = reference_put(p, number, TERM_NIL);
    assert_int_equal(0, ((Ref *)p)->is_alias);
    assert_true(term_equal_exact(alias, plain));
}

static void test_no_memory(void **state)
{
    (void)state;
    Heap heap;
    assert_true(heap_init(&heap, 10));
    heap.top = heap.stack - STACK_RESERVE;
    start_thing();
    memory_limit_set(memory_used());
    assert_int_equal(TERM_NONE, resource_make_ref(&heap, &thing.resource));
    assert_int_equal(TERM_NONE, reference_make(&heap));
    memory_limit_set(SIZE_MAX);
    resource_release(&thing.resource);
    assert_int_equal(1, destroyed);
    heap_done(&heap);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_count),   cmocka_unit_test(test_references),
        cmocka_unit_test(test_numbers), cmocka_unit_test(test_plain),
        cmocka_unit_test(test_no_memory),
    };
    terms_start();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
