/* SPDX-License-Identifier: Apache-2.0 */
/* comparing.h - the machine that compares terms; shared by compare.c and compare_map.c only. */
#ifndef TERM_COMPARING_H
#define TERM_COMPARING_H

/* A machine with two states: `step` takes the next pair of terms and either decides or leaves one
   of their parts as the next pair; `resume` hands a decision to the newest frame of the worklist,
   which drops it, goes on with its next pair, or (large maps) draws its own conclusion. Lists go on
   in their tails without a frame, so only nesting costs memory. */

#include "base/worklist.h"
#include "term/term.h"

enum { PENDING = 2 }; /* beside -1, 0, 1: the next pair is in `a` and `b` */

typedef struct Compare {
    Worklist work;
    Term a, b;
    bool exact;      /* integers are smaller than floats */
    bool equal_only; /* the caller asks for 0 or not 0: any sign will do */
    size_t map;      /* where in `work` the innermost pair of large maps stands, a MapFrame */
} Compare;

/* A frame is three words: two operands, and a kind with a count above it. FRAME_MAP: the innermost
   MapFrame, which stands below, asked for the pair at hand. */
enum { FRAME_ELEMENTS, FRAME_TAILS, FRAME_EXACT, FRAME_MAP, FRAME_KIND_BITS = 2 };
void compare_push(Compare *c, uintptr_t x, uintptr_t y, uintptr_t kind_and_count);

/* Two hash tries of one size: like `step`. */
int compare_large_maps(Compare *c, Term a, Term b);
/* `order` is the result of the pair that the innermost large map asked for: like `resume`. */
int compare_map_resume(Compare *c, int order);

#endif
