/* SPDX-License-Identifier: Apache-2.0 */
/* clock.c - the wall clock: monotonic time plus an offset. */

#include "process/clock.h"
#include <stdatomic.h>
#include <stdbool.h>
#include "mote/port.h"

#define MICROSECOND 1000
/* A difference between the clocks that is more than the time it takes to read them. */
#define STEP 1000000

static _Atomic(int64_t) stored_offset;
static _Atomic(bool) has_offset;

/* The offset changes where the machine's clock was set. */
int64_t clock_offset(void)
{
    int64_t now = (int64_t)port_now(), offset = port_clock() - now;
    int64_t stored = atomic_load_explicit(&stored_offset, memory_order_relaxed);
    int64_t difference = offset - stored;
    if (atomic_load_explicit(&has_offset, memory_order_acquire) && difference < STEP &&
        difference > -STEP)
        return stored;
    atomic_store_explicit(&stored_offset, offset, memory_order_relaxed);
    atomic_store_explicit(&has_offset, true, memory_order_release);
    return offset;
}

int64_t clock_system_time(void)
{
    int64_t offset = clock_offset();
    return (int64_t)port_now() + offset;
}

int64_t clock_now(void)
{
    static _Atomic(int64_t) last;
    int64_t now = clock_system_time() / MICROSECOND;
    int64_t before = atomic_load_explicit(&last, memory_order_relaxed), mine;
    do {
        mine = now > before ? now : before + 1;
    } while (!atomic_compare_exchange_weak_explicit(&last, &before, mine, memory_order_relaxed,
                                                    memory_order_relaxed));
    return mine;
}
