/* SPDX-License-Identifier: Apache-2.0 */
/* test_heap.c - reservations, fragments, accounting. */

#include "heap/heaps.h"
#include "heap/binary.h"
#include "heap/copy.h"

static Heap heap;

static size_t room(void) { return (size_t)(heap.stack - heap.top); }

static void fill(Term *p, size_t words)
{
    assert_non_null(p);
    for (size_t i = 0; i < words; i++) p[i] = make_small((Word)i);
}

static void test_reserve(void **state)
{
    (void)state;
    size_t used = memory_used();
    assert_true(heap_init(&heap, 100));
    assert_true(room() >= 100 && room() >= heap.min_size);
    /* In the block as long as the reserve stays free. */
    while (room() >= 10 + STACK_RESERVE) {
        Term *p = heap_reserve(&heap, 10);
        assert_true(p >= heap.start && p + 10 == heap.top);
        fill(p, 10);
    }
    assert_true(room() >= STACK_RESERVE);
    assert_null(heap.fragments);
    assert_false(heap.flags & HEAP_DUE);
    /* Then in fragments, several small ones in one. */
    for (unsigned i = 0; i < 10; i++) {
        Term *p = heap_reserve(&heap, 10);
        fill(p, 10);
        assert_true(heap_contains(&heap, p) && heap_contains(&heap, p + 9));
        assert_false(p >= heap.start && p < heap.end);
    }
    assert_true(heap.flags & HEAP_DUE);
    assert_null(heap.fragments->next);
    fill(heap_reserve(&heap, 100000), 100000);
    assert_non_null(heap.fragments->next);
    assert_true(heap.fragment_words >= 100100);
    assert_true(heap_memory(&heap) >= 100100 * WORD_BYTES);
    assert_true(heap_words_used(&heap) >= 100100);
    assert_null(heap_reserve(&heap, SIZE_MAX / 4));
    heap_done(&heap);
    assert_int_equal(used, memory_used());
}

static void test_trim(void **state)
{
    (void)state;
    assert_true(heap_init(&heap, 100));
    Term *top = heap.top, *p = heap_reserve(&heap, 50);
    heap_trim(&heap, p, p + 20);
    assert_ptr_equal(top + 20, heap.top);
    p = heap_reserve(&heap, 1000);
    heap_trim(&heap, p, p + 500);
    assert_ptr_equal(top + 20, heap.top);
    assert_ptr_equal(p + 500, heap_reserve(&heap, 400));
    heap_done(&heap);
}

static void test_no_memory(void **state)
{
    (void)state;
    size_t used = memory_used();
    memory_fail_after(1);
    assert_false(heap_init(&heap, 100));
    memory_fail_after(0);
    assert_int_equal(used, memory_used());
    assert_true(heap_init(&heap, 100));
    while (room() >= 10 + STACK_RESERVE) fill(heap_reserve(&heap, 10), 10);
    /* A fragment without room to spare is tried too. */
    memory_fail_after(1);
    fill(heap_reserve(&heap, 10), 10);
    memory_fail_after(0);
    assert_int_equal(10, heap.fragments->room);
    memory_limit_set(memory_used());
    assert_null(heap_reserve(&heap, 10));
    memory_limit_set(SIZE_MAX);
    fill(heap_reserve(&heap, 10), 10);
    heap_done(&heap);
    assert_int_equal(used, memory_used());
}

/* ---- Taking over ---- */

static void test_adopt(void **state)
{
    (void)state;
    size_t used = memory_used();
    assert_true(heap_init(&heap, 233));
    Heap other;
    assert_true(heap_init(&other, 1000));
    Term list = TERM_NIL;
    for (unsigned i = 0; i < 3; i++) list = heaps_cons(&other, binary_from(&other, "x", 1), list);
    list = heaps_cons(&other, binary_make(&other, 1000, NULL), list);
    TermBox box;
    assert_true(term_box(list, &box, false));
    heap_done(&other);
    size_t words = box.fragment->room;
    Term *newest = heap_reserve(&heap, 300); /* the newest fragment goes on being filled */
    fill(newest, 300);
    Fragment *first = heap.fragments;
    Term t = term_unbox(&box, &heap);
    assert_ptr_equal(first, heap.fragments);
    assert_int_equal(words + first->room, heap.fragment_words);
    assert_non_null(heap.off_heap);
    assert_true(heap.virtual_words >= 1000 / WORD_BYTES);
    heaps_collect(&heap, 10, &t, 1);
    size_t length;
    assert_true(list_length(t, &length));
    assert_int_equal(4, length);
    assert_int_equal(8000, bitstring_bits(cons_head(t)));
    heap_done(&heap);
    assert_int_equal(used, memory_used());
}

/* Many messages in fragments make a collection due. */
static void test_adopted_fragments_are_due(void **state)
{
    (void)state;
    assert_true(heap_init(&heap, 233));
    for (unsigned i = 0; i < 5; i++) {
        assert_false(heap.flags & HEAP_DUE);
        heap_adopt(&heap, fragment_make(50), NULL, 50);
    }
    assert_true(heap.flags & HEAP_DUE);
    heap_done(&heap);
}

static void test_account(void **state)
{
    (void)state;
    assert_true(heap_init(&heap, 233));
    heap_account(&heap, heap.virtual_limit * WORD_BYTES);
    assert_false(heap.flags & HEAP_DUE);
    heap_account(&heap, WORD_BYTES);
    assert_true(heap.flags & HEAP_DUE);
    heap_done(&heap);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_reserve),
        cmocka_unit_test(test_trim),
        cmocka_unit_test(test_no_memory),
        cmocka_unit_test(test_adopt),
        cmocka_unit_test(test_adopted_fragments_are_due),
        cmocka_unit_test(test_account),
    };
    terms_start();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
