/* SPDX-License-Identifier: Apache-2.0 */
/* collect.c - the collector: generational copying. */

/* A minor collection copies the young block and the fragments: what lies below high_water has survived
   one collection and goes to the old block, the rest to a new young block. A full collection copies
   everything into a new young block. To-space is allocated for the worst case before anything is
   touched, so that a collection that cannot get it leaves the heap as it was.
   Copied objects are scanned in the order of copying (Cheney): no recursion, no marking stack. */

#include "base/memory.h"
#include "heap/copy.h"
#include "heap/heap.h"

typedef struct Space {
    Term *start, *scan, *top, *end;
} Space;

typedef struct Collector {
    Space young;              /* new young block */
    Space old;                /* promotion target; empty in a full collection */
    uintptr_t keep, keep_size; /* the old block, which a minor collection does not move */
    uintptr_t mature, mature_size; /* part of the young block that is promoted */
} Collector;

static inline bool within(const void *p, uintptr_t start, uintptr_t size)
{
    return (uintptr_t)p - start < size;
}

static inline Term *place(Collector *c, const Term *p, size_t words)
{
    Space *space = within(p, c->mature, c->mature_size) ? &c->old : &c->young;
    Term *to = space->top;
    space->top += words;
    return to;
}

static inline bool stays(const Collector *c, const Term *p)
{
    return is_literal_pointer(p) || within(p, c->keep, c->keep_size);
}

static Term move_boxed(Collector *c, Term t)
{
    Term *p = boxed_ptr(t), header = *p;
    if (is_boxed(header)) return header;
    size_t words = 1 + header_size(header);
    Term *to = place(c, p, words);
    for (size_t i = 0; i < words; i++) to[i] = p[i];
    return *p = make_boxed(to);
}

/* Where t stands after the collection. */
static inline Term evacuate(Collector *c, Term t)
{
    if (is_cons(t)) {
        Term *p = cons_ptr(t);
        if (stays(c, p)) return t;
        if (p[0] == TERM_NONE) return p[1];
        Term *to = place(c, p, 2);
        Term moved = cons_put(to, p[0], p[1]);
        p[0] = TERM_NONE;
        p[1] = moved;
        return moved;
    }
    if (!is_boxed(t) || stays(c, boxed_ptr(t))) return t;
    return move_boxed(c, t);
}

/* Fixes an object with raw words at p; the number of words to go on by. */
static size_t scan_raw(Collector *c, Term *p)
{
    Term header = *p;
    if (header_kind(header) == KIND_BIN_SUB) {
        SubBin *sub = (SubBin *)p;
        sub->whole = evacuate(c, sub->whole);
    } else if (header_kind(header) == KIND_MATCH) {
        MatchContext *m = (MatchContext *)p;
        m->whole = evacuate(c, m->whole);
        if (boxed_kind(m->whole) == KIND_BIN_HEAP)
            m->data = (const uint8_t *)(boxed_ptr(m->whole) + 2);
    }
    return 1 + header_size(header);
}

static void scan_space(Collector *c, Space *space)
{
    while (space->scan < space->top) {
        Term *p = space->scan, word = *p;
        if (is_header(word)) {
            space->scan += kind_is_plain(header_kind(word)) ? 1 : scan_raw(c, p);
        } else {
            *p = evacuate(c, word);
            space->scan++;
        }
    }
}

static void collect_roots(Collector *c, Term *terms, size_t count)
{
    for (size_t i = 0; i < count; i++) terms[i] = evacuate(c, terms[i]);
}

static void scan_all(Collector *c)
{
    while (c->young.scan < c->young.top || c->old.scan < c->old.top) {
        scan_space(c, &c->young);
        scan_space(c, &c->old);
    }
}

/* Keeps in the off-heap list what was moved or stays; gives up the rest. */
static void sweep_off_heap(Collector *c, Heap *heap)
{
    OffHeap *dead = NULL, **end = &heap->off_heap;
    size_t words = 0;
    for (OffHeap *o = heap->off_heap, *next; o; o = next) {
        next = o->next;
        Term header = o->header;
        OffHeap *live = NULL;
        if (is_boxed(header)) {
            live = (OffHeap *)boxed_ptr(header);
        } else if (stays(c, (Term *)o)) {
            live = o;
        }
        if (!live) {
            o->next = dead;
            dead = o;
            continue;
        }
        *end = live;
        end = &live->next;
        if (header_kind(live->header) == KIND_BIN_REFC)
            words += ((RefcBin *)live)->size / WORD_BYTES;
    }
    *end = NULL;
    off_heap_release(dead);
    size_t least = heap_policy.min_vheap;
    heap->virtual_words = 0;
    heap->virtual_limit = words > least ? words : least;
}

static void free_words(Term *start, const Term *end)
{
    size_t bytes = (size_t)(end - start) * WORD_BYTES;
#ifdef MOTE_STRESS_MOVE
    if (start) memset(start, 0xA5, bytes);
#endif
    memory_free(start, bytes);
}

/* Runs the collection that `c` describes; the new young block is c->young. */
static void run(Collector *c, Heap *heap, const RootSet *sets, size_t set_count)
{
    size_t stack_words = (size_t)(heap->end - heap->stack);
    Term *stack = c->young.end - stack_words;
    memcpy(stack, heap->stack, stack_words * WORD_BYTES);
    collect_roots(c, stack, stack_words);
    for (size_t i = 0; i < set_count; i++) collect_roots(c, sets[i].terms, sets[i].count);
    scan_all(c);
    sweep_off_heap(c, heap);
    free_words(heap->start, heap->end);
    fragment_free_all(heap->fragments);
    heap->fragments = NULL;
    heap->fragment_words = 0;
    heap->start = c->young.start;
    heap->top = heap->high_water = c->young.top;
    heap->end = c->young.end;
    heap->stack = stack;
    heap->flags &= ~(uint32_t)HEAP_DUE;
    heap->collections++;
}

static bool space_make(Space *space, size_t words)
{
    space->start = space->scan = space->top = memory_alloc(words * WORD_BYTES);
    if (!space->start) return false;
    space->end = space->start + words;
    return true;
}

/* Sizes of blocks: they grow by half until a million words, by a fifth from there. */
static size_t block_size(const Heap *heap, size_t words)
{
    size_t size = heap->min_size;
    while (size < words) size += size < 1000000 ? size / 2 + 8 : size / 5;
    return size;
}

static size_t stack_words(const Heap *heap) { return (size_t)(heap->end - heap->stack); }

static bool full_copy(Heap *heap, size_t size, const RootSet *sets, size_t set_count)
{
    Collector c = {0};
    if (!space_make(&c.young, size)) return false;
    Term *old_start = heap->old_start, *old_end = heap->old_end;
    run(&c, heap, sets, set_count);
    free_words(old_start, old_end);
    heap->old_start = heap->old_top = heap->old_end = NULL;
    heap->minor_count = 0;
    heap->flags &= ~(uint32_t)HEAP_FULL_SWEEP;
    return true;
}

/* The size that suits what is live now and `need` more. */
static size_t fitting_size(const Heap *heap, size_t need)
{
    size_t live = (size_t)(heap->top - heap->start) + stack_words(heap) + need + STACK_RESERVE;
    return block_size(heap, live + live / 2);
}

static bool full_collect(Heap *heap, size_t need, const RootSet *sets, size_t set_count)
{
    size_t worst = heap_words_used(heap) + stack_words(heap) + STACK_RESERVE;
    if (!full_copy(heap, block_size(heap, worst + need), sets, set_count)) return false;
    size_t fitting = fitting_size(heap, need), size = (size_t)(heap->end - heap->start);
    /* Much too large now: copy what little is live once more; failing does no harm. */
    if (fitting < size / 3) (void)full_copy(heap, fitting, sets, set_count);
    return true;
}

static bool minor_collect(Heap *heap, size_t need, const RootSet *sets, size_t set_count)
{
    size_t mature = (size_t)(heap->high_water - heap->start);
    size_t size = (size_t)(heap->end - heap->start);
    size_t worst = (size_t)(heap->top - heap->start) + heap->fragment_words +
                   stack_words(heap) + STACK_RESERVE;
    Collector c = {0};
    if (!heap->old_start && mature) {
        size_t room = block_size(heap, mature * 2);
        heap->old_start = heap->old_top = memory_alloc(room * WORD_BYTES);
        if (!heap->old_start) return false;
        heap->old_end = heap->old_start + room;
    }
    if (!space_make(&c.young, size > worst ? size : block_size(heap, worst))) return false;
    c.old = (Space){heap->old_start, heap->old_top, heap->old_top, heap->old_end};
    c.keep = (uintptr_t)heap->old_start;
    c.keep_size = (uintptr_t)heap->old_end - c.keep;
    c.mature = (uintptr_t)heap->start;
    c.mature_size = mature * WORD_BYTES;
    run(&c, heap, sets, set_count);
    heap->old_top = c.old.top;
    heap->minor_count++;
    size_t left = (size_t)(heap->stack - heap->top);
    if (left >= need + STACK_RESERVE && left > size / 4) return true;
    return full_collect(heap, need, sets, set_count) || left >= need + STACK_RESERVE;
}

static bool wants_full(const Heap *heap)
{
#if defined(MOTE_STRESS_MOVE)
    return true;
#endif
    if (heap->flags & HEAP_FULL_SWEEP || heap->minor_count >= heap->full_sweep_after) return true;
    size_t mature = (size_t)(heap->high_water - heap->start);
    return heap->old_start && (size_t)(heap->old_end - heap->old_top) < mature;
}

bool heap_collect(Heap *heap, size_t need, const RootSet *sets, size_t set_count, size_t *cost)
{
    size_t before = heap_words_used(heap);
    if (need > (SIZE_MAX >> 8)) return false;
    bool done = wants_full(heap) || !minor_collect(heap, need, sets, set_count)
                    ? full_collect(heap, need, sets, set_count) : true;
    if (!done) return false;
    size_t after = heap_words_used(heap);
    heap->reclaimed += before > after ? before - after : 0;
    *cost += after;
    size_t size = (size_t)(heap->end - heap->start) + (size_t)(heap->old_end - heap->old_start);
    return !heap->max_size || size <= heap->max_size;
}

bool heap_shrink(Heap *heap, const RootSet *sets, size_t set_count)
{
    size_t worst = heap_words_used(heap) + stack_words(heap) + STACK_RESERVE;
    if (!full_copy(heap, worst + 4, sets, set_count)) return false;
    size_t exact = (size_t)(heap->top - heap->start) + stack_words(heap) + STACK_RESERVE + 4;
    return full_copy(heap, exact, sets, set_count);
}
