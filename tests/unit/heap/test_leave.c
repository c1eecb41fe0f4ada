/* SPDX-License-Identifier: Apache-2.0 */
/* test_leave.c - copying out of literals that go. */

#include "heap/random_terms.h"

enum { LITERALS = 8 };

typedef struct Literal {
    Term term;
    void *block;
    size_t bytes;
} Literal;

static void make_literals(Literal *literals)
{
    for (unsigned i = 0; i < LITERALS; i++) {
        Literal *l = &literals[i];
        do l->term = term_copy_to_literal(make_term(), &l->block, &l->bytes);
        while (l->block == NULL);
        roots[i] = l->term;
    }
}

static void free_literal(Literal *l)
{
    off_heap_release(*(OffHeap **)l->block);
    memset(l->block, 0xA5, l->bytes);
    literal_free(l->block, l->bytes);
}

static const RootSet all_roots = {roots, ROOTS + CONTEXTS};

static LiteralBlock block_of(const Literal *l) { return (LiteralBlock){l->block, l->bytes}; }

static bool may_refer(const Literal *l)
{
    return heap_may_refer(&heap, block_of(l), &all_roots, 1);
}

static void leave(Literal *l)
{
    size_t cost = 0;
    assert_true(heap_leave(&heap, block_of(l), &all_roots, 1, &cost));
    assert_false(may_refer(l));
    free_literal(l);
}

static void start_round(uint64_t seed)
{
    dice.state = seed;
    made = destroyed = 0;
    assert_true(heap_init(&heap, 5000));
    for (unsigned i = 0; i < ROOTS + CONTEXTS; i++) roots[i] = TERM_NIL;
}

static void test_random_terms(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed < 40; seed++) {
        Literal literals[LITERALS];
        uint32_t before[ROOTS];
        start_round(seed);
        for (unsigned i = 0; i < 5; i++) replace_roots();
        make_literals(literals);
        for (unsigned i = 0; i < 4; i++) {
            replace_roots();
            if (below(2)) heaps_collect(&heap, 100, roots, ROOTS);
        }
        for (unsigned i = 0; i < ROOTS; i++) before[i] = term_phash2(roots[i]);
        *--heap.stack = roots[0];
        for (unsigned i = 0; i < LITERALS; i++) {
            leave(&literals[i]);
            for (unsigned j = 0; j < ROOTS; j++) assert_int_equal(before[j], term_phash2(roots[j]));
            if (below(2)) heaps_collect(&heap, 100, roots, ROOTS);
        }
        assert_int_equal(before[0], term_phash2(*heap.stack));
        for (unsigned i = 0; i < 4; i++) heaps_collect(&heap, 100, roots, ROOTS);
        for (unsigned j = 0; j < ROOTS; j++) assert_int_equal(before[j], term_phash2(roots[j]));
        heap_done(&heap);
        assert_int_equal(made, destroyed);
        assert_int_equal(0, literal_used());
    }
}

static void test_contexts(void **state)
{
    (void)state;
    start_round(1);
    Literal l;
    l.term = term_copy_to_literal(binary_from(&heap, "literal", 7), &l.block, &l.bytes);
    roots[ROOTS] = match_start(&heap, l.term);
    roots[0] = bitstring_part(&heap, l.term, 3, 50);
    assert_true(may_refer(&l));
    leave(&l);
    assert_true(match_bytes(match_context(roots[ROOTS]), (const uint8_t *)"literal", 56));
    assert_int_equal(50, bitstring_bits(roots[0]));
    heap_done(&heap);
}

static void test_no_memory(void **state)
{
    (void)state;
    for (unsigned n = 1; n < 5; n++) {
        start_round(n);
        Literal l;
        l.term = term_copy_to_literal(make_tuple_of(20), &l.block, &l.bytes);
        for (unsigned i = 0; i < ROOTS; i++) roots[i] = l.term;
        heap.stack -= 10;
        for (unsigned i = 0; i < 10; i++) heap.stack[i] = l.term;
        size_t cost = 0;
        memory_fail_after(n);
        (void)heap_leave(&heap, block_of(&l), &all_roots, 1, &cost);
        memory_fail_after(0);
        leave(&l);
        for (unsigned i = 0; i < ROOTS; i++) assert_int_equal(20, tuple_arity(roots[i]));
        heap_done(&heap);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_random_terms),
        cmocka_unit_test(test_contexts),
        cmocka_unit_test(test_no_memory),
    };
    random_terms_start();
    assert_true(literal_init(1 << 20));
    return cmocka_run_group_tests(tests, NULL, NULL);
}
