/* SPDX-License-Identifier: Apache-2.0 */
/* iolist.h - walking iolists piece by piece. */
#ifndef NATIVES_IOLIST_H
#define NATIVES_IOLIST_H

/* An iolist is a list of bytes, binaries and iolists, whose tail may be a binary. A walk hands out
   its bytes in pieces, in order; it needs memory in proportion to the nesting only, takes its work
   from a budget, and can be kept as a term until the next slice.

       IolistWalk walk;
       iolist_start(&walk, p, term, 1);
       IolistStep step;
       while ((step = iolist_next(&walk)) == IOLIST_PIECE) use(walk.piece);
       iolist_end(&walk, p);

   The pieces are valid until the next collection; a run of single bytes until the next call. */

#include "base/worklist.h"
#include "natives/output.h"

typedef enum IolistStep {
    IOLIST_PIECE,
    IOLIST_DONE,
    IOLIST_BAD,   /* it is no iolist */
    IOLIST_PAUSE, /* the budget is used up */
    IOLIST_MEMORY
} IolistStep;

typedef struct IolistWalk {
    BitSpan piece;
    Term binary;     /* that the piece is part of, or TERM_NIL */
    Term at;         /* the list to go on with */
    size_t offset;   /* bytes of `binary` already handed out; SIZE_MAX: all */
    bool bits;       /* bit strings are allowed */
    bool characters; /* integers of any size are allowed, and left out */
    unsigned weight; /* the work for a byte of a binary, in 32nds of the work for a cell */
    intptr_t left;   /* work */
    intptr_t budget;
    Worklist tails; /* lists to go on with later, innermost last */
    Term shelf;     /* more of them (natives/work.h) */
    uint8_t run[256];
} IolistWalk;

/* `weight`: 1 for copying, 8 for looking at each byte, 0 for none. */
void iolist_start(IolistWalk *walk, const Process *p, Term iolist, unsigned weight);
IolistStep iolist_next(IolistWalk *walk);
/* For who wants sizes only: goes on over one element that is no byte, whose bytes are added to
   *size if it is a binary. PIECE: look at walk->at again. */
IolistStep iolist_enter(IolistWalk *walk, size_t *size);
/* Appends all pieces to `out`: DONE, BAD, PAUSE or MEMORY. */
IolistStep iolist_write(IolistWalk *walk, Output *out);
/* Charges what was done and frees memory. */
void iolist_end(IolistWalk *walk, Process *p);

/* The rest of the walk as a term. TERM_NONE: out of memory, raised. iolist_end is still due. */
Term iolist_save(Process *p, IolistWalk *walk);
/* A walk as it was. */
void iolist_restore(IolistWalk *walk, const Process *p, Term saved, unsigned weight);

/* A whole native, or the start of one: the iolist as one binary, which it may be already. `state`
   is what work_state gave. TERM_NONE: raised, or to be called again. */
Term iolist_collect(Process *p, Term state, Term iolist, bool bits);

#endif
