/* SPDX-License-Identifier: Apache-2.0 */
/* trace.h - what happens to a process, told to its tracer. */
#ifndef PROCESS_TRACE_H
#define PROCESS_TRACE_H

/* A tracer is a process of this node. It gets {trace, Pid, What, Term...}, or {trace_ts, ...,
   Time}, as a message like any other, from the traced process, in the order of what happened.
   Flags and tracer stand in the extension (process/extension.h) and are the process's own: others
   change them while all schedulers but theirs wait. PROCESS_TRACED says that there are any. Nothing
   is told without memory for it, nor to a tracer that is gone. */

#include "process/extension.h"

enum TraceFlag {
    TRACE_TIMESTAMP = 1 << 0, /* erlang:now/0 */
    TRACE_STRICT_TIME = 1 << 1, /* {erlang:monotonic_time(), a unique integer} */
    TRACE_MONOTONIC_TIME = 1 << 2,
    TRACE_SEND = 1 << 3,
    TRACE_RECEIVE = 1 << 4,
    TRACE_SET_ON_SPAWN = 1 << 5,
    TRACE_CALL = 1 << 6,
    TRACE_PROCS = 1 << 7,
    TRACE_SET_ON_FIRST_SPAWN = 1 << 8,
    TRACE_SET_ON_LINK = 1 << 9,
    TRACE_SET_ON_FIRST_LINK = 1 << 10,
    TRACE_RUNNING = 1 << 11,
    TRACE_EXITING = 1 << 12,
    TRACE_COLLECTIONS = 1 << 13,
    TRACE_ARITY = 1 << 14, /* of calls, not their arguments */
    TRACE_RETURN_TO = 1 << 15,
    TRACE_SILENT = 1 << 16, /* calls are not told */
    TRACE_SCHEDULER = 1 << 17,
    TRACE_PORTS = 1 << 18,
    TRACE_RUNNING_PORTS = 1 << 19,
    TRACE_RUNNING_PROCS = 1 << 20,
    TRACE_ALL = (1 << 21) - 1
};

/* That of processes made from now on, by erlang:trace(new, ...). */
extern Tracing trace_of_new;

/* The flag of that name; 0: there is none. */
uint32_t trace_flag(Term name);
/* The name of flag 1 << i. NULL: there are no more. */
const char *trace_flag_name(unsigned i);

static inline bool trace_has(const Process *p, uint32_t flags)
{
    return p->flags & PROCESS_TRACED && p->extension->tracing.flags & flags;
}
bool trace_tracer_is_alive(const Tracing *tracing);
/* Sets them; no flags: nobody traces it. False: out of memory. */
bool trace_set(Process *p, Tracing tracing);

enum { TRACE_TERMS_MAX = 4 };
/* Tells `tracing`'s tracer {trace, pid of p, what, terms...}; p is the running process. */
void trace_tell(Process *p, const Tracing *tracing, Term what, const Term *terms, unsigned count);
/* The same to p's own, if it has one of `flags`. */
void trace_event(Process *p, uint32_t flags, Term what, const Term *terms, unsigned count);

/* ---- Events ---- */

/* `to`: as the program named the receiver; `target`: who it is. */
void trace_sent(Process *p, Term message, Term to, Term target);
void trace_received(Process *p, Term message);
/* Its last words. */
void trace_exited(Process *p);
/* Registrations, links: `who` is the other one. */
static inline void trace_process(Process *p, Term what, Term who)
{
    if (p->flags & PROCESS_TRACED) trace_event(p, TRACE_PROCS, what, &who, 1);
}
/* `child`, which nobody else knows yet, was made by `parent` (NULL: the VM) to run
   function(args...): takes over what its parent's flags say. */
void trace_spawned(Process *parent, Process *child, Term args, bool linked);

#endif
