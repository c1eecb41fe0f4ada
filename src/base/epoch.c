/* SPDX-License-Identifier: Apache-2.0 */
/* epoch.c - freeing what other threads may still be reading. */

#include "base/epoch.h"
#include <stdatomic.h>
#include "base/lock.h"

/* Epochs are odd and go round: 0 is none of them, and order is that of the difference. The full
   fences pair: either a member's mark is seen by who looks for the oldest, or the member sees what
   was unlinked before its retirement. */
#define STEP 2

static _Atomic(size_t) now = 1;
static _Atomic(size_t) seen[EPOCH_MEMBERS_MAX]; /* epoch of the last quiescent point; 0: away */
static _Atomic(size_t) waiting;
static Lock lock;
static Retired *oldest, **newest = &oldest; /* under `lock`, epochs ascend */

void epoch_init(void) { lock_init(&lock); }

static bool is_before(size_t a, size_t b) { return (ptrdiff_t)(a - b) < 0; }

static void mark_seen(unsigned id, size_t epoch)
{
    atomic_store_explicit(&seen[id], epoch, memory_order_release);
    __sync_synchronize();
}

void epoch_enter(unsigned id) { mark_seen(id, atomic_load(&now)); }

void epoch_leave(unsigned id) { atomic_store_explicit(&seen[id], 0, memory_order_release); }

/* The oldest epoch that some member may still be reading in. */
static size_t oldest_seen(void)
{
    size_t least = atomic_load(&now);
    __sync_synchronize();
    for (unsigned i = 0; i < EPOCH_MEMBERS_MAX; i++) {
        size_t epoch = atomic_load_explicit(&seen[i], memory_order_acquire);
        if (epoch && is_before(epoch, least)) least = epoch;
    }
    return least;
}

static Retired *take_free(void)
{
    size_t safe = oldest_seen();
    Retired *list = NULL, **end = &list;
    lock_acquire(&lock);
    while (oldest && is_before(oldest->epoch, safe)) {
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
        mark_seen(id, atomic_load(&now));
        return;
    }
    mark_seen(id, atomic_fetch_add(&now, STEP) + STEP);
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
    atomic_fetch_add(&waiting, 1);
    lock_acquire(&lock);
    __sync_synchronize();
    retired->epoch = atomic_load(&now);
    *newest = retired;
    newest = &retired->next;
    lock_release(&lock);
}
