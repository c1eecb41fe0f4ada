/* SPDX-License-Identifier: Apache-2.0 */
/* compile.c - match specifications become programs: clauses, and what all parts need. */

#include "base/memory.h"
#include "match/compiler.h"
#include "term/atom.h"
#include "term/print.h"

enum { ERROR_MAX = 1024, FIRST_REGISTER = 2 };

/* ---- Programs ---- */

static size_t program_bytes(size_t words) { return sizeof(MatchProgram) + words * WORD_BYTES; }

static void program_free(MatchProgram *program)
{
    off_heap_release(program->off_heap);
    if (program->code != program->first_code)
        memory_free(program->code, program->code_room * sizeof *program->code);
    if (program->constants != program->first_constants)
        memory_free(program->constants, program->constant_room * sizeof *program->constants);
    memory_free(program, program_bytes(program->words));
}

static void program_destroy(Resource *resource) { program_free((MatchProgram *)resource); }

static const ResourceType program_type = {"match", program_destroy};

MatchProgram *match_program_of(Term t) { return (MatchProgram *)resource_of(t, &program_type); }

static MatchProgram *program_make(Term spec, bool borrows)
{
    size_t words = borrows ? 0 : term_size_with_literals(spec);
    MatchProgram *program = words == SIZE_MAX ? NULL : memory_alloc(program_bytes(words));
    if (!program) return NULL;
    memset(program, 0, offsetof(MatchProgram, first_code));
    resource_init(&program->resource, &program_type);
    program->code = program->first_code;
    program->code_room = MATCH_CODE_INSIDE;
    program->constants = program->first_constants;
    program->constant_room = MATCH_CONSTANTS_INSIDE;
    CopyTarget target = {program->block, NULL, 0, true};
    program->spec = borrows ? spec : term_copy(spec, &target);
    program->off_heap = target.off_heap;
    program->words = words;
    return program;
}

int64_t match_variable(Term t)
{
    size_t size;
    int64_t number = 0;
    if (!is_atom(t)) return -1;
    const char *text = atom_text(t, &size);
    if (size < 2 || size > 11 || text[0] != '$' || (size > 2 && text[1] == '0')) return -1;
    for (size_t i = 1; i < size; i++) {
        if (text[i] < '0' || text[i] > '9') return -1;
        number = 10 * number + (text[i] - '0');
    }
    return number <= INT32_MAX ? number : -1;
}

/* ---- What all parts need ---- */

void compiler_error(Compiler *c, const char *format, ...)
{
    char text[ERROR_MAX];
    BufferSink buffer;
    va_list arguments;
    c->is_bad = true;
    if (!c->report) return;
    buffer_sink_init(&buffer, text, sizeof text);
    va_start(arguments, format);
    sink_vformat(&buffer.sink, sizeof text, format, arguments);
    va_end(arguments);
    c->report->error(c->report, text, buffer.used);
}

typedef struct Items {
    void *items, *inside; /* `inside`: not to be freed */
    uint32_t *room;
    size_t size; /* of each */
} Items;

/* Room for twice as many as the `count` there are. NULL: no memory. */
static void *grow(Compiler *c, const Items *of, uint32_t count)
{
    uint32_t more = 2 * *of->room;
    void *old = of->items == of->inside ? NULL : of->items;
    void *grown = memory_realloc(old, *of->room * of->size, more * of->size);
    if (!grown) {
        c->is_out = true;
        return NULL;
    }
    if (!old) memcpy(grown, of->inside, count * of->size);
    *of->room = more;
    return grown;
}

MatchMark compiler_mark(const Compiler *c)
{
    return (MatchMark){c->program->count, c->program->constant_count, c->registers, c->dynamic,
                       c->depth};
}

void compiler_return(Compiler *c, const MatchMark *mark)
{
    c->program->count = mark->count;
    c->program->constant_count = mark->constants;
    c->registers = mark->registers;
    c->depth = mark->depth;
}

void compiler_emit(Compiler *c, MatchInsn insn, int depth)
{
    MatchProgram *program = c->program;
    if (program->count == program->code_room) {
        Items all = {program->code, program->first_code, &program->code_room, sizeof insn};
        void *code = grow(c, &all, program->count);
        if (!code) return;
        program->code = code;
    }
    program->code[program->count++] = insn;
    if (c->registers > MATCH_REGISTERS_MAX) compiler_error(c, "Match program is too large.");
    c->depth += (uint32_t)depth;
    if (c->depth > program->stack) program->stack = c->depth;
    if (c->registers > program->registers) program->registers = c->registers;
}

uint32_t compiler_constant(Compiler *c, Term t)
{
    MatchProgram *program = c->program;
    uint32_t *room = &program->constant_room;
    if (program->constant_count == *room) {
        Items all = {program->constants, program->first_constants, room, sizeof t};
        void *constants = grow(c, &all, program->constant_count);
        if (!constants) return 0;
        program->constants = constants;
    }
    program->constants[program->constant_count] = t;
    return program->constant_count++;
}

void compiler_push(Compiler *c, const MatchTask *task)
{
    if (c->task_count == c->task_room) {
        Items all = {c->tasks, c->first_tasks, &c->task_room, sizeof *task};
        void *tasks = grow(c, &all, c->task_count);
        if (!tasks) return;
        c->tasks = tasks;
    }
    c->tasks[c->task_count++] = *task;
}

uint32_t compiler_find(const Compiler *c, uint32_t number)
{
    uint32_t low = 0, high = c->variable_count;
    while (low < high) {
        uint32_t middle = (low + high) / 2;
        if (c->variables[middle].number < number) low = middle + 1;
        else high = middle;
    }
    return low;
}

bool compiler_bind(Compiler *c, uint32_t at, MatchVariable variable)
{
    if (c->variable_count == MATCH_VARIABLES_MAX) {
        compiler_error(c, "Match program has more than %u variables.", MATCH_VARIABLES_MAX);
        return false;
    }
    if (c->variable_count == c->variable_room) {
        Items all = {c->variables, c->first_variables, &c->variable_room, sizeof variable};
        void *variables = grow(c, &all, c->variable_count);
        if (!variables) return false;
        c->variables = variables;
    }
    memmove(c->variables + at + 1, c->variables + at,
            (c->variable_count - at) * sizeof variable);
    c->variables[at] = variable;
    c->variable_count++;
    return true;
}

/* ---- Clauses ---- */

static void compile_guards(Compiler *c, Term guards)
{
    if (!is_list(guards)) {
        compiler_error(c, "Match expression is not a list.");
        return;
    }
    c->in_guard = true;
    for (; is_cons(guards); guards = cons_tail(guards)) {
        compile_expression(c, cons_head(guards));
        compiler_emit(c, (MatchInsn){.op = MATCH_GUARD}, -1);
    }
    c->in_guard = false;
    if (!is_nil(guards)) compiler_error(c, "Match expression is not a proper list.");
}

/* The last expression is the result; nothing that the others do can be seen. */
static void compile_body(Compiler *c, Term body)
{
    compiler_emit(c, (MatchInsn){.op = MATCH_BODY}, 0);
    if (!is_cons(body)) {
        compiler_error(c, "Body clause does not return anything.");
        return;
    }
    MatchMark mark = compiler_mark(c);
    for (; is_cons(body); body = cons_tail(body)) {
        compiler_return(c, &mark);
        compile_expression(c, cons_head(body));
    }
    if (!is_nil(body)) compiler_error(c, "Match expression is not a proper list.");
    compiler_emit(c, (MatchInsn){.op = MATCH_RESULT}, -1);
}

/* What the expressions do is what counts; the result is `true`. */
static void compile_actions(Compiler *c, Term body)
{
    compiler_emit(c, (MatchInsn){.op = MATCH_BODY}, 0);
    if (!is_list(body)) {
        compiler_error(c, "Match expression is not a list.");
        return;
    }
    for (; is_cons(body); body = cons_tail(body)) {
        compile_expression(c, cons_head(body));
        compiler_emit(c, (MatchInsn){.op = MATCH_DROP}, -1);
    }
    if (!is_nil(body)) compiler_error(c, "Match expression is not a proper list.");
    compiler_emit(c, (MatchInsn){.op = MATCH_CONSTANT, .x = compiler_constant(c, A(true))}, 1);
    compiler_emit(c, (MatchInsn){.op = MATCH_RESULT}, -1);
}

/* A list of arguments, or what may stand for one. */
static void check_head(Compiler *c, Term head)
{
    Term tail = head;
    while (is_cons(tail)) tail = cons_tail(tail);
    if (is_cons(head) && !is_nil(tail))
        compiler_error(c, "Match expression part %T is not a proper list.", head);
    if (!is_list(head) && !is_tuple(head) && head != A(underscore) && match_variable(head) < 0)
        compiler_error(c, "Match head is invalid in this context.");
}

static void compile_clause(Compiler *c, Term clause)
{
    const Term *parts = tuple_elements(clause);
    uint32_t start = c->program->count;
    c->registers = FIRST_REGISTER;
    c->depth = c->dynamic = c->variable_count = 0;
    compiler_emit(c, (MatchInsn){.op = MATCH_CLAUSE}, 0);
    if (c->traces) check_head(c, parts[0]);
    if (!compiler_failed(c)) compile_pattern(c, parts[0]);
    if (compiler_failed(c)) return;
    compiler_emit(c, (MatchInsn){.op = MATCH_PATTERN_END}, 0);
    compile_guards(c, parts[1]);
    if (c->traces) compile_actions(c, parts[2]);
    else compile_body(c, parts[2]);
    if (!compiler_failed(c)) c->program->code[start].x = c->program->count;
}

static bool are_clauses(Compiler *c, Term spec)
{
    if (!is_list(spec)) compiler_error(c, "Match programs are not in a list.");
    for (; is_cons(spec); spec = cons_tail(spec)) {
        if (is_tuple_of(cons_head(spec), 3)) continue;
        compiler_error(c, "Match program part is not a tuple of arity 3.");
        return false;
    }
    if (!c->is_bad && !is_nil(spec)) compiler_error(c, "Match programs are not in a proper list.");
    return !c->is_bad;
}

static void compiler_init(Compiler *c, MatchProgram *program, MatchReport *report)
{
    memset(c, 0, offsetof(Compiler, first_tasks));
    c->program = program;
    c->report = report;
    c->tasks = c->first_tasks;
    c->task_room = MATCH_TASKS_INSIDE;
    c->variables = c->first_variables;
    c->variable_room = MATCH_VARIABLES_INSIDE;
}

static void compiler_done(Compiler *c)
{
    if (c->tasks != c->first_tasks) memory_free(c->tasks, c->task_room * sizeof *c->tasks);
    if (c->variables != c->first_variables)
        memory_free(c->variables, c->variable_room * sizeof *c->variables);
}

/* Takes the program, which may be NULL. */
static MatchProgram *compile_program(MatchProgram *program, MatchReport *report, bool traces,
                                     MatchOutcome *outcome)
{
    Compiler c;
    *outcome = MATCH_NO_MEMORY;
    if (!program) return NULL;
    compiler_init(&c, program, report);
    c.traces = traces;
    if (are_clauses(&c, program->spec)) {
        for (Term l = program->spec; is_cons(l) && !compiler_failed(&c); l = cons_tail(l))
            compile_clause(&c, cons_head(l));
    }
    compiler_done(&c);
    *outcome = c.is_out ? MATCH_NO_MEMORY : c.is_bad ? MATCH_BAD : MATCH_GOOD;
    if (*outcome == MATCH_GOOD) return program;
    program_free(program);
    return NULL;
}

MatchProgram *match_compile(Term spec, MatchReport *report, MatchOutcome *outcome)
{
    return compile_program(program_make(spec, false), report, false, outcome);
}

MatchProgram *match_compile_trace(Term spec, MatchReport *report, MatchOutcome *outcome)
{
    return compile_program(program_make(spec, false), report, true, outcome);
}

MatchProgram *match_compile_borrowed(Term spec, MatchOutcome *outcome)
{
    return compile_program(program_make(spec, true), NULL, false, outcome);
}

Term match_pattern_spec(Term *words, Term pattern, Term result)
{
    Term *clause = words + 2, *body = words + 6;
    clause[0] = make_header(KIND_TUPLE, 3);
    clause[1] = pattern;
    clause[2] = TERM_NIL;
    clause[3] = cons_put(body, result, TERM_NIL);
    return cons_put(words, make_boxed(clause), TERM_NIL);
}
