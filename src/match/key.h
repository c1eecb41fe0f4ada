/* SPDX-License-Identifier: Apache-2.0 */
/* key.h - what the patterns of a match specification say of one element of the rows: the key. */
#ifndef MATCH_KEY_H
#define MATCH_KEY_H

#include "match/program.h"

typedef enum MatchKey {
    MATCH_KEY_ANY,   /* the pattern tells nothing */
    MATCH_KEY_PART,  /* parts of it are known */
    MATCH_KEY_KNOWN, /* it is one term */
    MATCH_KEY_NEVER  /* rows that are tuples with such an element do not match */
} MatchKey;

/* What `clause`, an element of program->spec, tells of element `index` (0-based) of a row;
   *key: its pattern. */
MatchKey match_key(Term clause, size_t index, Term *key);

/* 0: `key` may match the pattern; -1, 1: it is smaller or larger (==) than all that do. Keys with
   0 stand together in the order of terms. */
int match_key_order(Term pattern, Term key);

/* True if what `clause` gives for a row is certain to be a tuple with the row's own element
   `index`. */
bool match_keeps_key(Term clause, size_t index);

#endif
