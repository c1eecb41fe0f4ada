/* SPDX-License-Identifier: Apache-2.0 */
/* match_spec.c - match specifications by themselves: compiled, tested, run over lists. */

#include "match/compile.h"
#include "match/run.h"
#include "natives/support.h"
#include "natives/work.h"
#include "vm/trace_action.h"
#include "vm/trace_call.h"

enum { COST_PER_ROW = 8, ROOM_WANTED = 256 };

/* ---- Compiling ---- */

/* A reference to it; the program is given. */
static Term program_reference(Process *p, MatchProgram *program)
{
    Term reference = resource_make_ref(&p->heap, &program->resource);
    resource_release(&program->resource);
    return or_memory(p, reference);
}

static Term ets_match_spec_compile_1(Process *p, Term *args)
{
    MatchOutcome outcome;
    if (is_nil(args[0])) return badarg(p);
    MatchProgram *program = match_compile(args[0], NULL, &outcome);
    if (outcome == MATCH_NO_MEMORY) return native_memory(p);
    return program ? program_reference(p, program) : badarg(p);
}

static Term ets_is_compiled_ms_1(Process *p, Term *args)
{
    (void)p;
    return make_bool(match_program_of(args[0]) != NULL);
}

/* ---- Running over lists ---- */

/* Rows from a list until the budget or the room is used up. False: no memory. */
static bool run_rows(Process *p, MatchRun *run, Term *rows, Term *results)
{
    size_t budget = work_budget(p, TERMS_PER_REDUCTION), left = budget;
    bool good = true;
    while (good && left > 0 && is_cons(*rows) && native_room(p, ROOM_WANTED / 4)) {
        run->cost = 0;
        Term result = match_run(run, cons_head(*rows));
        good = is_none(result) ? !run->is_out : list_push(p, result, results);
        size_t cost = 1 + run->cost / COST_PER_ROW;
        left -= cost < left ? cost : left;
        *rows = cons_tail(*rows);
    }
    work_charge(p, budget - left, TERMS_PER_REDUCTION);
    return good;
}

/* ets:match_spec_run_r(Rows, Program, Results): results before those there are, last one first. */
static Term ets_match_spec_run_r_3(Process *p, Term *args)
{
    MatchRun run;
    Term state = work_state(p), rows = args[0], results = args[2];
    const MatchProgram *program = match_program_of(args[1]);
    if (!is_nil(state)) {
        rows = cons_head(state);
        results = cons_tail(state);
    }
    if (!program || !is_list(rows)) return badarg(p);
    if (!match_run_init(&run, program, &p->heap, p->pid)) return native_memory(p);
    bool good = run_rows(p, &run, &rows, &results);
    match_run_done(&run);
    if (!good) return native_memory(p);
    if (is_nil(rows)) return results;
    if (!is_cons(rows)) return badarg(p);
    state = rows;
    Term *cell = heap_reserve(&p->heap, 2);
    if (!cell) return native_memory(p);
    state = cons_put(cell, rows, results);
    bool room = native_room(p, ROOM_WANTED / 4);
    return room ? native_yield(p, state) : work_need(p, state, ROOM_WANTED);
}

/* ---- Testing ---- */

/* [{error, Text}], last one first. */
typedef struct ErrorList {
    MatchReport report; /* first */
    Process *p;
    Term list; /* TERM_NONE: no memory */
} ErrorList;

static void add_error(MatchReport *report, const char *text, size_t size)
{
    ErrorList *errors = (ErrorList *)report;
    if (is_none(errors->list)) return;
    Term string = make_string(errors->p, text, size);
    Term pair = is_none(string) ? string : make_tuple(errors->p, 2, A(error), string);
    if (is_none(pair) || !list_push(errors->p, pair, &errors->list)) errors->list = TERM_NONE;
}

static Term error_result(Process *p, const ErrorList *errors)
{
    Term list = TERM_NIL;
    if (is_none(errors->list)) return native_memory(p);
    for (Term l = errors->list; is_cons(l); l = cons_tail(l)) {
        if (!list_push(p, cons_head(l), &list)) return native_memory(p);
    }
    return make_tuple(p, 2, A(error), list);
}

/* {ok, Result, Flags, Warnings}: a row that does not match gives `false`. */
static Term test_row(Process *p, const MatchProgram *program, Term row)
{
    MatchRun run;
    if (!match_run_init(&run, program, &p->heap, p->pid)) return native_memory(p);
    Term result = match_run(&run, row);
    match_run_done(&run);
    if (is_none(result) && run.is_out) return native_memory(p);
    return make_tuple(p, 4, A(ok), is_none(result) ? A(false) : result, TERM_NIL, TERM_NIL);
}

/* The same for a list of arguments, with what its tracing would do. */
static Term test_arguments(Process *p, const MatchProgram *program, Term arguments)
{
    TraceRun run = {.p = p, .is_test = true};
    bool matches = trace_run(&run, program, arguments);
    Term result = matches ? run.message : A(false), list = TERM_NIL;
    if (!matches && run.run.is_out) return native_memory(p);
    if ((run.frame & TRACE_FRAME_EXCEPTION) && !list_push_atom(p, "exception_trace", &list))
        return TERM_NONE;
    if ((run.frame & TRACE_FRAME_RETURN) && !list_push_atom(p, "return_trace", &list))
        return TERM_NONE;
    result = or_memory(p, term_copy_to_heap(&p->heap, result)); /* It may be the program's. */
    return is_none(result) ? result : make_tuple(p, 4, A(ok), result, list, TERM_NIL);
}

/* erlang:match_spec_test(Row, Specification, table | trace) */
static Term erlang_match_spec_test_3(Process *p, Term *args)
{
    ErrorList errors = {{add_error}, p, TERM_NIL};
    MatchOutcome outcome;
    bool traces = args[2] == A(trace) && is_list(args[0]);
    if (!traces && args[2] != A(table)) return badarg(p);
    if (is_nil(args[1])) {
        static const char text[] = "Match programs are not in a list.";
        add_error(&errors.report, text, sizeof text - 1);
        return error_result(p, &errors);
    }
    MatchProgram *program = traces ? match_compile_trace(args[1], &errors.report, &outcome)
                                   : match_compile(args[1], &errors.report, &outcome);
    if (outcome == MATCH_NO_MEMORY) return native_memory(p);
    if (!program) return error_result(p, &errors);
    Term result = traces ? test_arguments(p, program, args[0]) : test_row(p, program, args[0]);
    resource_release(&program->resource);
    return result;
}

static const Native match_spec_natives[] = {
    NATIVE(erlang, match_spec_test, 3, CHARGED),
    NATIVE(ets, match_spec_compile, 1, CHARGED),
    NATIVE(ets, match_spec_run_r, 3, YIELDS),
    NATIVE(ets, is_compiled_ms, 1, CONSTANT),
};
NATIVE_TABLE(match_spec);
