/* SPDX-License-Identifier: Apache-2.0 */
/* ring.c - events from interrupts and other cores. */

#include "base/ring.h"

void ring_init(Ring *ring, RingCell *cells, uint32_t count)
{
    ring->cells = cells;
    ring->mask = count - 1;
    ring->read = 0;
    atomic_init(&ring->written, 0);
    atomic_init(&ring->lost, 0);
    for (uint32_t i = 0; i < count; i++) atomic_init(&cells[i].turn, i);
}

bool ring_put(Ring *ring, const RingEvent *event)
{
    uint32_t at = atomic_load_explicit(&ring->written, memory_order_relaxed);
    for (;;) {
        RingCell *cell = &ring->cells[at & ring->mask];
        uint32_t turn = atomic_load_explicit(&cell->turn, memory_order_acquire);
        if (turn == at) {
            if (!atomic_compare_exchange_weak_explicit(&ring->written, &at, at + 1,
                                                       memory_order_relaxed, memory_order_relaxed))
                continue;
            cell->event = *event;
            atomic_store_explicit(&cell->turn, at + 1, memory_order_release);
            return true;
        }
        if ((int32_t)(turn - at) < 0) { /* Not read yet since the last time round. */
            atomic_fetch_add_explicit(&ring->lost, 1, memory_order_relaxed);
            return false;
        }
        at = atomic_load_explicit(&ring->written, memory_order_relaxed);
    }
}

bool ring_take(Ring *ring, RingEvent *event)
{
    RingCell *cell = &ring->cells[ring->read & ring->mask];
    if (atomic_load_explicit(&cell->turn, memory_order_acquire) != ring->read + 1) return false;
    *event = cell->event;
    atomic_store_explicit(&cell->turn, ring->read + ring->mask + 1, memory_order_release);
    ring->read++;
    return true;
}

uint32_t ring_take_lost(Ring *ring)
{
    return atomic_exchange_explicit(&ring->lost, 0, memory_order_relaxed);
}
