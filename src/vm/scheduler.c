/* SPDX-License-Identifier: Apache-2.0 */
/* scheduler.c - takes processes from the run queue, runs them for a slice, sleeps when there are
   none. */

#include "vm/scheduler.h"
#include "base/epoch.h"
#include "base/memory.h"
#include "mote/native.h"
#include "mote/port.h"
#include "process/mailbox.h"
#include "process/run_queue.h"
#include "process/timer.h"
#include "process/trace.h"
#include "vm/interp.h"
#include "vm/limit.h"
#include "vm/report.h"
#include "vm/trace_action.h"

unsigned scheduler_count;
static Scheduler *schedulers[SCHEDULERS_MAX];

static _Atomic(bool) stopping;
static _Atomic(int) exit_status;
/* Id + 1 of the scheduler that wants to be alone, 0: nobody; and how many wait for it. */
static _Atomic(unsigned) alone, parked;

static void count(_Atomic(uintptr_t) *figure, uintptr_t more)
{
    uintptr_t now = atomic_load_explicit(figure, memory_order_relaxed);
    atomic_store_explicit(figure, now + more, memory_order_relaxed);
}

/* ---- Slices ---- */

/* A slice ends after SLICE_REDUCTIONS or SLICE_NS, whichever is first: the budget in reductions
   follows the measured time of one (design D18). */
#define SLICE_NS 1000000u
#define BUDGET_MIN 200

static void calibrate(Scheduler *s, uint64_t ns, int32_t used)
{
    count(&s->busy_us, (uintptr_t)(ns / 1000));
    if (used < BUDGET_MIN) return;
    int64_t fits = (int64_t)((uint64_t)used * SLICE_NS / (ns ? ns : 1));
    int64_t budget = (3 * (int64_t)s->budget + fits) / 4;
    if (budget > SLICE_REDUCTIONS) budget = SLICE_REDUCTIONS;
    s->budget = budget < BUDGET_MIN && SLICE_REDUCTIONS > BUDGET_MIN ? BUDGET_MIN : (int32_t)budget;
    if (s->budget < 1) s->budget = 1;
}

/* A collection that became due in the last slice. Out of memory: it stays due. False: p ends. */
static bool collect_due(Process *p)
{
    if (!(p->heap.flags & HEAP_DUE)) return true;
    RootSet sets[PROCESS_ROOT_SETS + 1] = {{p->saved, p->live}};
    size_t cost = 0;
    limit_collect(p, 0, sets, 1 + process_roots(p, sets + 1), &cost);
    return !(p->flags & PROCESS_KILLED);
}

static void start_slice(Scheduler *s, Process *p)
{
    /* Who woke before its slice was used up keeps the rest of it. */
    int32_t left = p->reductions + p->held;
    p->held = 0;
    if (!p->queued_awake || left <= 0 || left > s->budget) left = s->budget;
    p->reductions = left;
    p->running_on = s;
    p->scheduler = (uint16_t)s->id;
    s->current = p;
    p->heap.recent /= 4;
    count(&s->slices, 1);
}

static void account(Scheduler *s, Process *p, int32_t budget)
{
    int32_t used = budget - (p->reductions + p->held);
    if (used < 1) used = 1;
    p->total_reductions += (uint32_t)used;
    count(&s->reductions, (uintptr_t)used);
    s->used += used;
}

/* p is over: its exit goes on in further slices where there is much to tell. An ordinary process
   ends at once, whatever is left of its slice: else a loop that starts processes could start them
   faster than they end, in the queue of those that were pre-empted. */
static void end_process(Process *p)
{
    enum { REDUCTIONS_TO_END = SLICE_REDUCTIONS / 8 + 1 };
    if (p->reductions < REDUCTIONS_TO_END) p->reductions = REDUCTIONS_TO_END;
    if (!process_exit_step(p)) run_queue_put(p);
}

/* What the process does with its slice: its signals, then its code. */
static InterpResult run_process(Scheduler *s, Process *p)
{
    if (!mailbox_fetch(p)) return INTERP_EXITED;
    if (!process_may_run(p)) return INTERP_WAITING;
    if (!collect_due(p)) return INTERP_EXITED;
    if (p->flags & PROCESS_TRACED) trace_running(p, A(in));
    InterpResult result = interp_run(s, p);
    p->flags &= ~(uint32_t)PROCESS_RUNS;
    if (p->flags & PROCESS_TRACED && result != INTERP_EXITED) trace_running(p, A(out));
    if (result == INTERP_EXITED && !(p->flags & PROCESS_KILLED)) report_crash(p);
    return result;
}

static void run_slice(Scheduler *s, Process *p)
{
    start_slice(s, p);
    int32_t budget = p->reductions;
    bool exiting = process_is_exiting(p);
    InterpResult result = exiting ? INTERP_EXITED : run_process(s, p);
    account(s, p, budget);
    s->current = NULL;
    /* From here on others may run p, or p is no more. */
    switch (result) {
    case INTERP_PREEMPTED: run_queue_put(p); break;
    case INTERP_WAITING: process_wait(p); break;
    case INTERP_EXITED: end_process(p); break;
    }
}

/* ---- Blocking the others ---- */

/* Whoever leaves is no longer counted when it looks for the last time, so that nobody takes it for
   one that waits. */
static void park(Scheduler *s)
{
    epoch_leave(s->id);
    do {
        atomic_fetch_add(&parked, 1);
        while (atomic_load(&alone) && !atomic_load(&stopping))
            port_sleep(s->id, port_now() + 1000000);
        atomic_fetch_sub(&parked, 1);
    } while (atomic_load(&alone) && !atomic_load(&stopping));
    epoch_enter(s->id);
}

void scheduler_block_others(Scheduler *self)
{
    unsigned nobody = 0;
    while (!atomic_compare_exchange_strong(&alone, &nobody, self->id + 1)) {
        park(self);
        nobody = 0;
    }
    for (unsigned i = 0; i < scheduler_count; i++) {
        if (i != self->id) port_wake(i);
    }
    while (atomic_load(&parked) < scheduler_count - 1 && !atomic_load(&stopping))
        port_sleep(self->id, port_now() + 100000);
}

void scheduler_resume_others(void)
{
    atomic_store(&alone, 0);
    for (unsigned i = 0; i < scheduler_count; i++) port_wake(i);
}

/* ---- The loop ---- */

static void sleep_until(Scheduler *s, uint64_t deadline)
{
    epoch_leave(s->id);
    port_sleep(s->id, deadline);
    epoch_enter(s->id);
}

/* Time is read once in a slice's worth of reductions, not for each of many short slices. */
static uint64_t look_at_clock(Scheduler *s, uint64_t last)
{
    uint64_t now = port_now();
    if (s->used > 0) calibrate(s, now - last, s->used);
    s->used = 0;
    return now;
}

void scheduler_main(Scheduler *s)
{
    uint64_t now = port_now(), next_timer = 0;
    epoch_enter(s->id);
    while (!atomic_load_explicit(&stopping, memory_order_relaxed)) {
        if (s->used >= CLOCK_REDUCTIONS) now = look_at_clock(s, now);
        next_timer = timer_run(now);
        Process *p = run_queue_take(s->id);
        if (p) {
            run_slice(s, p);
            epoch_quiescent(s->id);
        } else {
            now = look_at_clock(s, now);
            if (next_timer > now) sleep_until(s, next_timer);
            now = port_now();
        }
        if (atomic_load_explicit(&alone, memory_order_relaxed)) park(s);
    }
    epoch_leave(s->id);
}

static void other_core(void *argument) { scheduler_main(argument); }

static Scheduler *scheduler_make(unsigned id)
{
    Scheduler *s = memory_alloc(sizeof *s);
    if (!s) return NULL;
    memset(s, 0, sizeof *s);
    for (unsigned i = 0; i < X_SLOTS; i++) s->x[i] = TERM_NIL;
    s->id = id;
    s->budget = SLICE_REDUCTIONS;
    s->called_fun = TERM_NIL;
    return s;
}

static uint64_t start_time;

uint64_t scheduler_start_time(void) { return start_time; }

const Scheduler *scheduler_get(unsigned id) { return schedulers[id]; }

bool scheduler_start(unsigned count)
{
    start_time = port_now();
    if (count > SCHEDULERS_MAX) count = SCHEDULERS_MAX;
    for (unsigned i = 0; i < count; i++) {
        schedulers[i] = scheduler_make(i);
        if (!schedulers[i]) return false;
    }
    scheduler_count = count;
    for (unsigned i = 1; i < count; i++) {
        if (!port_core_start(i, other_core, schedulers[i])) return false;
    }
    scheduler_main(schedulers[0]);
    for (unsigned i = 1; i < count; i++) port_core_join(i);
    return true;
}

void scheduler_stop(int status)
{
    atomic_store(&exit_status, status);
    atomic_store(&stopping, true);
    for (unsigned i = 0; i < scheduler_count; i++) port_wake(i);
}

int scheduler_status(void) { return atomic_load(&exit_status); }
