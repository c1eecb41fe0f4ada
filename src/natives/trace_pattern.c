/* SPDX-License-Identifier: Apache-2.0 */
/* trace_pattern.c - which functions are traced, and how. */

#include "match/compile.h"
#include "natives/support.h"
#include "natives/trace_info.h"
#include "process/trace.h"
#include "vm/trace_point.h"

enum { NO_ARITY = 256 }; /* No function has so many arguments. */

/* ---- Changing ---- */

/* {M, F, A}; `_` may only stand at the end. */
static bool read_function(Term t, TracePattern *pattern)
{
    if (!is_tuple_of(t, 3)) return false;
    const Term *o = tuple_elements(t);
    bool any_module = o[0] == A(underscore), any_function = o[1] == A(underscore);
    bool any_arity = o[2] == A(underscore);
    if (!is_atom(o[0]) || !is_atom(o[1]) || (!any_arity && !is_small(o[2]))) return false;
    if ((any_module && !any_function) || (any_function && !any_arity)) return false;
    pattern->module = any_module ? TERM_NONE : o[0];
    pattern->function = any_function ? TERM_NONE : o[1];
    bool is_possible = !any_arity && is_natural(o[2]) && small_value(o[2]) < NO_ARITY;
    pattern->arity = any_arity ? -1 : is_possible ? (int)small_value(o[2]) : NO_ARITY;
    return true;
}

static bool read_kind(Term item, TraceChange *change)
{
    bool is_meta = is_tuple_of(item, 2) && tuple_elements(item)[0] == A(meta) &&
                   is_local_pid(tuple_elements(item)[1]);
    if (item == A(local)) change->kinds |= TRACES_LOCAL;
    else if (item == A(global)) change->kinds |= TRACES_GLOBAL;
    else if (item == A(call_count)) change->kinds |= TRACES_COUNT;
    else if (item == A(meta) || is_meta) change->kinds |= TRACES_META;
    else return false;
    if (is_meta) change->meta_tracer = tuple_elements(item)[1];
    return true;
}

/* OTP differs: neither call_time nor call_memory. */
static bool read_kinds(Term list, TraceChange *change)
{
    for (; is_cons(list); list = cons_tail(list)) {
        if (!read_kind(cons_head(list), change)) return false;
    }
    if (!change->kinds) change->kinds = TRACES_GLOBAL;
    const Tracing tracer = {1, change->meta_tracer};
    return is_nil(list) && trace_tracer_is_alive(&tracer) &&
           (!(change->kinds & TRACES_GLOBAL) || change->kinds == TRACES_GLOBAL);
}

/* False: raised. */
static bool read_how(Process *p, Term spec, TraceChange *change)
{
    MatchOutcome outcome = MATCH_GOOD;
    change->how = spec == A(false)             ? CHANGE_OFF
                  : atom_is(spec, "restart") ? CHANGE_RESTART
                  : atom_is(spec, "pause")   ? CHANGE_PAUSE
                                             : CHANGE_ON;
    if (is_cons(spec)) change->program = match_compile_trace(spec, NULL, &outcome);
    bool is_word = change->how != CHANGE_ON || spec == A(true) || is_nil(spec);
    if (outcome == MATCH_NO_MEMORY) native_memory(p);
    else if (!is_word && !change->program) badarg(p);
    else return true;
    return false;
}

/* erts_internal:trace_pattern(Functions, Specification, Flags) -> number of functions */
static Term erts_internal_trace_pattern_3(Process *p, Term *args)
{
    TracePattern pattern;
    TraceChange change = {.meta_tracer = p->pid};
    bool on_load = args[0] == A(on_load);
    /* OTP differs: messages are traced or not, whatever they are. */
    if ((args[0] == A(send) || args[0] == A(receive)) && args[1] == A(true) && is_nil(args[2]))
        return make_small(1);
    if (!on_load && !read_function(args[0], &pattern)) return badarg(p);
    if (!read_kinds(args[2], &change)) return badarg(p);
    if (!read_how(p, args[1], &change)) return TERM_NONE;
    size_t count = 0;
    if (on_load) trace_on_load_change(p->running_on, &change);
    else count = trace_points_change(p->running_on, &pattern, &change);
    if (change.program) resource_release(&change.program->resource);
    return count == SIZE_MAX ? native_memory(p) : make_unsigned(p, count);
}

/* ---- Asking ---- */

static Term spec_of(Process *p, bool is_set, const MatchProgram *program)
{
    if (!is_set) return A(false);
    return program ? or_memory(p, term_copy_to_heap(&p->heap, program->spec)) : TERM_NIL;
}

static Term count_of(Process *p, const TracePoint *point)
{
    if (!(point->kinds & TRACES_COUNT)) return A(false);
    if (point == &trace_on_load) return A(true);
    return make_unsigned(p, atomic_load(&point->count));
}

/* The value of one item. TERM_NONE: raised. */
static Term value_of(Process *p, const TracePoint *point, Term item)
{
    if (item == A(traced))
        return point->kinds & TRACES_LOCAL    ? A(local)
               : point->kinds & TRACES_GLOBAL ? A(global)
                                              : A(false);
    if (item == A(match_spec))
        return spec_of(p, point->kinds & (TRACES_LOCAL | TRACES_GLOBAL), point->calls);
    if (item == A(meta)) return point->kinds & TRACES_META ? point->meta_tracer : A(false);
    if (atom_is(item, "meta_match_spec"))
        return spec_of(p, point->kinds & TRACES_META, point->meta);
    if (item == A(call_count)) return count_of(p, point);
    return atom_is(item, "call_time") ? A(false) : badarg(p);
}

/* [{Item, Value}] of all items. */
static Term all_values(Process *p, const TracePoint *point)
{
    static const char *const names[] = {"traced",          "match_spec", "meta",
                                        "meta_match_spec", "call_time",  "call_count"};
    Term list = TERM_NIL;
    for (size_t i = sizeof names / sizeof *names; i-- > 0;) {
        if (point == &trace_on_load && i == 4) continue; /* As on OTP. */
        Term name = make_atom_text(p, names[i]);
        Term value = is_none(name) ? name : value_of(p, point, name);
        Term pair = is_none(value) ? value : make_tuple(p, 2, name, value);
        if (is_none(pair)) return TERM_NONE;
        if (!list_push(p, pair, &list)) return native_memory(p);
    }
    return list;
}

static Term point_info(Process *p, const TracePoint *point, Term item)
{
    Term value = A(false);
    if (point->kinds) value = item == A(all) ? all_values(p, point) : value_of(p, point, item);
    return is_none(value) ? value : make_tuple(p, 2, item, value);
}

Term trace_function_info(Process *p, Term what, Term item)
{
    static const TracePoint untraced;
    TracePattern f;
    if (what == A(on_load)) return point_info(p, &trace_on_load, item);
    if ((what == A(send) || what == A(receive)) && item == A(match_spec))
        return make_tuple(p, 2, item, A(true));
    if (!read_function(what, &f) || is_none(f.module) || is_none(f.function) || f.arity < 0)
        return badarg(p);
    if (!trace_function_exists(f.module, f.function, (unsigned)f.arity))
        return make_tuple(p, 2, item, A(undefined));
    scheduler_block_others(p->running_on);
    const TracePoint *point = trace_point_of(f.module, f.function, (unsigned)f.arity);
    Term result = point_info(p, point ? point : &untraced, item);
    scheduler_resume_others();
    return result;
}

static const Native trace_pattern_natives[] = {
    NATIVE(erts_internal, trace_pattern, 3, CHARGED),
};
NATIVE_TABLE(trace_pattern);
