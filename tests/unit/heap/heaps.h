/* SPDX-License-Identifier: Apache-2.0 */
/* heaps.h - a heap that collects, for tests of what allocates. */
#ifndef TESTS_UNIT_HEAPS_H
#define TESTS_UNIT_HEAPS_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include "base/memory.h"
#include "base/random.h"
#include "terms.h"

/* Collects and checks that the heap is in order; `roots` are updated. */
static inline void heaps_collect(Heap *heap, size_t need, Term *roots, size_t count)
{
    size_t cost = 0;
    assert_true(heap_collect(heap, need, &(RootSet){roots, count}, 1, &cost));
    assert_true((size_t)(heap->stack - heap->top) >= need + STACK_RESERVE);
    assert_null(heap->fragments);
}

static inline Term heaps_pair(Heap *heap, Term a, Term b)
{
    Term *p = heap_reserve(heap, 3);
    assert_non_null(p);
    p[0] = make_header(KIND_TUPLE, 2);
    p[1] = a;
    p[2] = b;
    return make_boxed(p);
}

static inline Term heaps_cons(Heap *heap, Term head, Term tail)
{
    Term *p = heap_reserve(heap, 2);
    assert_non_null(p);
    return cons_put(p, head, tail);
}

static inline Term heaps_float(Heap *heap, double d)
{
    Term *p = heap_reserve(heap, 1 + FLOAT_WORDS);
    assert_non_null(p);
    return float_put(p, d);
}

#endif
