/* SPDX-License-Identifier: Apache-2.0 */
/* lower_select.c - selections: by search, by binary search, by table. */

#include "code/lower.h"

#define LINEAR_MAX 8 /* rows looked at one by one */

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

/* As unsigned words: what select_sorted wants. */
static bool row_less(const SelectRow *a, const SelectRow *b) { return a->value < b->value; }

/* Heap sort: no recursion, no worst case. */
static void sift(SelectRow *rows, uint32_t i, uint32_t count)
{
    SelectRow row = rows[i];
    for (uint32_t child; (child = 2 * i + 1) < count; i = child) {
        if (child + 1 < count && row_less(&rows[child], &rows[child + 1])) child++;
        if (!row_less(&row, &rows[child])) break;
        rows[i] = rows[child];
    }
    rows[i] = row;
}

static void sort_rows(SelectRow *rows, uint32_t count)
{
    for (uint32_t i = count / 2; i-- > 0;) sift(rows, i, count);
    for (uint32_t last = count; last-- > 1;) {
        SelectRow row = rows[0];
        rows[0] = rows[last];
        rows[last] = row;
        sift(rows, 0, last);
    }
}

static void emit_rows(Lower *c, unsigned token, unsigned r, uint32_t otherwise)
{
    lower_start(c, token, (int64_t[]){r, otherwise, c->row_count}, 3);
    for (uint32_t i = 0; i < c->row_count; i++) {
        bool is_arity = token == INSN_select_arity;
        uint32_t value = is_arity ? (uint32_t)c->rows[i].value : lower_pool(c, c->rows[i].value);
        lower_half(c, value);
        lower_label_half(c, c->rows[i].label);
    }
    lower_end(c);
}

/* True if all values are integers that fill at least a third of their range. */
static bool is_dense(const SelectRow *rows, uint32_t count, Word *low, Word *high)
{
    *low = INT16_MAX;
    *high = INT16_MIN;
    for (uint32_t i = 0; i < count; i++) {
        if (!is_small(rows[i].value)) return false;
        Word value = small_value(rows[i].value);
        if (value != (int16_t)value) return false;
        if (value < *low) *low = value;
        if (value > *high) *high = value;
    }
    return count > 2 && *high - *low < 3 * (Word)count + 4;
}

/* The label of `value` among sorted rows, or else `otherwise`. */
static uint32_t row_label(const SelectRow *rows, uint32_t count, Term value, uint32_t otherwise)
{
    uint32_t low = 0, high = count;
    while (low < high) {
        uint32_t middle = (low + high) / 2;
        if (rows[middle].value == value) return rows[middle].label;
        if (rows[middle].value < value) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return otherwise;
}

static void emit_dense(Lower *c, unsigned r, uint32_t otherwise, Word low, Word high)
{
    sort_rows(c->rows, c->row_count);
    uint32_t ways = (uint32_t)(high - low) + 1;
    lower_start(c, INSN_select_dense, (int64_t[]){r, otherwise, ways, low}, 4);
    for (Word value = low; value <= high; value++)
        lower_label_half(c, row_label(c->rows, c->row_count, make_small(value), otherwise));
    lower_end(c);
}

static bool has_twins(const SelectRow *rows, uint32_t count)
{
    for (uint32_t i = 1; i < count; i++) {
        if (rows[i - 1].value == rows[i].value) return true;
    }
    return false;
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
    } else if (is_dense(c->rows, c->row_count, &low, &high)) {
        emit_dense(c, r, otherwise, low, high);
    } else if (c->row_count <= LINEAR_MAX) {
        emit_rows(c, INSN_select_linear, r, otherwise);
    } else {
        sort_rows(c->rows, c->row_count);
        if (has_twins(c->rows, c->row_count)) lower_fail(c, "a value is selected twice", UINT64_MAX);
        emit_rows(c, INSN_select_sorted, r, otherwise);
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
