/* SPDX-License-Identifier: Apache-2.0 */
/* run_queue.c - processes that can run. */

/* Who waits and is woken goes to the awake queue of its priority, as long as it has reductions
   left of its slice; what it missed while it waited is added: its share of the pre-empted slices
   that were given out meanwhile, several times over, since it asks for little. Others go to the
   pre-empted queue and get a whole slice when their turn comes. Awake processes run first until
   they have used AWAKE_SHARE together; then one pre-empted process has its turn (design D18).

   A state changes from WAITING to RUNNABLE in one place, by compare and swap, and who did it
   puts the process into the queue. A process that goes to wait says so first and looks into its
   inbox after, a sender pushes first and looks at the state after: so one of them sees the
   other. */

#include "process/run_queue.h"
#include "base/lock.h"
#include "mote/port.h"
#include "process/signal.h"

#define SLICE 4000
#define AWAKE_SHARE (4 * SLICE)
#define AWAKE_COST 40  /* counted for each awake slice, however short */
#define AWAKE_FACTOR 8 /* times its share that a waiting process gains */
#define NORMAL_TO_LOW 8
#define PRIORITIES 4
#define IDLE_MAX 64

typedef struct Queue {
    Process *first, *last;
    uint32_t count;
} Queue;

typedef struct Level {
    Queue awake, preempted;
    int32_t awake_used; /* reductions, since the last pre-empted slice */
} Level;

static Lock lock;
static Level levels[PRIORITIES];
static unsigned normal_taken; /* since the last low one, while some waited */
static _Atomic(uint32_t) length;
static _Atomic(uint32_t) round_now; /* pre-empted slices given out */
static uint64_t idle;               /* schedulers that found nothing: bits */
static uint64_t everyone;

void run_queue_init(unsigned schedulers)
{
    lock_init(&lock);
    memset(levels, 0, sizeof levels);
    normal_taken = 0;
    atomic_init(&length, 0);
    atomic_init(&round_now, 0);
    idle = 0;
    everyone = schedulers >= IDLE_MAX ? UINT64_MAX : ((uint64_t)1 << schedulers) - 1;
}

/* ---- Queues ---- */

static void queue_put(Queue *queue, Process *p)
{
    p->next = NULL;
    if (queue->first) {
        queue->last->next = p;
    } else {
        queue->first = p;
    }
    queue->last = p;
    queue->count++;
}

static Process *queue_take(Queue *queue)
{
    Process *p = queue->first;
    queue->first = p->next;
    queue->count--;
    return p;
}

/* One idle scheduler is woken where nobody will come by soon: each is idle, or there is more than
   the caller's own scheduler will take next. IDLE_MAX: none. */
static unsigned choose_idle(const Process *p)
{
    if (!idle) return IDLE_MAX;
    uint32_t waiting = atomic_load_explicit(&length, memory_order_relaxed);
    if (idle != everyone && waiting < 2 && p->priority <= PRIORITY_NORMAL) return IDLE_MAX;
    unsigned id = (unsigned)__builtin_ctzll(idle);
    idle &= idle - 1;
    return id;
}

static void set_length(uint32_t by)
{
    uint32_t now = atomic_load_explicit(&length, memory_order_relaxed) + by;
    atomic_store_explicit(&length, now, memory_order_relaxed);
}

/* What p may still use, with what it gained by waiting. */
static int32_t allowance(const Process *p, const Level *level)
{
    uint32_t others = level->preempted.count;
    uint32_t gone = atomic_load_explicit(&round_now, memory_order_relaxed) - p->round;
    int64_t left = (int64_t)p->reductions + p->held;
    if (!others) return SLICE;
    left += (int64_t)gone * (SLICE * AWAKE_FACTOR) / (others + 1);
    return left > SLICE ? SLICE : (int32_t)left;
}

/* p's state is PROCESS_RUNNABLE. */
static void enqueue(Process *p, bool woken)
{
    lock_acquire(&lock);
    Level *level = &levels[p->priority];
    if (p->queued_awake) level->awake_used += p->given - (p->reductions + p->held);
    int32_t left = woken ? allowance(p, level) : 0;
    if (woken) p->reductions = left - p->held;
    p->queued_awake = left > 0;
    queue_put(left > 0 ? &level->awake : &level->preempted, p);
    set_length(1);
    unsigned id = choose_idle(p);
    lock_release(&lock);
    if (id < IDLE_MAX) port_wake(id);
}

void run_queue_start(Process *p)
{
    p->reductions = SLICE;
    p->round = atomic_load_explicit(&round_now, memory_order_relaxed);
    enqueue(p, true);
}

void run_queue_put(Process *p)
{
    uint32_t exiting = atomic_load_explicit(&p->state, memory_order_relaxed) & PROCESS_EXITING;
    atomic_store_explicit(&p->state, exiting | PROCESS_RUNNABLE, memory_order_release);
    enqueue(p, false);
}

/* ---- Taking ---- */

static Process *take_from(Level *level)
{
    bool awake = level->awake.first && (!level->preempted.first || level->awake_used < AWAKE_SHARE);
    if (awake) {
        Process *p = queue_take(&level->awake);
        level->awake_used += AWAKE_COST;
        p->given = p->reductions + p->held;
        return p;
    }
    level->awake_used = 0;
    uint32_t round = atomic_load_explicit(&round_now, memory_order_relaxed);
    atomic_store_explicit(&round_now, round + 1, memory_order_relaxed);
    return queue_take(&level->preempted);
}

static bool has_any(const Level *level) { return level->awake.first || level->preempted.first; }

static Level *choose_level(void)
{
    if (has_any(&levels[PRIORITY_MAX])) return &levels[PRIORITY_MAX];
    if (has_any(&levels[PRIORITY_HIGH])) return &levels[PRIORITY_HIGH];
    bool normal = has_any(&levels[PRIORITY_NORMAL]), low = has_any(&levels[PRIORITY_LOW]);
    if (normal && (!low || normal_taken < NORMAL_TO_LOW)) {
        normal_taken += low;
        return &levels[PRIORITY_NORMAL];
    }
    normal_taken = 0;
    return low ? &levels[PRIORITY_LOW] : NULL;
}

Process *run_queue_take(unsigned scheduler)
{
    uint64_t bit = (uint64_t)1 << (scheduler % IDLE_MAX);
    lock_acquire(&lock);
    Level *level = choose_level();
    Process *p = level ? take_from(level) : NULL;
    if (p) {
        set_length((uint32_t)-1);
        idle &= ~bit;
    } else {
        idle |= bit;
    }
    lock_release(&lock);
    if (!p) return NULL;
    uint32_t exiting = atomic_load_explicit(&p->state, memory_order_relaxed) & PROCESS_EXITING;
    atomic_store_explicit(&p->state, exiting | PROCESS_RUNNING, memory_order_relaxed);
    return p;
}

size_t run_queue_length(void) { return atomic_load_explicit(&length, memory_order_relaxed); }

/* ---- Waiting and waking ---- */

static bool become_runnable(Process *p)
{
    uint32_t waiting = PROCESS_WAITING;
    if (!atomic_compare_exchange_strong(&p->state, &waiting, PROCESS_RUNNABLE)) return false;
    enqueue(p, true);
    return true;
}

void process_signalled_slow(Process *p) { become_runnable(p); }

void process_wake(Process *p)
{
    for (;;) {
        uint32_t state = atomic_load(&p->state);
        if (state & PROCESS_WAITING) {
            if (become_runnable(p)) return;
        } else if (!(state & PROCESS_RUNNING) ||
                   atomic_compare_exchange_strong(&p->state, &state, state | PROCESS_WOKEN)) {
            return;
        }
    }
}

void process_give_back(Process *p)
{
    uint32_t state = atomic_exchange(&p->state, PROCESS_WAITING);
    if (state & PROCESS_WOKEN || !inbox_is_empty(&p->inbox)) become_runnable(p);
}

bool process_borrow(Process *p)
{
    uint32_t waiting = PROCESS_WAITING;
    if (!atomic_compare_exchange_strong(&p->state, &waiting, PROCESS_RUNNING)) return false;
    if (inbox_is_empty(&p->inbox)) return true;
    process_give_back(p);
    return false;
}

bool process_may_run(Process *p)
{
    if (p->flags & PROCESS_SUSPENDED) return false;
    if (p->flags & PROCESS_HIBERNATED) {
        if (!p->messages) return false;
        p->flags &= ~(uint32_t)PROCESS_HIBERNATED;
    }
    return true;
}

void process_wait(Process *p)
{
    bool stays = !(p->flags & PROCESS_KILLED) && !(p->flags & PROCESS_HIBERNATED && p->messages);
    p->round = atomic_load_explicit(&round_now, memory_order_relaxed);
    uint32_t state = atomic_exchange(&p->state, PROCESS_WAITING);
    if (!stays || state & PROCESS_WOKEN || !inbox_is_empty(&p->inbox)) become_runnable(p);
}
