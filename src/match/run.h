/* SPDX-License-Identifier: Apache-2.0 */
/* run.h - rows through the program of a match specification. */
#ifndef MATCH_RUN_H
#define MATCH_RUN_H

/* A row is a term anywhere: in a table, or on the heap of the process that asks. What a result
   holds of a row and of the program's constants is copied to the heap, once, when the result is
   put together; all else is only looked at. */

#include "match/program.h"

enum { MATCH_REGISTERS_INSIDE = 48 };

typedef struct MatchRun {
    const MatchProgram *program;
    Heap *heap;      /* results, and big numbers on the way, come from it by heap_reserve */
    Term self;       /* what {self} is */
    bool copies;     /* false: results need not outlive the row */
    bool is_out;     /* of memory: why there was no result */
    size_t cost;     /* instructions, accumulates */
    /* Does what enum MatchAction says: the value, or TERM_NONE: it failed. Only programs of the
       dialect of tracing call it. */
    Term (*act)(struct MatchRun *run, unsigned action, const Term *operands, unsigned count);
    const Term *row; /* the block of the row where it has to be copied; NULL: no need */
    size_t row_words;
    bool row_has_off_heap;
    Term *registers;
    Term inside[MATCH_REGISTERS_INSIDE];
} MatchRun;

/* For many rows. False: out of memory, nothing to undo. The program is borrowed. */
bool match_run_init(MatchRun *run, const MatchProgram *program, Heap *heap, Term self);
void match_run_done(MatchRun *run);

/* The result of the first clause that matches, or TERM_NONE. */
Term match_run(MatchRun *run, Term row);

#endif
