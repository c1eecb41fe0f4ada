/* SPDX-License-Identifier: Apache-2.0 */
/* wheel.c - timers by the thousand. */

#include "base/wheel.h"
#include <string.h>

#define LOOK_MAX 16 /* timers of a slot that wheel_next looks at */

void wheel_init(Wheel *wheel, uint64_t now)
{
    memset(wheel, 0, sizeof *wheel);
    wheel->now = now;
}

static void link_timer(WheelTimer **head, WheelTimer *timer)
{
    timer->next = *head;
    timer->link = head;
    if (timer->next) timer->next->link = &timer->next;
    *head = timer;
}

static void unlink_timer(WheelTimer *timer)
{
    *timer->link = timer->next;
    if (timer->next) timer->next->link = timer->link;
    timer->link = NULL;
}

static unsigned digit(uint64_t time, unsigned level)
{
    return (unsigned)(time >> (level * WHEEL_BITS)) % WHEEL_SLOTS;
}

/* When the slot `slot` of `level` begins, seen from `now`. */
static uint64_t slot_start(uint64_t now, unsigned level, unsigned slot)
{
    unsigned shift = level * WHEEL_BITS;
    return ((now >> shift >> WHEEL_BITS << WHEEL_BITS) | slot) << shift;
}

/* The deadline is `now` or later. */
static void place(Wheel *wheel, WheelTimer *timer)
{
    uint64_t when = timer->deadline, differs = when ^ wheel->now;
    unsigned level = differs ? (63 - (unsigned)__builtin_clzll(differs)) / WHEEL_BITS : 0;
    if (level >= WHEEL_LEVELS) {
        link_timer(&wheel->far, timer);
        return;
    }
    wheel->filled[level] |= (uint32_t)1 << digit(when, level);
    link_timer(&wheel->slots[level][digit(when, level)], timer);
}

void wheel_insert(Wheel *wheel, WheelTimer *timer, uint64_t deadline)
{
    timer->deadline = deadline;
    if (deadline <= wheel->now)
        link_timer(&wheel->late, timer);
    else
        place(wheel, timer);
}

bool wheel_cancel(WheelTimer *timer)
{
    if (!timer->link) return false;
    unlink_timer(timer);
    return true;
}

/* The first slot of `level` with timers that is later than `now`'s, or WHEEL_SLOTS. */
static unsigned next_slot(Wheel *wheel, unsigned level)
{
    unsigned from = digit(wheel->now, level) + 1;
    uint32_t left = from < WHEEL_SLOTS ? wheel->filled[level] >> from << from : 0;
    for (; left; left &= left - 1) {
        unsigned slot = (unsigned)__builtin_ctz(left);
        if (wheel->slots[level][slot]) return slot;
        wheel->filled[level] &= ~(left & -left); /* All of its timers were cancelled. */
    }
    return WHEEL_SLOTS;
}

/* When time enters the next slot that holds timers; *list is that slot. */
static uint64_t next_start(Wheel *wheel, WheelTimer ***list)
{
    for (unsigned level = 0; level < WHEEL_LEVELS; level++) {
        unsigned slot = next_slot(wheel, level);
        if (slot == WHEEL_SLOTS) continue;
        *list = &wheel->slots[level][slot];
        return slot_start(wheel->now, level, slot);
    }
    *list = &wheel->far;
    if (!wheel->far) return WHEEL_NEVER;
    return ((wheel->now >> (WHEEL_LEVELS * WHEEL_BITS)) + 1) << (WHEEL_LEVELS * WHEEL_BITS);
}

uint64_t wheel_next(Wheel *wheel)
{
    WheelTimer **list;
    if (wheel->late) return wheel->now;
    uint64_t start = next_start(wheel, &list), least = WHEEL_NEVER;
    unsigned seen = 0;
    for (const WheelTimer *timer = *list; timer; timer = timer->next) {
        if (++seen > LOOK_MAX) return start;
        if (timer->deadline < least) least = timer->deadline;
    }
    return least;
}

/* Takes the timers of a slot to `to`, oldest first. */
static void take_slot(WheelTimer **slot, WheelTimer **to)
{
    while (*slot) {
        WheelTimer *timer = *slot;
        unlink_timer(timer);
        link_timer(to, timer);
    }
}

/* Fires what stands in `slot`. Whatever `fire` does to other timers finds them linked. */
static void fire_slot(Wheel *wheel, WheelTimer **slot, void (*fire)(WheelTimer *, void *),
                      void *argument)
{
    take_slot(slot, &wheel->due);
    while (wheel->due) {
        WheelTimer *timer = wheel->due;
        unlink_timer(timer);
        fire(timer, argument);
    }
}

/* Time has entered the slot `list`: its timers move down. */
static void move_down(Wheel *wheel, WheelTimer **list)
{
    WheelTimer *moving = NULL;
    take_slot(list, &moving);
    while (moving) {
        WheelTimer *timer = moving;
        unlink_timer(timer);
        place(wheel, timer);
    }
}

void wheel_advance(Wheel *wheel, uint64_t now, void (*fire)(WheelTimer *timer, void *argument),
                   void *argument)
{
    fire_slot(wheel, &wheel->late, fire, argument);
    while (wheel->now < now) {
        WheelTimer **list;
        uint64_t start = next_start(wheel, &list);
        if (start > now) break;
        wheel->now = start;
        /* Level 0 has digit 0 only through a slot of a higher level, which begins there. */
        if (start % WHEEL_SLOTS == 0) move_down(wheel, list);
        fire_slot(wheel, &wheel->slots[0][digit(start, 0)], fire, argument);
    }
    if (wheel->now < now) wheel->now = now;
}
