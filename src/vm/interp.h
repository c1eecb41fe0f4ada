/* SPDX-License-Identifier: Apache-2.0 */
/* interp.h - runs a process's lowered code. */
#ifndef VM_INTERP_H
#define VM_INTERP_H

#include "vm/scheduler.h"

typedef enum InterpResult {
    INTERP_PREEMPTED, /* the slice is used up: state saved, p is runnable */
    INTERP_WAITING, /* in a receive without a matching message: state saved; the caller parks it */
    INTERP_EXITED /* roots[ROOT_REASON] is the reason; exception_class tells how */
} InterpResult;

/* Runs p on s from its saved state for p->reductions reductions. */
InterpResult interp_run(Scheduler *s, Process *p);

/* Collects for the running process with `live` X registers. False: out of memory, exception set. */
bool interp_collect(Scheduler *s, Process *p, size_t need, unsigned live);

/* Addresses of code that the VM itself needs; built at boot: each behind an entry word. */
typedef struct BuiltinCode {
    const uint32_t *process_start, *process_end, *call_missing, *call_missing_fun, *native_resume,
        *trace_returned, *trace_left, *trace_room;
} BuiltinCode;
extern BuiltinCode builtin_code;
bool interp_init(void);
/* The stub for an export whose function is a native. NULL: out of memory. */
const uint32_t *interp_native_stub(Export *e);

#endif
