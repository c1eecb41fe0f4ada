/* SPDX-License-Identifier: Apache-2.0 */
/* job.h - work that blocks, on threads beside the schedulers. */
#ifndef MOTE_OS_JOB_H
#define MOTE_OS_JOB_H

/* Only where there is an operating system. A job is part of its owner's memory. `work` may block
   for as long as it likes and touches nothing of the VM but the job's own memory and
   base/memory.h; then `done` runs on the same thread as a member of the epochs (base/epoch.h):
   it may look up processes and send signals, but must not block. The owner has the job back when
   `done` is called. */

#include <stdbool.h>

typedef struct OsJob {
    struct OsJob *next; /* the queue's */
    void (*work)(struct OsJob *job);
    void (*done)(struct OsJob *job);
} OsJob;

/* Members of the epochs that the threads of jobs are. */
enum { OS_JOB_THREADS = 4, OS_JOB_FIRST_MEMBER = 60 };

/* Hands the job to the next idle thread. False: there are no threads here; the owner keeps it. */
bool os_job_start(OsJob *job);

#endif
