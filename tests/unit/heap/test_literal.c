/* SPDX-License-Identifier: Apache-2.0 */
/* test_literal.c - blocks of the literal range, and terms in them. */

#include "heap/heaps.h"
#include "heap/binary.h"
#include "heap/copy.h"
#include "term/compare.h"

enum { RANGE = 1 << 20, BLOCKS = 300 };

static Random dice = {.state = 3};

static int start(void **state)
{
    (void)state;
    terms_start();
    return literal_init(RANGE) ? 0 : -1;
}

/* Random blocks neither overlap nor leave the range, and are zeroed; freed ones are found again. */
static void test_blocks(void **state)
{
    (void)state;
    static uint8_t *blocks[BLOCKS];
    static size_t sizes[BLOCKS];
    for (unsigned i = 0; i < 20000; i++) {
        unsigned at = random_below(&dice, BLOCKS);
        if (blocks[at]) {
            for (size_t b = 0; b < sizes[at]; b++) assert_int_equal((uint8_t)at, blocks[at][b]);
            literal_free(blocks[at], sizes[at]);
            blocks[at] = NULL;
            continue;
        }
        sizes[at] = random_below(&dice, 8000);
        blocks[at] = literal_alloc(sizes[at]);
        if (!blocks[at]) continue;
        assert_int_equal(0, (uintptr_t)blocks[at] % LITERAL_ALIGN);
        assert_true(is_literal_pointer(blocks[at]));
        assert_true(!sizes[at] || is_literal_pointer(blocks[at] + sizes[at] - 1));
        for (size_t b = 0; b < sizes[at]; b++) assert_int_equal(0, blocks[at][b]);
        memset(blocks[at], (int)at, sizes[at]);
    }
    for (unsigned i = 0; i < BLOCKS; i++) literal_free(blocks[i], sizes[i]);
    /* Neighbours were joined: all of it is one block again. */
    void *all = literal_alloc(RANGE);
    assert_non_null(all);
    assert_null(literal_alloc(1));
    literal_free(all, RANGE);
}

static void test_full(void **state)
{
    (void)state;
    assert_null(literal_alloc(RANGE + 1));
    assert_null(literal_alloc(SIZE_MAX));
    literal_free(NULL, 0);
    int here;
    assert_false(is_literal_pointer(&here));
    assert_true(is_literal(make_small(1)) && is_literal(TERM_NIL));
    assert_false(is_literal(heaps_float(&terms_heap, 1.0)));
}

static void test_copies(void **state)
{
    (void)state;
    Heap *heap = &terms_heap;
    Term list = TERM_NIL, first, second;
    list = heaps_cons(heap, binary_make(heap, 1000, NULL), list);
    list = heaps_cons(heap, heaps_float(heap, 2.5), heaps_cons(heap, make_small(1), list));
    void *blocks[2];
    size_t bytes[2];
    first = term_copy_to_literal(list, &blocks[0], &bytes[0]);
    assert_true(is_literal(first) && term_equal_exact(first, list));
    assert_true(is_literal(cons_head(first)));
    assert_int_equal(0, term_size(first));
    assert_int_equal(term_size(list), term_size_with_literals(first));
    /* A copy of a literal is a block of its own. */
    second = term_copy_to_literal(first, &blocks[1], &bytes[1]);
    assert_int_equal(bytes[0], bytes[1]);
    off_heap_release(*(OffHeap **)blocks[0]);
    memset(blocks[0], 0xA5, bytes[0]);
    literal_free(blocks[0], bytes[0]);
    assert_true(term_equal_exact(second, list));
    off_heap_release(*(OffHeap **)blocks[1]);
    literal_free(blocks[1], bytes[1]);
    /* An immediate needs no block. */
    assert_int_equal(TERM_NIL, term_copy_to_literal(TERM_NIL, &blocks[0], &bytes[0]));
    assert_null(blocks[0]);
}

static void test_no_room(void **state)
{
    (void)state;
    void *block;
    size_t bytes;
    void *all = literal_alloc(RANGE);
    Term t = heaps_float(&terms_heap, 1.0);
    assert_int_equal(TERM_NONE, term_copy_to_literal(t, &block, &bytes));
    literal_free(all, RANGE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_blocks),
        cmocka_unit_test(test_full),
        cmocka_unit_test(test_copies),
        cmocka_unit_test(test_no_room),
    };
    return cmocka_run_group_tests(tests, start, NULL);
}
