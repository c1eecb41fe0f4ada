/* SPDX-License-Identifier: Apache-2.0 */
/* etf_decode.h - the two passes of decoding; used by etf_*.c only. */
#ifndef HEAP_ETF_DECODE_H
#define HEAP_ETF_DECODE_H

/* The first pass checks every byte and counts words; it needs no stack, since the format is a
   prefix notation: a count of the terms still to come is enough. The second pass builds into one
   block and trusts what the first one saw. Equal keys of a map are found by the second. */

#include "base/worklist.h"
#include "heap/etf.h"

/* What the first pass learns of one term. */
typedef struct EtfScan {
    const uint8_t *at, *end; /* in: the bytes; out: `at` is behind the term */
    bool safe;
    bool literal;       /* all binaries on the heap, whatever their size */
    bool has_large_map; /* out: words do not count the tries of large maps */
    size_t words;       /* out */
    size_t pending;
} EtfScan;

/* False: damaged, or (safe) it names an atom or export that is not there. */
bool etf_scan(EtfScan *scan);
/* The same in steps: start, then step until it is not ETF_MORE (ETF_DONE, ETF_BAD). A step takes
   about so many terms. */
void etf_scan_start(EtfScan *scan);
EtfStatus etf_scan_step(EtfScan *scan, size_t *budget);

/* Reads a name at `*at`; in the second pass. TERM_NONE: the table of atoms is full. */
Term etf_read_atom(const uint8_t **at);
/* An integer of a fun's or export's description, checked to fit 32 bits. */
uint32_t etf_read_number(const uint8_t **at);
/* The text form of a float, checked by the first pass. */
bool etf_parse_float(const uint8_t *text, double *d);

/* Builds the term at `at` at `top`, which has the words that `etf_scan` counted; large maps, and
   large binaries unless `literal`, come from `heap`. */
typedef struct EtfBuild {
    const uint8_t *at;
    Term *top;
    Heap *heap;
    bool literal;
    bool failed;
    EtfStatus status;
    size_t budget; /* terms until the step ends */
    Term root;     /* the result */
    Term *slot;    /* to be filled next, or NULL: the newest frame knows */
    Worklist work;
} EtfBuild;
/* TERM_NONE: see `status`. */
Term etf_build(EtfBuild *build);
/* The same in steps of `budget` terms: start, step until it is not ETF_MORE, end. The structure
   must stay where it is. */
void etf_build_start(EtfBuild *build);
EtfStatus etf_build_step(EtfBuild *build);
void etf_build_end(EtfBuild *build);

#endif
