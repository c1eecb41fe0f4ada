/* SPDX-License-Identifier: Apache-2.0 */
/* exception.h - raising, catching, stack traces. */
#ifndef VM_EXCEPTION_H
#define VM_EXCEPTION_H

#include "vm/scheduler.h"

/* The exception in p (class, ROOT_REASON, ROOT_TRACE, ROOT_ARGS) was raised by the instruction
   at `pc` (`base` of its module). Saves the stack trace if there is none yet, finds the newest
   catch, unwinds the stack to its frame and sets x0 = TERM_NONE, x1 = class atom, x2 = reason,
   x3 = trace. Returns the handler's address, with *base set; NULL: not caught, the process ends
   with the exit reason in ROOT_REASON ({Reason, Stacktrace} for errors, {{nocatch, V},
   Stacktrace} for throws). */
const uint32_t *exception_handle(Scheduler *s, Process *p, const uint32_t *pc,
                                 const uint32_t **base);

/* The process is over its max_heap_size: nothing catches what is raised next, it exits as
   killed. */
void exception_kill(Process *p);

/* A raw trace (class, program counters, arguments) kept on the heap as a tuple until somebody
   asks; this makes the list that Erlang sees: [{M, F, ArityOrArgs, [{file, F}, {line, L},
   {error_info, I}]}]. TERM_NONE: out of memory. */
Term exception_stacktrace(Process *p, Term trace);
/* The class inside a raw trace or a list: CLASS_*. */
int exception_class_of(Term trace);

/* The stack of p, which runs (PROCESS_RUNS) or rests, as such a list of at most `limit` entries
   (64 at most), on p's heap. TERM_NONE: out of memory. */
Term exception_stack(Process *p, size_t limit);

/* True if p is in code of `module`, or will return there. */
bool exception_runs(const Process *p, const Module *module);

#endif
