/* SPDX-License-Identifier: Apache-2.0 */
/* timer.c - timers. */

/* One wheel for all, under a lock. Timers of programs also hang in chains by the number of their
   reference. `next_due` is read without the lock, so that looking for due timers between slices
   costs next to nothing while there are none. */

#include "process/timer.h"
#include "base/lock.h"
#include "base/memory.h"
#include "base/wheel.h"
#include "heap/resource.h"
#include "mote/port.h"
#include "process/extension.h"
#include "process/mailbox.h"
#include "process/registry.h"
#include "term/atom.h"

#define TICK_BITS 16 /* a tick is 65.5 us */
#define TICK_ROUND (((uint64_t)1 << TICK_BITS) - 1)
#define FIRST_CHAINS 64

typedef struct Timer {
    Timed timed; /* first */
    struct Timer *next;
    uint64_t deadline;
    uint32_t number[3];
    Term to;
    Signal *message;
} Timer;

static Lock lock;
static Wheel wheel;
static Timer **chains;
static size_t chain_count, timer_count;
static _Atomic(uint64_t) next_due;

bool timer_init(void)
{
    lock_init(&lock);
    wheel_init(&wheel, port_now() >> TICK_BITS);
    atomic_init(&next_due, UINT64_MAX);
    chains = memory_alloc(FIRST_CHAINS * sizeof *chains);
    if (!chains) return false;
    memset(chains, 0, FIRST_CHAINS * sizeof *chains);
    chain_count = FIRST_CHAINS;
    return true;
}

/* ---- Chains ---- */

static Timer **find(const uint32_t number[3])
{
    Timer **place = &chains[number[0] & (chain_count - 1)];
    while (*place && memcmp((*place)->number, number, sizeof(*place)->number) != 0)
        place = &(*place)->next;
    return place;
}

/* Twice as many chains; without memory they get longer. */
static void grow(void)
{
    Timer **old = chains, **wide = memory_alloc(2 * chain_count * sizeof *wide);
    if (!wide) return;
    memset(wide, 0, 2 * chain_count * sizeof *wide);
    for (size_t i = 0; i < chain_count; i++) {
        for (Timer *t = old[i], *next; t; t = next) {
            Timer **place = &wide[t->number[0] & (2 * chain_count - 1)];
            next = t->next;
            t->next = *place;
            *place = t;
        }
    }
    memory_free(old, chain_count * sizeof *old);
    chains = wide;
    chain_count *= 2;
}

/* ---- The wheel ---- */

static void insert(Timed *timed, uint64_t deadline)
{
    uint64_t tick = (deadline >> TICK_BITS) + ((deadline & TICK_ROUND) != 0);
    wheel_insert(&wheel, &timed->wheel, tick);
    uint64_t due = tick > UINT64_MAX >> TICK_BITS ? UINT64_MAX : tick << TICK_BITS;
    if (due < atomic_load_explicit(&next_due, memory_order_relaxed))
        atomic_store_explicit(&next_due, due, memory_order_relaxed);
}

static void fire(WheelTimer *wheel_timer, void *unused)
{
    Timed *timed = (Timed *)wheel_timer;
    (void)unused;
    if (timed->receiver) {
        signal_push(timed->receiver, &timed->receiver->extension->timer.signal);
        return;
    }
    Timer *timer = (Timer *)timed;
    Timer **place = find(timer->number);
    *place = timer->next;
    timer_count--;
    Term to = is_atom(timer->to) ? registry_find(timer->to) : timer->to;
    signal_post(to, timer->message);
    memory_free(timer, sizeof *timer);
}

uint64_t timer_run(uint64_t now)
{
    uint64_t due = atomic_load_explicit(&next_due, memory_order_relaxed);
    if (now < due) return due;
    lock_acquire(&lock);
    wheel_advance(&wheel, now >> TICK_BITS, fire, NULL);
    uint64_t tick = wheel_next(&wheel);
    due = tick > UINT64_MAX >> TICK_BITS ? UINT64_MAX : tick << TICK_BITS;
    atomic_store_explicit(&next_due, due, memory_order_relaxed);
    lock_release(&lock);
    return due;
}

/* ---- Timers of programs ---- */

/* The message, or {timeout, Ref, Message}. */
static Signal *make_message(Process *p, const uint32_t number[3], Term message, bool wrap)
{
    enum { WRAP_WORDS = 4 + 1 + REF_SIZE };
    if (!wrap) return signal_make(SIGNAL_MESSAGE, p->pid, message);
    Signal *signal = signal_make_with(SIGNAL_MESSAGE, p->pid, message, WRAP_WORDS);
    if (!signal) return NULL;
    Term *tuple = signal_words(signal);
    tuple[0] = make_header(KIND_TUPLE, 3);
    tuple[1] = A(timeout);
    tuple[2] = reference_put(tuple + 4, number, TERM_NIL);
    tuple[3] = signal->term;
    signal->term = make_boxed(tuple);
    signal->number = 0;
    return signal;
}

Term timer_start(Process *p, Term to, Term message, uint64_t deadline, bool wrap)
{
    uint32_t number[3];
    Term *top = heap_reserve(&p->heap, 1 + REF_SIZE);
    Timer *timer = top ? memory_alloc(sizeof *timer) : NULL;
    if (!timer) return TERM_NONE;
    reference_numbers(number);
    *timer = (Timer){.to = to, .deadline = deadline};
    memcpy(timer->number, number, sizeof number);
    timer->message = make_message(p, number, message, wrap);
    if (!timer->message) {
        memory_free(timer, sizeof *timer);
        return TERM_NONE;
    }
    lock_acquire(&lock);
    if (timer_count++ >= chain_count) grow();
    Timer **place = &chains[number[0] & (chain_count - 1)];
    timer->next = *place;
    *place = timer;
    insert(&timer->timed, deadline);
    lock_release(&lock);
    return reference_put(top, number, TERM_NIL);
}

static int64_t left_until(uint64_t deadline)
{
    uint64_t now = port_now();
    return deadline > now ? (int64_t)(deadline - now) : 0;
}

int64_t timer_cancel(Term reference)
{
    if (!is_kind(reference, KIND_REF)) return -1;
    lock_acquire(&lock);
    Timer **place = find(reference_numbers_of(reference)), *timer = *place;
    if (timer) {
        *place = timer->next;
        timer_count--;
        wheel_cancel(&timer->timed.wheel);
    }
    lock_release(&lock);
    if (!timer) return -1;
    int64_t left = left_until(timer->deadline);
    signal_free(timer->message);
    memory_free(timer, sizeof *timer);
    return left;
}

int64_t timer_read(Term reference)
{
    if (!is_kind(reference, KIND_REF)) return -1;
    lock_acquire(&lock);
    Timer *timer = *find(reference_numbers_of(reference));
    uint64_t deadline = timer ? timer->deadline : 0;
    lock_release(&lock);
    return timer ? left_until(deadline) : -1;
}

/* ---- Receive timers ---- */

bool timer_receive_start(Process *p, uint64_t deadline)
{
    Extension *extension = process_extend(p);
    if (!extension) return false;
    ReceiveTimer *timer = &extension->timer;
    /* The signal of a timer stopped too late is in the inbox: it is needed again. */
    if (timer->is_stale) mailbox_fetch(p);
    timer->timed.receiver = p;
    p->flags |= PROCESS_TIMER_SET;
    lock_acquire(&lock);
    insert(&timer->timed, deadline);
    lock_release(&lock);
    return true;
}

void timer_receive_stop(Process *p)
{
    if (p->flags & PROCESS_TIMER_SET) {
        ReceiveTimer *timer = &p->extension->timer;
        lock_acquire(&lock);
        timer->is_stale = !wheel_cancel(&timer->timed.wheel);
        lock_release(&lock);
    }
    p->flags &= ~(uint32_t)(PROCESS_TIMER_SET | PROCESS_TIMED_OUT);
}

void timer_receive_fired(Process *p)
{
    ReceiveTimer *timer = &p->extension->timer;
    if (!timer->is_stale) p->flags = (p->flags & ~(uint32_t)PROCESS_TIMER_SET) | PROCESS_TIMED_OUT;
    timer->is_stale = false;
}
