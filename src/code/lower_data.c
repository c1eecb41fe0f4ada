/* SPDX-License-Identifier: Apache-2.0 */
/* lower_data.c - moves, lists, tuples, maps, funs, native records. */

#include "code/lower.h"
#include "term/atom.h"

/* ---- Moves ---- */

static bool is_near(const BeamOperand *o)
{
    return lower_is_x(o) || (o->kind == OPERAND_Y && o->value <= 0xFF);
}

static void move_register(Lower *c, const BeamOperand *from, const BeamOperand *to)
{
    static const uint8_t tokens[2][2] = {{INSN_move_xx, INSN_move_xy},
                                         {INSN_move_yx, INSN_move_yy}};
    uint16_t source = lower_register(c, from), target = lower_register(c, to);
    if (is_near(from) && is_near(to)) {
        int64_t values[] = {from->value, to->value};
        lower_emit(c, tokens[from->kind == OPERAND_Y][to->kind == OPERAND_Y], values, 2);
    } else {
        EMIT(c, move_any, target, source);
    }
}

static void move_constant(Lower *c, const BeamOperand *from, const BeamOperand *to)
{
    Term t;
    if (!lower_constant(c, from, &t)) lower_fail(c, "a source was expected", UINT64_MAX);
    if (lower_is_x(to)) {
        lower_move_constant(c, (unsigned)to->value, t);
        return;
    }
    uint16_t target = lower_register(c, to);
    uint32_t index = 0;
    bool is_half = is_small(t) && small_value(t) == (int16_t)small_value(t);
    if (!is_half) index = lower_pool(c, t);
    if (to->kind == OPERAND_Y && to->value <= 0xFF && is_half) {
        EMIT(c, move_iy, to->value, small_value(t));
    } else if (to->kind == OPERAND_Y && to->value <= 0xFF && index <= 0xFFFF) {
        EMIT(c, move_cy, to->value, index);
    } else {
        uint16_t source = lower_s_term(c, t);
        EMIT(c, move_any, target, source);
    }
}

void lower_move(Lower *c, const BeamOperand *from, const BeamOperand *to)
{
    if (!lower_is_register(to)) {
        lower_fail(c, "a register was expected", UINT64_MAX);
    } else if (lower_is_register(from)) {
        move_register(c, from, to);
    } else {
        move_constant(c, from, to);
    }
}

static void swap(Lower *c, const BeamOperand *o)
{
    if ((!lower_is_x(&o[0]) && !lower_is_y(&o[0])) || (!lower_is_x(&o[1]) && !lower_is_y(&o[1]))) {
        uint16_t first = lower_register(c, &o[0]), second = lower_register(c, &o[1]);
        uint16_t spare = (uint16_t)make_source(SOURCE_X, lower_take_scratch(c));
        EMIT(c, move_any, spare, first);
        EMIT(c, move_any, first, second);
        EMIT(c, move_any, second, spare);
        return;
    }
    unsigned first = lower_r(c, &o[0]), second = lower_r(c, &o[1]);
    EMIT(c, swap, first, second);
}

static void init_registers(Lower *c, const BeamOperand *o, uint32_t count)
{
    uint32_t near[3], n = 0;
    for (uint32_t i = 0; i < count && !c->failed; i++) {
        uint32_t y = lower_y(c, &o[i]);
        if (y > 0xFF) {
            EMIT(c, move_any, make_source(SOURCE_Y, y), lower_s_term(c, TERM_NIL));
            continue;
        }
        near[n++] = y;
        if (n < 3) continue;
        EMIT(c, init_y3, near[0], near[1], near[2]);
        n = 0;
    }
    if (n == 2) EMIT(c, init_y2, near[0], near[1]);
    if (n == 1) EMIT(c, init_y, near[0]);
}

static bool lower_moves(Lower *c, const BeamInsn *insn)
{
    const BeamOperand *o = insn->operands;
    switch (insn->op) {
    case GENERIC_move: lower_move(c, &o[0], &o[1]); return true;
    case GENERIC_swap: swap(c, o); return true;
    case GENERIC_init_yregs: init_registers(c, &o[1], lower_count(c, &o[0], 1)); return true;
    case GENERIC_init: init_registers(c, o, 1); return true;
    default: return false;
    }
}

/* ---- Lists ---- */

static void get_list(Lower *c, const BeamOperand *o)
{
    unsigned list = lower_r(c, &o[0]), head = lower_result(c, &o[1]), tail = lower_result(c, &o[2]);
    if ((list | head | tail) & R_IS_Y) {
        EMIT(c, get_list, list, head, tail);
    } else {
        EMIT(c, get_list_xxx, list, head, tail);
    }
}

static void put_list(Lower *c, const BeamOperand *o)
{
    if (lower_is_x(&o[0]) && lower_is_x(&o[2]) && lower_is_x(&o[1])) {
        EMIT(c, put_list_xxx, o[0].value, o[1].value, o[2].value);
    } else if (lower_is_x(&o[0]) && lower_is_x(&o[2]) && o[1].kind == OPERAND_NIL) {
        EMIT(c, put_list_nil, o[0].value, o[2].value);
    } else {
        uint16_t head = lower_s(c, &o[0]), tail = lower_s(c, &o[1]);
        unsigned to = lower_result(c, &o[2]);
        EMIT(c, put_list, to, head, tail);
    }
}

static bool lower_lists(Lower *c, const BeamInsn *insn)
{
    const BeamOperand *o = insn->operands;
    unsigned from, to;
    switch (insn->op) {
    case GENERIC_get_list: get_list(c, o); return true;
    case GENERIC_get_hd:
        from = lower_r(c, &o[0]);
        to = lower_result(c, &o[1]);
        EMIT(c, get_hd, from, to);
        return true;
    case GENERIC_get_tl:
        from = lower_r(c, &o[0]);
        to = lower_result(c, &o[1]);
        EMIT(c, get_tl, from, to);
        return true;
    case GENERIC_put_list: put_list(c, o); return true;
    default: return false;
    }
}

/* ---- Tuples ---- */

static void get_element(Lower *c, const BeamOperand *o)
{
    uint32_t index = lower_u(c, &o[1], 0xFFFF);
    unsigned from = lower_r(c, &o[0]), to = lower_result(c, &o[2]);
    if (index > 0xFF || from & R_IS_Y) {
        EMIT(c, get_element, from, to, index);
    } else if (to & R_IS_Y) {
        EMIT(c, get_element_xy, from, to & ~(unsigned)R_IS_Y, index);
    } else {
        EMIT(c, get_element_xx, from, to, index);
    }
}

static void set_element(Lower *c, const BeamOperand *o)
{
    uint16_t value = lower_s(c, &o[0]);
    unsigned tuple = lower_r(c, &o[1]);
    EMIT(c, set_element, tuple, lower_u(c, &o[2], 0xFFFF), value);
}

static void put_tuple(Lower *c, const BeamOperand *o)
{
    uint32_t count = lower_count(c, &o[1], 1);
    if (count == 2 && lower_is_x(&o[0]) && lower_is_x(&o[2]) && lower_is_x(&o[3])) {
        EMIT(c, put_tuple2_xx, o[2].value, o[3].value, o[0].value);
        return;
    }
    lower_sources(c, &o[2], count);
    unsigned to = lower_result(c, &o[0]);
    EMIT_LIST(c, put_tuple, to, count);
}

/* o: hint, size, source, destination, list of index, value, ... */
static void update_record(Lower *c, const BeamOperand *o)
{
    uint32_t size = lower_u(c, &o[1], 0xFFFF), count = lower_count(c, &o[4], 2);
    c->half_count = 0;
    for (uint32_t i = 0; i < count && !c->failed; i += 2) {
        uint32_t index = lower_u(c, &o[5 + i], size);
        if (index == 0) lower_fail(c, "no such element:", index);
        lower_half_add(c, lower_s_term(c, make_small((Word)index)));
        lower_half_add(c, lower_s(c, &o[6 + i]));
    }
    uint16_t source = lower_s(c, &o[2]);
    unsigned to = lower_result(c, &o[3]);
    EMIT_LIST(c, update_record, to, size, source, count);
}

static bool lower_tuples(Lower *c, const BeamInsn *insn)
{
    const BeamOperand *o = insn->operands;
    switch (insn->op) {
    case GENERIC_get_tuple_element: get_element(c, o); return true;
    case GENERIC_set_tuple_element: set_element(c, o); return true;
    case GENERIC_put_tuple2: put_tuple(c, o); return true;
    case GENERIC_update_record: update_record(c, o); return true;
    default: return false;
    }
}

/* ---- Maps ---- */

/* o: label, source, destination, live, list of key, value, ... */
static void put_map(Lower *c, const BeamOperand *o, bool exact)
{
    uint32_t label = lower_label(c, &o[0]), count = lower_count(c, &o[4], 2);
    uint32_t live = lower_u(c, &o[3], 0xFF);
    uint16_t map = lower_s(c, &o[1]);
    lower_sources(c, &o[5], count);
    unsigned to = lower_result(c, &o[2]);
    if (exact) {
        EMIT_LIST(c, put_map_exact, to, live, map, count, label);
    } else {
        EMIT_LIST(c, put_map_assoc, to, live, map, count);
    }
}

static void has_fields(Lower *c, const BeamOperand *o)
{
    uint32_t label = lower_label(c, &o[0]), count = lower_count(c, &o[2], 1);
    unsigned map = lower_r(c, &o[1]);
    lower_sources(c, &o[3], count);
    EMIT_LIST(c, has_map_fields, map, label, count);
}

static void get_elements(Lower *c, const BeamOperand *o)
{
    uint32_t label = lower_label(c, &o[0]), count = lower_count(c, &o[2], 2);
    unsigned map = lower_r(c, &o[1]);
    Term key;
    if (count == 2 && lower_constant(c, &o[3], &key) && lower_pool(c, key) <= 0xFFFF) {
        unsigned to = lower_result(c, &o[4]);
        EMIT(c, get_map_element, map, to, lower_pool(c, key), label);
        return;
    }
    lower_pairs(c, &o[3], count);
    EMIT_LIST(c, get_map_elements, map, label, count);
}

static bool lower_maps(Lower *c, const BeamInsn *insn)
{
    const BeamOperand *o = insn->operands;
    switch (insn->op) {
    case GENERIC_put_map_assoc: put_map(c, o, false); return true;
    case GENERIC_put_map_exact: put_map(c, o, true); return true;
    case GENERIC_has_map_fields: has_fields(c, o); return true;
    case GENERIC_get_map_elements: get_elements(c, o); return true;
    default: return false;
    }
}

/* ---- Funs ---- */

static const FunEntry *fun_entry(Lower *c, const BeamOperand *o, uint32_t *free_count)
{
    uint32_t number = lower_u(c, o, UINT32_MAX);
    if (number >= c->file->fun_count) {
        lower_fail(c, "no such fun:", number);
        *free_count = 0;
        return NULL;
    }
    *free_count = c->fun_rows[number].free_count;
    return c->funs[number];
}

/* o: index, destination, list of free variables */
static void make_fun(Lower *c, const BeamOperand *o)
{
    uint32_t wanted, count = lower_count(c, &o[2], 1);
    const FunEntry *entry = fun_entry(c, &o[0], &wanted);
    if (count != wanted) lower_fail(c, "a fun with a wrong number of free variables:", count);
    lower_sources(c, &o[3], count);
    unsigned to = lower_result(c, &o[1]);
    EMIT_LIST(c, make_fun, to, count, lower_pool(c, (Term)entry));
}

/* The free variables stand in x0, x1, ...; so does the result. */
static void make_fun_in_x0(Lower *c, const BeamOperand *o)
{
    uint32_t count;
    const FunEntry *entry = fun_entry(c, o, &count);
    c->half_count = 0;
    for (uint32_t i = 0; i < count; i++)
        lower_half_add(c, (uint16_t)make_source(SOURCE_X, x_slot(i)));
    EMIT_LIST(c, make_fun, 0, count, lower_pool(c, (Term)entry));
}

/* ---- Native records ---- */

static void put_record(Lower *c, const BeamOperand *o)
{
    uint32_t label = lower_label(c, &o[0]), count = lower_count(c, &o[5], 2);
    uint16_t name = lower_s(c, &o[1]), source = lower_s(c, &o[2]);
    lower_sources(c, &o[6], count);
    unsigned to = lower_result(c, &o[3]);
    EMIT_LIST(c, put_record, to, label, name, source, count);
}

static void get_record_fields(Lower *c, const BeamOperand *o)
{
    uint32_t label = lower_label(c, &o[0]), count = lower_count(c, &o[2], 2);
    unsigned record = lower_r(c, &o[1]);
    lower_pairs(c, &o[3], count);
    EMIT_LIST(c, get_record_fields, record, label, count);
}

static bool lower_records(Lower *c, const BeamInsn *insn)
{
    const BeamOperand *o = insn->operands;
    switch (insn->op) {
    case GENERIC_is_native_record: {
        unsigned r = lower_r(c, &o[1]);
        uint16_t module = lower_s(c, &o[2]), name = lower_s(c, &o[3]);
        EMIT(c, is_native_record, r, lower_label(c, &o[0]), module, name);
        return true;
    }
    case GENERIC_is_record_accessible: {
        unsigned r = lower_r(c, &o[1]);
        uint16_t scope = lower_s(c, &o[2]);
        EMIT(c, record_accessible, r, lower_label(c, &o[0]), scope);
        return true;
    }
    case GENERIC_get_record_field: {
        unsigned r = lower_r(c, &o[1]), to = lower_result(c, &o[4]);
        uint16_t name = lower_s(c, &o[2]), field = lower_s(c, &o[3]);
        EMIT(c, get_record_field, r, to, lower_label(c, &o[0]), name, field);
        return true;
    }
    case GENERIC_get_record_elements: get_record_fields(c, o); return true;
    case GENERIC_put_record: put_record(c, o); return true;
    default: return false;
    }
}

bool lower_data(Lower *c, const BeamInsn *insn)
{
    if (insn->op == GENERIC_make_fun3) {
        make_fun(c, insn->operands);
        return true;
    }
    if (insn->op == GENERIC_make_fun2) {
        make_fun_in_x0(c, insn->operands);
        return true;
    }
    return lower_moves(c, insn) || lower_lists(c, insn) || lower_tuples(c, insn) ||
           lower_maps(c, insn) || lower_records(c, insn);
}
