/* SPDX-License-Identifier: Apache-2.0 */
/* test_match.c - taking apart bit strings, against OTP. */

#include "heap/bits.h"
#include "heap/heaps.h"
#include "term/compare.h"

static Heap *const heap = &terms_heap;

typedef struct Vector {
    size_t size;
    const char *bytes;
} Vector;

/* Each is {Bits, Offset, Type, Size, Flags, Result, Rest}; Result is none where nothing matches. */
static const Vector vectors[] = {
#define MATCH(size, bytes) {size, bytes},
#include "match.inc"
#undef MATCH
};
enum { VECTORS = sizeof vectors / sizeof *vectors };

static Term take(MatchContext *m, Term type, uintptr_t bits, unsigned flags)
{
    bool oom = false;
    Term t = TERM_NONE;
    if (type == atom_of("integer")) t = match_integer(heap, m, bits, flags, &oom);
    else if (type == atom_of("float")) t = match_float(heap, m, bits, flags, &oom);
    else if (type == atom_of("bits")) t = match_binary(heap, m, bits, &oom);
    else if (type == atom_of("utf8")) t = match_utf8(m);
    else if (type == atom_of("utf16")) t = match_utf16(m, flags);
    else if (type == atom_of("utf32")) t = match_utf32(m, flags);
    assert_false(oom);
    return t;
}

static void check_vector(unsigned i, Term bits, const Term *e)
{
    MatchContext *m = match_context(match_start(heap, bits));
    assert_true(match_skip(m, (uintptr_t)small_value(e[1])));
    Term t = take(m, e[2], (uintptr_t)small_value(e[3]), (unsigned)small_value(e[4]));
    bool good = is_none(t) ? e[5] == atom_of("none") : term_equal_exact(e[5], t);
    if (!good || match_left(m) != (uintptr_t)small_value(e[6])) print_error("vector %u\n", i);
    assert_true(good);
    assert_int_equal(small_value(e[6]), match_left(m));
}

/* The same bits, as a part of a longer string that starts within a byte. */
static Term moved(Term bits, uintptr_t by)
{
    BitBuilder b;
    uintptr_t size = bitstring_bits(bits);
    assert_true(builder_start(&b, heap, size + 2 * by));
    assert_true(builder_integer(&b, make_small(-1), by, 0));
    assert_true(builder_bits(&b, bits, size));
    assert_true(builder_integer(&b, make_small(-1), by, 0));
    return bitstring_part(heap, builder_finish(&b), by, size);
}

static void test_vectors(void **state)
{
    (void)state;
    for (unsigned i = 0; i < VECTORS; i++) {
        Term t = term_of(vectors[i].bytes, vectors[i].size);
        const Term *e = tuple_elements(t);
        check_vector(i, e[0], e);
        for (uintptr_t by = 1; by < 9; by += 2) check_vector(i, moved(e[0], by), e);
        heaps_collect(heap, 10000, NULL, 0);
    }
}

static void test_contexts(void **state)
{
    (void)state;
    assert_int_equal(TERM_NONE, match_start(heap, make_small(1)));
    assert_int_equal(TERM_NONE, match_start(heap, TERM_NIL));
    Term t = binary_from(heap, "abcdefgh", 8), context = match_start(heap, t);
    MatchContext *m = match_context(context);
    assert_int_equal(context, match_start(heap, context));
    assert_int_equal(64, match_left(m));
    assert_false(match_skip(m, 65));
    assert_true(match_bytes(m, (const uint8_t *)"ab", 16));
    assert_false(match_bytes(m, (const uint8_t *)"x", 8));
    assert_false(match_bytes(m, (const uint8_t *)"cdefghi", 56));
    assert_true(match_bytes(m, (const uint8_t *)"\x60", 4));
    assert_int_equal(44, match_left(m));
    bool oom = false;
    Term tail = match_tail(heap, m, &oom);
    assert_int_equal(44, bitstring_bits(tail));
    assert_int_equal(44, match_left(m));
    assert_true(match_skip(m, 44));
    assert_int_equal(0, bitstring_bits(match_tail(heap, m, &oom)));
    assert_int_equal(TERM_NONE, match_integer(heap, m, 1, 0, &oom));
    assert_int_equal(make_small(0), match_integer(heap, m, 0, 0, &oom));
    assert_false(oom);
}

/* A part that is the whole is the whole; small ones are copies, others share its bytes. */
static void test_parts(void **state)
{
    (void)state;
    uint8_t *data;
    bool oom = false;
    Term t = binary_make(heap, 1000, &data);
    for (unsigned i = 0; i < 1000; i++) data[i] = (uint8_t)i;
    MatchContext *m = match_context(match_start(heap, t));
    assert_int_equal(t, match_tail(heap, m, &oom));
    Term small = match_binary(heap, m, 80, &oom), large = match_binary(heap, m, 4000, &oom);
    assert_int_equal(KIND_BIN_HEAP, boxed_kind(small));
    assert_int_equal(KIND_BIN_SUB, boxed_kind(large));
    assert_ptr_equal(data + 10, bitstring_span(large).data);
    assert_int_equal(t, ((SubBin *)boxed_ptr(large))->whole);
    /* A part of a part is a part of the whole. */
    Term inner = match_tail(heap, match_context(match_start(heap, large)), &oom);
    inner = bitstring_part(heap, inner, 800, 1600);
    assert_int_equal(t, ((SubBin *)boxed_ptr(inner))->whole);
    assert_ptr_equal(data + 110, bitstring_span(inner).data);
}

static void test_no_memory(void **state)
{
    (void)state;
    uint8_t *data;
    Term t = binary_make(heap, 1000, &data);
    memset(data, 0x7F, 1000);
    MatchContext *m = match_context(match_start(heap, t));
    heap->top = heap->stack - STACK_RESERVE;
    memory_limit_set(memory_used());
    static const uintptr_t sizes[] = {64, 65, 800};
    for (unsigned i = 0; i < 3; i++) {
        bool oom = false;
        assert_int_equal(TERM_NONE, match_integer(heap, m, sizes[i], 0, &oom));
        assert_true(oom);
        oom = false;
        assert_int_equal(TERM_NONE, match_binary(heap, m, sizes[i], &oom));
        assert_true(oom);
        assert_int_equal(8000, match_left(m));
    }
    memory_limit_set(SIZE_MAX);
    heaps_collect(heap, 1000, NULL, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_vectors),
        cmocka_unit_test(test_contexts),
        cmocka_unit_test(test_parts),
        cmocka_unit_test(test_no_memory),
    };
    terms_start();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
