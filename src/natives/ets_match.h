/* SPDX-License-Identifier: Apache-2.0 */
/* ets_match.h - going through a table with a pattern. */
#ifndef NATIVES_ETS_MATCH_H
#define NATIVES_ETS_MATCH_H

#include "ets/pattern.h"
#include "natives/ets_table.h"

typedef struct MatchRequest {
    Term pattern;
    Term result;  /* '$_', '$$', '$N', another atom as it is; `delete`, `count`: their number */
    Term limit;   /* a number, or infinity */
    bool is_good; /* false: badarg once the table was opened */
} MatchRequest;

/* Both yield with a state of their own. */
Term ets_match_run(Process *p, Term id, const MatchRequest *request);
Term ets_match_continue(Process *p, Term continuation);

#endif
