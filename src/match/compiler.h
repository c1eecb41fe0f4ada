/* SPDX-License-Identifier: Apache-2.0 */
/* compiler.h - what the parts of the compiler of match specifications share. */
#ifndef MATCH_COMPILER_H
#define MATCH_COMPILER_H

#include "match/compile.h"

/* A variable of the clause at hand. */
typedef struct MatchVariable {
    uint32_t number; /* '$Number' */
    uint32_t place;  /* its register */
} MatchVariable;

/* OTP differs: it has no limits. */
enum { MATCH_VARIABLES_MAX = 4096, MATCH_REGISTERS_MAX = 0xFFFFFF };

/* A state to go back to where what came after it turns out to be one constant. */
typedef struct MatchMark {
    uint32_t count, constants, registers, dynamic, depth;
} MatchMark;

/* What is still to be compiled, last in, first out. */
typedef struct MatchTask {
    enum {
        TASK_PART,       /* of a pattern: term, at base[index] */
        TASK_PART_END,   /* all parts of `term` are done */
        TASK_EXPRESSION, /* term */
        TASK_EMIT,       /* insn */
        TASK_WHOLE,      /* insn, or one constant */
        TASK_LOGIC,      /* insn, whose target is that of the task number `index` */
        TASK_LOGIC_END   /* mark.count: the last insn that jumps here, or NO_JUMP */
    } kind;
    uint32_t base, index;
    Term term;
    MatchInsn insn;
    MatchMark mark;
} MatchTask;

enum { MATCH_TASKS_INSIDE = 16, MATCH_VARIABLES_INSIDE = 8 };

typedef struct Compiler {
    MatchProgram *program;
    MatchReport *report;
    bool is_bad, is_out; /* `is_out`: of memory */
    bool traces;         /* the dialect of tracing */
    bool in_guard;
    MatchTask *tasks;
    uint32_t task_count, task_room;
    MatchVariable *variables; /* by their numbers */
    uint32_t variable_count, variable_room;
    uint32_t registers; /* in use */
    uint32_t depth;     /* of the stack */
    uint32_t dynamic;   /* parts so far that are no constants */
    MatchTask first_tasks[MATCH_TASKS_INSIDE];
    MatchVariable first_variables[MATCH_VARIABLES_INSIDE];
} Compiler;

static inline bool compiler_failed(const Compiler *c) { return c->is_bad || c->is_out; }

/* Reports an error; sink_format's formats. */
void compiler_error(Compiler *c, const char *format, ...);
MatchMark compiler_mark(const Compiler *c);
void compiler_return(Compiler *c, const MatchMark *mark);
/* Adds an instruction; `depth`: what it does to the stack. */
void compiler_emit(Compiler *c, MatchInsn insn, int depth);
/* The number of a constant. */
uint32_t compiler_constant(Compiler *c, Term t);
void compiler_push(Compiler *c, const MatchTask *task);
/* Where the variable stands, or would. */
uint32_t compiler_find(const Compiler *c, uint32_t number);
static inline bool compiler_has(const Compiler *c, uint32_t at, uint32_t number)
{
    return at < c->variable_count && c->variables[at].number == number;
}
bool compiler_bind(Compiler *c, uint32_t at, MatchVariable variable);

/* Compiles a pattern, or an expression whose value is then on the stack. */
void compile_pattern(Compiler *c, Term pattern);
void compile_expression(Compiler *c, Term expression);
/* For compile_expression: the call `t`, if it is one of an action; errors are reported. */
bool compile_action(Compiler *c, Term t);
/* Pushes the arguments, and before them the instruction that is run after them. */
void compile_call_of(Compiler *c, Term t, MatchInsn insn);

#endif
