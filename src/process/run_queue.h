/* SPDX-License-Identifier: Apache-2.0 */
/* run_queue.h - processes that can run. */
#ifndef PROCESS_RUN_QUEUE_H
#define PROCESS_RUN_QUEUE_H

#include "process/process.h"

/* Queues by priority: max, high, and normal and low 8 to 1. Per priority an awake queue (woken
   before the slice was used up; keeps the rest of it) and a pre-empted one (design D18). One
   locked queue for all schedulers now; stealing comes behind the same functions. */
void run_queue_init(unsigned schedulers);
/* Makes p runnable if it waits: callable by anyone who holds p by process_find or runs it. Wakes a
   sleeping scheduler. Idempotent. */
void process_wake(Process *p);
/* The same after a push to p's inbox: needs no mark where p runs, as it looks there before it
   waits. */
void process_signalled_slow(Process *p);
static inline void process_signalled(Process *p)
{
    if (atomic_load_explicit(&p->state, memory_order_seq_cst) & PROCESS_WAITING)
        process_signalled_slow(p);
}
/* Takes p, which waits and has handled all its signals, for a moment in which it cannot run: the
   caller may look at all of it, as p itself may. False: p is not to be had, nothing has
   happened. */
bool process_borrow(Process *p);
void process_give_back(Process *p);
/* False: p is suspended, or hibernates and has no message yet; it is to wait on. To be asked
   after the signals were handled at slice start. */
bool process_may_run(Process *p);
/* For a process that was just made. */
void run_queue_start(Process *p);
/* Puts the process that just ran back (pre-empted). */
void run_queue_put(Process *p);
/* The next process to run for this scheduler, now PROCESS_RUNNING, or NULL. */
Process *run_queue_take(unsigned scheduler);
size_t run_queue_length(void);
/* p stops running and waits. Where a signal or a wake-up has come meanwhile, or p must exit, it
   goes to the queue at once. The caller has no say over p any more. */
void process_wait(Process *p);

#endif
