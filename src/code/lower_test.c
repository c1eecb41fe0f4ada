/* SPDX-License-Identifier: Apache-2.0 */
/* lower_test.c - type tests and comparisons. */

#include "code/lower.h"

static const uint8_t test_token[GENERIC_MAX] = {
    [GENERIC_is_integer] = INSN_is_integer,
    [GENERIC_is_float] = INSN_is_float,
    [GENERIC_is_number] = INSN_is_number,
    [GENERIC_is_atom] = INSN_is_atom,
    [GENERIC_is_boolean] = INSN_is_boolean,
    [GENERIC_is_pid] = INSN_is_pid,
    [GENERIC_is_reference] = INSN_is_reference,
    [GENERIC_is_port] = INSN_is_port,
    [GENERIC_is_nil] = INSN_is_nil,
    [GENERIC_is_binary] = INSN_is_binary,
    [GENERIC_is_bitstr] = INSN_is_bitstring,
    [GENERIC_is_list] = INSN_is_list,
    [GENERIC_is_nonempty_list] = INSN_is_nonempty_list,
    [GENERIC_is_tuple] = INSN_is_tuple,
    [GENERIC_is_map] = INSN_is_map,
    [GENERIC_is_function] = INSN_is_function,
    [GENERIC_is_any_native_record] = INSN_is_any_native_record,
};
_Static_assert(INSN_func_info == 0, "0 is no test");

static uint32_t need_label(Lower *c, const BeamOperand *o)
{
    uint32_t label = lower_label(c, o);
    if (!label) lower_fail(c, "a test without a label", UINT64_MAX);
    return label;
}

static void simple_test(Lower *c, unsigned token, const BeamOperand *o)
{
    uint32_t label = need_label(c, &o[0]);
    unsigned r = lower_r(c, &o[1]);
    if (!(r & R_IS_Y) && token == INSN_is_nil) token = INSN_is_nil_x;
    if (!(r & R_IS_Y) && token == INSN_is_nonempty_list) token = INSN_is_nonempty_list_x;
    lower_emit(c, token, (int64_t[]){r, label}, 2);
}

/* ---- Equality ---- */

static bool fits_half(Term t) { return is_small(t) && small_value(t) == (int16_t)small_value(t); }

/* Compares `a` with the immediate `t`. False: no form for it. */
static bool equal_immediate(Lower *c, uint32_t label, const BeamOperand *a, Term t, bool equal)
{
    if (is_placeholder(t) || !lower_is_register(a)) return false;
    unsigned r = lower_r(c, a);
    if (equal && is_nil(t)) {
        lower_emit(c, r & R_IS_Y ? INSN_is_nil : INSN_is_nil_x, (int64_t[]){r, label}, 2);
        return true;
    }
    if (fits_half(t)) {
        int64_t values[] = {r, label, small_value(t)};
        lower_emit(c, equal ? INSN_is_eq_exact_int : INSN_is_ne_exact_int, values, 3);
        return true;
    }
    uint32_t index = lower_pool(c, t);
    if (index > 0xFFFF) return false;
    int64_t values[] = {r, label, index};
    lower_emit(c, equal ? INSN_is_eq_exact_imm : INSN_is_ne_exact_imm, values, 3);
    return true;
}

/* op 0: ==, 1: /=, 2: =:=, 3: =/= */
static void equality(Lower *c, unsigned op, const BeamOperand *o)
{
    static const uint8_t tokens[] = {INSN_is_eq, INSN_is_ne, INSN_is_eq_exact, INSN_is_ne_exact};
    uint32_t label = need_label(c, &o[0]);
    const BeamOperand *a = &o[1], *b = &o[2];
    Term t;
    if (!lower_is_register(a)) {
        a = b;
        b = &o[1];
    }
    /* A number is == to others of its value, all else only to itself. */
    if (lower_constant(c, b, &t) && (op >= 2 || !is_small(t)) &&
        equal_immediate(c, label, a, t, op % 2 == 0))
        return;
    unsigned first = lower_r(c, a), second = lower_r(c, b);
    lower_emit(c, tokens[op], (int64_t[]){first, second, label}, 3);
}

/* ---- Order ---- */

static void order(Lower *c, bool less, const BeamOperand *o)
{
    uint32_t label = need_label(c, &o[0]);
    Term t;
    if (lower_is_register(&o[1]) && lower_constant(c, &o[2], &t) && fits_half(t)) {
        int64_t values[] = {lower_r(c, &o[1]), label, small_value(t)};
        lower_emit(c, less ? INSN_is_lt_int : INSN_is_ge_int, values, 3);
    } else if (lower_is_register(&o[2]) && lower_constant(c, &o[1], &t) && fits_half(t)) {
        int64_t values[] = {lower_r(c, &o[2]), label, small_value(t)};
        lower_emit(c, less ? INSN_is_int_lt : INSN_is_int_ge, values, 3);
    } else {
        unsigned a = lower_r(c, &o[1]), b = lower_r(c, &o[2]);
        lower_emit(c, less ? INSN_is_lt : INSN_is_ge, (int64_t[]){a, b, label}, 3);
    }
}

/* ---- Tuples and funs ---- */

static void tuple_test(Lower *c, unsigned token, const BeamOperand *o)
{
    uint32_t label = need_label(c, &o[0]);
    unsigned r = lower_r(c, &o[1]);
    uint32_t arity = lower_u(c, &o[2], 0xFFFF);
    lower_emit(c, token, (int64_t[]){r, label, arity}, 3);
}

static void tagged_tuple(Lower *c, const BeamOperand *o)
{
    uint32_t label = need_label(c, &o[0]);
    unsigned r = lower_r(c, &o[1]);
    uint32_t arity = lower_u(c, &o[2], 0xFFFF);
    Term tag;
    if (!lower_constant(c, &o[3], &tag) || is_placeholder(tag))
        lower_fail(c, "a tag was expected", UINT64_MAX);
    EMIT(c, is_tagged_tuple, r, label, arity, lower_pool(c, tag));
}

static void function_arity(Lower *c, const BeamOperand *o)
{
    uint32_t label = need_label(c, &o[0]);
    unsigned r = lower_r(c, &o[1]);
    uint16_t arity = lower_s(c, &o[2]);
    EMIT(c, is_function2, r, label, arity);
}

bool lower_test(Lower *c, const BeamInsn *insn)
{
    const BeamOperand *o = insn->operands;
    if (test_token[insn->op]) {
        simple_test(c, test_token[insn->op], o);
        return true;
    }
    switch (insn->op) {
    case GENERIC_is_eq: equality(c, 0, o); return true;
    case GENERIC_is_ne: equality(c, 1, o); return true;
    case GENERIC_is_eq_exact: equality(c, 2, o); return true;
    case GENERIC_is_ne_exact: equality(c, 3, o); return true;
    case GENERIC_is_lt: order(c, true, o); return true;
    case GENERIC_is_ge: order(c, false, o); return true;
    case GENERIC_test_arity: tuple_test(c, INSN_test_arity, o); return true;
    case GENERIC_is_tagged_tuple: tagged_tuple(c, o); return true;
    case GENERIC_is_function2: function_arity(c, o); return true;
    default: return false;
    }
}
