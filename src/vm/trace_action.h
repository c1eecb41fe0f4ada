/* SPDX-License-Identifier: Apache-2.0 */
/* trace_action.h - a traced call through a match specification, and what that does. */
#ifndef VM_TRACE_ACTION_H
#define VM_TRACE_ACTION_H

#include "match/run.h"
#include "process/trace.h"

typedef struct TraceRun {
    MatchRun run; /* first */
    Process *p;
    const uint32_t *caller; /* where the call stands; NULL: nowhere */
    Term message;           /* `false`: none; `true`: without this; else its last element */
    unsigned frame;         /* TRACE_FRAME_* */
    bool is_test;           /* nothing changes */
} TraceRun;

/* True if the program matches the list of arguments; the rest of `run` says what it wants. */
bool trace_run(TraceRun *run, const MatchProgram *program, Term arguments);

/* {M, F, A} of the code at `place`, or `undefined`. TERM_NONE: out of memory. */
Term trace_place(Process *p, const uint32_t *place);

/* Tells that p runs (`in`) or has run (`out`), with the function it is in. */
void trace_running(Process *p, Term what);

extern _Atomic(uint32_t) trace_control_word;

#endif
