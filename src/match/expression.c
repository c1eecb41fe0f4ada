/* SPDX-License-Identifier: Apache-2.0 */
/* expression.c - guards and bodies of match specifications become instructions. */

#include "heap/guard.h"
#include "heap/map.h"
#include "match/compiler.h"
#include "term/atom.h"
#include "term/release.h"

#define NO_JUMP UINT32_MAX

static void push_expression(Compiler *c, Term t)
{
    compiler_push(c, &(MatchTask){.kind = TASK_EXPRESSION, .term = t});
}

static void emit_constant(Compiler *c, Term t)
{
    compiler_emit(c, (MatchInsn){.op = MATCH_CONSTANT, .x = compiler_constant(c, t)}, 1);
}

/* What is no part of the specification as it stands there. */
static void emit_dynamic(Compiler *c, int op, uint32_t x, int depth)
{
    c->dynamic++;
    compiler_emit(c, (MatchInsn){.op = (uint32_t)op, .x = x}, depth);
}

/* ---- Variables ---- */

static void compile_variable(Compiler *c, uint32_t number)
{
    uint32_t at = compiler_find(c, number);
    if (!compiler_has(c, at, number)) {
        compiler_error(c, "Variable $%u is unbound.", number);
        return;
    }
    emit_dynamic(c, MATCH_REGISTER, c->variables[at].place, 1);
}

/* '$$': the list of all, in the order of their numbers. */
static void compile_variables(Compiler *c)
{
    for (uint32_t i = 0; i < c->variable_count; i++)
        emit_dynamic(c, MATCH_REGISTER, c->variables[i].place, 1);
    emit_constant(c, TERM_NIL);
    emit_dynamic(c, MATCH_LIST, c->variable_count, -(int)c->variable_count);
}

static void compile_atom(Compiler *c, Term atom)
{
    int64_t number = match_variable(atom);
    if (number >= 0) {
        compile_variable(c, (uint32_t)number);
    } else if (atom == A(dollar_underscore)) {
        emit_dynamic(c, MATCH_REGISTER, 1, 1);
    } else if (atom == A(dollar_dollar)) {
        compile_variables(c);
    } else {
        emit_constant(c, atom);
    }
}

static bool is_leaf(Term t) { return !is_cons(t) && !is_tuple(t) && !is_map(t); }

static void compile_leaf(Compiler *c, Term t)
{
    if (is_atom(t)) compile_atom(c, t);
    else emit_constant(c, t);
}

/* To be compiled in this order; the leaves in front at once. */
static void push_expressions(Compiler *c, const Term *terms, size_t count)
{
    for (; count > 0 && is_leaf(*terms); count--) compile_leaf(c, *terms++);
    while (count-- > 0) push_expression(c, terms[count]);
}

/* ---- Lists, maps, tuples ---- */

/* The instruction after all operands; where they are constants, `t` itself. */
static void push_whole(Compiler *c, Term t, int op, uint32_t x)
{
    MatchTask task = {.kind = TASK_WHOLE,
                      .term = t,
                      .insn = {.op = (uint32_t)op, .x = x},
                      .mark = compiler_mark(c)};
    compiler_push(c, &task);
}

/* Those from `first` on are to be compiled in the order in which they were pushed. */
static void reverse_tasks(Compiler *c, uint32_t first)
{
    for (uint32_t i = first, j = c->task_count; i + 1 < j; i++) {
        MatchTask swapped = c->tasks[i];
        c->tasks[i] = c->tasks[--j];
        c->tasks[j] = swapped;
    }
}

static void compile_list(Compiler *c, Term t)
{
    uint32_t count = 0, whole = c->task_count;
    push_whole(c, t, MATCH_LIST, 0);
    uint32_t first = c->task_count;
    for (; is_cons(t); t = cons_tail(t), count++) push_expression(c, cons_head(t));
    push_expression(c, t);
    if (c->is_out) return;
    c->tasks[whole].insn.x = count;
    reverse_tasks(c, first);
}

static void compile_map(Compiler *c, Term map)
{
    MapCursor cursor;
    Term key, value;
    push_whole(c, map, MATCH_MAP, (uint32_t)map_size(map));
    uint32_t first = c->task_count;
    map_cursor_init(&cursor, map);
    while (!c->is_out && map_cursor_next(&cursor, &key, &value)) {
        push_expression(c, key);
        push_expression(c, value);
    }
    reverse_tasks(c, first);
}

static void push_emit(Compiler *c, int op, uint32_t index, uint32_t x)
{
    MatchInsn insn = {.op = (uint32_t)op, .index = index & 0xFFFFFF, .x = x};
    c->dynamic++;
    compiler_push(c, &(MatchTask){.kind = TASK_EMIT, .insn = insn});
}

static void compile_tuple(Compiler *c, Term t)
{
    push_emit(c, MATCH_TUPLE, 0, (uint32_t)tuple_arity(t));
    push_expressions(c, tuple_elements(t), tuple_arity(t));
}

/* ---- Calls ---- */

/* Not before OTP 26. */
static bool is_recent(int guard)
{
    switch (guard) {
    case GUARD_is_boolean:
    case GUARD_is_bitstring:
    case GUARD_is_function_2:
    case GUARD_min:
    case GUARD_max:
    case GUARD_tuple_size:
    case GUARD_floor:
    case GUARD_ceil: return true;
    default: return false;
    }
}

static int find_call(Term name, unsigned arity)
{
    int guard = guard_find(name, arity);
    if (guard == GUARD_is_record_1 || guard == GUARD_is_record_2) return -1;
    if (guard == GUARD_is_integer_3 && release_number() < 29) return -1;
    return is_recent(guard) && release_number() < 26 ? -1 : guard;
}

void compile_call_of(Compiler *c, Term t, MatchInsn insn)
{
    push_emit(c, insn.op, insn.index, insn.x);
    push_expressions(c, tuple_elements(t) + 1, tuple_arity(t) - 1);
}

static void compile_call(Compiler *c, Term t)
{
    const Term *parts = tuple_elements(t);
    unsigned arity = (unsigned)tuple_arity(t) - 1;
    if (parts[0] == A(node) && arity == 0) {
        emit_dynamic(c, MATCH_NODE, 0, 1);
        return;
    }
    if (compile_action(c, t)) return;
    int guard = find_call(parts[0], arity);
    if (guard < 0) {
        compiler_error(c, "Function %T/%u does_not_exist.", parts[0], arity);
        return;
    }
    compile_call_of(c, t, (MatchInsn){.op = MATCH_CALL, .index = arity, .x = (uint32_t)guard});
}

/* ---- Special forms ---- */

static bool has_arguments(Compiler *c, Term t)
{
    if (tuple_arity(t) > 1) return true;
    compiler_error(c, "Special form '%T' called without arguments in %T.", tuple_elements(t)[0], t);
    return false;
}

static void compile_logic(Compiler *c, Term t, int op)
{
    if (!has_arguments(c, t)) return;
    push_emit(c, op, 0, (uint32_t)tuple_arity(t) - 1);
    push_expressions(c, tuple_elements(t) + 1, tuple_arity(t) - 1);
}

/* Between two operands stands a jump to the end. */
static void compile_short_circuit(Compiler *c, Term t, int op)
{
    const Term *operands = tuple_elements(t) + 1;
    if (!has_arguments(c, t)) return;
    size_t count = tuple_arity(t) - 1;
    uint32_t end = c->task_count;
    c->dynamic++;
    compiler_push(c, &(MatchTask){.kind = TASK_LOGIC_END, .mark.count = NO_JUMP});
    while (count-- > 0) {
        push_expression(c, operands[count]);
        if (count == 0) break;
        /* Is run after the operand before this one, which is pushed next. */
        MatchTask jump = {.kind = TASK_LOGIC, .index = end, .insn = {.op = (uint32_t)op}};
        compiler_push(c, &jump);
    }
}

static void emit_jump(Compiler *c, const MatchTask *task)
{
    MatchTask *end = &c->tasks[task->index];
    MatchInsn insn = task->insn;
    insn.x = end->mark.count;
    end->mark.count = c->program->count;
    compiler_emit(c, insn, -1);
}

static void set_targets(Compiler *c, uint32_t jump)
{
    MatchInsn *code = c->program->code;
    while (jump != NO_JUMP) {
        uint32_t next = code[jump].x;
        code[jump].x = c->program->count;
        jump = next;
    }
}

static void compile_constant(Compiler *c, Term t)
{
    if (tuple_arity(t) != 2) {
        compiler_error(c, "Special form 'const' called with more than one argument in %T.", t);
        return;
    }
    emit_constant(c, tuple_elements(t)[1]);
    c->dynamic++;
}

static void compile_self(Compiler *c, Term t)
{
    if (tuple_arity(t) != 1)
        compiler_error(c, "Special form 'self' called with arguments in %T.", t);
    emit_dynamic(c, MATCH_SELF, 0, 1);
}

static void compile_form(Compiler *c, Term t)
{
    size_t arity = tuple_arity(t);
    Term name = arity > 0 ? tuple_elements(t)[0] : TERM_NIL;
    if (arity == 1 && is_tuple(name)) {
        compile_tuple(c, name);
    } else if (!is_atom(name) || match_variable(name) >= 0) {
        compiler_error(c,
                       "%T is neither a function call, nor a tuple (tuples are written {{ ... }}).",
                       t);
    } else {
        switch (name) {
        case A(const): compile_constant(c, t); break;
        case A(and): compile_logic(c, t, MATCH_AND); break;
        case A(or): compile_logic(c, t, MATCH_OR); break;
        case A(andalso): compile_short_circuit(c, t, MATCH_AND_ALSO); break;
        case A(orelse): compile_short_circuit(c, t, MATCH_OR_ELSE); break;
        case A(self): compile_self(c, t); break;
        default: compile_call(c, t); break;
        }
    }
}

/* ---- All ---- */

static void compile_one(Compiler *c, Term t)
{
    if (is_cons(t)) compile_list(c, t);
    else if (is_tuple(t)) compile_form(c, t);
    else if (is_map(t)) compile_map(c, t);
    else compile_leaf(c, t);
}

/* How many values an instruction takes from the stack. */
static int operands_of(const MatchInsn *insn)
{
    switch (insn->op) {
    case MATCH_ACTION:
    case MATCH_CALL: return (int)insn->index;
    case MATCH_LIST: return (int)insn->x + 1;
    case MATCH_MAP: return 2 * (int)insn->x;
    default: return (int)insn->x;
    }
}

static void finish(Compiler *c, const MatchTask *task)
{
    if (task->kind == TASK_WHOLE && task->mark.dynamic == c->dynamic) {
        compiler_return(c, &task->mark);
        emit_constant(c, task->term);
    } else {
        compiler_emit(c, task->insn, 1 - operands_of(&task->insn));
    }
}

void compile_expression(Compiler *c, Term expression)
{
    /* What is wrong in one of them does not hide what is wrong in the next. */
    c->task_count = 0;
    push_expression(c, expression);
    while (c->task_count > 0 && !c->is_out) {
        MatchTask task = c->tasks[--c->task_count];
        switch (task.kind) {
        case TASK_EXPRESSION: compile_one(c, task.term); break;
        case TASK_LOGIC: emit_jump(c, &task); break;
        case TASK_LOGIC_END: set_targets(c, task.mark.count); break;
        default: finish(c, &task); break;
        }
    }
}
