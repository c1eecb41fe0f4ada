/* SPDX-License-Identifier: Apache-2.0 */
/* collect.c - the collector: generational copying. */

/* A minor collection copies the young block and the fragments: what lies below high_water has
   survived one collection and goes to the old block, the rest to a new young block. A full
   collection copies the old block as well, either into a new old block, or (when it was asked for)
   all into one young block. To-space is allocated for the worst case before anything is touched, so
   that a collection that cannot get it leaves the heap as it was. Copied objects are scanned in the
   order of copying (Cheney): no recursion, no marking stack.

   The young block grows when more than three quarters of it are needed, or when a process collects
   many times in one slice (up to a small size); it shrinks by half when little of it survives and
   it is large or the process has become quiet. It is at least as large as the roots outside of it
   (the process dictionary above all), which every collection has to visit. Where most of what is
   young survives, a process is building something: the next collection then takes all of it for
   mature, so that it is copied once and not twice, and blocks grow with the old block. The block's
   end need not be the end of its allocation: the stack moves to where the block is to end. */

#include "base/memory.h"
#include "heap/copy.h"
#include "heap/heap.h"
#include <stdatomic.h>

enum { RECENT_MANY = 8, OLD_MIN = 32, SPARE_MIN = 1024 };

typedef struct Space {
    Term *start, *scan, *top, *end;
} Space;

typedef struct Range {
    uintptr_t start, size;
} Range;

typedef struct Collector {
    Space young;  /* new young block */
    Space old;    /* where what has aged goes to */
    Range keep;   /* the old block where it is not moved */
    Range mature; /* what goes to `old`: part of the young block ... */
    Range aged;   /* ... and the old block where it is moved */
} Collector;

static inline bool within(const void *p, Range range)
{
    return (uintptr_t)p - range.start < range.size;
}

static Range range_of(const Term *start, const Term *end)
{
    return (Range){(uintptr_t)start, (uintptr_t)end - (uintptr_t)start};
}

/* ---- Copying ---- */

static inline Term *place(Collector *c, const Term *p, size_t words)
{
    Space *space = within(p, c->mature) || within(p, c->aged) ? &c->old : &c->young;
    Term *to = space->top;
    space->top += words;
    return to;
}

static inline bool stays(const Collector *c, const Term *p)
{
    return is_literal_pointer(p) || within(p, c->keep);
}

/* Cells of a list are copied in a row. A tail that is the next cell is final at once; another one
   is left to the scan, as all heads are. */
static inline Term move_cons(Collector *c, Term *p)
{
    if (p[0] == TERM_NONE) return p[1];
    Term *to = place(c, p, 2), moved = make_cons(to);
    for (;;) {
        Term tail = p[1];
        to[0] = p[0];
        to[1] = tail;
        p[0] = TERM_NONE;
        p[1] = make_cons(to);
        if (!is_cons(tail)) return moved;
        p = cons_ptr(tail);
        if (stays(c, p) || p[0] == TERM_NONE) return moved;
        Term *next = place(c, p, 2);
        if (next == to + 2) to[1] = make_cons(next);
        to = next;
    }
}

/* The tail, at p, that is the cell behind it: it was moved already. */
static inline bool is_next_cell(Term t, const Term *p) { return t == make_cons(p + 1); }

static inline Term move_boxed(Collector *c, Term *p)
{
    Term header = *p;
    if (is_boxed(header)) return header;
    size_t words = 1 + header_size(header);
    Term *to = place(c, p, words);
    to[0] = header;
    if (words <= 4) { /* Most objects: cheaper than a call. */
        for (size_t i = 1; i < 4; i++) {
            if (i < words) to[i] = p[i];
        }
    } else {
        memcpy(to + 1, p + 1, (words - 1) * WORD_BYTES);
    }
    return *p = make_boxed(to);
}

/* Where t stands after the collection. */
static inline Term evacuate(Collector *c, Term t)
{
    if (is_cons(t)) return stays(c, cons_ptr(t)) ? t : move_cons(c, cons_ptr(t));
    if (!is_boxed(t) || stays(c, boxed_ptr(t))) return t;
    return move_boxed(c, boxed_ptr(t));
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
    Term *p = space->scan;
    while (p < space->top) {
        Term word = *p;
        switch (word & 3) {
        case TAG_SMALL: p++; break;
        case TAG_OTHER:
            p += is_header(word) && !kind_is_plain(header_kind(word)) ? scan_raw(c, p) : 1;
            break;
        default:
            if (!is_next_cell(word, p)) *p = evacuate(c, word);
            p++;
            break;
        }
    }
    space->scan = p;
}

static void scan_all(Collector *c)
{
    while (c->young.scan < c->young.top || c->old.scan < c->old.top) {
        scan_space(c, &c->young);
        scan_space(c, &c->old);
    }
}

static void collect_roots(Collector *c, Term *terms, size_t count)
{
    for (size_t i = 0; i < count; i++) terms[i] = evacuate(c, terms[i]);
}

/* ---- Off-heap objects ---- */

static void relink(Collector *c, Heap *heap, OffHeap *object)
{
    bool is_binary = header_kind(object->header) == KIND_BIN_REFC;
    size_t words = is_binary ? ((RefcBin *)object)->size / WORD_BYTES : 0;
    if (within(object, range_of(c->old.start, c->old.end))) {
        object->next = heap->old_off_heap;
        heap->old_off_heap = object;
        heap->old_virtual += words;
    } else {
        object->next = heap->off_heap;
        heap->off_heap = object;
        heap->virtual_words += words;
    }
}

/* Links anew what was moved of `list`; returns what was not, in front of `dead`. */
static OffHeap *sweep(Collector *c, Heap *heap, OffHeap *list, OffHeap *dead)
{
    for (OffHeap *object = list, *next; object; object = next) {
        next = object->next;
        if (is_boxed(object->header)) {
            relink(c, heap, (OffHeap *)boxed_ptr(object->header));
        } else {
            object->next = dead;
            dead = object;
        }
    }
    return dead;
}

/* Returns the dead ones. */
static OffHeap *sweep_all(Collector *c, Heap *heap)
{
    OffHeap *young = heap->off_heap, *old = NULL;
    heap->off_heap = NULL;
    heap->virtual_words = 0;
    if (c->keep.size == 0) {
        old = heap->old_off_heap;
        heap->old_off_heap = NULL;
        heap->old_virtual = 0;
    }
    OffHeap *dead = sweep(c, heap, old, sweep(c, heap, young, NULL));
    size_t live = heap->virtual_words + heap->old_virtual;
    heap->virtual_words = 0;
    heap->virtual_limit = live > heap->min_vheap ? live : heap->min_vheap;
    return dead;
}

/* ---- One collection ---- */

typedef struct Roots {
    const RootSet *sets;
    size_t count;
} Roots;

static size_t root_words(Roots roots)
{
    size_t words = 0;
    for (size_t i = 0; i < roots.count; i++) words += roots.sets[i].count;
    return words;
}

static size_t stack_words(const Heap *heap) { return (size_t)(heap->end - heap->stack); }
static size_t young_words(const Heap *heap) { return (size_t)(heap->top - heap->start); }
static size_t old_words(const Heap *heap) { return (size_t)(heap->old_top - heap->old_start); }

static void free_words(Term *start, const Term *end)
{
    memory_free(start, (size_t)(end - start) * WORD_BYTES);
}

static bool space_make(Space *space, size_t words)
{
    if (words > (SIZE_MAX >> 8)) return false;
    space->start = space->scan = space->top = memory_alloc(words * WORD_BYTES);
    if (!space->start) return false;
    space->end = space->start + words;
    return true;
}

/* Runs the collection that `c` describes and puts its spaces in place of the heap's; adds the words
   copied to `*cost`. Nothing of it can fail. */
static void run(Collector *c, Heap *heap, Roots roots, size_t *cost)
{
    Heap from = *heap;
    size_t words = stack_words(heap);
    Term *stack = c->young.end - words, *old_before = c->old.top;
    memcpy(stack, heap->stack, words * WORD_BYTES);
    collect_roots(c, stack, words);
    for (const RootSet *set = roots.sets; set < roots.sets + roots.count; set++)
        collect_roots(c, set->terms, set->count);
    scan_all(c);
    OffHeap *dead = sweep_all(c, heap);
    heap->start = c->young.start;
    heap->top = heap->high_water = c->young.top;
    heap->end = heap->limit = c->young.end;
    heap->stack = stack;
    heap->old_start = c->old.start;
    heap->old_top = c->old.top;
    heap->old_end = c->old.end;
    heap->fragments = NULL;
    heap->fragment_words = 0;
    *cost += words + root_words(roots) + young_words(heap) + (size_t)(c->old.top - old_before);
    off_heap_release(dead);
    free_words(from.start, from.limit);
    fragment_free_all(from.fragments);
    if (from.old_start != heap->old_start) free_words(from.old_start, from.old_end);
}

/* The young block alone once more, into `size` words; nothing ages. */
static bool copy_young(Heap *heap, size_t size, Roots roots, size_t *cost)
{
    Collector c = {.old = {heap->old_start, heap->old_top, heap->old_top, heap->old_end}};
    c.keep = range_of(heap->old_start, heap->old_end);
    if (!space_make(&c.young, size)) return false;
    run(&c, heap, roots, cost);
    return true;
}

/* ---- Sizes ---- */

static size_t size_at_least(const Heap *heap, size_t words)
{
    return words > heap->min_size ? words : heap->min_size;
}

/* Up to which the young block may grow although there is room in it. */
static size_t busy_size(const Heap *heap)
{
    size_t most = heap_policy.nursery_max, part = old_words(heap) / 8;
    return heap->flags & HEAP_GROWING && part > most ? part : most;
}

/* Of the young block from now on: it was `size`, and needs `live` words. */
static size_t next_size(Heap *heap, size_t size, size_t live)
{
    size_t most = busy_size(heap);
    if (live > size - size / 4) return size_at_least(heap, 2 * live);
    bool is_quiet = heap->recent <= 1;
    if (live < size / 8 && (size > most || is_quiet)) return size_at_least(heap, size / 2);
    if ((heap->recent < RECENT_MANY && !(heap->flags & HEAP_GROWING)) || size >= most)
        return size_at_least(heap, size);
    heap->recent = RECENT_MANY / 2;
    return size_at_least(heap, 2 * size < most ? 2 * size : most);
}

static void move_stack(Heap *heap, size_t size)
{
    size_t words = stack_words(heap);
    Term *end = heap->start + size;
    memmove(end - words, heap->stack, words * WORD_BYTES);
    heap->end = end;
    heap->stack = end - words;
}

/* Gives the young block `size` words. False: no memory; it is as large as it was. */
static bool resize(Heap *heap, size_t size, Roots roots, size_t *cost)
{
    size_t room = (size_t)(heap->limit - heap->start);
    if (size > room || room - size > size + SPARE_MIN) return copy_young(heap, size, roots, cost);
    move_stack(heap, size);
    return true;
}

/* Words that must be there after a collection. */
static size_t words_needed(const Heap *heap, size_t need)
{
    return young_words(heap) + stack_words(heap) + need + STACK_RESERVE;
}

/* The block was `size` before the collection, its to-space may be larger. */
static bool settle(Heap *heap, size_t size, size_t need, Roots roots, size_t *cost)
{
    size_t needed = words_needed(heap, need), next = next_size(heap, size, needed);
    if (next < root_words(roots)) next = root_words(roots);
    if (resize(heap, next, roots, cost)) return true;
    /* Less will do, but not so little that every few words cost a collection. */
    size_t least = needed + heap_words_used(heap) / 16, room = (size_t)(heap->limit - heap->start);
    if (least > room) return resize(heap, least, roots, cost);
    move_stack(heap, room);
    return true;
}

/* ---- Figures ---- */

static _Atomic(size_t) all_collections, all_reclaimed;

void heap_collections(size_t *count, size_t *reclaimed)
{
    *count = atomic_load_explicit(&all_collections, memory_order_relaxed);
    *reclaimed = atomic_load_explicit(&all_reclaimed, memory_order_relaxed);
}

/* ---- Kinds of collections ---- */

/* What goes to the old block, and its words. All where a process is building something: objects of
   the block may point into fragments, so those too. */
static Range mature_range(const Heap *heap)
{
    if (heap->flags & HEAP_GROWING) return (Range){0, UINTPTR_MAX};
    return range_of(heap->start, heap->high_water);
}

static size_t mature_words(const Heap *heap)
{
    if (heap->flags & HEAP_GROWING) return young_words(heap) + heap->fragment_words;
    return (size_t)(heap->high_water - heap->start);
}

/* What a new young block needs if nothing is garbage, and `mature` words go elsewhere. */
static size_t worst_case(const Heap *heap, size_t mature)
{
    return young_words(heap) + heap->fragment_words - mature + stack_words(heap) + STACK_RESERVE;
}

/* To-space for the young block: at least `worst`, and what it is likely to be in the end. */
static bool make_young(const Heap *heap, Space *space, size_t worst, size_t need)
{
    size_t size = (size_t)(heap->end - heap->start), wish = worst + need;
    if (heap->flags & HEAP_GROWING && size < busy_size(heap)) size *= 2;
    if (wish < size) wish = size;
    return space_make(space, size_at_least(heap, wish)) || space_make(space, worst);
}

/* Notes for the next collection whether most of `before` words survived. */
static void note_survival(Heap *heap, size_t before, size_t survived)
{
    heap->flags &= ~(uint32_t)HEAP_GROWING;
    if (survived > before / 2) heap->flags |= HEAP_GROWING;
}

static bool minor_collect(Heap *heap, size_t need, Roots roots, size_t *cost)
{
    size_t size = (size_t)(heap->end - heap->start), mature = mature_words(heap);
    Collector c = {0};
    if (!heap->old_start && mature) {
        Space old;
        if (!space_make(&old, mature * 2 > OLD_MIN ? mature * 2 : OLD_MIN)) return false;
        heap->old_start = heap->old_top = old.start;
        heap->old_end = old.end;
    }
    if (!make_young(heap, &c.young, worst_case(heap, mature), need)) return false;
    c.old = (Space){heap->old_start, heap->old_top, heap->old_top, heap->old_end};
    c.keep = range_of(heap->old_start, heap->old_end);
    c.mature = mature_range(heap);
    size_t before = young_words(heap) + heap->fragment_words, old_before = old_words(heap);
    run(&c, heap, roots, cost);
    note_survival(heap, before, young_words(heap) + old_words(heap) - old_before);
    heap->minor_count++;
    return settle(heap, size, need, roots, cost);
}

/* Moves the old block too, and what is mature after it. */
static bool copy_both(Heap *heap, Roots roots, size_t *cost)
{
    size_t mature = mature_words(heap), aged = old_words(heap) + mature;
    Collector c = {0};
    /* With no room left for what matures next, all would soon be copied again, for a few words. */
    if (aged && !space_make(&c.old, 2 * aged) && !space_make(&c.old, aged + aged / 16))
        return false;
    if (!make_young(heap, &c.young, worst_case(heap, mature), 0)) {
        free_words(c.old.start, c.old.end);
        return false;
    }
    c.mature = mature_range(heap);
    c.aged = range_of(heap->old_start, heap->old_end);
    run(&c, heap, roots, cost);
    return true;
}

static void full_collection_done(Heap *heap)
{
    size_t live = 2 * heap->old_virtual;
    heap->minor_count = 0;
    heap->old_virtual_limit = live > heap->min_vheap ? live : heap->min_vheap;
    heap->flags &= ~(uint32_t)HEAP_FULL_SWEEP;
}

static bool full_collect(Heap *heap, size_t need, Roots roots, size_t *cost)
{
    size_t size = (size_t)(heap->end - heap->start), before = heap_words_used(heap);
    if (!copy_both(heap, roots, cost)) return false;
    size_t room = (size_t)(heap->old_end - heap->old_start);
    if (heap_words_used(heap) < before / 2) heap->flags &= ~(uint32_t)HEAP_GROWING;
    heap->high_water = heap->start; /* What is young has not aged. */
    if (room > SPARE_MIN && old_words(heap) < room / 4) (void)copy_both(heap, roots, cost);
    full_collection_done(heap);
    heap->high_water = heap->top;
    return settle(heap, size, need, roots, cost);
}

/* All into one young block that leaves no more than it should unused. */
static bool single_collect(Heap *heap, size_t need, Roots roots, size_t *cost)
{
    Collector c = {0};
    if (!space_make(&c.young, worst_case(heap, 0) + old_words(heap))) return false;
    run(&c, heap, roots, cost);
    full_collection_done(heap);
    size_t needed = words_needed(heap, need), room = (size_t)(heap->limit - heap->start);
    if (resize(heap, size_at_least(heap, needed + needed / 2), roots, cost)) return true;
    return needed <= room || resize(heap, needed, roots, cost);
}

/* ---- The choice ---- */

static bool wants_full(const Heap *heap)
{
#ifdef MOTE_STRESS_MOVE
    if (heap->collections % 4) return true;
#endif
    return heap->minor_count >= heap->full_sweep_after ||
           heap->old_virtual > heap->old_virtual_limit ||
           (heap->old_start && (size_t)(heap->old_end - heap->old_top) < mature_words(heap));
}

static bool collect(Heap *heap, size_t need, Roots roots, size_t *cost)
{
    if (heap->flags & HEAP_FULL_SWEEP || heap->full_sweep_after == 0)
        return single_collect(heap, need, roots, cost);
    if (!wants_full(heap) && minor_collect(heap, need, roots, cost)) return true;
    return full_collect(heap, need, roots, cost);
}

bool heap_collect(Heap *heap, size_t need, const RootSet *sets, size_t set_count, size_t *cost)
{
    size_t before = heap_words_used(heap);
    if (need > (SIZE_MAX >> 8)) return false;
    heap->recent++;
    if (!collect(heap, need, (Roots){sets, set_count}, cost)) return false;
    size_t after = heap_words_used(heap);
    heap->collections++;
    atomic_fetch_add_explicit(&all_collections, 1, memory_order_relaxed);
    if (before > after)
        atomic_fetch_add_explicit(&all_reclaimed, before - after, memory_order_relaxed);
    heap->flags &= ~(uint32_t)(HEAP_DUE | HEAP_OVER_MAX);
    if (!heap->max_size || heap_memory(heap) / WORD_BYTES <= heap->max_size) return true;
    heap->flags |= HEAP_OVER_MAX;
    return false;
}

bool heap_shrink(Heap *heap, const RootSet *sets, size_t set_count)
{
    size_t cost = 0;
    Roots roots = {sets, set_count};
    Collector c = {0};
    if (!space_make(&c.young, worst_case(heap, 0) + old_words(heap))) return false;
    run(&c, heap, roots, &cost);
    full_collection_done(heap);
    heap->flags &= ~(uint32_t)(HEAP_DUE | HEAP_GROWING);
    return copy_young(heap, words_needed(heap, 4), roots, &cost);
}
