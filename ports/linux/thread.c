/* SPDX-License-Identifier: Apache-2.0 */
/* thread.c - cores as threads, sleeping and waking, locks. */

#define _GNU_SOURCE
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <time.h>
#include "mote/port.h"

/* ---- Locks ---- */

_Static_assert(sizeof(PortMutex) >= sizeof(pthread_mutex_t), "PortMutex holds a pthread mutex");

static pthread_mutex_t *native_mutex(PortMutex *mutex) { return (pthread_mutex_t *)(void *)mutex; }

void port_mutex_init(PortMutex *mutex) { pthread_mutex_init(native_mutex(mutex), NULL); }
void port_mutex_lock(PortMutex *mutex) { pthread_mutex_lock(native_mutex(mutex)); }
bool port_mutex_try_lock(PortMutex *mutex)
{
    return pthread_mutex_trylock(native_mutex(mutex)) == 0;
}
void port_mutex_unlock(PortMutex *mutex) { pthread_mutex_unlock(native_mutex(mutex)); }
void port_yield(void) { sched_yield(); }

/* ---- Sleep ---- */

enum { CORES_MAX = 64 };

typedef struct Core {
    pthread_t thread;
    pthread_mutex_t mutex;
    pthread_cond_t woken;
    _Atomic(bool) wake; /* port_wake was called since the last sleep ended */
    _Atomic(bool) asleep;
    void (*main)(void *argument);
    void *argument;
} Core;

static Core cores[CORES_MAX];
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void init_cores(void)
{
    pthread_condattr_t attributes;
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    for (int i = 0; i < CORES_MAX; i++) {
        pthread_mutex_init(&cores[i].mutex, NULL);
        pthread_cond_init(&cores[i].woken, &attributes);
    }
}

static Core *core_of(unsigned id)
{
    pthread_once(&once, init_cores);
    return &cores[id % CORES_MAX];
}

void port_sleep(unsigned id, uint64_t deadline)
{
    Core *core = core_of(id);
    struct timespec until = {(time_t)(deadline / 1000000000u), (long)(deadline % 1000000000u)};
    pthread_mutex_lock(&core->mutex);
    atomic_store(&core->asleep, true);
    while (!atomic_load(&core->wake)) {
        if (deadline == UINT64_MAX) {
            pthread_cond_wait(&core->woken, &core->mutex);
        } else if (pthread_cond_timedwait(&core->woken, &core->mutex, &until)) {
            break;
        }
    }
    atomic_store(&core->asleep, false);
    atomic_store(&core->wake, false);
    pthread_mutex_unlock(&core->mutex);
}

void port_wake(unsigned id)
{
    Core *core = core_of(id);
    atomic_store(&core->wake, true);
    if (!atomic_load(&core->asleep)) return;
    pthread_mutex_lock(&core->mutex);
    pthread_cond_signal(&core->woken);
    pthread_mutex_unlock(&core->mutex);
}

/* ---- Cores ---- */

unsigned port_cores(void)
{
    cpu_set_t set;
    int count = sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;
    return count < 1 ? 1 : (unsigned)count;
}

static void *run_core(void *argument)
{
    Core *core = argument;
    core->main(core->argument);
    return NULL;
}

bool port_core_start(unsigned id, void (*main)(void *argument), void *argument)
{
    Core *core = core_of(id);
    core->main = main;
    core->argument = argument;
    return pthread_create(&core->thread, NULL, run_core, core) == 0;
}

void port_core_join(unsigned id) { pthread_join(core_of(id)->thread, NULL); }
