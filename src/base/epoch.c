/* SPDX-License-Identifier: Apache-2.0 */
/* epoch.c - freeing what other threads may still be reading. */

#include "base/epoch.h"
#include <stdatomic.h>
#include "base/lock.h"

static _Atomic(size_t) now = 1;
static _Atomic(size_t) seen[EPOCH_MEMBERS_MAX]; /* epoch of the last quiescent point; 0: away */
static _Atomic(size_t) waiting;
static Lock lock;
static Retired *oldest, **newest = &oldest; /* under `lock`, epochs ascend */

void epoch_init(void) { lock_init(&lock); }

void epoch_enter(unsigned id) { atomic_store(&seen[id], atomic_load(&now)); }

void epoch_leave(unsigned id) { atomic_store(&seen[id], 0); }

/* The oldest epoch that some member may still be reading in. */
static size_t oldest_seen(void)
{
    size_t least = atomic_load(&now);
    for (unsigned i = 0; i < EPOCH_MEMBERS_MAX; i++) {
        size_t epoch = atomic_load(&seen[i]);
        if (epoch && epoch < least) least = epoch;
    }
    return least;
}

static Retired *take_free(void)
{
    size_t safe = oldest_seen();
    Retired *list = NULL, **end = &list;
    lock_acquire(&lock);
    while (oldest && oldest->epoch < safe) {
        *end = oldest;
        end = &oldest->next;
        oldest = oldest->next;
    }
    *end = NULL;
    if (!oldest) newest = &oldest;
    lock_release(&lock);
    return list;
}

void epoch_quiescent(unsigned id)
{
    if (!atomic_load_explicit(&waiting, memory_order_relaxed)) {
        atomic_store_explicit(&seen[id], atomic_load(&now), memory_order_release);
        return;
    }
    atomic_store(&seen[id], atomic_fetch_add(&now, 1) + 1);
    for (Retired *r = take_free(), *next; r; r = next) {
        next = r->next;
        atomic_fetch_sub(&waiting, 1);
        r->free(r);
    }
}

void epoch_retire(Retired *retired, void (*free)(Retired *retired))
{
    retired->next = NULL;
    retired->free = free;
    lock_acquire(&lock);
    retired->epoch = atomic_load(&now);
    *newest = retired;
    newest = &retired->next;
    lock_release(&lock);
    atomic_fetch_add(&waiting, 1);
}
