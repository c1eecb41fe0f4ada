/* SPDX-License-Identifier: Apache-2.0 */
/* trace_point.h - functions whose calls are traced. */
#ifndef VM_TRACE_POINT_H
#define VM_TRACE_POINT_H

/* A call comes by a trace point in one of three ways:

     local   the token of the function's first instruction is `breakpoint`; the point knows the one
             that stood there. Found through Module.points, by the function's number.
     global  Export.code leads to a stub with the instruction `trace_export`; `code` goes on.
     native  Export.native points at the point's own `native`, which calls `original`.

   Points are changed while all schedulers but one wait, so that who runs code sees whole ones. A
   new generation of a module has none; those of an old one are asleep. */

#include "code/module.h"
#include "match/program.h"
#include "mote/native.h"
#include "vm/scheduler.h"

enum TraceKind {
    TRACES_GLOBAL = 1,
    TRACES_LOCAL = 2,
    TRACES_META = 4,
    TRACES_COUNT = 8,
    TRACES_NO_COUNT = 16 /* counting pauses */
};

typedef struct TracePoint {
    Native native;          /* first */
    const Native *original; /* NULL: no native */
    Export *function;
    const uint32_t *code;
    uint32_t stub[4];
    uint8_t token, kinds;
    MatchProgram *calls, *meta; /* NULL: all calls, or none where `kinds` says so */
    Term meta_tracer;
    _Atomic(uintptr_t) count;
    struct TracePoint *next; /* of those of exports */
} TracePoint;

/* The point of a function, or NULL. `base`: of its module, whose code runs at `pc`. */
TracePoint *trace_point_at(const uint32_t *base, const uint32_t *pc);
TracePoint *trace_point_of(Term module, Term function, unsigned arity);
/* The function exists. */
bool trace_function_exists(Term module, Term function, unsigned arity);
static inline TracePoint *trace_point_of_native(const Native *native)
{
    return (TracePoint *)(uintptr_t)native;
}

/* Which functions: TERM_NONE, -1: any. */
typedef struct TracePattern {
    Term module, function;
    int arity;
} TracePattern;
typedef struct TraceChange {
    enum { CHANGE_OFF, CHANGE_ON, CHANGE_PAUSE, CHANGE_RESTART } how;
    uint8_t kinds;
    MatchProgram *program; /* borrowed; NULL: all calls */
    Term meta_tracer;
} TraceChange;
/* Changes the points of all functions that match, while all others wait; their number. SIZE_MAX: no
   memory for all of them. */
size_t trace_points_change(Scheduler *s, const TracePattern *pattern, const TraceChange *change);
/* The same for one that has just been loaded, by what `on_load` said. */
void trace_module_loaded(Scheduler *s, Term module);
/* What becomes of modules loaded from now on: a point of no function. */
extern TracePoint trace_on_load;
void trace_on_load_change(Scheduler *s, const TraceChange *change);

#endif
