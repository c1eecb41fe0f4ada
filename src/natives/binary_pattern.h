/* SPDX-License-Identifier: Apache-2.0 */
/* binary_pattern.h - searching bytes for one pattern or for several at once. */
#ifndef NATIVES_BINARY_PATTERN_H
#define NATIVES_BINARY_PATTERN_H

/* What binary:compile_pattern/1 makes. Time is linear in the bytes searched whatever the pattern:

     one byte         the C library's memchr
     several bytes    candidates by the last or first byte; where too many fail, a word of the last
                      bytes seen, or the two-way algorithm of Crochemore and Perrin, with shifts
                      by the last byte
     a set of bytes   a table
     several patterns an automaton of Aho and Corasick, complete, over classes of bytes: bytes
                      that no pattern has are one class

   Of overlapping matches the leftmost counts, of those that start together the longest. */

#include "heap/resource.h"

typedef enum PatternKind { PATTERN_BYTE, PATTERN_BYTES, PATTERN_SET, PATTERN_MANY } PatternKind;

/* For the two-way algorithm. */
typedef struct TwoWay {
    size_t critical, period;
    bool periodic;
    uint32_t shifts[256];
} TwoWay;

typedef struct Automaton {
    uint32_t classes; /* of bytes */
    uint32_t nodes;
    uint32_t *next;  /* by node and class */
    uint32_t *depth; /* by node: bytes from the root */
    uint32_t *match; /* by node: bytes of the longest pattern that ends here, or 0 */
    uint8_t class_of[256];
} Automaton;

typedef struct Pattern {
    Resource resource;
    size_t bytes; /* of this block; 0: on the C stack */
    PatternKind kind;
    bool is_one;           /* was one pattern, not several */
    const uint8_t *needle; /* BYTE and BYTES */
    size_t size;
    const TwoWay *two_way; /* or NULL: not made yet */
    Automaton automaton;   /* MANY; SET uses class_of */
} Pattern;

extern const ResourceType pattern_type;

/* One pattern of `size` > 0 bytes, which must stay where they are. Allocates nothing. */
void pattern_borrow(Pattern *pattern, const uint8_t *needle, size_t size);
/* A pattern of its own, made of a binary that is not empty or a list of such. NULL: out of
   memory, or (*bad) the term is no pattern. Count 1. */
Pattern *pattern_make(Term t, bool *bad);

/* A search that can stop and go on. */
typedef struct Search {
    const Pattern *pattern;
    const uint8_t *data;
    size_t at, end;         /* what is left to search */
    uint32_t node;          /* MANY: state of the automaton */
    size_t best, best_size; /* MANY: match that may still be beaten; size 0: none */
    size_t found, found_size;
} Search;
typedef enum SearchStep { SEARCH_FOUND, SEARCH_NONE, SEARCH_PAUSE } SearchStep;

/* Looks at no more than about `*budget` bytes, and takes them from it. FOUND: the match is at
   `found`, and the search goes on behind it. */
SearchStep search_next(Search *search, size_t *budget);

#endif
