/* SPDX-License-Identifier: Apache-2.0 */
/* task.h - work on a thread beside the schedulers that a native waits for. */
#ifndef PROCESS_TASK_H
#define PROCESS_TASK_H

/* A Task is the first member of what the work needs. It is a resource: the native keeps the
   reference as its state, waits (native_wait), and looks at `done` when it is called again.
   Counted twice: by that reference, and by the job while it runs; so a process may die
   meanwhile. Without threads the work is done at once. */

#include "heap/resource.h"
#include "mote/os/job.h"
#include "process/process.h"

typedef struct Task {
    Resource resource;
    OsJob job;
    Term pid; /* of the process that waits */
    struct Signal *wake;
    void (*work)(struct Task *task);   /* may block; touches nothing of the VM but the task */
    void (*finish)(struct Task *task); /* then, as a member of the epochs; NULL: nothing to do */
    _Atomic(bool) done;
} Task;

/* Starts `task`, whose resource was initialised; takes its count. A reference on p's heap, or
   TERM_NONE: out of memory, nothing was done. */
Term task_start(Process *p, Task *task);
static inline bool task_is_done(const Task *task)
{
    return atomic_load_explicit(&task->done, memory_order_acquire);
}
/* For the resource type's destroy: frees what task_start made. */
void task_drop(Task *task);

#endif
