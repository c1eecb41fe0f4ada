/* SPDX-License-Identifier: Apache-2.0 */
/* lower_select.c - selections: one by one, by hash table, by table of integers. */

#include "code/lower.h"

#define LINEAR_MAX 6 /* rows looked at one by one */

static bool add_row(Lower *c, Term value, uint32_t label)
{
    if (!lower_grow(c, &c->rows, &c->row_room, c->row_count + 1, sizeof *c->rows)) return false;
    c->rows[c->row_count++] = (SelectRow){value, label};
    return true;
}

/* Values that are no immediates are compared one by one, before the others. */
static void read_rows(Lower *c, unsigned r, const BeamOperand *o, uint32_t count)
{
    c->row_count = 0;
    for (uint32_t i = 0; i < count && !c->failed; i += 2) {
        Term value;
        uint32_t label = lower_label(c, &o[i + 1]);
        if (!lower_constant(c, &o[i], &value)) lower_fail(c, "a constant was expected", UINT64_MAX);
        if (!label) lower_fail(c, "a selection without a label", UINT64_MAX);
        uint32_t index = lower_pool(c, value);
        if (!is_placeholder(value) && index <= 0xFFFF) {
            add_row(c, value, label);
            continue;
        }
        c->scratch = 1; /* r may stand in the first one. */
        EMIT(c, is_ne_exact, r, lower_scratch(c, value), label);
    }
}

static void emit_row(Lower *c, uint32_t value, uint32_t label)
{
    lower_half(c, value);
    lower_label_half(c, label);
}

static void emit_rows(Lower *c, unsigned token, unsigned r, uint32_t otherwise)
{
    lower_start(c, token, (int64_t[]){r, otherwise, c->row_count}, 3);
    for (uint32_t i = 0; i < c->row_count; i++) {
        Term value = c->rows[i].value;
        uint32_t half = token == INSN_select_arity ? (uint32_t)value
                        : token == INSN_select_int ? (uint16_t)small_value(value)
                                                   : lower_pool(c, value);
        emit_row(c, half, c->rows[i].label);
    }
    lower_end(c);
}

/* Puts the rows into a table behind themselves: c->rows + count. False: two have the same value. */
static bool hash_rows(Lower *c, uint32_t size)
{
    uint32_t count = c->row_count;
    if (!lower_grow(c, &c->rows, &c->row_room, count + size, sizeof *c->rows)) return false;
    SelectRow *table = c->rows + count;
    memset(table, 0, size * sizeof *table);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t slot = select_slot(c->rows[i].value, size);
        for (; table[slot].label; slot = (slot + 1) & (size - 1)) {
            if (table[slot].value == c->rows[i].value) return false;
        }
        table[slot] = c->rows[i];
    }
    return true;
}

static void emit_hash(Lower *c, unsigned r, uint32_t otherwise)
{
    uint32_t count = c->row_count, size = 16;
    while (3 * size < 4 * count) size *= 2;
    if (!hash_rows(c, size)) {
        lower_fail(c, "a value is selected twice; ways:", count);
        return;
    }
    lower_start(c, INSN_select_hash, (int64_t[]){r, otherwise, size}, 3);
    for (uint32_t i = 0; i < size; i++) {
        const SelectRow *row = &c->rows[count + i];
        if (row->label) {
            emit_row(c, lower_pool(c, row->value), row->label);
        } else {
            lower_word(c, 0);
        }
    }
    lower_end(c);
}

/* True if all values are integers of 16 bits. */
static bool are_halves(const SelectRow *rows, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        Term value = rows[i].value;
        if (!is_small(value) || small_value(value) != (int16_t)small_value(value)) return false;
    }
    return true;
}

/* True if they fill at least a third of their range. */
static bool is_dense(const SelectRow *rows, uint32_t count, Word *low, Word *high)
{
    *low = INT16_MAX;
    *high = INT16_MIN;
    for (uint32_t i = 0; i < count; i++) {
        Word value = small_value(rows[i].value);
        if (value < *low) *low = value;
        if (value > *high) *high = value;
    }
    return count > 2 && *high - *low < 3 * (Word)count + 4;
}

static void emit_dense(Lower *c, unsigned r, uint32_t otherwise, Word low, Word high)
{
    uint32_t ways = (uint32_t)(high - low) + 1, count = c->row_count;
    if (!lower_grow(c, &c->rows, &c->row_room, count + ways, sizeof *c->rows)) return;
    SelectRow *ways_of = c->rows + count;
    for (uint32_t i = 0; i < ways; i++) ways_of[i].label = otherwise;
    for (uint32_t i = count; i-- > 0;)
        ways_of[small_value(c->rows[i].value) - low].label = c->rows[i].label;
    lower_start(c, INSN_select_dense, (int64_t[]){r, otherwise, ways, low}, 4);
    for (uint32_t i = 0; i < ways; i++) lower_label_half(c, c->rows[count + i].label);
    lower_end(c);
}

static void select_value(Lower *c, const BeamOperand *o)
{
    Word low, high;
    unsigned r = lower_r(c, &o[0]);
    uint32_t otherwise = lower_label(c, &o[1]), count = lower_count(c, &o[2], 2);
    if (!otherwise) lower_fail(c, "a selection without a label", UINT64_MAX);
    read_rows(c, r, &o[3], count);
    if (c->failed) return;
    if (c->row_count == 0) {
        EMIT(c, jump, otherwise);
    } else if (are_halves(c->rows, c->row_count) && is_dense(c->rows, c->row_count, &low, &high)) {
        emit_dense(c, r, otherwise, low, high);
    } else if (c->row_count > LINEAR_MAX) {
        emit_hash(c, r, otherwise);
    } else {
        bool halves = are_halves(c->rows, c->row_count);
        emit_rows(c, halves ? INSN_select_int : INSN_select_linear, r, otherwise);
    }
    lower_unreachable(c);
}

static void select_arity(Lower *c, const BeamOperand *o)
{
    unsigned r = lower_r(c, &o[0]);
    uint32_t otherwise = lower_label(c, &o[1]), count = lower_count(c, &o[2], 2);
    if (!otherwise) lower_fail(c, "a selection without a label", UINT64_MAX);
    c->row_count = 0;
    for (uint32_t i = 0; i < count && !c->failed; i += 2) {
        uint32_t arity = lower_u(c, &o[3 + i], 0xFFFF), label = lower_label(c, &o[4 + i]);
        if (!label) lower_fail(c, "a selection without a label", UINT64_MAX);
        add_row(c, arity, label);
    }
    emit_rows(c, INSN_select_arity, r, otherwise);
    lower_unreachable(c);
}

bool lower_select(Lower *c, const BeamInsn *insn)
{
    switch (insn->op) {
    case GENERIC_select_val: select_value(c, insn->operands); return true;
    case GENERIC_select_tuple_arity: select_arity(c, insn->operands); return true;
    default: return false;
    }
}
