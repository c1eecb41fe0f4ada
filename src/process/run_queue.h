/* SPDX-License-Identifier: Apache-2.0 */
/* run_queue.h - processes that can run. */
#ifndef PROCESS_RUN_QUEUE_H
#define PROCESS_RUN_QUEUE_H

#include "process/process.h"

/* Queues by priority; per priority an awake queue (woken before the slice was used up; keeps the rest
   of it) served before the pre-empted one, at most N to one (design D18). One locked queue for all
   schedulers now; stealing comes behind the same functions. */
void run_queue_init(unsigned schedulers);
/* Makes p runnable if it waits: callable by anyone who holds p by process_find or runs it. Wakes a
   sleeping scheduler. Idempotent. */
void process_wake(Process *p);
/* Puts the process that just ran back (pre-empted). */
void run_queue_put(Process *p);
/* The next process to run for this scheduler, now PROCESS_RUNNING, or NULL. */
Process *run_queue_take(unsigned scheduler);
size_t run_queue_length(void);
/* p stops running and waits, unless a signal has come meanwhile: then false and it goes on. */
bool process_wait(Process *p);

#endif
