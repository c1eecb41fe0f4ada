/* SPDX-License-Identifier: Apache-2.0 */
/* test_collect.c - collections of random terms of all kinds: nothing changes but where it stands.
   */

#include "heap/random_terms.h"
#include "base/worklist.h"

enum { STACK = 20 };

/* ---- What may not change ---- */

/* All that a term is made of, shared parts once: visits each object. */
typedef struct Walk {
    Worklist work;
    size_t words, off_heap;
} Walk;

static void walk_object(Walk *walk, Term t)
{
    const Term *p = is_cons(t) ? cons_ptr(t) : boxed_ptr(t);
    assert_true(is_literal_pointer(p) || heap_contains(&heap, p));
    size_t size = is_cons(t) ? 1 : header_size(*p);
    walk->words += 1 + size;
    if (is_cons(t)) {
        worklist_push(&walk->work, p[0]);
        worklist_push(&walk->work, p[1]);
        return;
    }
    assert_true(is_header(*p));
    Kind kind = header_kind(*p);
    assert_int_not_equal(KIND_MATCH, kind);
    if (kind_is_plain(kind)) {
        for (size_t i = 1; i <= size; i++) worklist_push(&walk->work, p[i]);
    } else if (kind == KIND_BIN_SUB) {
        assert_true(boxed_kind(((SubBin *)p)->whole) != KIND_BIN_SUB);
        worklist_push(&walk->work, ((SubBin *)p)->whole);
    }
}

static void check_pointers(Term t)
{
    Walk walk = {.words = 0};
    worklist_init(&walk.work);
    worklist_push(&walk.work, t);
    for (unsigned i = 0; i < 20000 && !worklist_is_empty(&walk.work); i++) {
        t = worklist_pop(&walk.work);
        if (!is_immediate(t)) walk_object(&walk, t);
    }
    worklist_done(&walk.work);
}

/* Old objects point at old ones only. */
static void check_old_block(void)
{
    for (const Term *p = heap.old_start; p < heap.old_top; p++) {
        Term word = *p;
        if (is_header(word) && !kind_is_plain(header_kind(word))) {
            if (header_kind(word) == KIND_BIN_SUB) word = ((SubBin *)p)->whole;
            p += header_size(*p);
        }
        if (!is_cons(word) && !is_boxed(word)) continue;
        const Term *to = (const Term *)(word & ~(Term)3);
        assert_true(to >= heap.old_start && to < heap.old_top);
    }
}

static void check_off_heap(const OffHeap *list, const Term *start, const Term *end)
{
    for (; list; list = list->next) {
        assert_true((const Term *)list >= start && (const Term *)list < end);
        Kind kind = header_kind(list->header);
        assert_true(kind == KIND_BIN_REFC || kind == KIND_RESOURCE);
    }
}

static void check_block(void)
{
    assert_true(heap.start <= heap.high_water && heap.high_water <= heap.top);
    assert_true(heap.top + STACK_RESERVE <= heap.stack);
    assert_true(heap.stack <= heap.end && heap.end <= heap.limit);
    assert_null(heap.fragments);
    assert_int_equal(0, heap.fragment_words);
    check_off_heap(heap.off_heap, heap.start, heap.top);
    check_off_heap(heap.old_off_heap, heap.old_start, heap.old_top);
    check_old_block();
}

/* ---- One round ---- */

static uint32_t fingerprint(Term t)
{
    if (!is_kind(t, KIND_MATCH)) return term_phash2(t);
    const MatchContext *m = match_context(t);
    uint32_t hash = (uint32_t)m->bit_offset * 31 + (uint32_t)m->bit_end;
    for (uintptr_t i = 0; i < m->bit_end / 8; i++) hash = hash * 33 + m->data[i];
    return hash;
}

static void start_contexts(void)
{
    for (unsigned i = 0; i < CONTEXTS; i++) {
        Term t = some_term();
        if (!is_bitstring(t)) t = make_binary(below(100));
        roots[ROOTS + i] = match_start(&heap, t);
        assert_true(match_skip(match_context(roots[ROOTS + i]), bitstring_bits(t) / 2));
    }
}

static void fill_stack(void)
{
    static const uint32_t code[4];
    while (heap.end - heap.stack < STACK && heap.stack - heap.top > STACK_RESERVE)
        *--heap.stack = below(5) ? some_term() : (Term)&code[below(4)];
}

static void collect_and_check(void)
{
    uint32_t before[ROOTS + CONTEXTS], stack_before[STACK];
    size_t cost = 0, stack = (size_t)(heap.end - heap.stack), need = below(4) ? 0 : below(2000);
    for (unsigned i = 0; i < ROOTS + CONTEXTS; i++) before[i] = fingerprint(roots[i]);
    for (size_t i = 0; i < stack; i++) stack_before[i] = fingerprint(heap.stack[i]);
    RootSet sets[] = {{roots, 10}, {roots + 10, ROOTS + CONTEXTS - 10}};
    if (below(20) == 0) heap.flags |= HEAP_FULL_SWEEP;
    if (below(50) == 0) {
        assert_true(heap_shrink(&heap, sets, 2));
    } else {
        assert_true(heap_collect(&heap, need, sets, 2, &cost));
        assert_true((size_t)(heap.stack - heap.top) >= need + STACK_RESERVE);
    }
    check_block();
    assert_int_equal(stack, heap.end - heap.stack);
    for (unsigned i = 0; i < ROOTS + CONTEXTS; i++)
        assert_int_equal(before[i], fingerprint(roots[i]));
    for (size_t i = 0; i < stack; i++)
        assert_int_equal(stack_before[i], fingerprint(heap.stack[i]));
    for (unsigned i = 0; i < ROOTS; i++) check_pointers(roots[i]);
}

static void run_rounds(uint64_t seed, unsigned rounds, uint32_t full_sweep_after)
{
    dice.state = seed;
    size_t used = memory_used();
    made = destroyed = 0;
    assert_true(heap_init(&heap, below(1000)));
    heap.full_sweep_after = full_sweep_after;
    for (unsigned i = 0; i < ROOTS; i++) roots[i] = TERM_NIL;
    for (unsigned i = 0; i < rounds; i++) {
        replace_roots();
        start_contexts();
        heap.stack = heap.end;
        fill_stack();
        heap.recent = below(20);
        collect_and_check();
        for (unsigned c = 0; c < CONTEXTS; c++) roots[ROOTS + c] = TERM_NIL;
    }
    heap_done(&heap);
    assert_int_equal(made, destroyed);
    assert_int_equal(used, memory_used());
}

static void test_random_terms(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed < 12; seed++) run_rounds(seed, 150, 65535);
}

static void test_full_sweeps(void **state)
{
    (void)state;
    for (uint32_t after = 0; after < 5; after++) run_rounds(after, 100, after);
}

/* ---- No memory ---- */

static void test_no_memory(void **state)
{
    (void)state;
    for (unsigned n = 1; n < 6; n++) {
        dice.state = n;
        assert_true(heap_init(&heap, 300));
        for (unsigned i = 0; i < ROOTS; i++) roots[i] = TERM_NIL;
        for (unsigned round = 0; round < 40; round++) {
            replace_roots();
            uint32_t before[ROOTS];
            size_t cost = 0;
            for (unsigned i = 0; i < ROOTS; i++) before[i] = fingerprint(roots[i]);
            if (round % 7 == 0) heap.flags |= HEAP_FULL_SWEEP;
            memory_fail_after(n);
            bool done = heap_collect(&heap, round * 50, &(RootSet){roots, ROOTS}, 1, &cost);
            memory_fail_after(0);
            if (n == 1 && round == 0) assert_false(done);
            for (unsigned i = 0; i < ROOTS; i++) {
                assert_int_equal(before[i], fingerprint(roots[i]));
                check_pointers(roots[i]);
            }
            if (!done) heaps_collect(&heap, round * 50, roots, ROOTS);
            check_block();
        }
        heap_done(&heap);
    }
}

/* ---- Sizes ---- */

static void start_sizes(void)
{
    assert_true(heap_init(&heap, 233));
    roots[0] = TERM_NIL;
}

static size_t block(void) { return (size_t)(heap.end - heap.start); }

static void collect_one(size_t need) { heaps_collect(&heap, need, roots, 1); }

/* What dies at once needs no large block, whether it comes in the block or in fragments. */
static void test_garbage_does_not_grow(void **state)
{
    (void)state;
    start_sizes();
    for (unsigned i = 0; i < 2000; i++) {
        for (unsigned j = 0; j < 200; j++) (void)reserve(3)[0];
        heap.recent = 0;
        collect_one(10);
        assert_true(block() <= 1000);
    }
    assert_null(heap.old_start);
    heap_done(&heap);
}

/* A process that collects many times in one slice gets a larger block, within bounds. */
static void test_busy_grows(void **state)
{
    (void)state;
    start_sizes();
    for (unsigned i = 0; i < 2000; i++) {
        while (heap.stack - heap.top > 3 + STACK_RESERVE) (void)reserve(3)[0];
        collect_one(10);
    }
    assert_true(block() >= heap_policy.nursery_max / 2);
    assert_true(block() <= heap_policy.nursery_max);
    /* A quiet one gives it back. */
    for (unsigned i = 0; i < 20; i++) {
        heap.recent = 0;
        collect_one(10);
    }
    assert_true(block() < 200);
    assert_true(heap_memory(&heap) < 2000 * WORD_BYTES);
    heap_done(&heap);
}

/* Many roots are not visited for a few words: the block is at least as large. */
static void test_many_roots(void **state)
{
    (void)state;
    enum { MANY = 10000 };
    static Term many[MANY];
    for (unsigned i = 0; i < MANY; i++) many[i] = TERM_NIL;
    start_sizes();
    heaps_collect(&heap, 10, many, MANY);
    assert_true(block() >= MANY);
    for (unsigned i = 0; i < 20; i++) {
        heap.recent = 0;
        collect_one(10);
    }
    assert_true(block() < 200);
    heap_done(&heap);
}

/* A long list costs a few copies of each of its words, not more the longer it gets. */
static void test_long_list(void **state)
{
    (void)state;
    start_sizes();
    size_t cost = 0, words = 0;
    for (unsigned i = 0; i < 1000000; i++, words += 2) {
        if (heap.stack - heap.top < 2 + STACK_RESERVE) {
            assert_true(heap_collect(&heap, 2, &(RootSet){roots, 1}, 1, &cost));
        }
        roots[0] = heaps_cons(&heap, make_small((Word)i), roots[0]);
    }
    assert_null(heap.fragments);
    assert_true(cost < 8 * words);
    assert_true(heap_memory(&heap) < 6 * words * WORD_BYTES);
    size_t length;
    assert_true(list_length(roots[0], &length));
    assert_int_equal(1000000, length);
    /* Once it is garbage, memory comes back little by little. */
    roots[0] = TERM_NIL;
    for (unsigned i = 0; i < 30; i++) collect_one(100);
    heap.flags |= HEAP_FULL_SWEEP;
    collect_one(0);
    assert_true(heap_memory(&heap) < 3000 * WORD_BYTES);
    heap_done(&heap);
}

/* A large live term does not make each small collection dear. */
static void test_old_terms_stay(void **state)
{
    (void)state;
    start_sizes();
    for (unsigned i = 0; i < 100000; i++) roots[0] = heaps_cons(&heap, make_small(1), roots[0]);
    for (unsigned i = 0; i < 3; i++) collect_one(0);
    size_t cost = 0;
    for (unsigned i = 0; i < 1000; i++) {
        for (unsigned j = 0; j < 100; j++) (void)reserve(2)[0];
        assert_true(heap_collect(&heap, 0, &(RootSet){roots, 1}, 1, &cost));
    }
    assert_true(cost < 100000);
    heap_done(&heap);
}

static void test_max_size(void **state)
{
    (void)state;
    start_sizes();
    size_t cost = 0;
    heap.max_size = 2000;
    assert_true(heap_collect(&heap, 100, &(RootSet){roots, 1}, 1, &cost));
    for (unsigned i = 0; i < 2000; i++) roots[0] = heaps_cons(&heap, TERM_NIL, roots[0]);
    assert_false(heap_collect(&heap, 100, &(RootSet){roots, 1}, 1, &cost));
    assert_true(heap.flags & HEAP_OVER_MAX);
    check_pointers(roots[0]);
    roots[0] = TERM_NIL;
    heap.flags |= HEAP_FULL_SWEEP;
    assert_true(heap_collect(&heap, 100, &(RootSet){roots, 1}, 1, &cost));
    assert_false(heap.flags & HEAP_OVER_MAX);
    heap_done(&heap);
}

/* ---- Off-heap binaries ---- */

static void test_binaries_are_due(void **state)
{
    (void)state;
    start_sizes();
    size_t used = memory_used(), most = 0;
    for (unsigned i = 0; i < 3000; i++) {
        (void)binary_make(&heap, 10000, NULL);
        if (memory_used() - used > most) most = memory_used() - used;
        if (heap.flags & HEAP_DUE) collect_one(0);
    }
    assert_true(most < 2 * heap_policy.min_vheap * WORD_BYTES + 100000);
    heap_done(&heap);
}

/* Binaries that died after they had aged are freed too. */
static void test_old_binaries_are_due(void **state)
{
    (void)state;
    start_sizes();
    size_t used = memory_used(), most = 0;
    for (unsigned i = 0; i < 3000; i++) {
        roots[0] = binary_make(&heap, 10000, NULL);
        collect_one(0);
        collect_one(0);
        if (memory_used() - used > most) most = memory_used() - used;
    }
    assert_true(most < 2 * heap_policy.min_vheap * WORD_BYTES + 100000);
    heap_done(&heap);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_random_terms),     cmocka_unit_test(test_full_sweeps),
        cmocka_unit_test(test_no_memory),        cmocka_unit_test(test_garbage_does_not_grow),
        cmocka_unit_test(test_busy_grows),
        cmocka_unit_test(test_many_roots),       cmocka_unit_test(test_long_list),
        cmocka_unit_test(test_old_terms_stay),   cmocka_unit_test(test_max_size),
        cmocka_unit_test(test_binaries_are_due), cmocka_unit_test(test_old_binaries_are_due),
    };
    random_terms_start();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
