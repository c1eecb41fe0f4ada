/* SPDX-License-Identifier: Apache-2.0 */
/* task.h - work that blocks, which a native waits for. */
#ifndef NATIVES_TASK_H
#define NATIVES_TASK_H

/* A native that has to block makes a task and starts it; the process waits, its scheduler does not.
   When the work is done the native is called again and answers:

       static Term native(Process *p, Term *args)
       {
           if (task_is_started(p)) return task_answer(p, &type, answer);
           ... checks ...
           return task_start(p, &special->task, &type);
       }

   A task is a resource with a type of its own, whose `destroy` frees it and what it holds. It is
   counted by the native's state and by the work while that goes on, so that it outlives a process
   that is killed meanwhile. `work` runs on a thread beside the schedulers and touches the task,
   counted blocks and base/memory.h alone. */

#include "heap/resource.h"
#include "mote/native.h"
#include "mote/os/job.h"
#include "process/signal.h"

typedef struct Task {
    Resource resource; /* first */
    OsJob job;
    Term pid;
    Signal *wake;
    void (*work)(struct Task *task);
    _Atomic(bool) is_done;
} Task;

/* A zeroed task of `bytes`, which begins with a Task; freed by task_start, or by task_free.
   NULL: out of memory. */
Task *task_make(size_t bytes, void (*work)(Task *task));
void task_free(Task *task, size_t bytes);
/* Takes the task over, also where it fails. Returns TERM_NONE for the native to return. */
Term task_start(Process *p, Task *task, const ResourceType *type);

/* True from the second call of the native on. */
static inline bool task_is_started(const Process *p)
{
    return !is_nil(p->roots[ROOT_NATIVE_STATE]);
}
/* What `answer` makes of the finished task; waits on until it is finished. The answer may ask for
   memory, or yield, while roots[ROOT_NATIVE_STATE] is still the task. */
Term task_answer(Process *p, const ResourceType *type, Term (*answer)(Process *p, Task *task));

#endif
