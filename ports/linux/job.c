/* SPDX-License-Identifier: Apache-2.0 */
/* job.c - the threads for work that blocks. */

#include "mote/os/job.h"
#include <pthread.h>
#include <stddef.h>
#include "base/epoch.h"

/* Threads start when there is work and no idle one, and stay. */
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t more = PTHREAD_COND_INITIALIZER;
static OsJob *first, **last = &first;
static unsigned threads, idle, waiting; /* waiting: jobs in the queue */

static OsJob *take(void)
{
    pthread_mutex_lock(&mutex);
    idle++;
    while (!first) pthread_cond_wait(&more, &mutex);
    idle--;
    OsJob *job = first;
    first = job->next;
    waiting--;
    if (!first) last = &first;
    pthread_mutex_unlock(&mutex);
    return job;
}

static void *run(void *member)
{
    unsigned id = (unsigned)(size_t)member;
    for (;;) {
        OsJob *job = take();
        job->work(job);
        epoch_enter(id);
        job->done(job);
        epoch_leave(id);
    }
    return NULL;
}

static bool add_thread(void)
{
    pthread_t thread;
    if (pthread_create(&thread, NULL, run, (void *)(size_t)(OS_JOB_FIRST_MEMBER + threads)))
        return false;
    pthread_detach(thread);
    threads++;
    return true;
}

bool os_job_start(OsJob *job)
{
    pthread_mutex_lock(&mutex);
    /* A thread that was told of one job and sleeps still is no hope for another. */
    if (waiting >= idle && threads < OS_JOB_THREADS) add_thread();
    bool taken = threads > 0;
    if (taken) {
        job->next = NULL;
        *last = job;
        last = &job->next;
        waiting++;
        pthread_cond_signal(&more);
    }
    pthread_mutex_unlock(&mutex);
    return taken;
}
