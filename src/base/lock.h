/* SPDX-License-Identifier: Apache-2.0 */
/* lock.h - a mutex. */
#ifndef BASE_LOCK_H
#define BASE_LOCK_H

/* For what is rare or short: interning, tables' writers, the run queue. Not recursive. */

#include "mote/port.h"

typedef struct Lock {
    PortMutex mutex;
} Lock;

static inline void lock_init(Lock *lock) { port_mutex_init(&lock->mutex); }
static inline void lock_acquire(Lock *lock) { port_mutex_lock(&lock->mutex); }
static inline void lock_release(Lock *lock) { port_mutex_unlock(&lock->mutex); }

#endif
