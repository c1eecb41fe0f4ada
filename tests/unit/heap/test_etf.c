/* SPDX-License-Identifier: Apache-2.0 */
/* test_etf.c - the external term format against OTP, and damaged bytes. */

#include "heap/random_terms.h"
#include "base/bytes.h"
#include "heap/etf.h"
#include "heap/number.h"
#include "term/identifier.h"

typedef struct Vector {
    int number;
    size_t size;
    const char *bytes;
} Vector;

/* Minor version, encoding. */
static const Vector vectors[] = {
#define ETF(minor, size, bytes) {minor, size, bytes},
#include "etf.inc"
#undef ETF
};
/* 1 where OTP takes it, encoding. */
static const Vector damaged[] = {
#define DAMAGED(good, size, bytes) {good, size, bytes},
#include "damaged.inc"
#undef DAMAGED
};
enum { VECTORS = sizeof vectors / sizeof *vectors, DAMAGES = sizeof damaged / sizeof *damaged };

/* Bytes in a block of their very size, so that reading behind them is noticed. */
static uint8_t *exact_copy(const void *bytes, size_t size)
{
    uint8_t *copy = malloc(size ? size : 1);
    assert_non_null(copy);
    memcpy(copy, bytes, size);
    return copy;
}

static Term decode(const void *bytes, size_t size, bool safe, size_t *used, EtfStatus *status)
{
    uint8_t *copy = exact_copy(bytes, size);
    EtfInput input = {.bytes = copy, .size = size, .with_version = true, .safe = safe};
    Term t = etf_decode(&heap, &input, used, status);
    free(copy);
    return t;
}

static void check_encoding(Term t, const EtfOptions *options, const void *bytes, size_t size)
{
    assert_int_equal(size, etf_encoded_size(t, options));
    uint8_t *out = malloc(size);
    etf_encode(t, options, out);
    assert_memory_equal(bytes, out, size);
    free(out);
}

static void clear_heap(void)
{
    for (unsigned i = 0; i < ROOTS; i++) roots[i] = TERM_NIL;
    heaps_collect(&heap, 10000, roots, ROOTS);
}

/* ---- What OTP writes ---- */

static void test_vectors(void **state)
{
    (void)state;
    for (unsigned i = 0; i < VECTORS; i++) {
        const Vector *v = &vectors[i];
        EtfOptions options = {.minor_version = (uint8_t)v->number};
        size_t used;
        EtfStatus status;
        Term t = decode(v->bytes, v->size, false, &used, &status);
        if (is_none(t)) print_error("vector %u\n", i);
        assert_int_equal(ETF_DONE, status);
        assert_int_equal(v->size, used);
        if (etf_encoded_size(t, &options) != v->size) print_error("vector %u\n", i);
        check_encoding(t, &options, v->bytes, v->size);
        clear_heap();
    }
}

/* Behind the term there may be more. */
static void test_used(void **state)
{
    (void)state;
    static const char bytes[] = "\203\150\002\141\001\141\002rest";
    size_t used;
    EtfStatus status;
    Term t = decode(bytes, sizeof bytes - 1, false, &used, &status);
    assert_true(is_tuple_of(t, 2));
    assert_int_equal(7, used);
}

static void check_literal(const Vector *v)
{
    EtfInput input = {(const uint8_t *)v->bytes, v->size, true, false};
    EtfStatus status;
    Term t = etf_decode(&heap, &input, NULL, &status);
    size_t words = etf_decoded_size(&input);
    assert_int_not_equal(SIZE_MAX, words);
    Term *room = malloc((words + 1) * WORD_BYTES), *top = room;
    room[words] = 0xABCD;
    Term literal = etf_decode_literal(&input, &top, &status);
    assert_int_equal(ETF_DONE, status);
    assert_true(top <= room + words);
    assert_int_equal(0xABCD, room[words]);
    assert_true(term_equal_exact(t, literal));
    free(room);
}

static void test_literals(void **state)
{
    (void)state;
    for (unsigned i = 0; i < VECTORS; i++) {
        check_literal(&vectors[i]);
        clear_heap();
    }
}

/* ---- Random terms there and back ---- */

static void check_round(Term t)
{
    for (uint8_t minor = 1; minor < 3; minor++) {
        EtfOptions options = {.minor_version = minor};
        EtfStatus status;
        size_t size = etf_encoded_size(t, &options), used;
        uint8_t *bytes = malloc(size);
        etf_encode(t, &options, bytes);
        Term back = decode(bytes, size, true, &used, &status);
        assert_int_equal(ETF_DONE, status);
        assert_int_equal(size, used);
        assert_true(term_equal_exact(t, back));
        free(bytes);
    }
}

static void test_random_terms(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed < 15; seed++) {
        dice.state = seed;
        for (unsigned i = 0; i < 8; i++) replace_roots();
        for (unsigned i = 0; i < ROOTS; i++) check_round(roots[i]);
        clear_heap();
    }
}

static void test_large_maps(void **state)
{
    (void)state;
    for (unsigned count = 30; count < 300; count += 9) {
        Term map = map_empty(&heap);
        for (unsigned i = 0; i < count; i++)
            map = map_put(&heap, map, heaps_pair(&heap, make_small(i), TERM_NIL), map);
        for (unsigned i = 1; i < count; i++)
            map = map_put(&heap, map, heaps_pair(&heap, make_small(i), TERM_NIL), make_small(i));
        check_round(map);
        EtfOptions options = {.minor_version = 2};
        Vector v = {2, etf_encoded_size(map, &options), NULL};
        v.bytes = malloc(v.size);
        etf_encode(map, &options, (uint8_t *)v.bytes);
        check_literal(&v);
        free((void *)v.bytes);
        clear_heap();
    }
}

static void test_long_lists(void **state)
{
    (void)state;
    for (unsigned count = 65534; count < 65538; count++) {
        Term bytes = TERM_NIL, others = TERM_NIL;
        for (unsigned i = 0; i < count; i++) {
            bytes = heaps_cons(&heap, make_small(i % 256), bytes);
            others = heaps_cons(&heap, TERM_NIL, others);
        }
        EtfOptions options = {.minor_version = 1};
        size_t size = count > 65535 ? 1 + 5 + 2 * (size_t)count + 1 : 1 + 3 + (size_t)count;
        assert_int_equal(size, etf_encoded_size(bytes, &options));
        assert_int_equal(1 + 5 + (size_t)count + 1, etf_encoded_size(others, &options));
        check_round(bytes);
        check_round(others);
        clear_heap();
    }
}

static void test_deep(void **state)
{
    (void)state;
    Term t = TERM_NIL;
    for (unsigned i = 0; i < 200000; i++) {
        t = i % 2 ? heaps_cons(&heap, t, TERM_NIL) : heaps_pair(&heap, t, make_small(1));
        if (i % 1000 == 0) t = map_put(&heap, map_empty(&heap), t, t == TERM_NIL ? t : TERM_NIL);
    }
    check_round(t);
    clear_heap();
}

/* ---- Damaged bytes ---- */

static void test_damaged(void **state)
{
    (void)state;
    unsigned wrong = 0;
    for (unsigned i = 0; i < DAMAGES; i++) {
        EtfStatus status;
        size_t used;
        Term t = decode(damaged[i].bytes, damaged[i].size, false, &used, &status);
        assert_int_equal(is_none(t) ? ETF_BAD : ETF_DONE, status);
        if (damaged[i].number != !is_none(t)) print_error("damaged %u\n", i), wrong++;
        if (!is_none(t)) {
            roots[0] = t;
            heaps_collect(&heap, 1000, roots, ROOTS);
            assert_true(used <= damaged[i].size);
            (void)term_phash2(roots[0]);
        }
        clear_heap();
    }
    assert_int_equal(0, wrong);
}

/* Any bytes at all: no report of a sanitizer, and what is taken can be written again. */
static void test_any_bytes(void **state)
{
    (void)state;
    dice.state = 77;
    for (unsigned i = 0; i < 60000; i++) {
        uint8_t bytes[300];
        const Vector *v = &vectors[below(VECTORS)];
        size_t size = v->size < sizeof bytes ? v->size : sizeof bytes, used;
        memcpy(bytes, v->bytes, size);
        for (unsigned n = below(4) + 1; n > 0; n--)
            bytes[below((uint32_t)size)] = (uint8_t)below(256);
        bytes[0] = 131;
        EtfStatus status;
        Term t = decode(bytes, size, below(2), &used, &status);
        if (is_none(t)) continue;
        roots[0] = t;
        if (below(10) == 0) check_round(t);
        heaps_collect(&heap, 1000, roots, ROOTS);
        if (i % 100 == 0) clear_heap();
    }
    clear_heap();
}

static void test_safe(void **state)
{
    (void)state;
    static const char *const names[] = {
        "\203\167\012never_seen", "\203\144\000\012never_seen", "\203\163\012never_seen",
        "\203\166\000\012never_seen",
        "\203\161\167\012never_seen\167\001a\141\001",
        "\203\130\167\012never_seen\000\000\000\001\000\000\000\001\000\000\000\001"};
    static const size_t sizes[] = {13, 14, 13, 14, 18, 25};
    size_t used;
    EtfStatus status;
    for (unsigned i = 0; i < 6; i++) {
        assert_int_equal(TERM_NONE, decode(names[i], sizes[i], true, &used, &status));
        assert_int_equal(ETF_BAD, status);
        assert_int_equal(TERM_NONE, atom_find("never_seen", 10));
    }
    assert_false(is_none(decode(names[0], sizes[0], false, &used, &status)));
    for (unsigned i = 0; i < 4; i++)
        assert_false(is_none(decode(names[i], sizes[i], true, &used, &status)));
    /* The atoms are there now, the export is not. */
    atom_of("a");
    assert_int_equal(TERM_NONE, decode(names[4], sizes[4], true, &used, &status));
}

/* Pids of this node, up to the largest number that one may have. */
static void test_pids(void **state)
{
    (void)state;
    for (unsigned bits = 1; bits <= PID_NUMBER_BITS; bits++)
        check_round(make_local_pid(((uintptr_t)1 << (bits - 1) << 1) - 1));
}

/* An integer of so many bytes, all ones. */
static Term decode_big(uint32_t size, EtfStatus *status)
{
    uint8_t *bytes = malloc(7 + (size_t)size);
    size_t used;
    memset(bytes, 0xFF, 7 + (size_t)size);
    bytes[0] = 131;
    bytes[1] = 111;
    store_big32(bytes + 2, size);
    bytes[6] = 0;
    Term t = decode(bytes, 7 + (size_t)size, false, &used, status);
    free(bytes);
    return t;
}

static void test_largest_integer(void **state)
{
    (void)state;
    EtfStatus status;
    assert_true(is_big(decode_big(INTEGER_BITS_MAX / 8, &status)));
    assert_true(is_none(decode_big(INTEGER_BITS_MAX / 8 + 1, &status)));
    assert_int_equal(ETF_BAD, status);
    clear_heap();
}

/* The creator of a fun may be any term, as on OTP. */
static void test_creator(void **state)
{
    (void)state;
    static const char bytes[] = "\203\160\000\000\000\060\001AAAABBBBCCCCDDDD\000\000\000\005"
                                "\000\000\000\001\167\001m\141\005\141\006"
                                "\154\000\000\000\001\141\001\152\167\001v";
    size_t used;
    EtfStatus status;
    Term t = decode(bytes, sizeof bytes - 1, false, &used, &status);
    assert_true(is_local_fun(t));
    assert_true(fun_ptr(t)->env[0] == atom_of("v"));
    assert_true(is_cons(fun_ptr(t)->creator));
    check_round(t);
}

/* Counts that promise more than there is must not make it ask for memory. */
static void test_lies(void **state)
{
    (void)state;
    static const uint8_t tags[] = {105, 108, 109, 111, 116, 77, 67};
    for (unsigned i = 0; i < sizeof tags; i++) {
        uint8_t bytes[60] = {131, tags[i], 0x7F, 0xFF, 0xFF, 0xF0, 1};
        EtfStatus status;
        size_t used, before = memory_used();
        memset(bytes + 7, 106, sizeof bytes - 7);
        memory_fail_after(1);
        assert_int_equal(TERM_NONE, decode(bytes, sizeof bytes, false, &used, &status));
        memory_fail_after(0);
        assert_int_equal(ETF_BAD, status);
        assert_int_equal(before, memory_used());
    }
}

static void test_no_memory(void **state)
{
    (void)state;
    Term map = map_empty(&heap);
    for (unsigned i = 0; i < 100; i++) map = map_put(&heap, map, make_small(i), make_binary(100));
    EtfOptions options = {.minor_version = 2};
    size_t size = etf_encoded_size(map, &options), used;
    uint8_t *bytes = malloc(size);
    etf_encode(map, &options, bytes);
    unsigned refused = 0;
    for (unsigned n = 1; n < 120; n++) {
        EtfStatus status;
        heap.top = heap.stack - STACK_RESERVE;
        if (heap.fragments) heap.fragments->used = heap.fragments->room;
        memory_fail_after(n);
        Term t = decode(bytes, size, false, &used, &status);
        memory_fail_after(0);
        assert_int_equal(is_none(t) ? ETF_NO_MEMORY : ETF_DONE, status);
        refused += is_none(t);
        clear_heap();
    }
    assert_true(refused > 100);
    free(bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_vectors),    cmocka_unit_test(test_used),
        cmocka_unit_test(test_literals),   cmocka_unit_test(test_random_terms),
        cmocka_unit_test(test_large_maps), cmocka_unit_test(test_long_lists),
        cmocka_unit_test(test_deep),       cmocka_unit_test(test_damaged),
        cmocka_unit_test(test_any_bytes),  cmocka_unit_test(test_safe),
        cmocka_unit_test(test_lies),       cmocka_unit_test(test_no_memory),
        cmocka_unit_test(test_pids),       cmocka_unit_test(test_largest_integer),
        cmocka_unit_test(test_creator),
    };
    random_terms_start();
    assert_true(heap_init(&heap, 20000));
    return cmocka_run_group_tests(tests, NULL, NULL);
}
