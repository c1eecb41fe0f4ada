/* SPDX-License-Identifier: Apache-2.0 */
/* test_copy.c - copies of random terms, and terms in memory of their own. */

#include "heap/random_terms.h"

static void start_heap(uint64_t seed)
{
    dice.state = seed;
    made = destroyed = 0;
    assert_true(heap_init(&heap, 100000));
    for (unsigned i = 0; i < ROOTS; i++) roots[i] = TERM_NIL;
}

/* Every object of a copy stands in [start, end), one behind the other. */
static void check_dense(const Term *start, const Term *end)
{
    const Term *p = start;
    while (p < end) {
        Term word = *p;
        size_t size = 1;
        if (is_header(word) && !kind_is_plain(header_kind(word))) {
            if (header_kind(word) == KIND_BIN_SUB) {
                const SubBin *sub = (const SubBin *)p;
                assert_int_equal(0, sub->is_writable);
                assert_true(boxed_ptr(sub->whole) >= start && boxed_ptr(sub->whole) < end);
            }
            size += header_size(word);
        } else if (is_cons(word) || is_boxed(word)) {
            const Term *to = (const Term *)(word & ~(Term)3);
            assert_true((to >= start && to < end) || is_literal_pointer(to));
        }
        p += size;
    }
    assert_ptr_equal(end, p);
}

static void copy_one(Heap *other, Term t)
{
    size_t words = term_size(t);
    Term *room = heap_reserve(other, words + 1), *fence = room + words;
    *fence = 0xABCD;
    CopyTarget target = {.top = room};
    Term copy = term_copy(t, &target);
    assert_ptr_equal(fence, target.top);
    assert_int_equal(0xABCD, *fence);
    check_dense(room, fence);
    assert_true(term_equal_exact(t, copy));
    for (OffHeap *o = target.off_heap, *next; o; o = next) {
        next = o->next;
        heap_link_off_heap(other, o, 0);
    }
}

static void test_random_terms(void **state)
{
    (void)state;
    size_t used = memory_used();
    for (uint64_t seed = 1; seed < 30; seed++) {
        Heap other;
        start_heap(seed);
        assert_true(heap_init(&other, 1000));
        for (unsigned i = 0; i < 10; i++) replace_roots();
        for (unsigned i = 0; i < ROOTS; i++) copy_one(&other, roots[i]);
        heap_done(&heap);
        heap_done(&other);
        assert_int_equal(made, destroyed);
        assert_int_equal(used, memory_used());
    }
}

/* What outlives its heap. */
static void test_boxes(void **state)
{
    (void)state;
    size_t used = memory_used();
    for (uint64_t seed = 1; seed < 30; seed++) {
        TermBox boxes[ROOTS];
        uint32_t hashes[ROOTS];
        start_heap(seed);
        for (unsigned i = 0; i < 10; i++) replace_roots();
        for (unsigned i = 0; i < ROOTS; i++) {
            assert_true(term_box(roots[i], &boxes[i], i % 2));
            hashes[i] = term_phash2(roots[i]);
            assert_int_equal(boxes[i].fragment ? boxes[i].fragment->used : 0, term_size(roots[i]));
        }
        heap_done(&heap);
        Heap other;
        assert_true(heap_init(&other, 233));
        for (unsigned i = 0; i < ROOTS; i++) {
            assert_int_equal(hashes[i], term_phash2(boxes[i].term));
            if (i % 3 == 0) roots[i] = TERM_NIL, term_box_free(&boxes[i]);
            else roots[i] = term_unbox(&boxes[i], &other);
        }
        heaps_collect(&other, 0, roots, ROOTS);
        for (unsigned i = 0; i < ROOTS; i++)
            if (i % 3) assert_int_equal(hashes[i], term_phash2(roots[i]));
        heap_done(&other);
        assert_int_equal(made, destroyed);
        assert_int_equal(used, memory_used());
    }
}

/* Nested deeper than any C stack would bear. */
static void test_deep(void **state)
{
    (void)state;
    start_heap(1);
    Term t = TERM_NIL, u = TERM_NIL;
    for (unsigned i = 0; i < 300000; i++) {
        t = heaps_cons(&heap, t, TERM_NIL);
        u = heaps_pair(&heap, make_small((Word)i), u);
    }
    roots[0] = heaps_pair(&heap, t, u);
    size_t words = term_size(roots[0]);
    assert_int_equal(300000 * 5 + 3, words);
    TermBox box;
    assert_true(term_box(roots[0], &box, false));
    assert_true(term_equal_exact(roots[0], box.term));
    term_box_free(&box);
    heap_done(&heap);
}

static void test_literals_are_shared(void **state)
{
    (void)state;
    start_heap(2);
    void *block;
    size_t bytes;
    Term literal = term_copy_to_literal(heaps_float(&heap, 1.5), &block, &bytes);
    Term t = heaps_pair(&heap, literal, literal);
    assert_int_equal(3, term_size(t));
    assert_int_equal(3 + 2 * (1 + FLOAT_WORDS), term_size_with_literals(t));
    Term copy = term_copy_to_heap(&heap, t);
    assert_int_not_equal(t, copy);
    assert_int_equal(literal, tuple_elements(copy)[0]);
    TermBox box;
    assert_true(term_box(t, &box, true));
    assert_false(is_literal(tuple_elements(box.term)[0]));
    assert_true(term_equal_exact(t, box.term));
    term_box_free(&box);
    assert_true(term_box(literal, &box, false));
    assert_null(box.fragment);
    assert_int_equal(literal, term_copy_to_heap(&heap, literal));
    literal_free(block, bytes);
    heap_done(&heap);
}

/* Measuring takes memory for what is nested deep, not for what is long. */
static void test_long_needs_no_memory(void **state)
{
    (void)state;
    start_heap(3);
    enum { LONG = 5000 };
    Term list = TERM_NIL, *p = heap_reserve(&heap, 1 + LONG), tuple = make_boxed(p);
    p[0] = make_header(KIND_TUPLE, LONG);
    for (unsigned i = 1; i <= LONG; i++) {
        p[i] = heaps_pair(&heap, make_small(i), heaps_float(&heap, i));
        list = heaps_cons(&heap, p[i], list);
    }
    memory_fail_after(1);
    assert_int_equal(LONG * (2 + 3 + 1 + FLOAT_WORDS), term_size(list));
    assert_int_equal(1 + LONG * (1 + 3 + 1 + FLOAT_WORDS), term_size(tuple));
    memory_fail_after(0);
    heap_done(&heap);
}

static void test_no_memory(void **state)
{
    (void)state;
    start_heap(3);
    enum { DEEP = 200 }; /* more than a worklist holds without memory */
    Term t = TERM_NIL, cell = heaps_cons(&heap, TERM_NIL, TERM_NIL);
    for (unsigned i = 0; i < DEEP; i++) t = heaps_cons(&heap, t, cell);
    TermBox box;
    size_t used = memory_used();
    memory_fail_after(1);
    assert_int_equal(SIZE_MAX, term_size(t));
    memory_fail_after(1);
    assert_int_equal(TERM_NONE, term_copy_to_heap(&heap, t));
    for (unsigned n = 1; n < 3; n++) {
        memory_fail_after(n);
        assert_false(term_box(t, &box, false));
    }
    memory_fail_after(0);
    assert_int_equal(used, memory_used());
    heap.top = heap.stack - STACK_RESERVE;
    memory_fail_after(2);
    assert_int_equal(TERM_NONE, term_copy_to_heap(&heap, t));
    memory_fail_after(0);
    heap_done(&heap);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_random_terms),        cmocka_unit_test(test_boxes),
        cmocka_unit_test(test_deep),                cmocka_unit_test(test_literals_are_shared),
        cmocka_unit_test(test_no_memory),
        cmocka_unit_test(test_long_needs_no_memory),
    };
    random_terms_start();
    assert_true(literal_init(1 << 20));
    return cmocka_run_group_tests(tests, NULL, NULL);
}
