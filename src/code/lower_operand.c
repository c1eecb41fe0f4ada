/* SPDX-License-Identifier: Apache-2.0 */
/* lower_operand.c - registers, constants and the pool. */

#include "base/memory.h"
#include "code/lower.h"
#include "heap/copy.h"
#include "heap/number.h"

/* ---- Pool ---- */

static bool pool_grow(Lower *c)
{
    uint32_t room = c->pool_room ? c->pool_room * 2 : 128;
    Term *pool = memory_realloc(c->pool, c->pool_room * sizeof *pool, room * sizeof *pool);
    if (!pool) return false;
    c->pool = pool;
    uint32_t slots = room * 2;
    uint32_t *index = memory_alloc(slots * sizeof *index);
    if (!index) return false;
    memset(index, 0, slots * sizeof *index);
    for (uint32_t i = 0; i < c->pool_count; i++) {
        uint32_t slot = (uint32_t)(pool[i] * 0x9E3779B1u >> 3) % slots;
        while (index[slot]) slot = (slot + 1) % slots;
        index[slot] = i + 1;
    }
    memory_free(c->pool_index, c->pool_slots * sizeof *index);
    c->pool_index = index;
    c->pool_slots = slots;
    c->pool_room = room;
    return true;
}

uint32_t lower_pool(Lower *c, Term word)
{
    if (c->pool_count + 1 >= c->pool_room && !pool_grow(c)) {
        lower_fail(c, "out of memory", UINT64_MAX);
        return 0;
    }
    uint32_t slot = (uint32_t)(word * 0x9E3779B1u >> 3) % c->pool_slots;
    for (; c->pool_index[slot]; slot = (slot + 1) % c->pool_slots) {
        uint32_t i = c->pool_index[slot] - 1;
        if (c->pool[i] == word && i) return i;
    }
    c->pool[c->pool_count] = word;
    c->pool_index[slot] = ++c->pool_count;
    return c->pool_count - 1;
}

uint32_t lower_import(Lower *c, int64_t import)
{
    if (import < 0 || import >= c->file->import_count) {
        lower_fail(c, "no such import:", (uint64_t)import);
        return 0;
    }
    return lower_pool(c, (Term)c->imports[import]);
}

/* ---- Constants ---- */

/* A big integer written in the code itself: rare, each in a literal block of its own. */
static Term big_constant(Lower *c, BeamBytes big)
{
    Heap heap = {0};
    Term t = integer_from_bytes(&heap, big.bytes, big.size, true, true);
    void *block = NULL;
    size_t bytes;
    if (!is_none(t)) t = term_copy_to_literal(t, &block, &bytes);
    fragment_free_all(heap.fragments);
    if (!is_none(t)) return t;
    lower_fail(c, "out of memory", UINT64_MAX);
    return TERM_NIL;
}

Term lower_constant(Lower *c, const BeamOperand *o, bool *is_constant)
{
    *is_constant = true;
    switch (o->kind) {
    case OPERAND_I: {
        if (fits_small((Word)o->value) && (Word)o->value == o->value) return make_small((Word)o->value);
        uint8_t bytes[8];
        for (int i = 0; i < 8; i++) bytes[i] = (uint8_t)((uint64_t)o->value >> (56 - 8 * i));
        return big_constant(c, (BeamBytes){bytes, 8});
    }
    case OPERAND_BIG: return big_constant(c, o->big);
    case OPERAND_NIL: return TERM_NIL;
    case OPERAND_ATOM: return c->atoms[o->value];
    case OPERAND_LITERAL: return c->literals[o->value];
    default: *is_constant = false; return TERM_NIL;
    }
}

/* ---- Registers ---- */

bool lower_is_register(const BeamOperand *o) { return o->kind == OPERAND_X || o->kind == OPERAND_Y; }

bool lower_is_x(const BeamOperand *o) { return o->kind == OPERAND_X && o->value <= X_BYTE_MAX; }

bool lower_is_y(const BeamOperand *o) { return o->kind == OPERAND_Y && o->value <= Y_BYTE_MAX; }

static unsigned take_scratch(Lower *c)
{
    if (c->scratch == X_SCRATCH_COUNT) {
        lower_fail(c, "too many far operands in one instruction", UINT64_MAX);
        return X_SCRATCH;
    }
    return X_SCRATCH + c->scratch++;
}

static uint16_t register_source(Lower *c, const BeamOperand *o)
{
    if (o->kind == OPERAND_X) return (uint16_t)make_source(SOURCE_X, x_slot((unsigned)o->value));
    if (o->value >= lower_frame(c) && c->frame != FRAME_UNKNOWN)
        lower_fail(c, "no such y register:", (uint64_t)o->value);
    return (uint16_t)make_source(SOURCE_Y, (uint32_t)o->value);
}

static void move_constant(Lower *c, unsigned slot, Term t)
{
    if (is_small(t) && small_value(t) == (int16_t)small_value(t)) {
        EMIT(c, move_ix, slot, small_value(t));
        return;
    }
    uint32_t index = lower_pool(c, t);
    if (index <= 0xFFFF) {
        EMIT(c, move_cx, slot, index);
    } else {
        EMIT(c, move_const_wide, slot, index);
    }
}

unsigned lower_r(Lower *c, const BeamOperand *o)
{
    if (lower_is_x(o)) return (unsigned)o->value;
    if (lower_is_y(o)) {
        register_source(c, o);
        return (unsigned)o->value | R_IS_Y;
    }
    unsigned slot = take_scratch(c);
    if (lower_is_register(o)) {
        EMIT(c, move_any, make_source(SOURCE_X, slot), register_source(c, o));
        return slot;
    }
    bool is_constant;
    Term t = lower_constant(c, o, &is_constant);
    if (!is_constant) lower_fail(c, "a source was expected", UINT64_MAX);
    move_constant(c, slot, t);
    return slot;
}

unsigned lower_result(Lower *c, const BeamOperand *o)
{
    if (!lower_is_register(o)) lower_fail(c, "a register was expected", UINT64_MAX);
    if (lower_is_x(o) || lower_is_y(o)) return lower_r(c, o);
    if (c->move_count == 4) {
        lower_fail(c, "too many far results in one instruction", UINT64_MAX);
        return 0;
    }
    unsigned slot = take_scratch(c);
    c->moves[c->move_count].slot = slot;
    c->moves[c->move_count++].to = register_source(c, o);
    return slot;
}

void lower_results(Lower *c)
{
    for (unsigned i = 0; i < c->move_count; i++)
        EMIT(c, move_any, c->moves[i].to, make_source(SOURCE_X, c->moves[i].slot));
    c->move_count = 0;
}

uint16_t lower_s_term(Lower *c, Term t)
{
    if (is_small(t) && small_value(t) >= -(1 << 13) && small_value(t) < 1 << 13)
        return (uint16_t)make_source(SOURCE_INT, (uint32_t)small_value(t));
    uint32_t index = lower_pool(c, t);
    if (index <= SOURCE_MAX) return (uint16_t)make_source(SOURCE_POOL, index);
    unsigned slot = take_scratch(c);
    move_constant(c, slot, t);
    return (uint16_t)make_source(SOURCE_X, slot);
}

uint16_t lower_s(Lower *c, const BeamOperand *o)
{
    if (lower_is_register(o)) return register_source(c, o);
    bool is_constant;
    Term t = lower_constant(c, o, &is_constant);
    if (!is_constant) lower_fail(c, "a source was expected", UINT64_MAX);
    return lower_s_term(c, t);
}

uint32_t lower_u(Lower *c, const BeamOperand *o, uint32_t max)
{
    if ((o->kind != OPERAND_U && o->kind != OPERAND_I) || o->value < 0 || o->value > max) {
        lower_fail(c, "a number is out of range:", (uint64_t)o->value);
        return 0;
    }
    return (uint32_t)o->value;
}

uint32_t lower_label(Lower *c, const BeamOperand *o)
{
    if (o->kind != OPERAND_LABEL) {
        lower_fail(c, "a label was expected", UINT64_MAX);
        return 0;
    }
    return (uint32_t)o->value;
}
