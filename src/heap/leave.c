/* SPDX-License-Identifier: Apache-2.0 */
/* leave.c - copying out of a block of literals that is to go. */

/* After a full collection the heap is one row of live objects, so that every word of it can be
   looked at. What points into the block is replaced by a copy of its own; the copies stand in
   fragments, so that nothing may count as mature until the next collection. */

#include "heap/copy.h"
#include "heap/heap.h"

typedef struct Leaving {
    Heap *heap;
    uintptr_t block;
    size_t bytes;
    bool failed;
} Leaving;

static bool points_into(const Leaving *l, Term t)
{
    return (is_cons(t) || is_boxed(t)) && (t & ~(Term)3) - l->block < l->bytes;
}

static Term copy_out(Leaving *l, Term t)
{
    size_t words = term_size_with_literals(t);
    Term *top = words == SIZE_MAX ? NULL : heap_reserve(l->heap, words);
    if (!top) {
        l->failed = true;
        return t;
    }
    CopyTarget target = {top, l->heap->off_heap, 0, true};
    Term copy = term_copy(t, &target);
    l->heap->off_heap = target.off_heap;
    heap_account(l->heap, target.off_heap_bytes);
    return copy;
}

static void leave_word(Leaving *l, Term *word)
{
    if (points_into(l, *word)) *word = copy_out(l, *word);
}

static void leave_words(Leaving *l, Term *words, size_t count)
{
    for (size_t i = 0; i < count && !l->failed; i++) leave_word(l, &words[i]);
}

/* An object with raw words; how many words it has. */
static size_t leave_raw(Leaving *l, Term *p)
{
    if (header_kind(*p) == KIND_BIN_SUB) {
        leave_word(l, &((SubBin *)p)->whole);
    } else if (header_kind(*p) == KIND_MATCH) {
        MatchContext *m = (MatchContext *)p;
        leave_word(l, &m->whole);
        m->data = bitstring_span(m->whole).data;
    }
    return 1 + header_size(*p);
}

static void leave_objects(Leaving *l, Term *p, const Term *end)
{
    while (p < end && !l->failed) {
        bool raw = is_header(*p) && !kind_is_plain(header_kind(*p));
        if (!raw) leave_word(l, p);
        p += raw ? leave_raw(l, p) : 1;
    }
}

static bool some_points_into(const Leaving *l, const Term *p, const Term *end)
{
    while (p < end && !points_into(l, *p)) p++;
    return p < end;
}

bool heap_may_refer(const Heap *heap, LiteralBlock block, const RootSet *sets, size_t set_count)
{
    Leaving l = {.block = (uintptr_t)block.start, .bytes = block.bytes};
    if (some_points_into(&l, heap->start, heap->top)) return true;
    if (some_points_into(&l, heap->stack, heap->end)) return true;
    if (some_points_into(&l, heap->old_start, heap->old_top)) return true;
    for (const Fragment *f = heap->fragments; f; f = f->next) {
        if (some_points_into(&l, f->words, f->words + f->used)) return true;
    }
    for (size_t i = 0; i < set_count; i++) {
        if (some_points_into(&l, sets[i].terms, sets[i].terms + sets[i].count)) return true;
    }
    return false;
}

bool heap_leave(Heap *heap, LiteralBlock block, const RootSet *sets, size_t set_count, size_t *cost)
{
    Leaving l = {heap, (uintptr_t)block.start, block.bytes, false};
    heap->flags |= HEAP_FULL_SWEEP;
    if (!heap_collect(heap, 0, sets, set_count, cost) && !(heap->flags & HEAP_OVER_MAX))
        return false;
    Term *top = heap->top;
    heap->high_water = heap->start;
    leave_objects(&l, heap->start, top);
    leave_words(&l, heap->stack, (size_t)(heap->end - heap->stack));
    for (size_t i = 0; i < set_count; i++) leave_words(&l, sets[i].terms, sets[i].count);
    *cost += (size_t)(top - heap->start) + heap->fragment_words;
    return !l.failed;
}
