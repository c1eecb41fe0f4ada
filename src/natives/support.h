/* SPDX-License-Identifier: Apache-2.0 */
/* support.h - what natives of several files need: errors with a cause, requests, options. */
#ifndef NATIVES_SUPPORT_H
#define NATIVES_SUPPORT_H

#include "heap/number.h"
#include "mote/native.h"

/* ---- Errors ---- */

/* error:`reason` whose stack trace says #{cause => Cause, module => Module} in its error_info, as
   the functions of OTP's erl_erts_errors and erl_stdlib_errors expect it. */
Term raise_cause(Process *p, Term reason, Term module, Term cause);
/* error:badarg with a cause of erl_erts_errors. */
Term badarg_cause(Process *p, Term cause);
/* The result, or the error of a function that gave TERM_NONE because there is no memory. */
SHARED Term or_memory(Process *p, Term result)
{
    return is_none(result) ? native_memory(p) : result;
}

/* ---- Terms ---- */

SHARED Term make_integer(Process *p, int64_t value)
{
    if (value >= SMALL_MIN && value <= SMALL_MAX) return make_small((Word)value);
    return or_memory(p, integer_from_i64(&p->heap, value));
}
Term make_unsigned(Process *p, uint64_t value);
/* A small integer that is not negative. */
static inline bool is_natural(Term t) { return is_small(t) && small_value(t) >= 0; }
/* The index of atom t in a row of `count` texts; `count`: it is none of them. */
size_t atom_among(Term t, const char *const *texts, size_t count);
/* The atom with this text. TERM_NONE: raised. */
Term make_atom_text(Process *p, const char *text);
static inline bool is_boolean(Term t) { return t == A(true) || t == A(false); }
/* UTF-8 as a list of its characters; bytes that are none stand for themselves. Reserves two words
   a byte. TERM_NONE: raised. */
Term make_characters(Process *p, const uint8_t *text, size_t size);
/* {M, F, A} of a function. TERM_NONE: raised. */
Term make_mfa(Process *p, const Export *function);

/* Parts per second of a time unit: an atom, or a positive integer. False: it is neither. */
bool time_unit_parts(Term unit, uint64_t *parts);
/* Nanoseconds in that unit, rounded down, as an integer. TERM_NONE: raised. */
Term make_time(Process *p, int64_t nanoseconds, uint64_t parts);

/* ---- Lists that grow at the front ---- */

/* Adds `head` before *list. False: no memory. */
bool list_push(Process *p, Term head, Term *list);
/* The same of the atom with this text. False: raised. */
bool list_push_atom(Process *p, const char *text, Term *list);

/* ---- Requests to other processes ---- */

/* What the target runs between its slices, or at its end, or the asker while it has borrowed the
   target: its answer, which is copied to the asker, or TERM_NONE without memory. What it builds
   on the target's heap is gone after that. `request` is Request.term. An exiting target has
   PROCESS_EXITING in its state. */
typedef Term RequestHandler(Process *target, Term request);

/* A native asks another process and waits for the answer, one step per call of the native:
       static Term request_native(Process *p, Term *args)
       {
           Term answer = request_answer(p, pid, handler, request);
           if (is_none(answer)) return TERM_NONE;
           ...
       }
   TERM_NONE: raised or waiting, return it. `dead`: the answer for a process that is not there. */
typedef struct Request {
    Term target;
    RequestHandler *handler;
    Term term;
    Term dead;
} Request;
Term request_answer(Process *p, const Request *request);

/* The same without an answer. False: no such process. */
bool request_send(Process *p, const Request *request, bool *memory);

#endif
