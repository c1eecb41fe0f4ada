/* SPDX-License-Identifier: Apache-2.0 */
/* task.c - work on a thread beside the schedulers. */
#include "process/task.h"
#include "process/signal.h"

static Task *task_of(OsJob *job) { return (Task *)((char *)job - offsetof(Task, job)); }

static void work(OsJob *job)
{
    Task *task = task_of(job);
    task->work(task);
}

static void done(OsJob *job)
{
    Task *task = task_of(job);
    Signal *wake = task->wake;
    task->wake = NULL;
    if (task->finish) task->finish(task);
    atomic_store_explicit(&task->done, true, memory_order_release);
    signal_post(task->pid, wake);
    resource_release(&task->resource);
}

/* The signal's coming is all that matters. */
static void woken(Process *p, Signal *signal)
{
    (void)p;
    signal_free(signal);
}

Term task_start(Process *p, Task *task)
{
    task->job = (OsJob){NULL, work, done};
    task->pid = p->pid;
    atomic_init(&task->done, false);
    task->wake = signal_make(SIGNAL_CALL, p->pid, TERM_NIL);
    Term reference = task->wake ? resource_make_ref(&p->heap, &task->resource) : TERM_NONE;
    if (is_none(reference)) {
        resource_release(&task->resource);
        return TERM_NONE;
    }
    task->wake->function = woken;
    if (!os_job_start(&task->job)) {
        work(&task->job);
        done(&task->job);
    }
    return reference;
}

void task_drop(Task *task)
{
    if (task->wake) signal_free(task->wake);
}
