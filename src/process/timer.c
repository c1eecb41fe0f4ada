/* SPDX-License-Identifier: Apache-2.0 */
/* timer.c - timers. */

/* One wheel for all, under a lock. Timers of programs also hang in chains by the number of their
   reference, and those to a process by its pid: they end with it. `next_due` is read without the
   lock, so that looking for due timers between slices costs next to nothing while there are
   none. */

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
    struct Timer *pid_next, **pid_link; /* the chain of `to`; pid_link NULL: to a name */
    uint64_t deadline;
    uint32_t number[3];
    Term to;
    Signal *message;
} Timer;

static Lock lock;
static Wheel wheel;
static Timer **chains, **pid_chains;
static size_t chain_count;
static _Atomic(size_t) timer_count;
static _Atomic(uint64_t) next_due;

/* ---- Chains ---- */

static Timer **chain_of(const uint32_t number[3]) { return &chains[number[0] & (chain_count - 1)]; }

static Timer **pid_chain_of(Term pid) { return &pid_chains[pid_number(pid) & (chain_count - 1)]; }

static Timer **find(const uint32_t number[3])
{
    Timer **place = chain_of(number);
    while (*place && memcmp((*place)->number, number, sizeof(*place)->number) != 0)
        place = &(*place)->next;
    return place;
}

static void put_pid(Timer *timer)
{
    Timer **head = pid_chain_of(timer->to);
    timer->pid_next = *head;
    timer->pid_link = head;
    if (*head) (*head)->pid_link = &timer->pid_next;
    *head = timer;
}

static void chain_put(Timer *timer)
{
    Timer **place = chain_of(timer->number);
    timer->next = *place;
    *place = timer;
    if (is_local_pid(timer->to)) put_pid(timer);
}

/* `place`: where its number's chain leads to it. */
static Timer *chain_take(Timer **place)
{
    Timer *timer = *place;
    *place = timer->next;
    atomic_fetch_sub_explicit(&timer_count, 1, memory_order_relaxed);
    if (!timer->pid_link) return timer;
    *timer->pid_link = timer->pid_next;
    if (timer->pid_next) timer->pid_next->pid_link = timer->pid_link;
    return timer;
}

/* New chains, empty, both kinds in one block. False: no memory, nothing has changed. */
static bool chains_make(size_t count)
{
    Timer **wide = memory_alloc(2 * count * sizeof *wide);
    if (!wide) return false;
    memset(wide, 0, 2 * count * sizeof *wide);
    chains = wide;
    pid_chains = wide + count;
    chain_count = count;
    return true;
}

/* Twice as many chains; without memory they get longer. */
static void grow(void)
{
    Timer **old = chains;
    size_t count = chain_count;
    if (!chains_make(2 * count)) return;
    for (size_t i = 0; i < count; i++) {
        for (Timer *t = old[i], *next; t; t = next) {
            next = t->next;
            chain_put(t);
        }
    }
    memory_free(old, 2 * count * sizeof *old);
}

bool timer_init(void)
{
    lock_init(&lock);
    wheel_init(&wheel, port_now() >> TICK_BITS);
    atomic_init(&next_due, UINT64_MAX);
    return chains_make(FIRST_CHAINS);
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
    chain_take(find(timer->number));
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

static void timer_free(Timer *timer)
{
    signal_free(timer->message);
    memory_free(timer, sizeof *timer);
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
    /* Counted first: either the process is not found, or its end sees that there are timers. */
    size_t count = atomic_fetch_add(&timer_count, 1);
    bool alive = is_atom(to) || process_find(to);
    if (alive) {
        if (count >= chain_count) grow();
        chain_put(timer);
        insert(&timer->timed, deadline);
    } else {
        atomic_fetch_sub(&timer_count, 1);
    }
    lock_release(&lock);
    if (!alive) timer_free(timer);
    return reference_put(top, number, TERM_NIL);
}

static Timer *cancel(Timer **place)
{
    Timer *timer = chain_take(place);
    wheel_cancel(&timer->timed.wheel);
    return timer;
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
    Timer **place = find(reference_numbers_of(reference));
    Timer *timer = *place ? cancel(place) : NULL;
    lock_release(&lock);
    if (!timer) return -1;
    int64_t left = left_until(timer->deadline);
    timer_free(timer);
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

void timer_forget(Process *p)
{
    Timer *ended = NULL;
    __sync_synchronize();
    if (!atomic_load_explicit(&timer_count, memory_order_relaxed)) return;
    lock_acquire(&lock);
    for (Timer *t = *pid_chain_of(p->pid), *next; t; t = next) {
        next = t->pid_next;
        if (t->to != p->pid) continue;
        cancel(find(t->number));
        t->next = ended;
        ended = t;
    }
    lock_release(&lock);
    for (Timer *next; ended; ended = next) {
        next = ended->next;
        timer_free(ended);
    }
}

/* ---- Receive timers ---- */

bool timer_receive_start(Process *p, uint64_t deadline)
{
    Extension *extension = process_extend(p);
    if (!extension) return false;
    ReceiveTimer *timer = &extension->timer;
    /* The signal of a timer stopped too late is in the inbox: it is needed again. Behind a fatal
       signal it stays where it is, and p waits for nothing any more. */
    if (timer->is_stale && !mailbox_fetch(p)) return true;
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
