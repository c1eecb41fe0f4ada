/* SPDX-License-Identifier: Apache-2.0 */
/* test_term.c - what a word says about itself. */

#include "term/term.h"
#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

/* A bit for each kind of term that `t` claims to be. */
static unsigned claims(Term t)
{
    bool answers[] = {is_small(t),     is_atom(t),       is_nil(t),  is_none(t),  is_catch(t),
                      is_local_pid(t), is_local_port(t), is_cons(t), is_boxed(t), is_header(t)};
    unsigned bits = 0;
    for (unsigned i = 0; i < sizeof answers; i++) bits |= (unsigned)answers[i] << i;
    return bits;
}

static void test_tags(void **state)
{
    (void)state;
    _Alignas(16) Term words[2] = {0, 0};
    const Term each[] = {make_small(-1),     make_atom(5),
                         TERM_NIL,           TERM_NONE,
                         make_catch(7),      make_local_pid(9),
                         make_local_port(9), make_cons(words),
                         make_boxed(words),  make_header(KIND_FUN, 3)};
    for (unsigned i = 0; i < sizeof each / sizeof *each; i++)
        assert_int_equal(1u << i, claims(each[i]));
    assert_int_not_equal(0, TERM_NONE);
}

static void test_small(void **state)
{
    (void)state;
    const Word values[] = {0, 1, -1, 255, -256, SMALL_MAX, SMALL_MIN};
    for (unsigned i = 0; i < sizeof values / sizeof *values; i++) {
        assert_int_equal(values[i], small_value(make_small(values[i])));
        assert_true(fits_small(values[i]));
    }
    assert_false(fits_small(SMALL_MAX + 1));
    assert_false(fits_small(SMALL_MIN - 1));
    assert_true(are_small(make_small(1), make_small(-1)));
    assert_false(are_small(make_small(1), TERM_NIL));
    assert_false(are_small(TERM_NIL, make_small(1)));
}

static void test_payloads(void **state)
{
    (void)state;
    assert_int_equal(0x3FFFFFF, atom_index(make_atom(0x3FFFFFF)));
    assert_int_equal(0xFFFFFFF, pid_number(make_local_pid(0xFFFFFFF)));
    assert_int_equal(0x3FFFFFF, catch_offset(make_catch(0x3FFFFFF)));
    Term header = make_header(KIND_TUPLE, TUPLE_MAX_ARITY);
    assert_int_equal(KIND_TUPLE, header_kind(header));
    assert_int_equal(TUPLE_MAX_ARITY, header_size(header));
    for (Kind kind = KIND_TUPLE; kind <= KIND_RESOURCE; kind++) {
        assert_int_equal(kind, header_kind(make_header(kind, 5)));
        assert_int_equal(kind < KIND_FLOAT, kind_is_plain(kind));
    }
}

static void test_objects(void **state)
{
    (void)state;
    _Alignas(16) Term words[8];
    Term list = cons_put(words, make_small(1), cons_put(words + 2, make_small(2), TERM_NIL));
    assert_true(cons_head(list) == make_small(1) && cons_head(cons_tail(list)) == make_small(2));
    size_t length;
    assert_true(list_length(list, &length));
    assert_int_equal(2, length);
    words[3] = make_small(3);
    assert_false(list_length(list, &length));
    assert_true(list_length(TERM_NIL, &length));
    assert_int_equal(0, length);
    words[4] = make_header(KIND_TUPLE, 2);
    Term tuple = make_boxed(words + 4);
    assert_true(is_tuple(tuple) && is_tuple_of(tuple, 2) && !is_tuple_of(tuple, 3));
    assert_false(is_tuple_of(list, 2));
    Term f = float_put(words, -2.5);
    assert_true(is_float(f) && is_number(f) && !is_integer(f) && float_value(f) == -2.5);
}

/* A heap binary, and parts of it at any bit. */
static void test_bits(void **state)
{
    (void)state;
    Term words[2 + 2] = {make_header(KIND_BIN_HEAP, 3), 5};
    memcpy(words + 2, "abcde", 5);
    Term whole = make_boxed(words);
    BitSpan span = bitstring_span(whole);
    assert_true(span.data == (uint8_t *)(words + 2) && span.bit_offset == 0 && span.bit_size == 40);
    for (unsigned offset = 0; offset < 20; offset++) {
        SubBin part = {.header = make_header(KIND_BIN_SUB, SUB_BIN_SIZE),
                       .bit_offset = offset,
                       .bit_size = 17,
                       .whole = whole};
        span = bitstring_span(make_boxed(&part.header));
        assert_true(span.data == (uint8_t *)(words + 2) + offset / 8);
        assert_int_equal(offset % 8, span.bit_offset);
        assert_int_equal(17, span.bit_size);
        assert_int_equal(17, bitstring_bits(make_boxed(&part.header)));
        assert_false(is_binary(make_boxed(&part.header)));
        assert_true(is_bitstring(make_boxed(&part.header)));
    }
    assert_true(is_binary(whole));
    uint8_t bytes[4] = {1, 2, 3, 4};
    RefcBin counted = {
        .header = make_header(KIND_BIN_REFC, REFC_BIN_SIZE), .data = bytes, .size = 4};
    span = bitstring_span(make_boxed(&counted.header));
    assert_true(span.data == bytes && span.bit_size == 32 &&
                is_binary(make_boxed(&counted.header)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tags),     cmocka_unit_test(test_small),
        cmocka_unit_test(test_payloads), cmocka_unit_test(test_objects),
        cmocka_unit_test(test_bits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
