/* SPDX-License-Identifier: Apache-2.0 */
/* trace_action.c - a traced call through a match specification, and what that does. */

#include "vm/trace_action.h"
#include "heap/binary.h"
#include "heap/number.h"
#include "mote/port.h"
#include "process/registry.h"
#include "term/print.h"
#include "vm/exception.h"
#include "vm/trace_call.h"

_Atomic(uint32_t) trace_control_word;

/* ---- Changing the flags of a process ---- */

typedef struct FlagChange {
    uint32_t off, on;
    Term tracer; /* TERM_NIL: the one of who asks */
} FlagChange;

/* A list of flags, and {tracer, Pid}. False: it is none. */
static bool read_flags(Term list, uint32_t *flags, Term *tracer)
{
    for (; is_cons(list); list = cons_tail(list)) {
        Term item = cons_head(list);
        uint32_t flag = trace_flag(item);
        bool is_tracer = is_tuple_of(item, 2) && tuple_elements(item)[0] == A(tracer) &&
                         is_local_pid(tuple_elements(item)[1]);
        if (!flag && !is_tracer) return false;
        *flags |= flag;
        if (is_tracer) *tracer = tuple_elements(item)[1];
    }
    return is_nil(list);
}

/* True if that changes anything. */
static bool change_flags(Process *p, const FlagChange *change)
{
    Tracing old = {0, TERM_NIL};
    if (p->flags & PROCESS_TRACED) old = p->extension->tracing;
    Tracing new = {(old.flags & ~change->off) | change->on, change->tracer};
    if (!trace_tracer_is_alive(&new)) new = (Tracing){0, TERM_NIL};
    return (new.flags != old.flags || new.tracer != old.tracer) && trace_set(p, new);
}

/* In the other process: the words are flags off, flags on, tracer. */
static void change_received(Process *receiver, Signal *signal)
{
    const Term *words = signal_words(signal);
    FlagChange change = {(uint32_t)words[0], (uint32_t)words[1], words[2]};
    if (!process_is_exiting(receiver)) change_flags(receiver, &change);
    signal_free(signal);
}

static bool change_other(Process *p, Term pid, const FlagChange *change)
{
    Signal *signal = signal_alloc(SIGNAL_CALL, p->pid, 3);
    if (!signal) return false;
    Term *words = signal_words(signal);
    words[0] = change->off;
    words[1] = change->on;
    words[2] = change->tracer;
    signal->function = change_received;
    if (signal_send(pid, signal)) return true;
    signal_free(signal);
    return false;
}

/* TERM_NONE: no such process. */
static Term change_target(const TraceRun *t, Term who, FlagChange change)
{
    Process *p = t->p;
    Term pid = is_atom(who) ? registry_find(who) : who;
    Process *target = is_local_pid(pid) ? process_find(pid) : NULL;
    if (!target || process_is_exiting(target)) return TERM_NONE;
    if (t->is_test) return A(true);
    if (is_nil(change.tracer) && p->flags & PROCESS_TRACED)
        change.tracer = p->extension->tracing.tracer;
    bool done = pid == p->pid ? change_flags(p, &change) : change_other(p, pid, &change);
    return make_bool(done);
}

/* enable_trace([Process,] Flag), disable_trace([Process,] Flag) */
static Term switch_flag(const TraceRun *t, bool on, const Term *o, unsigned count)
{
    uint32_t flag = trace_flag(o[count - 1]);
    FlagChange change = {on ? 0 : flag, on ? flag : 0, TERM_NIL};
    Term done = flag ? change_target(t, count == 2 ? o[0] : t->p->pid, change) : TERM_NONE;
    return is_none(done) ? TERM_NONE : A(true);
}

/* trace([Process,] FlagsOff, FlagsOn) */
static Term switch_flags(const TraceRun *t, const Term *o, unsigned count)
{
    FlagChange change = {0, 0, TERM_NIL};
    Term ignored = TERM_NIL;
    if (!read_flags(o[count - 2], &change.off, &ignored) ||
        !read_flags(o[count - 1], &change.on, &change.tracer))
        return TERM_NONE;
    Term done = change_target(t, count == 3 ? o[0] : t->p->pid, change);
    return t->is_test && !is_none(done) ? A(false) : done;
}

static Term set_silent(const TraceRun *t, Term value)
{
    Process *p = t->p;
    if (t->is_test || !(p->flags & PROCESS_TRACED)) return A(true);
    if (value == A(true)) p->extension->tracing.flags |= TRACE_SILENT;
    else if (value == A(false)) p->extension->tracing.flags &= ~(uint32_t)TRACE_SILENT;
    return A(true);
}

/* ---- Where ---- */

static const Function *function_at(const uint32_t *place, const Module **module)
{
    *module = place ? module_at(place) : NULL;
    return *module ? module_function_at(*module, place) : NULL;
}

Term trace_place(Process *p, const uint32_t *place)
{
    const Module *module;
    const Function *f = function_at(place, &module);
    return f ? make_tuple(p, 3, module->name, f->name, make_small((Word)f->arity)) : A(undefined);
}

/* {M, F, A, {File, Line} | undefined} */
static Term caller_line(Process *p, const uint32_t *place)
{
    const Module *module;
    const Function *f = function_at(place, &module);
    if (!f) return A(undefined);
    const Point *point = module_point(module, place);
    Term line = A(undefined);
    if (point && point->line)
        line = make_tuple(p, 2, module->files[point->file], make_small((Word)point->line));
    if (is_none(line)) return TERM_NONE;
    return make_tuple(p, 4, module->name, f->name, make_small((Word)f->arity), line);
}

/* A binary with the stack as text. */
static Term process_dump(Process *p)
{
    enum { DUMP_MAX = 4096, DEPTH = 8 };
    char text[DUMP_MAX];
    BufferSink sink;
    Term stack = exception_stack(p, DEPTH);
    if (is_none(stack)) return TERM_NONE;
    buffer_sink_init(&sink, text, sizeof text);
    term_print(&sink.sink, p->pid, DUMP_MAX);
    sink_text(&sink.sink, " ");
    term_print(&sink.sink, stack, DUMP_MAX);
    return binary_from(&p->heap, text, sink.used);
}

void trace_running(Process *p, Term what)
{
    const Export *export = p->native ? p->native : p->initial;
    if (!trace_has(p, TRACE_RUNNING | TRACE_RUNNING_PROCS)) return;
    Term place = p->native ? A(undefined) : trace_place(p, p->pc);
    if (place == A(undefined))
        place = make_tuple(p, 3, export->module, export->function,
                           make_small((Word)export->arity));
    if (!is_none(place))
        trace_event(p, TRACE_RUNNING | TRACE_RUNNING_PROCS, what, &place, 1);
}

/* ---- All ---- */

static void write_console(Sink *sink, const char *text, size_t size)
{
    (void)sink;
    port_write(1, text, size);
}

static Term display(Term value)
{
    Sink sink = {write_console};
    term_print(&sink, value, SIZE_MAX);
    sink_text(&sink, "\r\n");
    return A(true);
}

static Term word_term(const TraceRun *t, uint32_t word)
{
    Term result = integer_from_i64(&t->p->heap, (int64_t)word);
    return result;
}

static Term set_word(const TraceRun *t, Term value)
{
    uint64_t word;
    if (!integer_to_u64(value, &word) || word > UINT32_MAX) return TERM_NONE;
    if (t->is_test) return word_term(t, atomic_load(&trace_control_word));
    return word_term(t, atomic_exchange(&trace_control_word, (uint32_t)word));
}

static Term act_on_call(TraceRun *t, unsigned action, Term value)
{
    switch (action) {
    case MATCH_MESSAGE: t->message = value; return A(true);
    case MATCH_RETURN_TRACE: t->frame |= TRACE_FRAME_RETURN; return A(true);
    case MATCH_EXCEPTION_TRACE:
        t->frame |= TRACE_FRAME_EXCEPTION;
        return A(true);
    case MATCH_SILENT: return set_silent(t, value);
    case MATCH_CALLER: return trace_place(t->p, t->caller);
    case MATCH_CALLER_LINE: return caller_line(t->p, t->caller);
    case MATCH_PROCESS_DUMP: return process_dump(t->p);
    case MATCH_DISPLAY: return display(value);
    case MATCH_GET_WORD: return word_term(t, atomic_load(&trace_control_word));
    case MATCH_SET_WORD: return set_word(t, value);
    /* There is no sequential tracing. */
    case MATCH_IS_SEQ_TRACE: return A(false);
    case MATCH_GET_SEQ_TOKEN: return TERM_NIL;
    default: return TERM_NONE;
    }
}

static Term act(MatchRun *run, unsigned action, const Term *operands, unsigned count)
{
    TraceRun *t = (TraceRun *)run;
    switch (action) {
    case MATCH_ENABLE_TRACE: return switch_flag(t, true, operands, count);
    case MATCH_DISABLE_TRACE: return switch_flag(t, false, operands, count);
    case MATCH_TRACE: return switch_flags(t, operands, count);
    default: return act_on_call(t, action, count ? operands[0] : TERM_NIL);
    }
}

bool trace_run(TraceRun *t, const MatchProgram *program, Term arguments)
{
    t->message = A(true);
    t->frame = 0;
    if (!match_run_init(&t->run, program, &t->p->heap, t->p->pid)) return false;
    t->run.act = act;
    t->run.copies = false;
    bool matches = !is_none(match_run(&t->run, arguments));
    match_run_done(&t->run);
    return matches;
}
