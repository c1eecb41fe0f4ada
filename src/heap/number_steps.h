/* SPDX-License-Identifier: Apache-2.0 */
/* number_steps.h - texts of integers of any length, in steps. */
#ifndef HEAP_NUMBER_STEPS_H
#define HEAP_NUMBER_STEPS_H

/* Reading and writing n digits takes time in the square of n: natives do it in steps between which
   the process may be pre-empted. The state is one block of memory without pointers, so that it may
   be moved. Each step does at most STEP_LIMBS operations on limbs, or one pass over the number. */

#include "base/limbs.h"
#include "heap/heap.h"

/* Operations on limbs that a step may take: some hundred microseconds. */
#define STEP_LIMBS 200000

/* ---- From digits ---- */

typedef struct IntegerReader {
    unsigned base;
    unsigned chunk;    /* digits that fit a limb */
    unsigned pending;  /* of them in `part`, not yet in `limbs` */
    bool negative;     /* the caller's */
    Limb part, power;  /* power = base ^ pending */
    size_t size, room; /* of `limbs` */
    Limb limbs[];
} IntegerReader;

#define INTEGER_READER_BYTES(room) (sizeof(IntegerReader) + (room) * sizeof(Limb))
/* `reader` has INTEGER_READER_BYTES(room) bytes. */
void integer_reader_init(IntegerReader *reader, unsigned base, size_t room);
/* How many digits the next step should take, at most. */
size_t integer_reader_step(const IntegerReader *reader);
/* Limbs that must be free for it; where reader->size + this > room, copy the block to a larger. */
#define INTEGER_READER_SLACK 12
/* The work of a step, in operations on limbs. */
size_t integer_reader_cost(const IntegerReader *reader, size_t digits);
/* Takes digits up to the first character that is none; returns how many. */
size_t integer_reader_take(IntegerReader *reader, const char *text, size_t count);
/* Puts what is pending into `limbs`. */
void integer_reader_finish(IntegerReader *reader);
/* True: more digits than an integer may have. */
bool integer_reader_is_full(const IntegerReader *reader);

/* ---- To digits ---- */

typedef struct IntegerWriter {
    unsigned base;
    bool negative;
    uint8_t current; /* which of the three rows of limbs holds what is left */
    size_t size;     /* limbs that are left; 0: done */
    size_t row;      /* limbs of a row */
    size_t room;     /* characters of the text behind the rows */
    size_t length;   /* written so far, at the end of the text */
    Limb limbs[];
} IntegerWriter;

size_t integer_writer_bytes(Term big, unsigned base);
void integer_writer_init(IntegerWriter *writer, Term big, unsigned base);
/* False: done. Adds operations on limbs to *cost. */
bool integer_writer_step(IntegerWriter *writer, size_t *cost);
/* The text; writer->length characters. */
const char *integer_writer_text(const IntegerWriter *writer);

#endif
