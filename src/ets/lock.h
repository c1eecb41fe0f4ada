/* SPDX-License-Identifier: Apache-2.0 */
/* lock.h - a lock that many readers or one writer hold, for short. */
#ifndef ETS_LOCK_H
#define ETS_LOCK_H

/* A reader that meets no writer does two atomic additions. A writer takes the mutex, then waits
   for the readers that are inside to leave: they hold the lock for one operation, never over a
   slice. Where an operating system has taken the core from one of them, spinning would not help. */

#include <stdatomic.h>
#include "base/lock.h"

enum { RW_LOCK_SPINS = 128 };

typedef struct RwLock {
    Lock writers;
    _Atomic(uint32_t) readers;
    _Atomic(bool) is_writing;
} RwLock;

static inline void rw_lock_init(RwLock *lock)
{
    lock_init(&lock->writers);
    atomic_init(&lock->readers, 0);
    atomic_init(&lock->is_writing, false);
}
static inline void rw_lock_read(RwLock *lock)
{
    for (;;) {
        atomic_fetch_add(&lock->readers, 1);
        if (!atomic_load(&lock->is_writing)) return;
        atomic_fetch_sub(&lock->readers, 1);
        lock_acquire(&lock->writers); /* Wait for the writer. */
        lock_release(&lock->writers);
    }
}
static inline void rw_lock_read_done(RwLock *lock)
{
    atomic_fetch_sub_explicit(&lock->readers, 1, memory_order_release);
}
static inline void rw_lock_write(RwLock *lock)
{
    lock_acquire(&lock->writers);
    atomic_store(&lock->is_writing, true);
    for (unsigned turn = 1; atomic_load(&lock->readers); turn++) {
        if (turn % RW_LOCK_SPINS == 0) port_yield();
    }
}
static inline void rw_lock_write_done(RwLock *lock)
{
    atomic_store(&lock->is_writing, false);
    lock_release(&lock->writers);
}

#endif
