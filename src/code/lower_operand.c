/* SPDX-License-Identifier: Apache-2.0 */
/* lower_operand.c - registers, constants and the pool. */

#include "base/memory.h"
#include "code/lower.h"
#include "term/atom.h"
#include "term/intern.h"

/* ---- Pool ---- */

static uint32_t pool_hash(Term word)
{
    return intern_hash((uint32_t)word, (uint32_t)((uint64_t)word >> 32));
}

/* Twice the room, and an index twice as long as that. */
static bool pool_grow(Lower *c)
{
    uint32_t room = c->pool_room ? c->pool_room * 2 : 128, slots = room * 2;
    uint32_t *index = memory_alloc(slots * sizeof *index);
    if (!index) return false;
    Term *pool = memory_realloc(c->pool, c->pool_room * sizeof *pool, room * sizeof *pool);
    if (!pool) {
        memory_free(index, slots * sizeof *index);
        return false;
    }
    memset(index, 0, slots * sizeof *index);
    for (uint32_t i = 0; i < c->pool_count; i++) {
        uint32_t slot = pool_hash(pool[i]) & (slots - 1);
        while (index[slot]) slot = (slot + 1) & (slots - 1);
        index[slot] = i + 1;
    }
    memory_free(c->pool_index, c->pool_slots * sizeof *index);
    c->pool = pool;
    c->pool_index = index;
    c->pool_slots = slots;
    c->pool_room = room;
    return true;
}

uint32_t lower_pool(Lower *c, Term word)
{
    if (c->pool_count >= c->pool_room && !pool_grow(c)) {
        lower_fail(c, LOWER_NO_MEMORY, UINT64_MAX);
        return 0;
    }
    uint32_t slot = pool_hash(word) & (c->pool_slots - 1);
    for (; c->pool_index[slot]; slot = (slot + 1) & (c->pool_slots - 1)) {
        uint32_t i = c->pool_index[slot] - 1;
        if (c->pool[i] == word) return i;
    }
    c->pool[c->pool_count] = word;
    c->pool_index[slot] = ++c->pool_count;
    return c->pool_count - 1;
}

Export *lower_import(Lower *c, const BeamOperand *o)
{
    if (o->kind != OPERAND_U || o->value < 0 || o->value >= c->file->import_count) {
        lower_fail(c, "no such import:", (uint64_t)o->value);
        return NULL;
    }
    return c->imports[o->value];
}

/* ---- Constants ---- */

/* Big integers written in the code itself are rare: each stands in the pool anew. */
static Term big_constant(Lower *c, BeamBytes big)
{
    if (!lower_grow(c, &c->bigs, &c->big_room, c->big_count + 1, sizeof *c->bigs)) return TERM_NIL;
    c->bigs[c->big_count] = big;
    return literal_placeholder(c->file->literal_count + c->big_count++);
}

bool lower_constant(Lower *c, const BeamOperand *o, Term *t)
{
    switch (o->kind) {
    case OPERAND_I:
        if ((Word)o->value == o->value && fits_small((Word)o->value)) {
            *t = make_small((Word)o->value);
        } else {
            *t = big_constant(c, o->big);
        }
        return true;
    case OPERAND_BIG: *t = big_constant(c, o->big); return true;
    case OPERAND_NIL: *t = TERM_NIL; return true;
    case OPERAND_ATOM: *t = c->atoms[o->value]; return true;
    case OPERAND_LITERAL: *t = literal_placeholder((uint32_t)o->value); return true;
    default: *t = TERM_NIL; return false;
    }
}

/* ---- Registers ---- */

bool lower_is_register(const BeamOperand *o)
{
    return o->kind == OPERAND_X || o->kind == OPERAND_Y;
}

bool lower_is_x(const BeamOperand *o) { return o->kind == OPERAND_X && o->value <= X_BYTE_MAX; }

bool lower_is_y(const BeamOperand *o) { return o->kind == OPERAND_Y && o->value <= Y_BYTE_MAX; }

unsigned lower_take_scratch(Lower *c)
{
    if (c->scratch == X_SCRATCH_COUNT) {
        lower_fail(c, "too many far operands in one instruction", UINT64_MAX);
        return X_SCRATCH;
    }
    return X_SCRATCH + c->scratch++;
}

uint32_t lower_y(Lower *c, const BeamOperand *o)
{
    if (o->kind != OPERAND_Y || o->value >= lower_frame(c)) {
        lower_fail(c, "no such y register:", (uint64_t)o->value);
        return 0;
    }
    return (uint32_t)o->value;
}

uint16_t lower_register(Lower *c, const BeamOperand *o)
{
    if (o->kind == OPERAND_X) return (uint16_t)make_source(SOURCE_X, x_slot((unsigned)o->value));
    return (uint16_t)make_source(SOURCE_Y, lower_y(c, o));
}

void lower_move_constant(Lower *c, unsigned slot, Term t)
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

unsigned lower_scratch(Lower *c, Term t)
{
    unsigned slot = lower_take_scratch(c);
    lower_move_constant(c, slot, t);
    return slot;
}

unsigned lower_r(Lower *c, const BeamOperand *o)
{
    Term t;
    if (lower_is_x(o)) return (unsigned)o->value;
    if (lower_is_y(o)) return lower_y(c, o) | R_IS_Y;
    if (lower_is_register(o)) {
        unsigned slot = lower_take_scratch(c);
        uint16_t from = lower_register(c, o);
        EMIT(c, move_any, make_source(SOURCE_X, slot), from);
        return slot;
    }
    if (!lower_constant(c, o, &t)) lower_fail(c, "a source was expected", UINT64_MAX);
    return lower_scratch(c, t);
}

unsigned lower_result(Lower *c, const BeamOperand *o)
{
    if (!lower_is_register(o)) {
        lower_fail(c, "a register was expected", UINT64_MAX);
        return 0;
    }
    if (lower_is_x(o) || lower_is_y(o)) return lower_r(c, o);
    if (c->move_count == sizeof c->moves / sizeof *c->moves) {
        lower_fail(c, "too many far results in one instruction", UINT64_MAX);
        return 0;
    }
    unsigned slot = lower_take_scratch(c);
    c->moves[c->move_count].slot = slot;
    c->moves[c->move_count++].to = lower_register(c, o);
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
    return (uint16_t)make_source(SOURCE_X, lower_scratch(c, t));
}

uint16_t lower_s(Lower *c, const BeamOperand *o)
{
    Term t;
    if (lower_is_register(o)) return lower_register(c, o);
    if (!lower_constant(c, o, &t)) lower_fail(c, "a source was expected", UINT64_MAX);
    return lower_s_term(c, t);
}

/* ---- Numbers, labels, lists ---- */

uint32_t lower_u(Lower *c, const BeamOperand *o, uint32_t max)
{
    if ((o->kind != OPERAND_U && o->kind != OPERAND_I) || o->value < 0 || o->value > max) {
        lower_fail(c, "a number is out of range:", (uint64_t)o->value);
        return 0;
    }
    return (uint32_t)o->value;
}

uint32_t lower_live(Lower *c, const BeamOperand *o) { return lower_u(c, o, X_MAX + 1); }

uint32_t lower_label(Lower *c, const BeamOperand *o)
{
    if (o->kind != OPERAND_LABEL) {
        lower_fail(c, "a label was expected", UINT64_MAX);
        return 0;
    }
    return (uint32_t)o->value;
}

uint32_t lower_count(Lower *c, const BeamOperand *o, uint32_t multiple)
{
    if (o->kind != OPERAND_LIST || o->value > 0xFFFF || o->value % multiple) {
        lower_fail(c, "a list is malformed; its length is", (uint64_t)o->value);
        return 0;
    }
    return (uint32_t)o->value;
}

void lower_half_add(Lower *c, uint16_t half)
{
    if (lower_grow(c, &c->halves, &c->half_room, c->half_count + 1, sizeof *c->halves))
        c->halves[c->half_count++] = half;
}

void lower_sources(Lower *c, const BeamOperand *o, uint32_t count)
{
    c->half_count = 0;
    for (uint32_t i = 0; i < count && !c->failed; i++) lower_half_add(c, lower_s(c, o + i));
}

void lower_pairs(Lower *c, const BeamOperand *o, uint32_t count)
{
    c->half_count = 0;
    for (uint32_t i = 0; i + 1 < count && !c->failed; i += 2) {
        lower_half_add(c, lower_s(c, o + i));
        if (!lower_is_register(o + i + 1)) lower_fail(c, "a register was expected", UINT64_MAX);
        lower_half_add(c, lower_register(c, o + i + 1));
    }
}

/* ---- The bit syntax ---- */

uint16_t lower_size(Lower *c, const BeamOperand *size)
{
    if (size->kind == OPERAND_U)
        return lower_s_term(c, make_small((Word)lower_u(c, size, INT32_MAX)));
    return lower_s(c, size);
}

bool lower_is_all(const Lower *c, const BeamOperand *size)
{
    return size->kind == OPERAND_ATOM && c->atoms[size->value] == A(all);
}

void lower_check_string(Lower *c, uint32_t offset, uint32_t bytes)
{
    size_t size = c->file->chunks[BEAM_STRINGS].size;
    if (offset > size || bytes > size - offset)
        lower_fail(c, "a string is outside of its chunk:", offset);
}
