/* SPDX-License-Identifier: Apache-2.0 */
/* chardata.h - walking character data: lists of code points, binaries and such lists. */
#ifndef NATIVES_CHARDATA_H
#define NATIVES_CHARDATA_H

/* Character data becomes UTF-8 in an Output. The walk can be kept as a term between slices.
   Where it meets what is no character it stops there, and chardata_rest gives what was not
   converted in the shape that the program knows from OTP: the rest of the innermost list inside
   the rests of the lists around it, a UTF-8 sequence that was cut in two standing before. */

#include "base/worklist.h"
#include "natives/output.h"

typedef enum CharStep {
    CHARS_DONE,
    CHARS_PAUSE,
    CHARS_ERROR,
    CHARS_INCOMPLETE, /* ends in the middle of a UTF-8 sequence */
    CHARS_BAD,        /* it is no character data */
    CHARS_MEMORY
} CharStep;

typedef struct CharWalk {
    bool latin1;
    Term at;            /* list or binary to go on with */
    size_t offset;      /* bytes taken of the binary that `at` is or starts with */
    unsigned left_size; /* start of a sequence, at the end of a binary */
    uint8_t left[4];
    intptr_t work, budget;
    Worklist tails; /* of the lists around `at`, empty ones too */
    Term shelf;     /* more of them (natives/work.h) */
} CharWalk;

void chardata_start(CharWalk *walk, const Process *p, Term data, bool latin1);
CharStep chardata_write(CharWalk *walk, Output *out);
/* Charges what was done and frees memory. */
void chardata_end(CharWalk *walk, Process *p);

/* What an error or an incomplete end left. False: out of memory. `bad`: the rest is no character
   data. */
bool chardata_rest(Process *p, CharWalk *walk, CharStep step, Term *rest, bool *bad);

/* TERM_NONE: out of memory, raised. */
Term chardata_save(Process *p, CharWalk *walk);
void chardata_restore(CharWalk *walk, const Process *p, Term saved, bool latin1);

/* How a UTF-8 sequence that does not decode counts: CHARS_INCOMPLETE if nothing but its end may be
   missing, else CHARS_ERROR. OTP looks at the lead byte and at the kind of the others only. */
CharStep chardata_sequence(const uint8_t *bytes, size_t size);

#endif
