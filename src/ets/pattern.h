/* SPDX-License-Identifier: Apache-2.0 */
/* pattern.h - matching objects against patterns: '_', '$1', and terms made of these. */
#ifndef ETS_PATTERN_H
#define ETS_PATTERN_H

#include "term/term.h"

enum { PATTERN_VARIABLES = 256 };

/* What the variables stand for. Only those below `count` are in the pattern. */
typedef struct Bindings {
    uint32_t count;                     /* of distinct variables */
    uint32_t number[PATTERN_VARIABLES]; /* '$Number', ascending */
    Term value[PATTERN_VARIABLES];      /* TERM_NONE: not bound yet */
} Bindings;

/* Finds the variables. False: there are too many, or no memory to look through the pattern. */
bool pattern_variables(Term pattern, Bindings *bindings);
/* True: `term` matches; the variables are bound to parts of it. Compares with =:=. */
bool pattern_match(Term pattern, Term term, Bindings *bindings);
/* The number of a variable, or -1. */
int64_t pattern_variable(Term t);
/* True if nothing in it is a variable or '_': the key is known. */
bool pattern_is_constant(Term pattern);

#endif
