/* SPDX-License-Identifier: Apache-2.0 */
/* extension.h - fields of a process that few processes need. */
#ifndef PROCESS_EXTENSION_H
#define PROCESS_EXTENSION_H

#include "base/wheel.h"
#include "process/signal.h"

/* A place in the queue that is older than any message with `number` in it. */
typedef struct Marker {
    struct Signal **place;
    uint32_t number[3];
    uint8_t use; /* MARKER_* */
} Marker;
enum { MARKER_FREE, MARKER_RESERVED, MARKER_BOUND };
enum { MARKER_COUNT = 4 };

/* What stands in the wheel of process/timer.c, under its lock. */
typedef struct Timed {
    WheelTimer wheel;  /* first */
    Process *receiver; /* of a receive timer; NULL: a timer of a program */
} Timed;

typedef struct ReceiveTimer {
    Timed timed;
    Signal signal;    /* SIGNAL_TIMEOUT, pushed when it fires */
    bool is_stale;    /* stopped, but the signal is on its way */
} ReceiveTimer;

/* Which of its events a process tells, and whom: process/trace.h. */
typedef struct Tracing {
    uint32_t flags; /* enum TraceFlag; 0: nobody */
    Term tracer;    /* a pid */
} Tracing;

typedef struct Extension {
    ReceiveTimer timer;
    Tracing tracing;
    Marker markers[MARKER_COUNT];
    uint8_t markers_used, next_marker;
    bool max_heap_spare, max_heap_quiet; /* max_heap_size with kill or error_logger => false */
    /* For natives alone: */
    uint32_t suspended;       /* by how many */
    struct Suspension *suspending; /* natives/erlang_suspend.c */
    uint32_t monitor_nodes;   /* process_flag(monitor_nodes): how often */
    uint32_t bound;           /* process_flag(scheduler): its number, 0: any */
    uint32_t save_calls;      /* process_flag(save_calls) */
    struct Owned *owned;      /* process/owned.h */
    struct Port *port;        /* process/port.h: the process is this port's */
    Term error_handler;       /* atom; TERM_NONE: error_handler */
} Extension;

/* The extension, made if there is none. NULL: out of memory. */
Extension *process_extend(Process *p);

#endif
