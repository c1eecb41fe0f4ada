/* SPDX-License-Identifier: Apache-2.0 */
/* test_number.c - integers from and to machine words, bytes and limbs. */

#include "numbers.h"

typedef struct Vector {
    const char *number;
    size_t bits;
    const char *big, *little, *is_unsigned, *is_signed;
} Vector;
static const Vector vectors[] = {
#define ARITH1(...)
#define ARITH2(...)
#define TEXT(...)
#define BYTES(number, bits, big, little, is_unsigned, is_signed) \
    {number, bits, big, little, is_unsigned, is_signed},
#include "number_vectors.inc"
};

static size_t unhex(const char *text, uint8_t *bytes)
{
    size_t size = strlen(text) / 2;
    for (size_t i = 0; i < size; i++) {
        char pair[3] = {text[2 * i], text[2 * i + 1], 0};
        bytes[i] = (uint8_t)strtoul(pair, NULL, 16);
    }
    return size;
}

static void test_to_bytes(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof vectors / sizeof *vectors; i++) {
        uint8_t expected[32], bytes[33];
        numbers_fresh();
        Term t = number_of(vectors[i].number);
        for (int big = 0; big < 2; big++) {
            size_t size = unhex(big ? vectors[i].big : vectors[i].little, expected);
            bytes[size] = 0x5A;
            integer_to_bytes(t, bytes, vectors[i].bits, big);
            if (memcmp(bytes, expected, size) != 0)
                fail_msg("%s in %zu bits", vectors[i].number, vectors[i].bits);
            assert_int_equal(0x5A, bytes[size]);
        }
    }
}

/* Only whole bytes: the padding of the others is 0. */
static void test_from_bytes(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof vectors / sizeof *vectors; i++) {
        const Vector *v = &vectors[i];
        uint8_t bytes[32];
        if (v->bits % 8) continue;
        for (int big = 0; big < 2; big++) {
            numbers_fresh();
            size_t size = unhex(big ? v->big : v->little, bytes);
            assert_number(v->is_signed, integer_from_bytes(&numbers_heap, bytes, size, true, big),
                          v->number);
            assert_number(v->is_unsigned,
                          integer_from_bytes(&numbers_heap, bytes, size, false, big), v->number);
        }
    }
    assert_true(integer_from_bytes(&numbers_heap, NULL, 0, true, false) == make_small(0));
}

static const int64_t words[] = {0,
                                1,
                                -1,
                                536870911,
                                536870912,
                                -536870912,
                                -536870913,
                                INT32_MAX,
                                INT32_MIN,
                                UINT32_MAX,
                                (int64_t)UINT32_MAX + 1,
                                -(int64_t)UINT32_MAX,
                                ((int64_t)1 << 61) - 1,
                                (int64_t)1 << 61,
                                -((int64_t)1 << 61),
                                -((int64_t)1 << 61) - 1,
                                INT64_MAX,
                                INT64_MIN};

static void test_words(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        char text[32];
        int64_t back;
        uint64_t unsigned_back, magnitude = (uint64_t)words[i];
        numbers_fresh();
        Term t = integer_from_i64(&numbers_heap, words[i]);
        assert_normal(t);
        assert_true(integer_to_i64(t, &back) && back == words[i]);
        assert_int_equal(words[i] >= 0, integer_to_u64(t, &unsigned_back));
        text[integer_to_text(t, 10, text)] = 0;
        assert_true(strtoll(text, NULL, 10) == words[i]);
        t = integer_from_u64(&numbers_heap, magnitude);
        assert_normal(t);
        assert_true(integer_to_u64(t, &unsigned_back) && unsigned_back == magnitude);
        assert_int_equal(words[i] >= 0, integer_to_i64(t, &back));
    }
}

static void test_not_words(void **state)
{
    (void)state;
    int64_t i;
    uint64_t u;
    size_t size;
    numbers_fresh();
    Term too_large = number_of("ZZZZZZZZZZZZZZ"); /* 36^14 - 1 > 2^64 */
    assert_false(integer_to_i64(too_large, &i) || integer_to_u64(too_large, &u));
    assert_false(integer_to_size(too_large, &size) || integer_to_size(make_small(-1), &size));
    assert_true(integer_to_size(make_small(7), &size) && size == 7);
    assert_false(integer_to_i64(A(ok), &i) || integer_to_u64(TERM_NIL, &u));
    assert_false(integer_to_i64(float_make(&numbers_heap, 1.0), &i));
}

static void test_limbs(void **state)
{
    (void)state;
    numbers_fresh();
    const Limb limbs[] = {5, 0, 0};
    assert_true(integer_from_limbs(&numbers_heap, limbs, 3, true) == make_small(-5));
    assert_true(integer_from_limbs(&numbers_heap, limbs + 1, 2, true) == make_small(0));
    const Limb edge[] = {(Limb)SMALL_MAX + 1};
    assert_true(is_big(integer_from_limbs(&numbers_heap, edge, 1, false)));
    assert_true(integer_from_limbs(&numbers_heap, edge, 1, true) == make_small(SMALL_MIN));
}

/* Bytes of the sign only do not make a number too large. */
static void test_from_long_bytes(void **state)
{
    (void)state;
    enum { LONG = INTEGER_BITS_MAX / 8 + 100 };
    static uint8_t bytes[LONG];
    for (unsigned i = 0; i < 4; i++) {
        bool big_endian = i & 1, negative = i & 2;
        uint8_t *low = big_endian ? &bytes[LONG - 1] : &bytes[0];
        numbers_fresh();
        memset(bytes, negative ? 0xFF : 0, LONG);
        *low = 7;
        Term t = integer_from_bytes(&numbers_heap, bytes, LONG, true, big_endian);
        assert_true(t == make_small(negative ? 7 - 256 : 7));
    }
    /* -(2^64): eight bytes of zeros below the sign. */
    memset(bytes, 0, 8);
    bytes[8] = 0xFF;
    Term t = integer_from_bytes(&numbers_heap, bytes, 9, true, false);
    assert_number("-3W5E11264SGSG", t, "-(2^64)");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_to_bytes), cmocka_unit_test(test_from_bytes),
        cmocka_unit_test(test_words),    cmocka_unit_test(test_not_words),
        cmocka_unit_test(test_limbs),    cmocka_unit_test(test_from_long_bytes),
    };
    return cmocka_run_group_tests(tests, terms_setup, NULL);
}
