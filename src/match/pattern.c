/* SPDX-License-Identifier: Apache-2.0 */
/* pattern.c - patterns of match specifications become instructions. */

#include "heap/map.h"
#include "match/compiler.h"
#include "term/atom.h"

typedef struct Part {
    Term term;
    uint32_t base, index;
} Part;

static void emit(Compiler *c, int op, const Part *part, uint32_t x)
{
    compiler_emit(c, (MatchInsn){(uint32_t)op, part->index & 0xFFFFFF, part->base, x}, 0);
}

static void emit_equal(Compiler *c, const Part *part)
{
    int op = is_immediate(part->term) ? MATCH_EQUAL_WORD
             : is_float(part->term)   ? MATCH_EQUAL_FLOAT
                                      : MATCH_EQUAL;
    if (is_float(part->term)) c->dynamic++; /* Its bits count wherever it stands. */
    emit(c, op, part, compiler_constant(c, part->term));
}

static void compile_variable(Compiler *c, const Part *part, uint32_t number)
{
    uint32_t at = compiler_find(c, number);
    if (compiler_has(c, at, number)) {
        emit(c, MATCH_SAME, part, c->variables[at].place);
    } else if (compiler_bind(c, at, (MatchVariable){number, c->registers})) {
        c->registers++;
        emit(c, MATCH_BIND, part, 0);
    }
    c->dynamic++;
}

/* A part without parts. */
static void compile_leaf(Compiler *c, const Part *part)
{
    int64_t number = match_variable(part->term);
    if (number >= 0) {
        compile_variable(c, part, (uint32_t)number);
    } else if (part->term == A(underscore)) {
        c->dynamic++;
    } else {
        emit_equal(c, part);
    }
}

/* Leaves are compiled at once: those with parts come later, in whatever order. */
static void push_part(Compiler *c, Term t, uint32_t base, uint32_t index)
{
    if (is_cons(t) || is_tuple(t) || is_map(t)) {
        compiler_push(c, &(MatchTask){.kind = TASK_PART, .term = t, .base = base, .index = index});
    } else {
        compile_leaf(c, &(Part){t, base, index});
    }
}

/* Emits what opens the part; its own parts come next, then its end. The register. */
static uint32_t open_part(Compiler *c, const Part *part, int op, uint32_t x)
{
    MatchTask end = {.kind = TASK_PART_END,
                     .base = part->base,
                     .index = part->index,
                     .term = part->term,
                     .mark = compiler_mark(c)};
    compiler_push(c, &end);
    uint32_t place = c->registers++;
    emit(c, op, part, x);
    return place;
}

/* Maps match maps that have more keys, so that no map is a constant. */
static void compile_map(Compiler *c, const Part *part)
{
    MapCursor cursor;
    Term key, value;
    uint32_t map = c->registers++;
    c->dynamic++;
    emit(c, MATCH_OPEN_MAP, part, 0);
    map_cursor_init(&cursor, part->term);
    while (!compiler_failed(c) && map_cursor_next(&cursor, &key, &value)) {
        if (key == A(underscore)) compiler_error(c, "Underscore found in map key.");
        else if (match_variable(key) >= 0) compiler_error(c, "Variable found in map key.");
        Part element = {key, 0, map};
        uint32_t place = c->registers++;
        emit(c, MATCH_MAP_GET, &element, compiler_constant(c, key));
        push_part(c, value, 0, place);
    }
}

static void compile_part(Compiler *c, const Part *part)
{
    Term t = part->term;
    if (is_cons(t)) {
        uint32_t place = open_part(c, part, MATCH_OPEN_CONS, 0);
        push_part(c, cons_tail(t), place, 1);
        push_part(c, cons_head(t), place, 0);
    } else if (is_tuple(t)) {
        uint32_t arity = (uint32_t)tuple_arity(t);
        uint32_t place = open_part(c, part, MATCH_OPEN_TUPLE, arity);
        for (uint32_t i = 0; i < arity; i++) push_part(c, tuple_elements(t)[i], place, i);
    } else {
        compile_map(c, part);
    }
}

void compile_pattern(Compiler *c, Term pattern)
{
    c->task_count = 0;
    push_part(c, pattern, 0, 1); /* The row is in register 1. */
    while (c->task_count > 0 && !compiler_failed(c)) {
        MatchTask task = c->tasks[--c->task_count];
        Part part = {task.term, task.base, task.index};
        if (task.kind == TASK_PART) {
            compile_part(c, &part);
        } else if (task.mark.dynamic == c->dynamic) { /* No variable in it. */
            compiler_return(c, &task.mark);
            emit_equal(c, &part);
        }
    }
}
