/* SPDX-License-Identifier: Apache-2.0 */
/* heap.h - the memory of one process: heap and stack in one block, fragments, off-heap objects. */
#ifndef HEAP_HEAP_H
#define HEAP_HEAP_H

/*      start        top                 stack            end     limit
          |  young     |  free  ->   <-    |   frames       |  spare  |
          +------------+-------------------+----------------+---------+
                 ^ high_water: below it live survivors of the last collection

        old_start .. old_top .. old_end: what has survived two

   Invariants:
   - Terms of a heap point into its young block, its old block, its fragments, or at literals. Never
     the other way round: old objects do not point at young ones (nothing is mutated), and literals
     point at literals only.
   - heap_reserve never collects: a native may hold terms in C variables across it. What does not
     fit into the block comes from a fragment, which the next collection merges.
   - The collector is called only where all roots are known: at instructions that state their live
     registers, and between slices.
   - STACK_RESERVE words between `top` and `stack` are always kept free for pushes that do not
     check.
   - Every refc binary and resource reference of the heap is in `off_heap`, or in `old_off_heap` if
     it stands in the old block. */

#include "term/term.h"

#define STACK_RESERVE 4
#define LITERAL_ALIGN 16

typedef struct Fragment {
    struct Fragment *next;
    size_t used, room; /* words */
    Term words[];
} Fragment;

typedef struct HeapPolicy { /* In words. Set at boot, inherited by each heap. */
    uint32_t min_size;        /* of a block, from the first collection on */
    uint32_t min_vheap;       /* off-heap bytes / WORD_BYTES before a collection is due */
    uint32_t full_sweep_after;
    uint32_t nursery_max;     /* blocks of busy processes grow up to it even if little survives */
} HeapPolicy;

typedef struct Heap {
    Term *top;   /* next free word of the block */
    Term *stack; /* newest word of the stack */
    Term *start, *end;
    Term *limit;      /* end of the allocation that `start` begins */
    Term *high_water;
    Term *old_start, *old_top, *old_end; /* NULL while there is no old generation */
    Fragment *fragments;                 /* newest first */
    OffHeap *off_heap;
    OffHeap *old_off_heap;
    size_t fragment_words;  /* in all fragments together */
    size_t virtual_words;   /* off-heap bytes / WORD_BYTES referred to since the last collection */
    size_t virtual_limit;   /* a collection is due above it */
    size_t min_vheap;       /* the least virtual_limit */
    size_t old_virtual;     /* the same as virtual_words of what old_off_heap holds */
    size_t old_virtual_limit; /* a full collection is due above it */
    uint32_t min_size;      /* words */
    uint32_t full_sweep_after;
    uint32_t minor_count;   /* minor collections since the last full one */
    uint32_t recent;        /* collections of late: divided by 4 when a slice starts */
    uint32_t flags;         /* HEAP_* */
    uint32_t collections;   /* of both kinds */
    size_t max_size;        /* words; 0: none (max_heap_size) */
} Heap;
enum {
    HEAP_FULL_SWEEP = 1, /* The next collection is a full one. */
    HEAP_DUE = 2,        /* A collection is due at the next safe point (fragments, virtual heap). */
    HEAP_OVER_MAX = 4,   /* The last collection found the heap above max_size. */
    HEAP_GROWING = 8     /* Most of what was young survived the last collection. */
};

/* Roots of a collection: arrays of terms that are updated in place. */
typedef struct RootSet {
    Term *terms;
    size_t count;
} RootSet;

/* Makes a heap with a block of at least `words` (and at least heap->min_size, set from policy by
   the caller or by heap_policy()). False: out of memory, nothing to undo. */
bool heap_init(Heap *heap, size_t words);
/* The same with a first block of `words` alone: what is made in large numbers may stay that small;
   the first collection goes to min_size. */
bool heap_init_small(Heap *heap, size_t words);
extern HeapPolicy heap_policy;
/* Frees all memory and drops the references of off-heap objects. */
void heap_done(Heap *heap);

/* `words` uninitialised words, to be filled completely before the next safe point. Never collects.
   NULL: out of memory (the caller raises `system_limit`; the interpreter tries a collection). */
Term *heap_reserve_slow(Heap *heap, size_t words);
SHARED Term *heap_reserve(Heap *heap, size_t words)
{
    if ((size_t)(heap->stack - heap->top) >= words + STACK_RESERVE) {
        Term *p = heap->top;
        heap->top += words;
        return p;
    }
    return heap_reserve_slow(heap, words);
}
/* {a, b}. TERM_NONE: out of memory, or one of them is TERM_NONE. */
SHARED Term heap_pair(Heap *heap, Term a, Term b)
{
    Term *p = is_none(a) || is_none(b) ? NULL : heap_reserve(heap, 3);
    return p ? pair_put(p, a, b) : TERM_NONE;
}
/* Some words of what --memory keeps back, so that a process without memory can say so: a stack
   trace, a small message. What is asked for next comes from there if it fits. */
void heap_relieve(Heap *heap);
/* Gives back the words behind `end` of the newest reservation, if it is still the newest. */
void heap_trim(Heap *heap, Term *reserved, Term *end);

/* Links `object` (just built in this heap) into the off-heap list and accounts `bytes`. */
void heap_link_off_heap(Heap *heap, OffHeap *object, size_t bytes);

/* Accounts off-heap bytes that the heap refers to. */
void heap_account(Heap *heap, size_t bytes);

/* A fragment with room for `words`, and the end of a list of them. */
Fragment *fragment_make(size_t words);
void fragment_free_all(Fragment *fragments);

/* Takes over fragments and off-heap objects of `from` (a message's, a native's); `from` is emptied.
   Accounts them; sets HEAP_DUE where much came. */
void heap_adopt(Heap *heap, Fragment *fragments, OffHeap *off_heap, size_t words);

/* Collects so that at least `need` words (beyond STACK_RESERVE) are free between top and stack.
   Roots: the stack of the heap itself and `sets`. Minor or full as the heap's state asks. Adds the
   words visited to `*cost` for the reduction account. False: out of memory; the heap is as usable
   as it was before. Or HEAP_OVER_MAX is set: the process is to be killed (max_heap_size). */
bool heap_collect(Heap *heap, size_t need, const RootSet *sets, size_t set_count, size_t *cost);

/* Of all heaps since the start: how many collections, and the words that they gave back. */
void heap_collections(size_t *count, size_t *reclaimed);

/* A full collection into a block of exact size, for hibernate. */
bool heap_shrink(Heap *heap, const RootSet *sets, size_t set_count);

/* True if the pointer lies in this heap's blocks or fragments (slow; for checks). */
bool heap_contains(const Heap *heap, const Term *p);

size_t heap_words_used(const Heap *heap);      /* live and dead, without stack */
size_t heap_memory(const Heap *heap);          /* bytes of all blocks and fragments */

/* ---- Literals: one reserved range of addresses (design D25) ---- */

extern uintptr_t literal_start, literal_bytes;
static inline bool is_literal_pointer(const void *p)
{
    return (uintptr_t)p - literal_start < literal_bytes;
}
/* True if t needs no copying ever: immediate or literal. */
static inline bool is_literal(Term t)
{
    return is_immediate(t) || is_literal_pointer((void *)(t & ~(Term)3));
}

/* Sets aside the range; called once at boot. */
bool literal_init(size_t bytes);
/* A block inside the range, LITERAL_ALIGN aligned, zeroed; NULL when full. Thread-safe. */
void *literal_alloc(size_t bytes);
void literal_free(void *block, size_t bytes);
/* Bytes of all blocks. */
size_t literal_used(void);

#endif
