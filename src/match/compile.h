/* SPDX-License-Identifier: Apache-2.0 */
/* compile.h - match specifications become programs. */
#ifndef MATCH_COMPILE_H
#define MATCH_COMPILE_H

/* Two dialects: that of tables, and that of tracing, which has the same patterns and expressions,
   and actions (match/action.c). Its rows are lists of arguments, its bodies do what their actions
   say, and have no result. A specification may be any term: it is walked without recursion, in a
   time that is linear in its size. */

#include "match/program.h"

typedef enum MatchOutcome { MATCH_GOOD, MATCH_BAD, MATCH_NO_MEMORY } MatchOutcome;

/* Receives the text of each error of the first clause that has any. */
typedef struct MatchReport {
    void (*error)(struct MatchReport *report, const char *text, size_t size);
} MatchReport;

/* A program with a count of one, or NULL. An empty list is a program that matches nothing. */
MatchProgram *match_compile(Term spec, MatchReport *report_or_null, MatchOutcome *outcome);
/* The same without a copy of `spec`: good until the next collection. */
MatchProgram *match_compile_borrowed(Term spec, MatchOutcome *outcome);
/* match_compile for tracing. */
MatchProgram *match_compile_trace(Term spec, MatchReport *report_or_null, MatchOutcome *outcome);
/* [{Pattern, [], [Result]}], written at `words`. */
enum { MATCH_PATTERN_WORDS = 8 };
Term match_pattern_spec(Term *words, Term pattern, Term result);

#endif
