/* SPDX-License-Identifier: Apache-2.0 */
/* scheduler.h - one per core: takes processes from the run queue and runs them. */
#ifndef VM_SCHEDULER_H
#define VM_SCHEDULER_H

#include "code/insn.h"
#include "heap/bits.h"
#include <stdatomic.h>
#include "process/process.h"

/* A slice in reductions at most. */
#ifndef SLICE_REDUCTIONS
#define SLICE_REDUCTIONS 4000
#endif
/* The clock is looked at once in so many. */
#define CLOCK_REDUCTIONS ((SLICE_REDUCTIONS + 3) / 4)
enum { SCHEDULERS_MAX = 32 };

/* Where an instruction's sources come from. */
typedef struct BodyFrame {
    const Term *x, *e;
    const uint32_t *base;
} BodyFrame;

typedef struct Scheduler {
    unsigned id;
    int32_t budget; /* reductions of a slice, from measured time */
    int32_t used;   /* reductions since the clock was looked at */
    /* Figures that others may read: written by this scheduler alone. */
    _Atomic(uintptr_t) busy_us, slices, reductions;
    /* ---- What instruction bodies use (design D35): all they have is `x`, and what stands just
       before it is reached by a short offset ---- */
    BitBuilder builder;    /* target of bin_put_* */
    Term called_fun;       /* last fun called that has no code, for call_missing_fun */
    unsigned called_arity; /* with how many arguments */
    const Export *called;  /* last target of call_ext*, for call_missing */
    bool failed;
    uintptr_t bits; /* results that helpers give beside a term */
    Term args[8];   /* of a guard function */
    BodyFrame frame;
    const uint32_t *base;
    const Export *native;      /* that was called last, or runs */
    const uint32_t *return_to; /* where its caller goes on; NULL: the call was its last */
    Process *current;
    Term x[X_SLOTS]; /* X registers in slots: code/insn.h, x_slot() */
    double f[16];    /* float registers; lowering refuses higher ones */
} Scheduler;

/* Runs until the VM is told to stop. Core 0 runs in the caller. False: a scheduler could not
   start. */
bool scheduler_start(unsigned count);
void scheduler_main(Scheduler *s);
/* Stops all schedulers after their slice; the VM ends with `status`. */
void scheduler_stop(int status);
int scheduler_status(void);
/* All other schedulers wait between slices until scheduler_resume_others: for changes of what their
   processes use without a lock. What the caller found in an epoch before may be gone. */
void scheduler_block_others(Scheduler *self);
void scheduler_resume_others(void);
extern unsigned scheduler_count;
/* The scheduler `id`, for figures. */
const Scheduler *scheduler_get(unsigned id);
/* port_now when the schedulers were started. */
uint64_t scheduler_start_time(void);

#endif
