/* SPDX-License-Identifier: Apache-2.0 */
/* lower_arith.c - guard functions, arithmetic, floats. */

#include "code/lower.h"
#include "heap/guard.h"
#include "term/atom.h"

/* One call of a guard function, in a guard (label) or a body (0). */
typedef struct Guarded {
    uint32_t label;
    const Export *function;
    const BeamOperand *args, *to;
    unsigned count;
    int guard; /* index in heap/guards.def; -1: none of these */
} Guarded;

/* ---- Natives that are no guard functions ---- */

static void guard_native(Lower *c, const Guarded *g)
{
    if (!export_is_native(g->function)) {
        lower_fail(c, "a bif instruction names no native; its arity is", g->count);
        return;
    }
    lower_sources(c, g->args, g->count);
    unsigned to = lower_result(c, g->to);
    EMIT_LIST(c, guard_native, to, g->count, lower_pool(c, (Term)g->function), g->label);
}

/* ---- Forms of their own ---- */

static bool small_constant(const BeamOperand *o, int64_t low, int64_t high)
{
    return o->kind == OPERAND_I && o->value >= low && o->value <= high;
}

/* Sums and differences with a constant of a byte. */
static bool short_sum(Lower *c, const Guarded *g)
{
    const BeamOperand *a = &g->args[0], *b = &g->args[1];
    if (g->label || (g->guard != GUARD_add && g->guard != GUARD_sub)) return false;
    if (g->guard == GUARD_add && small_constant(a, INT8_MIN, INT8_MAX)) {
        a = b;
        b = &g->args[0];
    }
    if (!small_constant(b, INT8_MIN, INT8_MAX) || !lower_is_register(a)) return false;
    int64_t values[] = {lower_r(c, a), lower_result(c, g->to), b->value};
    bool adds = g->guard == GUARD_add;
    unsigned token = adds ? INSN_add_i : INSN_sub_i;
    if (!((values[0] | values[1]) & R_IS_Y)) token = adds ? INSN_add_i_xx : INSN_sub_i_xx;
    lower_emit(c, token, values, 3);
    return true;
}

/* Sums and differences with other constants. They fail as those with a byte do: the operator is not
   named. */
static bool long_sum(Lower *c, const Guarded *g)
{
    const BeamOperand *a = &g->args[0], *b = &g->args[1];
    Term t;
    if (g->label || (g->guard != GUARD_add && g->guard != GUARD_sub)) return false;
    if (g->guard == GUARD_add && a->kind == OPERAND_I) {
        a = b;
        b = &g->args[0];
    }
    if (b->kind != OPERAND_I || !lower_is_register(a) || !lower_constant(c, b, &t) || !is_small(t))
        return false;
    if (g->guard == GUARD_sub) {
        if (!fits_small(-small_value(t))) return false;
        t = make_small(-small_value(t));
    }
    uint32_t index = lower_pool(c, t);
    if (index > 0xFFFF) return false;
    unsigned from = lower_r(c, a), to = lower_result(c, g->to);
    EMIT(c, add_c, from, to, index);
    return true;
}

/* The second operand is a constant of 16 bits. */
static bool with_constant(Lower *c, const Guarded *g)
{
    static const struct {
        uint8_t guard, token;
        int16_t low;
    } rows[] = {
        {GUARD_mul, INSN_mul_i, INT16_MIN}, {GUARD_div, INSN_div_i, 1},
        {GUARD_rem, INSN_rem_i, 1},         {GUARD_band, INSN_band_i, INT16_MIN},
        {GUARD_bor, INSN_bor_i, INT16_MIN}, {GUARD_bxor, INSN_bxor_i, INT16_MIN},
        {GUARD_bsl, INSN_bsl_i, 0},         {GUARD_bsr, INSN_bsr_i, 0},
    };
    if (g->label || !lower_is_register(&g->args[0])) return false;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (rows[i].guard != g->guard || !small_constant(&g->args[1], rows[i].low, INT16_MAX))
            continue;
        unsigned from = lower_r(c, &g->args[0]), to = lower_result(c, g->to);
        lower_emit(c, rows[i].token, (int64_t[]){from, to, g->args[1].value}, 3);
        return true;
    }
    return false;
}

static bool arithmetic(Lower *c, const Guarded *g)
{
    static const struct {
        uint8_t guard, token;
    } rows[] = {
        {GUARD_add, INSN_add},     {GUARD_sub, INSN_sub},   {GUARD_mul, INSN_mul},
        {GUARD_div, INSN_int_div}, {GUARD_rem, INSN_rem},   {GUARD_band, INSN_band},
        {GUARD_bor, INSN_bor},     {GUARD_bxor, INSN_bxor}, {GUARD_bsl, INSN_bsl},
        {GUARD_bsr, INSN_bsr},
    };
    if (short_sum(c, g) || long_sum(c, g) || with_constant(c, g)) return true;
    unsigned token = INSN_COUNT;
    if (!g->label) {
        for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
            if (rows[i].guard == g->guard) token = rows[i].token;
        }
    } else if (g->guard == GUARD_add) {
        token = INSN_add_fail;
    } else if (g->guard == GUARD_sub) {
        token = INSN_sub_fail;
    }
    if (token == INSN_COUNT) return false;
    unsigned a = lower_r(c, &g->args[0]), b = lower_r(c, &g->args[1]), to = lower_result(c, g->to);
    lower_emit(c, token, (int64_t[]){a, b, to, g->label}, g->label ? 4 : 3);
    return true;
}

static bool special(Lower *c, const Guarded *g)
{
    if (g->guard == GUARD_element && small_constant(&g->args[0], 1, 0xFFFF)) {
        unsigned tuple = lower_r(c, &g->args[1]), to = lower_result(c, g->to);
        EMIT(c, element_const, tuple, to, g->args[0].value, g->label);
        return true;
    }
    if (g->guard == GUARD_element) {
        unsigned index = lower_r(c, &g->args[0]), tuple = lower_r(c, &g->args[1]);
        unsigned to = lower_result(c, g->to);
        EMIT(c, element, index, tuple, to, g->label);
        return true;
    }
    if (g->guard == GUARD_eq_exact) {
        unsigned a = lower_r(c, &g->args[0]), b = lower_r(c, &g->args[1]),
                 to = lower_result(c, g->to);
        EMIT(c, equal_exact, a, b, to);
        return true;
    }
    if (g->guard == GUARD_tuple_size) {
        unsigned tuple = lower_r(c, &g->args[0]), to = lower_result(c, g->to);
        EMIT(c, tuple_size, tuple, to, g->label);
        return true;
    }
    return false;
}

static void general(Lower *c, const Guarded *g)
{
    static const uint8_t tokens[] = {INSN_guard1, INSN_guard2, INSN_guard3};
    int64_t values[6] = {g->guard};
    for (unsigned i = 0; i < g->count; i++) values[1 + i] = lower_r(c, &g->args[i]);
    values[1 + g->count] = lower_result(c, g->to);
    values[2 + g->count] = g->label;
    lower_emit(c, tokens[g->count - 1], values, 3 + g->count);
}

static void guarded(Lower *c, uint32_t label, const BeamOperand *import, const BeamOperand *args,
                    unsigned count)
{
    Guarded g = {label, lower_import(c, import), args, args + count, count, -1};
    if (!g.function) return;
    if (g.function->arity != count) {
        lower_fail(c, "an import is called with another arity:", count);
        return;
    }
    Term name = g.function->function;
    if (g.function->module == A(erlang)) g.guard = guard_find(name, count);
    /* As on OTP, the instruction of +X is that of X + 0, which makes 0.0 of -0.0. */
    BeamOperand sum[2] = {args[0], {.kind = OPERAND_I}};
    if (g.guard == GUARD_plus) {
        g.guard = GUARD_add;
        g.args = sum;
        g.count = count = 2;
    }
    if (g.function->module == A(erlang) && count == 0 && name == A(self)) {
        EMIT(c, self, lower_result(c, g.to));
    } else if (g.function->module == A(erlang) && count == 0 && name == A(node)) {
        EMIT(c, node, lower_result(c, g.to));
    } else if (g.guard < 0) {
        guard_native(c, &g);
    } else if (!(count == 2 && arithmetic(c, &g)) && !special(c, &g)) {
        general(c, &g);
    }
}

/* ---- Floats ---- */

static uint32_t float_register(Lower *c, const BeamOperand *o)
{
    if (o->kind == OPERAND_FLOAT && o->value < FLOAT_REGISTERS) return (uint32_t)o->value;
    lower_fail(c, "no such float register:", (uint64_t)o->value);
    return 0;
}

static void float_move(Lower *c, const BeamOperand *o)
{
    Term t;
    if (o[1].kind == OPERAND_FLOAT && lower_constant(c, &o[0], &t) && lower_pool(c, t) <= 0xFFFF) {
        EMIT(c, float_const, float_register(c, &o[1]), lower_pool(c, t));
    } else if (o[1].kind == OPERAND_FLOAT) {
        unsigned from = lower_r(c, &o[0]);
        EMIT(c, float_load, from, float_register(c, &o[1]));
    } else {
        uint32_t from = float_register(c, &o[0]);
        EMIT(c, float_store, from, lower_result(c, &o[1]));
    }
}

/* o: label (always none), a, b, destination */
static void float_operation(Lower *c, unsigned token, const BeamOperand *o)
{
    uint32_t a = float_register(c, &o[1]), b = float_register(c, &o[2]),
             to = float_register(c, &o[3]);
    lower_emit(c, token, (int64_t[]){a, b, to}, 3);
}

static bool lower_floats(Lower *c, const BeamInsn *insn)
{
    const BeamOperand *o = insn->operands;
    switch (insn->op) {
    case GENERIC_fclearerror: /* Each operation looks at its own result. */
    case GENERIC_fcheckerror: return true;
    case GENERIC_fmove: float_move(c, o); return true;
    case GENERIC_fconv: {
        unsigned from = lower_r(c, &o[0]);
        EMIT(c, float_convert, from, float_register(c, &o[1]));
        return true;
    }
    case GENERIC_fadd: float_operation(c, INSN_float_add, o); return true;
    case GENERIC_fsub: float_operation(c, INSN_float_sub, o); return true;
    case GENERIC_fmul: float_operation(c, INSN_float_mul, o); return true;
    case GENERIC_fdiv: float_operation(c, INSN_float_div, o); return true;
    case GENERIC_fnegate:
        EMIT(c, float_negate, float_register(c, &o[1]), float_register(c, &o[2]));
        return true;
    default: return false;
    }
}

bool lower_arith(Lower *c, const BeamInsn *insn)
{
    const BeamOperand *o = insn->operands;
    switch (insn->op) {
    case GENERIC_bif0: guarded(c, 0, &o[0], &o[1], 0); return true;
    case GENERIC_bif1: guarded(c, lower_label(c, &o[0]), &o[1], &o[2], 1); return true;
    case GENERIC_bif2: guarded(c, lower_label(c, &o[0]), &o[1], &o[2], 2); return true;
    case GENERIC_bif3: guarded(c, lower_label(c, &o[0]), &o[1], &o[2], 3); return true;
    case GENERIC_gc_bif1: guarded(c, lower_label(c, &o[0]), &o[2], &o[3], 1); break;
    case GENERIC_gc_bif2: guarded(c, lower_label(c, &o[0]), &o[2], &o[3], 2); break;
    case GENERIC_gc_bif3: guarded(c, lower_label(c, &o[0]), &o[2], &o[3], 3); break;
    default: return lower_floats(c, insn);
    }
    lower_live(c, &o[1]);
    return true;
}
