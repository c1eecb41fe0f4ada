/* SPDX-License-Identifier: Apache-2.0 */
/* re_search.h - matching in steps that fit a slice. */
#ifndef NATIVES_RE_SEARCH_H
#define NATIVES_RE_SEARCH_H

/* PCRE2 cannot be interrupted (design D31). So what it is given in a slice is small: a window of
   the subject, with the promise that more may follow, and a limit of backtracking that falls with
   the window's size. No match in a window: the search goes on in the next. A match that depends on
   what is behind the window: a larger one. What takes more than that starts anew on a thread
   beside the schedulers, with the program's own limits, against the whole subject. Patterns that
   look at where matching started (\G, verbs, firstline) have one window, the whole subject. */

#include "natives/re_code.h"
#include "natives/task.h"

typedef enum ReStep {
    RE_FOUND,
    RE_NOT_FOUND,
    RE_PAUSE, /* the slice is used up; `at` says where to go on */
    RE_HELP,  /* is more than a slice should do */
    RE_OVER_LIMIT,
    RE_OVER_DEPTH,
    RE_BAD_TEXT,
    RE_FAILED,
    RE_RAISED
} ReStep;

typedef struct ReSearch {
    const ReCode *code;
    const uint8_t *subject;
    size_t size, at;
    uint32_t options; /* how to match */
    uint32_t limit, depth;
    size_t *pairs; /* of FOUND: starts and ends */
    uint32_t count; /* that were set */
    size_t few[2 * 16];
} ReSearch;

/* False: out of memory. */
bool re_search_start(ReSearch *search);
void re_search_end(ReSearch *search);
/* Takes its time from p's slice. */
ReStep re_search_step(ReSearch *search, Process *p);

/* Hands the search in `subject`, a binary, to a thread. A reference for p to wait on; TERM_NONE:
   raised. */
Term re_search_help(Process *p, const ReSearch *search, Term subject);
/* What came of it, as of re_search_step; RE_PAUSE: not done yet. */
ReStep re_search_helped(ReSearch *search, Term reference);

#endif
