/* SPDX-License-Identifier: Apache-2.0 */
/* guard.c - the functions that may stand in a guard, and their table. */

#include "heap/guard.h"
#include "heap/bits.h"
#include "heap/map.h"
#include "heap/record.h"
#include "term/atom.h"
#include "term/compare.h"
#include "term/export.h"
#include "term/fun.h"
#include "term/identifier.h"
#include "term/release.h"

#define ELEMENTS_PER_COST 64 /* of a list whose length is asked */

static inline Term bool_term(bool value) { return value ? A(true) : A(false); }

static inline bool is_boolean(Term t) { return t == A(true) || t == A(false); }

static Term fail(Calc *calc, Term why)
{
    calc->why = why;
    return TERM_NONE;
}

/* Fails with {tag, value}. */
static Term fail_with(Calc *calc, Term tag, Term value)
{
    Term pair = heap_pair(calc->heap, tag, value);
    return fail(calc, is_none(pair) ? A(system_limit) : pair);
}

static Term size_term(Calc *calc, size_t size)
{
    Term result = integer_from_u64(calc->heap, size);
    return is_none(result) ? fail(calc, A(system_limit)) : result;
}

/* ---- Arithmetic ---- */

#define ARITH1(name, function) \
    static Term guard_##name(Calc *calc, const Term *args) { return function(calc, args[0]); }
#define ARITH2(name, function)                             \
    static Term guard_##name(Calc *calc, const Term *args) \
    {                                                      \
        return function(calc, args[0], args[1]);           \
    }
ARITH2(add, number_add)
ARITH2(sub, number_sub)
ARITH2(mul, number_mul)
ARITH2(divide, number_divide)
ARITH2(div, number_div)
ARITH2(rem, number_rem)
ARITH2(band, number_band)
ARITH2(bor, number_bor)
ARITH2(bxor, number_bxor)
ARITH2(bsl, number_bsl)
ARITH2(bsr, number_bsr)
ARITH1(bnot, number_bnot)
ARITH1(negate, number_negate)
ARITH1(plus, number_plus)
ARITH1(abs, number_abs)
ARITH1(float, number_float)
ARITH1(trunc, number_trunc)
ARITH1(round, number_round)
ARITH1(floor, number_floor)
ARITH1(ceil, number_ceil)

/* ---- Tests ---- */

/* A test of `a` (and `b`) that cannot fail. */
#define TEST1(name, condition)                             \
    static Term guard_##name(Calc *calc, const Term *args) \
    {                                                      \
        (void)calc;                                        \
        Term a = args[0];                                  \
        return bool_term(condition);                       \
    }
#define TEST2(name, condition)                             \
    static Term guard_##name(Calc *calc, const Term *args) \
    {                                                      \
        (void)calc;                                        \
        Term a = args[0], b = args[1];                     \
        return bool_term(condition);                       \
    }
TEST2(eq, term_equal(a, b))
TEST2(ne, !term_equal(a, b))
TEST2(eq_exact, term_equal_exact(a, b))
TEST2(ne_exact, !term_equal_exact(a, b))
TEST2(lt, term_compare(a, b) < 0)
TEST2(gt, term_compare(a, b) > 0)
TEST2(le, term_compare(a, b) <= 0)
TEST2(ge, term_compare(a, b) >= 0)
TEST1(is_atom, is_atom(a))
TEST1(is_binary, is_binary(a))
TEST1(is_bitstring, is_bitstring(a))
TEST1(is_boolean, is_boolean(a))
TEST1(is_float, is_float(a))
TEST1(is_function_1, is_fun(a))
TEST1(is_integer, is_integer(a))
TEST1(is_list, is_list(a))
TEST1(is_map, is_map(a))
TEST1(is_number, is_number(a))
TEST1(is_pid, is_pid(a))
TEST1(is_port, is_port(a))
TEST1(is_reference, is_ref(a))
TEST1(is_tuple, is_tuple(a))

/* An operator of two booleans. */
#define LOGIC2(name, expression)                                                        \
    static Term guard_##name(Calc *calc, const Term *args)                              \
    {                                                                                   \
        if (!is_boolean(args[0]) || !is_boolean(args[1])) return fail(calc, A(badarg)); \
        bool a = args[0] == A(true), b = args[1] == A(true);                            \
        return bool_term(expression);                                                   \
    }
LOGIC2(and, a &&b)
LOGIC2(or, a || b)
LOGIC2(xor, a != b)

static Term guard_not(Calc *calc, const Term *args)
{
    if (!is_boolean(args[0])) return fail(calc, A(badarg));
    return bool_term(args[0] == A(false));
}

/* Of equal ones the first. */
static Term guard_min(Calc *calc, const Term *args)
{
    (void)calc;
    return term_compare(args[0], args[1]) <= 0 ? args[0] : args[1];
}

static Term guard_max(Calc *calc, const Term *args)
{
    (void)calc;
    return term_compare(args[0], args[1]) >= 0 ? args[0] : args[1];
}

static unsigned fun_arity(Term fun)
{
    return is_export_fun(fun) ? export_of(fun)->arity : fun_ptr(fun)->entry->arity;
}

static Term guard_is_function_2(Calc *calc, const Term *args)
{
    Term arity = args[1];
    if (is_big(arity) && !big_is_negative(arity)) return A(false);
    if (!is_small(arity) || small_value(arity) < 0) return fail(calc, A(badarg));
    return bool_term(is_fun(args[0]) && (Word)fun_arity(args[0]) == small_value(arity));
}

/* is_integer(Value, Low, High) of OTP 29 */
static Term guard_is_integer_3(Calc *calc, const Term *args)
{
    if (!is_integer(args[1]) || !is_integer(args[2])) return fail(calc, A(badarg));
    if (!is_integer(args[0])) return A(false);
    return bool_term(number_compare(args[0], args[1]) >= 0 &&
                     number_compare(args[0], args[2]) <= 0);
}

TEST1(is_record_1, is_native_record(a))

/* Native records (OTP 29) are asked for by their name, in any module or in one. */
static Term guard_is_record_2(Calc *calc, const Term *args)
{
    if (!is_atom(args[1])) return fail(calc, A(badarg));
    if (is_native_record(args[0]))
        return bool_term(record_definition(args[0])[DEFINITION_NAME] == args[1]);
    return bool_term(is_tuple(args[0]) && tuple_arity(args[0]) > 0 &&
                     tuple_elements(args[0])[0] == args[1]);
}

static Term guard_is_record_3(Calc *calc, const Term *args)
{
    if (release_has_records() && is_atom(args[1]) && is_atom(args[2]))
        return bool_term(record_is(args[0], args[1], args[2]));
    if (!is_atom(args[1]) || !is_small(args[2])) return fail(calc, A(badarg));
    return bool_term(is_tuple(args[0]) && (Word)tuple_arity(args[0]) == small_value(args[2]) &&
                     tuple_arity(args[0]) > 0 && tuple_elements(args[0])[0] == args[1]);
}

/* ---- Parts of terms ---- */

static Term guard_element(Calc *calc, const Term *args)
{
    Term index = args[0], tuple = args[1];
    if (!is_small(index) || !is_tuple(tuple)) return fail(calc, A(badarg));
    if (small_value(index) < 1 || (size_t)small_value(index) > tuple_arity(tuple))
        return fail(calc, A(badarg));
    return tuple_elements(tuple)[small_value(index) - 1];
}

static Term guard_hd(Calc *calc, const Term *args)
{
    return is_cons(args[0]) ? cons_head(args[0]) : fail(calc, A(badarg));
}

static Term guard_tl(Calc *calc, const Term *args)
{
    return is_cons(args[0]) ? cons_tail(args[0]) : fail(calc, A(badarg));
}

static Term guard_map_get(Calc *calc, const Term *args)
{
    if (!is_map(args[1])) return fail_with(calc, A(badmap), args[1]);
    Term value = map_get(args[1], args[0]);
    return is_none(value) ? fail_with(calc, A(badkey), args[0]) : value;
}

static Term guard_is_map_key(Calc *calc, const Term *args)
{
    if (!is_map(args[1])) return fail_with(calc, A(badmap), args[1]);
    return bool_term(!is_none(map_get(args[1], args[0])));
}

/* `size` bytes of a bitstring from `start` on, or before it where `size` is negative. */
static Term part_of(Calc *calc, Term whole, Term start, Term size)
{
    if (!is_bitstring(whole) || !is_small(start) || !is_small(size)) return fail(calc, A(badarg));
    if (release_has_strict_parts() && !is_binary(whole)) return fail(calc, A(badarg));
    Word from = small_value(start), count = small_value(size);
    Word bytes = (Word)(bitstring_bits(whole) / 8);
    if (from < 0 || from > bytes) return fail(calc, A(badarg));
    if (count < 0) {
        if (count < -from) return fail(calc, A(badarg));
        from += count;
        count = -count;
    }
    if (count > bytes - from) return fail(calc, A(badarg));
    Term part = binary_part(calc->heap, whole, (size_t)from, (size_t)count);
    return is_none(part) ? fail(calc, A(system_limit)) : part;
}

static Term guard_binary_part_2(Calc *calc, const Term *args)
{
    if (!is_tuple_of(args[1], 2)) return fail(calc, A(badarg));
    const Term *place = tuple_elements(args[1]);
    return part_of(calc, args[0], place[0], place[1]);
}

static Term guard_binary_part_3(Calc *calc, const Term *args)
{
    return part_of(calc, args[0], args[1], args[2]);
}

static Term guard_node_1(Calc *calc, const Term *args)
{
    if (!is_pid(args[0]) && !is_port(args[0]) && !is_ref(args[0])) return fail(calc, A(badarg));
    return identifier_of(args[0]).node->name;
}

/* ---- Sizes ---- */

static Term guard_length(Calc *calc, const Term *args)
{
    size_t length;
    bool proper = list_length(args[0], &length);
    if (!proper) return fail(calc, A(badarg));
    calc->cost += length / ELEMENTS_PER_COST;
    return size_term(calc, length);
}

static Term guard_tuple_size(Calc *calc, const Term *args)
{
    if (!is_tuple(args[0])) return fail(calc, A(badarg));
    return make_small((Word)tuple_arity(args[0]));
}

static Term guard_size(Calc *calc, const Term *args)
{
    if (is_tuple(args[0])) return make_small((Word)tuple_arity(args[0]));
    if (!is_bitstring(args[0])) return fail(calc, A(badarg));
    return size_term(calc, bitstring_bits(args[0]) / 8);
}

/* Compilers since OTP 26 ask a match context how much is left. */
static bool bits_of(Term t, size_t *bits)
{
    if (is_bitstring(t)) *bits = bitstring_bits(t);
    else if (is_boxed(t) && boxed_kind(t) == KIND_MATCH) *bits = match_left(match_context(t));
    else return false;
    return true;
}

static Term guard_byte_size(Calc *calc, const Term *args)
{
    size_t bits;
    if (!bits_of(args[0], &bits)) return fail(calc, A(badarg));
    return size_term(calc, (bits + 7) / 8);
}

static Term guard_bit_size(Calc *calc, const Term *args)
{
    size_t bits;
    if (!bits_of(args[0], &bits)) return fail(calc, A(badarg));
    return size_term(calc, bits);
}

static Term guard_map_size(Calc *calc, const Term *args)
{
    if (!is_map(args[0])) return fail_with(calc, A(badmap), args[0]);
    return size_term(calc, map_size(args[0]));
}

/* ---- The table ---- */

const Guard guards[GUARD_COUNT] = {
#define GUARD(name, atom, arity) [GUARD_##name] = {guard_##name, ATOM_INDEX_##atom, arity},
#include "heap/guards.def"
#undef GUARD
};

int guard_find(Term name, unsigned arity)
{
    for (int i = 0; i < GUARD_COUNT; i++) {
        if (make_atom(guards[i].name) != name || guards[i].arity != arity) continue;
        return IS_NEW_GUARD(i) && !release_has_records() ? -1 : i;
    }
    return -1;
}
