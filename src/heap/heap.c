/* SPDX-License-Identifier: Apache-2.0 */
/* heap.c - blocks, fragments and accounting of a process's heap. */

#include "heap/heap.h"
#include "base/memory.h"
#include "heap/copy.h"

extern inline Term *heap_reserve(Heap *heap, size_t words);
extern inline Term heap_pair(Heap *heap, Term a, Term b);

HeapPolicy heap_policy = {64, 32768, 65535, 16384};

bool heap_init(Heap *heap, size_t words)
{
    return heap_init_small(heap, words > heap_policy.min_size ? words : heap_policy.min_size);
}

bool heap_init_small(Heap *heap, size_t words)
{
    memset(heap, 0, sizeof *heap);
    heap->min_size = heap_policy.min_size;
    heap->full_sweep_after = heap_policy.full_sweep_after;
    heap->virtual_limit = heap->old_virtual_limit = heap->min_vheap = heap_policy.min_vheap;
    if (words < STACK_RESERVE + 4) words = STACK_RESERVE + 4;
    heap->start = memory_alloc(words * WORD_BYTES);
    if (!heap->start) return false;
    heap->top = heap->high_water = heap->start;
    heap->stack = heap->end = heap->limit = heap->start + words;
    return true;
}

static void free_block(Term *start, const Term *end)
{
    memory_free(start, (size_t)(end - start) * WORD_BYTES);
}

static size_t fragment_bytes(const Fragment *f) { return sizeof *f + f->room * WORD_BYTES; }

static Fragment *fragment_start(Fragment *f, size_t words)
{
    if (!f) return NULL;
    f->next = NULL;
    f->used = 0;
    f->room = words;
    return f;
}

Fragment *fragment_make(size_t words)
{
    if (words > (SIZE_MAX >> 8)) return NULL;
    return fragment_start(memory_alloc(sizeof(Fragment) + words * WORD_BYTES), words);
}

void fragment_free_all(Fragment *f)
{
    while (f) {
        Fragment *next = f->next;
        memory_free(f, fragment_bytes(f));
        f = next;
    }
}

void heap_done(Heap *heap)
{
    off_heap_release(heap->off_heap);
    off_heap_release(heap->old_off_heap);
    fragment_free_all(heap->fragments);
    free_block(heap->start, heap->limit);
    free_block(heap->old_start, heap->old_end);
    memset(heap, 0, sizeof *heap);
}

static void add_fragment(Heap *heap, Fragment *f)
{
    f->next = heap->fragments;
    heap->fragments = f;
    heap->fragment_words += f->room;
    heap->flags |= HEAP_DUE;
}

/* A fragment is a little larger than asked for, so that a row of small reservations shares it. */
Term *heap_reserve_slow(Heap *heap, size_t words)
{
    Fragment *f = heap->fragments;
    if (!f || f->room - f->used < words) {
        size_t room = words + (words < 256 ? 128 : 0);
        f = fragment_make(room);
        if (!f && room > words) f = fragment_make(words);
        if (!f) return NULL;
        add_fragment(heap, f);
    }
    Term *p = f->words + f->used;
    f->used += words;
    return p;
}

void heap_relieve(Heap *heap)
{
    enum { RELIEF = 1024 };
    size_t bytes = sizeof(Fragment) + RELIEF * WORD_BYTES;
    Fragment *f = fragment_start(memory_alloc_kept(bytes), RELIEF);
    if (f) add_fragment(heap, f);
}

void heap_trim(Heap *heap, Term *reserved, Term *end)
{
    if (reserved >= heap->start && reserved < heap->end) {
        heap->top = end;
    } else {
        heap->fragments->used = (size_t)(end - heap->fragments->words);
    }
}

void heap_account(Heap *heap, size_t bytes)
{
    heap->virtual_words += bytes / WORD_BYTES;
    if (heap->virtual_words > heap->virtual_limit) heap->flags |= HEAP_DUE;
}

void heap_link_off_heap(Heap *heap, OffHeap *object, size_t bytes)
{
    object->next = heap->off_heap;
    heap->off_heap = object;
    heap_account(heap, bytes);
}

void heap_adopt(Heap *heap, Fragment *fragments, OffHeap *off_heap, size_t words)
{
    Fragment **end = &fragments;
    while (*end) end = &(*end)->next;
    /* Behind the newest: reservations go on in that one. */
    if (heap->fragments) {
        *end = heap->fragments->next;
        heap->fragments->next = fragments;
    } else {
        heap->fragments = fragments;
    }
    heap->fragment_words += words;
    if (heap->fragment_words > (size_t)(heap->end - heap->start)) heap->flags |= HEAP_DUE;
    while (off_heap) {
        OffHeap *next = off_heap->next;
        size_t bytes = 0;
        if (header_kind(off_heap->header) == KIND_BIN_REFC) bytes = ((RefcBin *)off_heap)->size;
        heap_link_off_heap(heap, off_heap, bytes);
        off_heap = next;
    }
}

static bool in_block(const Term *p, const Term *start, const Term *end)
{
    return p >= start && p < end;
}

bool heap_contains(const Heap *heap, const Term *p)
{
    if (in_block(p, heap->start, heap->end) || in_block(p, heap->old_start, heap->old_end))
        return true;
    for (const Fragment *f = heap->fragments; f; f = f->next) {
        if (in_block(p, f->words, f->words + f->room)) return true;
    }
    return false;
}

size_t heap_words_used(const Heap *heap)
{
    return (size_t)(heap->top - heap->start) + (size_t)(heap->old_top - heap->old_start) +
           heap->fragment_words;
}

size_t heap_memory(const Heap *heap)
{
    size_t words = (size_t)(heap->limit - heap->start) + (size_t)(heap->old_end - heap->old_start) +
                   heap->fragment_words;
    return words * WORD_BYTES;
}
