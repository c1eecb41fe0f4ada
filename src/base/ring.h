/* SPDX-License-Identifier: Apache-2.0 */
/* ring.h - events of a fixed size from interrupts and other cores to one reader. */
#ifndef BASE_RING_H
#define BASE_RING_H

/* Any number of writers, interrupts among them, and one reader; nobody ever waits. Each cell
   carries a turn: it may be written when its turn is the writer's position, read when it is one
   more. A writer that is interrupted between taking its cell and filling it holds up the reader
   only, who then takes the ring for empty. A full ring loses the new event and counts it. */

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define RING_EVENT_WORDS 4

typedef struct RingEvent {
    uintptr_t words[RING_EVENT_WORDS];
} RingEvent;

typedef struct RingCell {
    _Atomic(uint32_t) turn;
    RingEvent event;
} RingCell;

typedef struct Ring {
    RingCell *cells;
    uint32_t mask;
    uint32_t read; /* the reader's position */
    _Atomic(uint32_t) written;
    _Atomic(uint32_t) lost;
} Ring;

/* `cells` is the owner's memory; `count` is a power of two, 2 or more. */
void ring_init(Ring *ring, RingCell *cells, uint32_t count);
/* False: full; the event is lost. Safe in interrupts. */
bool ring_put(Ring *ring, const RingEvent *event);
/* The oldest event; false if there is none. For the reader only. */
bool ring_take(Ring *ring, RingEvent *event);
/* How many were lost since the last call. */
uint32_t ring_take_lost(Ring *ring);

#endif
