/* SPDX-License-Identifier: Apache-2.0 */
/* lower_match.c - the bit syntax: matching. */

#include "code/lower.h"
#include "heap/bits.h"
#include "term/atom.h"

/* ---- Flags ---- */

static unsigned flag_bit(Term atom)
{
    return atom == A(little)   ? BITS_LITTLE
           : atom == A(signed) ? BITS_SIGNED
           : atom == A(native) ? BITS_NATIVE
                               : 0;
}

/* The literal list of atoms, read from its external form: [little, signed]. */
static unsigned literal_flags(Lower *c, BeamBytes text)
{
    static const char *const names[] = {"little", "signed", "native"};
    static const Term atoms[] = {A(little), A(signed), A(native)};
    unsigned flags = 0;
    for (size_t n = 0; n < sizeof atoms / sizeof *atoms; n++) {
        size_t size = strlen(names[n]);
        for (size_t i = 1; i + size <= text.size; i++) {
            if (text.bytes[i - 1] == size && memcmp(text.bytes + i, names[n], size) == 0)
                flags |= flag_bit(atoms[n]);
        }
    }
    (void)c;
    return flags;
}

static unsigned resolve(unsigned flags)
{
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    if (flags & BITS_NATIVE) flags |= BITS_LITTLE;
#endif
    return flags & (BITS_LITTLE | BITS_SIGNED);
}

unsigned lower_bit_flags(Lower *c, const BeamOperand *o)
{
    switch (o->kind) {
    case OPERAND_U:
    case OPERAND_I: return resolve(lower_u(c, o, 0xFF));
    case OPERAND_NIL: return 0;
    case OPERAND_LITERAL: return resolve(literal_flags(c, c->file->literals[o->value]));
    default: lower_fail(c, "flags of a field were expected", UINT64_MAX); return 0;
    }
}

/* ---- Fields ---- */

typedef struct Field {
    uint32_t label;
    const BeamOperand *context, *size, *to;
    uint32_t unit;
    unsigned flags;
} Field;

/* Bits of a field of constant size; false: not constant, or too many. */
static bool constant_bits(const Field *f, uint32_t *bits)
{
    if (f->size->kind != OPERAND_I && f->size->kind != OPERAND_U) return false;
    if (f->size->value < 0 || f->size->value > 0xFFFF) return false;
    uint64_t n = (uint64_t)f->size->value * f->unit;
    *bits = (uint32_t)n;
    return n <= 0xFFFF;
}

static void get_integer(Lower *c, const Field *f)
{
    uint32_t bits;
    unsigned context = lower_r(c, f->context);
    if (!constant_bits(f, &bits)) {
        uint16_t size = lower_size(c, f->size);
        unsigned to = lower_result(c, f->to);
        EMIT(c, match_int_var, context, to, f->flags, size, f->unit, f->label);
        return;
    }
    unsigned to = lower_result(c, f->to);
    if (bits == 8 && !(f->flags & BITS_SIGNED)) {
        EMIT(c, match_int8, context, to, f->label);
    } else if (bits == 16 && f->flags == 0) {
        EMIT(c, match_int16, context, to, f->label);
    } else {
        EMIT(c, match_int, context, to, f->flags, bits, f->label);
    }
}

/* Floats and binaries. */
static void get_sized(Lower *c, unsigned token, const Field *f)
{
    unsigned context = lower_r(c, f->context);
    uint16_t size = lower_size(c, f->size);
    unsigned to = lower_result(c, f->to);
    lower_emit(c, token, (int64_t[]){context, to, f->flags, size, f->unit, f->label}, 6);
}

static void get_binary(Lower *c, const Field *f)
{
    if (!lower_is_all(c, f->size)) {
        get_sized(c, INSN_match_binary, f);
        return;
    }
    unsigned context = lower_r(c, f->context), to = lower_result(c, f->to);
    EMIT(c, match_binary_all, context, to, f->unit, f->label);
}

static void skip_bits(Lower *c, const Field *f)
{
    uint32_t bits;
    unsigned context = lower_r(c, f->context);
    if (lower_is_all(c, f->size)) {
        EMIT(c, match_skip_all, context, f->label, f->unit);
    } else if (constant_bits(f, &bits)) {
        EMIT(c, match_skip, context, f->label, bits);
    } else {
        EMIT(c, match_skip_var, context, f->label, lower_size(c, f->size), f->unit);
    }
}

static uint32_t unit_of(Lower *c, const BeamOperand *o)
{
    uint32_t unit = lower_u(c, o, 0xFFFF);
    if (unit == 0) lower_fail(c, "a unit of", 0);
    return unit;
}

static bool lower_fields(Lower *c, const BeamInsn *insn)
{
    const BeamOperand *o = insn->operands;
    Field f;
    switch (insn->op) {
    case GENERIC_bs_get_integer2:
    case GENERIC_bs_get_float2:
    case GENERIC_bs_get_binary2: /* label, context, live, size, unit, flags, destination */
        lower_live(c, &o[2]);
        f = (Field){lower_label(c, &o[0]),    &o[1], &o[3], &o[6], unit_of(c, &o[4]),
                    lower_bit_flags(c, &o[5])};
        break;
    case GENERIC_bs_skip_bits2: /* label, context, size, unit, flags */
        f = (Field){lower_label(c, &o[0]), &o[1], &o[2], NULL, unit_of(c, &o[3]), 0};
        break;
    default: return false;
    }
    if (insn->op == GENERIC_bs_get_integer2) {
        get_integer(c, &f);
    } else if (insn->op == GENERIC_bs_get_float2) {
        get_sized(c, INSN_match_float, &f);
    } else if (insn->op == GENERIC_bs_get_binary2) {
        get_binary(c, &f);
    } else {
        skip_bits(c, &f);
    }
    return true;
}

/* ---- Unicode ---- */

static bool lower_unicode(Lower *c, const BeamInsn *insn)
{
    const BeamOperand *o = insn->operands; /* label, context, live, flags, destination */
    bool skips = insn->op == GENERIC_bs_skip_utf8 || insn->op == GENERIC_bs_skip_utf16 ||
                 insn->op == GENERIC_bs_skip_utf32;
    switch (insn->op) {
    case GENERIC_bs_get_utf8:
    case GENERIC_bs_get_utf16:
    case GENERIC_bs_get_utf32:
    case GENERIC_bs_skip_utf8:
    case GENERIC_bs_skip_utf16:
    case GENERIC_bs_skip_utf32: break;
    default: return false;
    }
    uint32_t label = lower_label(c, &o[0]);
    unsigned context = lower_r(c, &o[1]), flags = lower_bit_flags(c, &o[3]);
    unsigned to = skips ? lower_take_scratch(c) : lower_result(c, &o[4]);
    lower_live(c, &o[2]);
    if (insn->op == GENERIC_bs_get_utf8 || insn->op == GENERIC_bs_skip_utf8) {
        EMIT(c, match_utf8, context, to, label);
    } else if (insn->op == GENERIC_bs_get_utf16 || insn->op == GENERIC_bs_skip_utf16) {
        EMIT(c, match_utf16, context, to, flags, label);
    } else {
        EMIT(c, match_utf32, context, to, flags, label);
    }
    return true;
}

/* ---- Contexts, positions, tests ---- */

/* o: label or no_fail or resume, live, source, destination */
static void start_match4(Lower *c, const BeamOperand *o)
{
    lower_live(c, &o[1]);
    if (o[0].kind == OPERAND_ATOM && c->atoms[o[0].value] == A(resume)) {
        lower_move(c, &o[2], &o[3]);
        return;
    }
    uint32_t label = o[0].kind == OPERAND_ATOM ? 0 : lower_label(c, &o[0]);
    unsigned from = lower_r(c, &o[2]), to = lower_result(c, &o[3]);
    EMIT(c, match_start, from, to, label);
}

static void test_string(Lower *c, const BeamOperand *o)
{
    uint32_t label = lower_label(c, &o[0]), bits = lower_u(c, &o[2], INT32_MAX);
    uint32_t offset = lower_u(c, &o[3], INT32_MAX);
    lower_check_string(c, offset, (bits + 7) / 8);
    unsigned context = lower_r(c, &o[1]);
    EMIT(c, match_string, context, label, bits, offset);
}

static bool lower_positions(Lower *c, const BeamInsn *insn)
{
    const BeamOperand *o = insn->operands;
    unsigned context, to;
    switch (insn->op) {
    case GENERIC_bs_get_tail:
        context = lower_r(c, &o[0]);
        to = lower_result(c, &o[1]);
        EMIT(c, match_get_tail, context, to);
        return true;
    case GENERIC_bs_get_position:
        context = lower_r(c, &o[0]);
        to = lower_result(c, &o[1]);
        EMIT(c, match_get_position, context, to);
        return true;
    case GENERIC_bs_set_position:
        context = lower_r(c, &o[0]);
        to = lower_r(c, &o[1]);
        EMIT(c, match_set_position, context, to);
        return true;
    default: return false;
    }
}

/* {test, bs_test_tail2, Label, [Context, Bits]} */
static void lower_test_tail(Lower *c, const BeamOperand *o)
{
    uint32_t label = lower_label(c, &o[0]), context = lower_r(c, &o[1]);
    if (label && o[2].value >> 48)
        EMIT(c, jump, label); /* No binary has so many bits. */
    else
        EMIT(c, match_test_tail, context, label, lower_u(c, &o[2], UINT32_MAX));
}

static bool lower_tests(Lower *c, const BeamInsn *insn)
{
    const BeamOperand *o = insn->operands;
    unsigned context;
    switch (insn->op) {
    case GENERIC_bs_start_match3: { /* label, source, live, destination */
        unsigned from = lower_r(c, &o[1]), to = lower_result(c, &o[3]);
        lower_live(c, &o[2]);
        EMIT(c, match_start, from, to, lower_label(c, &o[0]));
        return true;
    }
    case GENERIC_bs_start_match4: start_match4(c, o); return true;
    case GENERIC_bs_match_string: test_string(c, o); return true;
    case GENERIC_bs_test_tail2:
        lower_test_tail(c, o);
        return true;
    case GENERIC_bs_test_unit:
        context = lower_r(c, &o[1]);
        EMIT(c, match_test_unit, context, lower_label(c, &o[0]), unit_of(c, &o[2]));
        return true;
    default: return false;
    }
}

/* ---- bs_match: a row of commands ---- */

typedef struct Commands {
    const BeamOperand *at;
    uint32_t left;
    uint32_t label;
    const BeamOperand *context;
} Commands;

/* The next `count` operands. */
static const BeamOperand *take(Lower *c, Commands *m, uint32_t count)
{
    static const BeamOperand nothing[6];
    const BeamOperand *o = m->at;
    if (m->left < count) {
        lower_fail(c, "a command is cut off", UINT64_MAX);
        m->left = 0;
        return nothing;
    }
    m->at += count;
    m->left -= count;
    return o;
}

static void ensure(Lower *c, Commands *m, bool exactly)
{
    const BeamOperand *o = take(c, m, exactly ? 1 : 2);
    unsigned context = lower_r(c, m->context);
    uint32_t bits = lower_u(c, &o[0], INT32_MAX);
    if (exactly) {
        EMIT(c, match_test_tail, context, m->label, bits);
    } else {
        EMIT(c, match_ensure, context, m->label, unit_of(c, &o[1]), bits);
    }
}

/* live, flags, size, unit, destination */
static void command_field(Lower *c, Commands *m, bool integer)
{
    const BeamOperand *o = take(c, m, 5);
    if (c->failed) return;
    Field f = {m->label, m->context, &o[2], &o[4], unit_of(c, &o[3]), lower_bit_flags(c, &o[1])};
    if (integer) {
        get_integer(c, &f);
    } else {
        get_binary(c, &f);
    }
}

/* live, size, value */
static void command_equal(Lower *c, Commands *m)
{
    const BeamOperand *o = take(c, m, 3);
    unsigned context = lower_r(c, m->context);
    uint32_t bits = lower_u(c, &o[1], 0xFFFF);
    EMIT(c, match_equal, context, m->label, bits, lower_size(c, &o[2]));
}

static void command(Lower *c, Commands *m)
{
    const BeamOperand *o = take(c, m, 1);
    Term name = o->kind == OPERAND_ATOM ? c->atoms[o->value] : TERM_NIL;
    if (name == A(ensure_at_least)) {
        ensure(c, m, false);
    } else if (name == A(ensure_exactly)) {
        ensure(c, m, true);
    } else if (name == A(integer)) {
        command_field(c, m, true);
    } else if (name == A(binary)) {
        command_field(c, m, false);
    } else if (name == A(skip)) {
        unsigned context = lower_r(c, m->context);
        EMIT(c, match_skip, context, m->label, lower_u(c, take(c, m, 1), INT32_MAX));
    } else if (name == A(get_tail)) {
        o = take(c, m, 3); /* live, unit, destination */
        unsigned context = lower_r(c, m->context);
        EMIT(c, match_get_tail, context, lower_result(c, &o[2]));
    } else if (name == A(eq_exact)) {
        command_equal(c, m);
    } else {
        lower_fail(c, "an unknown command of bs_match", UINT64_MAX);
    }
    lower_results(c);
    c->scratch = 0;
}

static void lower_commands(Lower *c, const BeamOperand *o)
{
    Commands m = {&o[3], lower_count(c, &o[2], 1), lower_label(c, &o[0]), &o[1]};
    while (m.left && !c->failed) command(c, &m);
}

bool lower_match(Lower *c, const BeamInsn *insn)
{
    if (insn->op == GENERIC_bs_match) {
        lower_commands(c, insn->operands);
        return true;
    }
    return lower_fields(c, insn) || lower_unicode(c, insn) || lower_positions(c, insn) ||
           lower_tests(c, insn);
}
