/* SPDX-License-Identifier: Apache-2.0 */
/* ets_search.h - a match specification over a table, in steps. */
#ifndef NATIVES_ETS_SEARCH_H
#define NATIVES_ETS_SEARCH_H

/* Between two steps the table is not locked; a hash table is fixed. With a limit a search ends when
   it has found that many, and gives a continuation that it goes on from, in the shape that
   ets:repair_continuation/2 knows:

       {Table, Bucket, Limit, Program, [Found beyond the limit], 0}          hash tables
       {Table, LastKey | [], [], Limit, Program, [], 1 if downwards, 0}      ordered tables */

#include "natives/ets_table.h"

typedef struct SearchRequest {
    enum { SEARCH_LIST, SEARCH_COUNT, SEARCH_DELETE, SEARCH_REPLACE } kind;
    Term spec;   /* a match specification; or, where `result` is not TERM_NONE, a pattern */
    Term result;
    Term limit;  /* a number, or infinity */
    bool down;   /* the results of an ordered table start at its end */
} SearchRequest;

/* Both yield. */
Term ets_search(Process *p, Term id, const SearchRequest *request);
Term ets_search_continue(Process *p, Term continuation);

#endif
