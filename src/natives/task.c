/* SPDX-License-Identifier: Apache-2.0 */
/* task.c - work that blocks, which a native waits for. */
#include "natives/task.h"
#include "base/memory.h"

static Task *task_of(OsJob *job) { return (Task *)((char *)job - offsetof(Task, job)); }

Task *task_make(size_t bytes, void (*work)(Task *task))
{
    Task *task = memory_alloc(bytes);
    if (!task) return NULL;
    memset(task, 0, bytes);
    task->work = work;
    return task;
}

void task_free(Task *task, size_t bytes)
{
    if (task->wake) signal_free(task->wake);
    memory_free(task, bytes);
}

static void job_work(OsJob *job)
{
    Task *task = task_of(job);
    task->work(task);
}

static void job_done(OsJob *job)
{
    Task *task = task_of(job);
    Signal *wake = task->wake;
    Term pid = task->pid;
    task->wake = NULL;
    atomic_store_explicit(&task->is_done, true, memory_order_release);
    resource_release(&task->resource);
    signal_post(pid, wake);
}

/* The signal's coming is all that matters. */
static void woken(Process *p, Signal *signal)
{
    (void)p;
    signal_free(signal);
}

Term task_start(Process *p, Task *task, const ResourceType *type)
{
    resource_init(&task->resource, type);
    task->job = (OsJob){NULL, job_work, job_done};
    task->pid = p->pid;
    task->wake = signal_make(SIGNAL_CALL, p->pid, TERM_NIL);
    Term reference = task->wake ? resource_make_ref(&p->heap, &task->resource) : TERM_NONE;
    if (is_none(reference)) {
        resource_release(&task->resource);
        return native_memory(p);
    }
    task->wake->function = woken;
    /* The count from resource_init is the job's. */
    if (!os_job_start(&task->job)) {
        job_work(&task->job);
        job_done(&task->job);
    }
    return native_wait(p, reference);
}

Term task_answer(Process *p, const ResourceType *type, Term (*answer)(Process *p, Task *task))
{
    Term state = p->roots[ROOT_NATIVE_STATE];
    Term reference = is_cons(state) ? cons_head(state) : state;
    Task *task = (Task *)resource_of(reference, type);
    if (!task) return badarg(p);
    if (!atomic_load_explicit(&task->is_done, memory_order_acquire)) return native_wait(p, state);
    return answer(p, task);
}
