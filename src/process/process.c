/* SPDX-License-Identifier: Apache-2.0 */
/* process.c - the table of processes. */

/* A pid's number is a serial above an index, and larger than those before it, as long as serials
   last. The table is a directory of segments, made as they are needed; a slot is one word:

       the process               bit 0 is 0
       [ next free slot | 1 ]    while free: list of free slots

   Free slots are used in the order in which they became free, and only once a segment's worth of
   them is there, so that a number comes back late. Readers take no lock: a slot holds a process
   from when it is ready until it has told its end; the memory is freed by its epoch. */

#include "process/process.h"
#include "base/epoch.h"
#include "base/lock.h"
#include "base/memory.h"
#include "process/dictionary.h"
#include "process/extension.h"
#include "process/mailbox.h"
#include "process/table.h"
#include "term/identifier.h"

#define SEGMENT_BITS 8
#define SEGMENT_SIZE ((uintptr_t)1 << SEGMENT_BITS)
#define FREE_LEAST 64 /* free slots below which a segment is made, where the limit allows */

typedef _Atomic(uintptr_t) Slot;

static Lock lock;
static _Atomic(Slot *) *segments;
static uintptr_t slot_count, slot_limit; /* made; most */
static unsigned index_bits;
static _Atomic(size_t) alive;
static uintptr_t free_first, free_last, free_count; /* indexes, under the lock */
static uintptr_t number_least;                      /* of the next pid, under the lock */

bool process_table_init(size_t limit)
{
    lock_init(&lock);
    index_bits = SEGMENT_BITS;
    while (((size_t)1 << index_bits) < limit) index_bits++;
    slot_limit = limit;
    size_t count = (limit + SEGMENT_SIZE - 1) >> SEGMENT_BITS;
    segments = memory_alloc(count * sizeof *segments);
    if (!segments) return false;
    for (size_t i = 0; i < count; i++) atomic_init(&segments[i], NULL);
    slot_count = free_count = number_least = 0;
    atomic_init(&alive, 0);
    return true;
}

static Slot *slot_at(uintptr_t index)
{
    Slot *segment = atomic_load_explicit(&segments[index >> SEGMENT_BITS], memory_order_acquire);
    return segment ? &segment[index & (SEGMENT_SIZE - 1)] : NULL;
}

static uintptr_t index_of(Term pid) { return pid_number(pid) & (((uintptr_t)1 << index_bits) - 1); }

Process *process_find(Term pid)
{
    if (!is_local_pid(pid) && !is_local_port(pid)) return NULL;
    if (index_of(pid) >= slot_limit) return NULL;
    Slot *slot = slot_at(index_of(pid));
    uintptr_t word = slot ? atomic_load_explicit(slot, memory_order_acquire) : 1;
    Process *p = (Process *)word;
    return word & 1 || p->pid != pid ? NULL : p;
}

size_t process_count(void) { return atomic_load_explicit(&alive, memory_order_relaxed); }
size_t process_limit(void) { return slot_limit; }

/* ---- Free slots ---- */

static uintptr_t free_word(uintptr_t next) { return next << 1 | 1; }

static void free_put(uintptr_t index)
{
    atomic_store_explicit(slot_at(index), free_word(0), memory_order_release);
    if (free_count++)
        atomic_store_explicit(slot_at(free_last), free_word(index), memory_order_release);
    else
        free_first = index;
    free_last = index;
}

/* There is one. */
static uintptr_t free_take(void)
{
    uintptr_t index = free_first;
    free_first = atomic_load_explicit(slot_at(index), memory_order_relaxed) >> 1;
    free_count--;
    return index;
}

static uintptr_t next_number(uintptr_t index)
{
    uintptr_t step = (uintptr_t)1 << index_bits;
    uintptr_t number = (number_least & ~(step - 1)) | index;
    if (number < number_least) number += step;
    if (number >> PID_NUMBER_BITS) number = index; /* Serials start anew. */
    number_least = number + 1;
    return number;
}

static void add_segment(void)
{
    Slot *segment = memory_alloc(SEGMENT_SIZE * sizeof *segment);
    if (!segment) return;
    for (uintptr_t i = 0; i < SEGMENT_SIZE; i++) atomic_init(&segment[i], 1);
    atomic_store_explicit(&segments[slot_count >> SEGMENT_BITS], segment, memory_order_release);
    for (uintptr_t i = 0; i < SEGMENT_SIZE && slot_count < slot_limit; i++)
        free_put(slot_count++);
}

Term process_table_reserve(void)
{
    Term pid = TERM_NONE;
    lock_acquire(&lock);
    if (free_count < FREE_LEAST && slot_count < slot_limit) add_segment();
    if (free_count) pid = make_local_pid(next_number(free_take()));
    lock_release(&lock);
    return pid;
}

void process_table_put(Process *p)
{
    atomic_store_explicit(slot_at(index_of(p->pid)), (uintptr_t)p, memory_order_release);
    atomic_fetch_add_explicit(&alive, 1, memory_order_relaxed);
}

void process_table_release(Term pid)
{
    lock_acquire(&lock);
    free_put(index_of(pid));
    lock_release(&lock);
}

void process_table_remove(Process *p)
{
    process_table_release(p->pid);
    atomic_fetch_sub_explicit(&alive, 1, memory_order_relaxed);
}

/* ---- All of them ---- */

static Process *process_at(uintptr_t index)
{
    Slot *slot = slot_at(index);
    uintptr_t word = slot ? atomic_load_explicit(slot, memory_order_acquire) : 1;
    return word & 1 ? NULL : (Process *)word;
}

static size_t snapshot(Term *pids, size_t room)
{
    size_t count = 0;
    lock_acquire(&lock);
    for (uintptr_t i = 0; i < slot_count && count < room; i++) {
        Process *p = process_at(i);
        if (p) pids[count++] = p->pid;
    }
    lock_release(&lock);
    return count;
}

void process_each(bool (*visit)(Term pid, void *context), void *context)
{
    size_t room = process_count() + SEGMENT_SIZE;
    Term *pids = memory_alloc(room * sizeof *pids);
    size_t count = pids ? snapshot(pids, room) : 0;
    for (size_t i = 0; i < count; i++) {
        if (!visit(pids[i], context)) break;
    }
    if (pids) {
        memory_free(pids, room * sizeof *pids);
        return;
    }
    for (uintptr_t i = 0; i < slot_limit; i++) {
        Process *p = process_at(i);
        if (p && !visit(p->pid, context)) return;
    }
}

size_t process_some(size_t *place, Term *pids, size_t slots)
{
    size_t count = 0;
    for (; slots > 0 && *place < slot_limit; slots--, ++*place) {
        Process *p = process_at(*place);
        if (p) pids[count++] = p->pid;
    }
    return count;
}

/* ---- Parts of a process ---- */

size_t process_roots(Process *p, RootSet *sets)
{
    if (p->flags & PROCESS_PEEKING) mailbox_hold(p);
    sets[0] = (RootSet){p->roots, ROOT_COUNT};
    if (!p->dictionary) return 1;
    sets[1] = dictionary_roots(p);
    return 2;
}

static void free_saved(Process *p)
{
    if (p->saved != p->first_saved) memory_free(p->saved, p->saved_room * WORD_BYTES);
}

bool process_save_room(Process *p, unsigned live)
{
    if (live <= p->saved_room) return true;
    Term *saved = memory_alloc(live * WORD_BYTES);
    if (!saved) return false;
    free_saved(p);
    p->saved = saved;
    p->saved_room = live;
    return true;
}

Extension *process_extend(Process *p)
{
    if (p->extension) return p->extension;
    Extension *extension = memory_alloc(sizeof *extension);
    if (!extension) return NULL;
    memset(extension, 0, sizeof *extension);
    wheel_timer_init(&extension->timer.timed.wheel);
    extension->timer.signal.kind = SIGNAL_TIMEOUT;
    extension->error_handler = TERM_NONE;
    return p->extension = extension;
}

MaxHeap process_max_heap(const Process *p)
{
    const Extension *rare = p->extension;
    return (MaxHeap){p->heap.max_size, !rare || !rare->max_heap_spare,
                     !rare || !rare->max_heap_quiet};
}

bool process_max_heap_set(Process *p, const MaxHeap *max)
{
    if (!max->kill || !max->log || p->extension) {
        Extension *rare = process_extend(p);
        if (!rare) return false;
        rare->max_heap_spare = !max->kill;
        rare->max_heap_quiet = !max->log;
    }
    p->heap.max_size = max->size;
    return true;
}

static void process_free(Retired *retired) { memory_free(retired, sizeof(Process)); }

void process_done(Process *p)
{
    heap_done(&p->heap);
    free_saved(p);
    dictionary_clear(p);
    if (p->extension) memory_free(p->extension, sizeof *p->extension);
    /* Others look at pid, state and inbox only: the memory of the heap's fields is free for
       this. */
    _Static_assert(sizeof(Retired) <= sizeof(Heap), "a Retired fits");
    epoch_retire((Retired *)(void *)&p->heap, process_free);
}
