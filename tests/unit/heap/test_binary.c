/* SPDX-License-Identifier: Apache-2.0 */
/* test_binary.c - binaries on and off the heap, and their parts. */

#include "heap/binary.h"
#include "heap/heaps.h"
#include "heap/bits.h"
#include "term/compare.h"

static Heap heap;
static Random dice = {.state = 11};

static int start(void **state)
{
    (void)state;
    return heap_init(&heap, 5000) ? 0 : -1;
}

static int stop(void **state)
{
    (void)state;
    heap_done(&heap);
    return 0;
}

static Term counted(size_t size)
{
    uint8_t *data;
    Term t = binary_make(&heap, size, &data);
    for (size_t i = 0; i < size; i++) data[i] = (uint8_t)i;
    return t;
}

static void test_sizes(void **state)
{
    (void)state;
    for (size_t size = 0; size < 200; size++) {
        const Term *top = heap.top;
        Term t = counted(size);
        assert_true((size_t)(heap.top - top) <= BINARY_WORDS(size));
        assert_int_equal(size > BINARY_HEAP_MAX ? KIND_BIN_REFC : KIND_BIN_HEAP, boxed_kind(t));
        assert_true(is_binary(t));
        assert_int_equal(8 * size, bitstring_bits(t));
        const uint8_t *data;
        size_t found;
        assert_true(binary_bytes(t, &data, &found));
        assert_int_equal(size, found);
        for (size_t i = 0; i < size; i++) assert_int_equal((uint8_t)i, data[i]);
        assert_true(term_equal_exact(t, binary_from(&heap, data, size)));
        if (heap.flags & HEAP_DUE) heaps_collect(&heap, 1000, NULL, 0);
    }
}

/* ---- Counting ---- */

static unsigned freed;
static void note_free(Bytes *bytes)
{
    freed++;
    memory_free(bytes, sizeof *bytes);
}

static void test_foreign_memory(void **state)
{
    (void)state;
    static uint8_t memory[100] = "foreign";
    Bytes *bytes = memory_alloc(sizeof *bytes);
    *bytes = (Bytes){.size = 100, .room = 100, .free = note_free, .data = memory};
    atomic_init(&bytes->count, 1);
    Term root = binary_from_bytes(&heap, bytes);
    root = binary_part(&heap, root, 0, 99);
    heaps_collect(&heap, 0, &root, 1);
    assert_int_equal(0, freed);
    assert_ptr_equal(memory, bitstring_span(root).data);
    bytes_retain(bytes);
    heaps_collect(&heap, 0, NULL, 0);
    heap.flags |= HEAP_FULL_SWEEP;
    heaps_collect(&heap, 0, NULL, 0);
    assert_int_equal(0, freed);
    bytes_release(bytes);
    assert_int_equal(1, freed);
}

/* ---- Parts ---- */

static unsigned bit_at(BitSpan span, uintptr_t bit)
{
    bit += span.bit_offset;
    return span.data[bit / 8] >> (7 - bit % 8) & 1;
}

static void check_part(Term whole, uintptr_t from, uintptr_t size)
{
    Term part = bitstring_part(&heap, whole, from, size);
    assert_int_equal(size, bitstring_bits(part));
    BitSpan a = bitstring_span(whole), b = bitstring_span(part);
    assert_true(b.bit_offset < 8);
    for (uintptr_t i = 0; i < size; i++) assert_int_equal(bit_at(a, from + i), bit_at(b, i));
}

static void test_parts_of_parts(void **state)
{
    (void)state;
    for (unsigned i = 0; i < 3000; i++) {
        Term t = counted(random_below(&dice, 300));
        for (unsigned depth = 0; depth < 4; depth++) {
            uint32_t bits = (uint32_t)bitstring_bits(t);
            uint32_t from = random_below(&dice, bits + 1);
            uint32_t size = random_below(&dice, bits - from + 1);
            if (i % 2) from &= ~7u, size &= ~7u;
            check_part(t, from, size);
            t = bitstring_part(&heap, t, from, size);
            if (is_kind(t, KIND_BIN_SUB))
                assert_int_not_equal(KIND_BIN_SUB, boxed_kind(((SubBin *)boxed_ptr(t))->whole));
        }
        heaps_collect(&heap, 1000, NULL, 0);
    }
}

static void test_bytes(void **state)
{
    (void)state;
    const uint8_t *data;
    uint8_t *temporary;
    size_t size, used = memory_used();
    Term t = counted(50), odd = bitstring_part(&heap, t, 0, 33);
    assert_false(binary_bytes(make_small(1), &data, &size));
    assert_false(binary_bytes(TERM_NIL, &data, &size));
    assert_false(binary_bytes(odd, &data, &size));
    assert_false(binary_bytes(bitstring_part(&heap, t, 4, 320), &data, &size));
    assert_false(binary_bytes_aligned(odd, &data, &size, &temporary));
    assert_false(binary_bytes_aligned(make_small(1), &data, &size, &temporary));
    assert_true(binary_bytes_aligned(t, &data, &size, &temporary));
    assert_null(temporary);
    Term shifted = bitstring_part(&heap, t, 4, 320);
    assert_true(binary_bytes_aligned(shifted, &data, &size, &temporary));
    assert_int_equal(40, size);
    assert_non_null(temporary);
    for (unsigned i = 0; i < 40; i++)
        assert_int_equal((uint8_t)(i << 4 | (i + 1) >> 4), data[i]);
    memory_free(temporary, size);
    memory_fail_after(1);
    assert_false(binary_bytes_aligned(shifted, &data, &size, &temporary));
    memory_fail_after(0);
    assert_int_equal(used, memory_used());
}

static void test_no_memory(void **state)
{
    (void)state;
    Term t = counted(1000);
    heap.top = heap.stack - STACK_RESERVE;
    size_t used = memory_used(), bytes = bytes_in_use();
    for (size_t n = 1; n < 3; n++) {
        memory_limit_set(used + (n == 2 ? sizeof(Bytes) + 1000 : 0));
        assert_int_equal(TERM_NONE, binary_make(&heap, 1000, NULL));
    }
    memory_limit_set(used);
    assert_int_equal(TERM_NONE, binary_make(&heap, 10, NULL));
    assert_int_equal(TERM_NONE, binary_part(&heap, t, 0, 10));
    assert_int_equal(TERM_NONE, binary_part(&heap, t, 0, 500));
    assert_int_equal(t, binary_part(&heap, t, 0, 1000));
    memory_limit_set(SIZE_MAX);
    assert_int_equal(used, memory_used());
    assert_int_equal(bytes, bytes_in_use());
    assert_null(bytes_alloc(SIZE_MAX / 2, SIZE_MAX / 2));
    heaps_collect(&heap, 1000, NULL, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sizes),          cmocka_unit_test(test_foreign_memory),
        cmocka_unit_test(test_parts_of_parts), cmocka_unit_test(test_bytes),
        cmocka_unit_test(test_no_memory),
    };
    terms_start();
    return cmocka_run_group_tests(tests, start, stop);
}
