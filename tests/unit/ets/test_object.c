/* SPDX-License-Identifier: Apache-2.0 */
/* test_object.c - objects are copies of tuples, whole and counted. */

#include "ets/objects.h"
#include "heap/binary.h"

static Process *p;

static void test_copy(void **state)
{
    (void)state;
    Term tuple = world_tuple(p, 3, make_small(1), world_list(p, 100), A(ok));
    EtsObject *object = object_make(tuple);
    assert_non_null(object);
    assert_int_equal(term_size_with_literals(tuple), object->words);
    assert_true(term_equal_exact(tuple, object_term(object)));
    assert_false(heap_contains(&p->heap, boxed_ptr(object_term(object))));
    Term copy = object_copy(object, &p->heap);
    assert_true(heap_contains(&p->heap, boxed_ptr(copy)));
    Term part = part_copy(object->tuple[2], &p->heap);
    assert_int_equal(A(ok), part_copy(object->tuple[3], &p->heap));
    object_free(object);
    assert_true(term_equal_exact(tuple, copy));
    assert_true(term_equal_exact(world_list(p, 100), part));
}

/* A literal may be freed while the object is there. */
static void test_literals(void **state)
{
    (void)state;
    void *block;
    size_t bytes;
    Term literal = term_copy_to_literal(world_list(p, 10), &block, &bytes);
    EtsObject *object = object_make(world_tuple(p, 2, make_small(1), literal));
    assert_non_null(object);
    assert_false(is_literal(object->tuple[2]));
    memset(block, 0, bytes);
    literal_free(block, bytes);
    assert_true(term_equal_exact(world_list(p, 10), object->tuple[2]));
    object_free(object);
}

static void test_binaries(void **state)
{
    (void)state;
    uint8_t *data;
    Term binary = binary_make(&p->heap, 1000, &data);
    memset(data, 7, 1000);
    Bytes *bytes = ((RefcBin *)boxed_ptr(binary))->bytes;
    uintptr_t count = atomic_load(&bytes->count);
    EtsObject *object = object_make(world_tuple(p, 2, make_small(1), binary));
    assert_int_equal(count + 1, atomic_load(&bytes->count));
    Term copy = object_copy(object, &p->heap);
    assert_int_equal(count + 2, atomic_load(&bytes->count));
    object_free(object);
    assert_int_equal(count + 1, atomic_load(&bytes->count));
    assert_true(term_equal_exact(binary, tuple_elements(copy)[1]));
}

static void test_overwrite(void **state)
{
    (void)state;
    uint8_t *data;
    Term binary = binary_make(&p->heap, 1000, &data);
    EtsObject *object = object_make(world_tuple(p, 2, make_small(1), world_list(p, 7)));
    size_t words = object->words;
    Term other = world_tuple(p, 2, make_small(1), world_list(p, 8));
    assert_false(object_overwrite(object, other));
    other = world_tuple(p, 2, make_small(2), cons_put(heap_reserve(&p->heap, 2), make_small(9),
                                                      world_list(p, 6)));
    assert_true(object_overwrite(object, other));
    assert_true(term_equal_exact(other, object_term(object)));
    assert_int_equal(words, object->words);
    object_free(object);
    /* What is off the heap comes in, but does not go. */
    object = object_make(world_tuple(p, 2, make_small(1), binary));
    assert_false(object_overwrite(object, world_tuple(p, 2, make_small(2), binary)));
    assert_int_equal(make_small(1), object->tuple[1]);
    object_free(object);
}

static void test_no_memory(void **state)
{
    (void)state;
    Term tuple = world_tuple(p, 1, make_small(1));
    size_t used = memory_used();
    memory_fail_after(1);
    assert_null(object_make(tuple));
    memory_fail_after(0);
    assert_int_equal(used, memory_used());
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_copy),
        cmocka_unit_test(test_literals),
        cmocka_unit_test(test_binaries),
        cmocka_unit_test(test_overwrite),
        cmocka_unit_test(test_no_memory),
    };
    world_start(100, 1);
    p = world_process();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
