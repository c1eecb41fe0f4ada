/* SPDX-License-Identifier: Apache-2.0 */
/* wheel.h - timers by the thousand: inserting and cancelling take constant time. */
#ifndef BASE_WHEEL_H
#define BASE_WHEEL_H

/* Time is a count of ticks; what a tick is the owner decides. A timer is part of its owner's
   memory, so nothing here can fail. The wheel has levels of 32 slots; a slot of level n spans 32^n
   ticks. A timer stands at the level of the highest base-32 digit in which its deadline differs
   from `now`, in the slot of that digit; as time enters a slot above level 0, its timers move down.
   Thus

     - all timers of a level come before all timers of the level above;
     - timers of one deadline fire in the order in which they were inserted;
     - no timer fires before its deadline.

   Not locked: the owner has a lock, or one thread. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define WHEEL_BITS 5
#define WHEEL_SLOTS (1 << WHEEL_BITS)
#define WHEEL_LEVELS 7 /* 2^35 ticks; what is beyond waits in `far` */
#define WHEEL_NEVER UINT64_MAX

typedef struct WheelTimer {
    struct WheelTimer *next, **link; /* link: the pointer that points here; NULL: not in a wheel */
    uint64_t deadline;
} WheelTimer;

typedef struct Wheel {
    uint64_t now;                    /* the last tick that was dealt with */
    WheelTimer *due;                 /* while wheel_advance runs: what fires next */
    WheelTimer *late;                /* inserted when their deadline was past already */
    WheelTimer *far;
    uint32_t filled[WHEEL_LEVELS];   /* a bit for each slot that may hold a timer */
    WheelTimer *slots[WHEEL_LEVELS][WHEEL_SLOTS]; /* newest first */
} Wheel;

void wheel_init(Wheel *wheel, uint64_t now);

/* A timer that was never inserted, or fired, or was cancelled, is idle. */
static inline void wheel_timer_init(WheelTimer *timer) { timer->link = NULL; }
static inline bool wheel_timer_is_set(const WheelTimer *timer) { return timer->link != NULL; }

/* The timer must be idle. A deadline that is past fires at the next wheel_advance. */
void wheel_insert(Wheel *wheel, WheelTimer *timer, uint64_t deadline);
/* True if it was set, false if it was idle. */
bool wheel_cancel(WheelTimer *timer);

/* When wheel_advance should be called next: never later than the earliest deadline, and mostly
   that; WHEEL_NEVER if there is none. */
uint64_t wheel_next(Wheel *wheel);

/* Makes it `now` and calls `fire` for each timer whose deadline has come, by deadline (those
   inserted late first); the timer is idle by then. `fire` may insert and cancel timers; what it
   inserts for `now` or earlier fires at the next call. A `now` before the wheel's own counts as the
   wheel's own. */
void wheel_advance(Wheel *wheel, uint64_t now, void (*fire)(WheelTimer *timer, void *argument),
                   void *argument);

#endif
