/* SPDX-License-Identifier: Apache-2.0 */
/* copy.h - copies of terms between heaps. */
#ifndef HEAP_COPY_H
#define HEAP_COPY_H

#include "heap/heap.h"

/* Words that a copy of `t` takes; literals and immediates count 0; shared subterms count each time
   they occur, as on OTP. SIZE_MAX: out of memory for the worklist (terms nested very deep). */
size_t term_size(Term t);
/* Likewise, but literals are counted too (ETS, timers, spawn arguments to literal areas,
   flat_size). */
size_t term_size_with_literals(Term t);

/* Where copies go: `top` advances; off-heap objects are linked into `*off_heap` with their counts
   taken. The caller has room for term_size(t) words. No recursion, no allocation: Cheney-like over
   the target. */
typedef struct CopyTarget {
    Term *top;
    OffHeap *off_heap;
    size_t off_heap_bytes;
    bool with_literals;
} CopyTarget;
Term term_copy(Term t, CopyTarget *target);

/* Copies `t` into `heap` (heap_reserve). TERM_NONE: out of memory. */
Term term_copy_to_heap(Heap *heap, Term t);
/* The same where it is known how many words a copy of all of `t` takes, which holds no literals. */
Term term_copy_sized(Heap *heap, Term t, size_t words);

/* Copies a block of `words` that holds nothing but one term, and no off-heap objects, to `to`: what
   a term_copy of that term made. */
void term_copy_block(Term *to, const Term *block, size_t words);

/* A term in memory of its own: what messages, exit reasons, timers, ETS objects and dictionaries in
   transit are made of. One allocation; `fragment` is NULL where the term needs no memory. */
typedef struct TermBox {
    Term term;
    Fragment *fragment;
    OffHeap *off_heap;
} TermBox;
/* False: out of memory. Literals are referred to unless `with_literals`. */
bool term_box(Term t, TermBox *box, bool with_literals);
/* Hands the box's memory to `heap`: the term is then the heap's. */
Term term_unbox(TermBox *box, Heap *heap);
void term_box_free(TermBox *box);
/* Drops one reference of each off-heap object of a list (frees the objects counted to zero). */
void off_heap_release(OffHeap *list);

/* Copies `t` whole into one literal block (persistent_term): *block of *bytes, NULL where the term
   needs none. Its first word is the list of off-heap objects, which whoever frees the block
   (literal_free) releases before. TERM_NONE: out of memory. */
Term term_copy_to_literal(Term t, void **block, size_t *bytes);

#endif
