/* SPDX-License-Identifier: Apache-2.0 */
/* test_build.c - bit strings built from segments, against OTP; appending in place. */

#include "heap/bits.h"
#include "heap/heaps.h"
#include "heap/copy.h"
#include "term/compare.h"

static Heap *const heap = &terms_heap;

typedef struct Vector {
    size_t size;
    const char *bytes;
} Vector;

/* Each is {[{Type, Value, Bits, Flags}], Result}. */
static const Vector vectors[] = {
#define BUILD(size, bytes) {size, bytes},
#include "build.inc"
#undef BUILD
};
enum { VECTORS = sizeof vectors / sizeof *vectors };

typedef struct Segment {
    Term type, value;
    uintptr_t bits;
    unsigned flags;
} Segment;

static Segment segment_of(Term t)
{
    const Term *e = tuple_elements(t);
    return (Segment){e[0], e[1], (uintptr_t)small_value(e[2]), (unsigned)small_value(e[3])};
}

/* False: it can not be built. */
static bool segment_bits(const Segment *g, uintptr_t *bits)
{
    *bits = g->bits;
    if (g->type == atom_of("utf8")) *bits = 8 * utf8_size_of(g->value);
    else if (g->type == atom_of("utf16")) *bits = 8 * utf16_size_of(g->value);
    else if (g->type == atom_of("utf32")) *bits = 32;
    else return true;
    return *bits != 0;
}

static bool put_segment(BitBuilder *b, const Segment *g)
{
    const uint8_t *bytes;
    size_t size;
    if (g->type == atom_of("integer")) return builder_integer(b, g->value, g->bits, g->flags);
    if (g->type == atom_of("float")) return builder_float(b, g->value, g->bits, g->flags);
    if (g->type == atom_of("utf8")) return builder_utf8(b, g->value);
    if (g->type == atom_of("utf16")) return builder_utf16(b, g->value, g->flags);
    if (g->type == atom_of("utf32")) return builder_utf32(b, g->value, g->flags);
    if (g->type == atom_of("bits")) return builder_bits(b, g->value, g->bits);
    assert_true(binary_bytes(g->value, &bytes, &size));
    return builder_string(b, bytes, g->bits);
}

/* TERM_NONE: b->why. */
static Term build_at_once(BitBuilder *b, Term list)
{
    uintptr_t total = 0, bits;
    b->why = A(badarg);
    for (Term l = list; is_cons(l); l = cons_tail(l), total += bits) {
        Segment g = segment_of(cons_head(l));
        if (!segment_bits(&g, &bits)) return TERM_NONE;
    }
    assert_true(builder_start(b, heap, total));
    for (; is_cons(list); list = cons_tail(list)) {
        Segment g = segment_of(cons_head(list));
        if (!put_segment(b, &g)) return TERM_NONE;
    }
    return builder_finish(b);
}

/* Segment by segment, at the end of what is there. */
static Term build_by_append(BitBuilder *b, Term list, Term result)
{
    uintptr_t bits;
    b->why = A(badarg);
    for (; is_cons(list); list = cons_tail(list)) {
        Segment g = segment_of(cons_head(list));
        if (!segment_bits(&g, &bits)) return TERM_NONE;
        assert_true(builder_append(b, heap, result, bits, 1));
        if (!put_segment(b, &g)) return TERM_NONE;
        result = builder_finish(b);
    }
    return result;
}

static void check(unsigned i, Term expected, const BitBuilder *b, Term result)
{
    bool good = is_none(result) ? b->why == expected : term_equal_exact(expected, result);
    if (!good) print_error("vector %u\n", i);
    assert_true(good);
}

static void test_vectors(void **state)
{
    (void)state;
    for (unsigned i = 0; i < VECTORS; i++) {
        Term t = term_of(vectors[i].bytes, vectors[i].size);
        const Term *e = tuple_elements(t);
        BitBuilder b;
        check(i, e[1], &b, build_at_once(&b, e[0]));
        check(i, e[1], &b, build_by_append(&b, e[0], builder_init_writable(heap, 10)));
        check(i, e[1], &b, build_by_append(&b, e[0], binary_from(heap, "", 0)));
        heaps_collect(heap, 10000, NULL, 0);
    }
}

/* ---- Appending ---- */

static Term append_byte(Term binary, unsigned byte)
{
    BitBuilder b;
    assert_true(builder_append(&b, heap, binary, 8, 8));
    assert_true(builder_integer(&b, make_small((Word)byte), 8, 0));
    return builder_finish(&b);
}

static void check_bytes(Term binary, unsigned from, size_t size)
{
    const uint8_t *bytes;
    size_t found;
    assert_true(binary_bytes(binary, &bytes, &found));
    assert_int_equal(size, found);
    for (size_t i = 0; i < size; i++) assert_int_equal((uint8_t)(from + i), bytes[i]);
}

/* In place: what is copied is in proportion to what is there in the end. */
static void test_append_in_place(void **state)
{
    (void)state;
    enum { COUNT = 100000 };
    Term t = binary_from(heap, "", 0);
    const uint8_t *data = NULL;
    unsigned moves = 0;
    for (unsigned i = 0; i < COUNT; i++) {
        t = append_byte(t, i);
        const uint8_t *now = bitstring_span(t).data;
        moves += now != data;
        data = now;
        if (heap->flags & HEAP_DUE) heaps_collect(heap, 1000, &t, 1);
    }
    check_bytes(t, 0, COUNT);
    assert_true(moves < 20);
    heaps_collect(heap, 0, NULL, 0);
}

/* Whoever holds an older end sees no other's bytes. */
static void test_append_to_old_ends(void **state)
{
    (void)state;
    Term roots[3] = {binary_from(heap, "", 0)};
    for (unsigned i = 0; i < 300; i++) {
        Term before = roots[0];
        roots[0] = append_byte(before, i);
        roots[1] = append_byte(before, i + 100);
        check_bytes(before, 0, i);
        check_bytes(roots[0], 0, i + 1);
        const uint8_t *bytes = bitstring_span(roots[1]).data;
        assert_int_equal((uint8_t)(i + 100), bytes[i]);
        if (i % 7 == 0) heaps_collect(heap, 1000, roots, 2);
    }
}

static void test_append_after_copy_and_match(void **state)
{
    (void)state;
    Term first = append_byte(binary_from(heap, "", 0), 0), t = first;
    TermBox box;
    assert_true(term_box(t, &box, false));
    Term copy = term_unbox(&box, heap);
    t = append_byte(t, 1);
    Term other = append_byte(copy, 1);
    assert_int_not_equal((uintptr_t)bitstring_span(t).data, (uintptr_t)bitstring_span(other).data);
    check_bytes(t, 0, 2);
    check_bytes(other, 0, 2);
    check_bytes(copy, 0, 1);
    /* What is matched may be referred to by a context: nobody extends it in place. */
    assert_false(is_none(match_start(heap, t)));
    Term longer = append_byte(t, 2);
    check_bytes(longer, 0, 3);
    check_bytes(t, 0, 2);
}

/* Ends that are no byte boundary. */
static void test_append_bits(void **state)
{
    (void)state;
    BitBuilder b;
    Term t = binary_from(heap, "", 0), ends[200];
    for (unsigned i = 0; i < 200; i++) {
        assert_true(builder_append(&b, heap, t, 3, 1));
        assert_true(builder_integer(&b, make_small((Word)i), 3, 0));
        ends[i] = t = builder_finish(&b);
    }
    for (unsigned i = 0; i < 200; i++) {
        assert_int_equal(3 * (i + 1), bitstring_bits(ends[i]));
        MatchContext *m = match_context(match_start(heap, ends[i]));
        bool oom = false;
        for (unsigned j = 0; j <= i; j++)
            assert_int_equal(make_small(j % 8), match_integer(heap, m, 3, 0, &oom));
    }
    assert_true(builder_append(&b, heap, ends[1], 1, 6));
    assert_false(builder_append(&b, heap, ends[0], 1, 2));
    assert_int_equal(A(badarg), b.why);
    assert_false(builder_append(&b, heap, make_small(1), 1, 1));
    assert_int_equal(A(badarg), b.why);
    assert_false(builder_append(&b, heap, ends[0], UINTPTR_MAX - 2, 1));
    assert_int_equal(A(system_limit), b.why);
    heaps_collect(heap, 1000, NULL, 0);
}

static void test_no_memory(void **state)
{
    (void)state;
    BitBuilder b;
    Term t = binary_from(heap, "x", 1);
    size_t used = memory_used();
    memory_limit_set(used);
    assert_false(builder_start(&b, heap, 8000000));
    assert_int_equal(A(system_limit), b.why);
    assert_false(builder_append(&b, heap, t, 8000000, 1));
    assert_int_equal(A(system_limit), b.why);
    assert_int_equal(TERM_NONE, builder_init_writable(heap, 1000));
    memory_limit_set(SIZE_MAX);
    assert_int_equal(used, memory_used());
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_vectors),
        cmocka_unit_test(test_append_in_place),
        cmocka_unit_test(test_append_to_old_ends),
        cmocka_unit_test(test_append_after_copy_and_match),
        cmocka_unit_test(test_append_bits),
        cmocka_unit_test(test_no_memory),
    };
    terms_start();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
