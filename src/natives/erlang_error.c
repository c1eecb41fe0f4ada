/* SPDX-License-Identifier: Apache-2.0 */
/* erlang_error.c - raising exceptions, and the end of the VM. */

#include "mote/port.h"
#include "natives/support.h"
#include "vm/scheduler.h"

static Term erlang_error_1(Process *p, Term *args)
{
    return raise_caller(p, args[0], TERM_NONE, TERM_NIL);
}

static Term erlang_error_2(Process *p, Term *args)
{
    return raise_caller(p, args[0], is_list(args[1]) ? args[1] : TERM_NONE, TERM_NIL);
}

static Term erlang_error_3(Process *p, Term *args)
{
    Term info = TERM_NIL;
    for (Term l = args[2]; is_cons(l); l = cons_tail(l)) {
        const Term *pair = is_tuple_of(cons_head(l), 2) ? tuple_elements(cons_head(l)) : NULL;
        if (!pair || pair[0] != A(error_info) || !is_map(pair[1])) break;
        info = pair[1];
    }
    return raise_caller(p, args[0], is_list(args[1]) ? args[1] : TERM_NONE, info);
}

static Term erlang_exit_1(Process *p, Term *args) { return raise_exit(p, args[0]); }

static Term erlang_throw_1(Process *p, Term *args) { return raise_throw(p, args[0]); }

/* A stub of a library that was not loaded: the trace names the native itself. */
/* `undefined` is what the Erlang bodies of OTP's natives say, which run where a native is not
   there: told as of any other function that is not there. */
static Term erlang_nif_error_1(Process *p, Term *args)
{
    if (args[0] == A(undefined)) return raise_caller(p, A(undef), TERM_NONE, TERM_NIL);
    return raise_error(p, args[0]);
}

static Term erlang_nif_error_2(Process *p, Term *args) { return raise_error(p, args[0]); }

/* {M, F, ArityOrArgs}, {M, F, ArityOrArgs, Location}, {Fun, Args} or {Fun, Args, Location}. */
static bool is_trace_entry(Term entry)
{
    if (!is_tuple(entry)) return false;
    const Term *e = tuple_elements(entry);
    size_t size = tuple_arity(entry);
    if (size == 2) return is_fun(e[0]);
    if (size == 3 && is_fun(e[0])) return is_list(e[2]);
    if (size != 3 && size != 4) return false;
    /* As on OTP, anything goes for an arity. */
    return is_atom(e[0]) && is_atom(e[1]) && (size == 3 || is_list(e[3]));
}

/* Entries without a location get an empty one. TERM_NONE: no memory. */
static Term trace_with_locations(Process *p, Term trace, size_t length)
{
    Term *cells = heap_reserve(&p->heap, 2 * length);
    if (!cells) return TERM_NONE;
    for (size_t i = 0; i < length; i++, trace = cons_tail(trace)) {
        Term entry = cons_head(trace);
        const Term *e = tuple_elements(entry);
        if (tuple_arity(entry) == 3 && !is_fun(e[0]))
            entry = make_tuple(p, 4, e[0], e[1], e[2], TERM_NIL);
        else if (tuple_arity(entry) == 2) entry = make_tuple(p, 3, e[0], e[1], TERM_NIL);
        if (is_none(entry)) return TERM_NONE;
        cons_put(cells + 2 * i, entry, i + 1 < length ? make_cons(cells + 2 * i + 2) : TERM_NIL);
    }
    return make_cons(cells);
}

static Term erlang_raise_3(Process *p, Term *args)
{
    int class = args[0] == A(error) ? CLASS_ERROR : args[0] == A(exit) ? CLASS_EXIT : CLASS_THROW;
    size_t length;
    if (class == CLASS_THROW && args[0] != A(throw)) return A(badarg);
    if (!list_length(args[2], &length)) return A(badarg);
    if (!native_charge(p, (int32_t)(length / 8))) p->reductions = 1;
    bool complete = true;
    for (Term l = args[2]; is_cons(l); l = cons_tail(l)) {
        if (!is_trace_entry(cons_head(l))) return A(badarg);
        const Term *e = tuple_elements(cons_head(l));
        complete &= tuple_arity(cons_head(l)) == (is_fun(e[0]) ? 3 : 4);
    }
    Term trace = complete ? args[2] : trace_with_locations(p, args[2], length);
    /* No trace at all would ask for a fresh one; {Class, List} is how one in use looks. */
    if (length == 0) trace = make_tuple(p, 2, make_small(class), TERM_NIL);
    if (is_none(trace)) return length == 0 ? TERM_NONE : native_memory(p);
    return raise_class(p, class, args[1], trace);
}

/* ---- halt ---- */

/* [{flush, boolean()}]; what was written to a port is out already, so there is nothing to flush. */
static bool check_halt_options(Term options)
{
    for (; is_cons(options); options = cons_tail(options)) {
        Term option = cons_head(options);
        if (!is_tuple_of(option, 2) || tuple_elements(option)[0] != A(flush) ||
            !is_boolean(tuple_elements(option)[1]))
            return false;
    }
    return is_nil(options);
}

#define SLOGAN_MAX 200

enum { STATUS_ABORTED = 134 }; /* what a shell sees of a program that calls abort() */

/* The slogan of a crash, a string of bytes, goes to the console. */
static bool print_slogan(Term slogan)
{
    char text[SLOGAN_MAX + 1];
    size_t size = 0;
    for (; is_cons(slogan); slogan = cons_tail(slogan)) {
        Term c = cons_head(slogan);
        if (!is_natural(c) || small_value(c) > 255) return false;
        if (size < SLOGAN_MAX) text[size++] = (char)small_value(c);
    }
    if (!is_nil(slogan)) return false;
    text[size++] = '\n';
    port_write(2, text, size);
    return true;
}

static Term erlang_halt_2(Process *p, Term *args)
{
    int status = 1;
    int64_t number;
    if (!check_halt_options(args[1])) return badarg_cause(p, A(badopt));
    if (integer_to_i64(args[0], &number)) {
        if (number < 0) return badarg(p);
        status = (int)(number & 0xFF);
    } else if (args[0] == A(abort)) {
        status = STATUS_ABORTED;
    } else if (!print_slogan(args[0])) {
        return badarg(p);
    }
    scheduler_stop(status);
    return native_wait(p, A(halt)); /* It is not called again. */
}

static const Native erlang_error_natives[] = {
    NATIVE(erlang, error, 1, CONSTANT),     NATIVE(erlang, error, 2, CONSTANT),
    NATIVE(erlang, error, 3, CONSTANT),     NATIVE(erlang, exit, 1, CONSTANT),
    NATIVE(erlang, throw, 1, CONSTANT),     NATIVE(erlang, raise, 3, CHARGED),
    NATIVE(erlang, nif_error, 1, CONSTANT), NATIVE(erlang, nif_error, 2, CONSTANT),
    NATIVE(erlang, halt, 2, CONSTANT),
};
NATIVE_TABLE(erlang_error);
