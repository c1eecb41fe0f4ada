/* SPDX-License-Identifier: Apache-2.0 */
/* work.h - budgets and states of natives that loop over user data. */
#ifndef NATIVES_WORK_H
#define NATIVES_WORK_H

/* A native of class YIELDS asks how much it may do (work_budget), does at most that, says what it
   did (work_charge) and, where something is left, yields with a state. The state is one term: where
   to go on. It is taken at the start of each call, so that whatever ends the native leaves none.
   The first call gets TERM_NIL, which therefore no native uses as a state. */

#include "base/worklist.h"
#include "mote/native.h"

/* Units of work that one reduction (a quarter of a microsecond) stands for. */
enum {
    CELLS_PER_REDUCTION = 32,    /* list cells walked, compared to immediates, or built */
    TERMS_PER_REDUCTION = 8,     /* terms compared or hashed */
    COPIES_PER_REDUCTION = 1024, /* bytes copied */
    BYTES_PER_REDUCTION = 128    /* bytes looked at one by one */
};

/* How many units may be done now; at least those of 16 reductions, so that every call gets on. */
static inline size_t work_budget(const Process *p, unsigned per_reduction)
{
    int32_t reductions = p->reductions < 16 ? 16 : p->reductions;
    return (size_t)reductions * per_reduction;
}
SHARED void work_charge(Process *p, size_t units, unsigned per_reduction)
{
    size_t reductions = units / per_reduction;
    p->reductions -= reductions > 1000000 ? 1000000 : (int32_t)reductions;
}

static inline Term work_state(Process *p)
{
    Term state = p->roots[ROOT_NATIVE_STATE];
    p->roots[ROOT_NATIVE_STATE] = TERM_NIL;
    return state;
}
/* Yields with a tuple of `count` terms as the state. */
Term work_yield(Process *p, const Term *state, size_t count);

/* A worklist of terms across slices. It may be as long as the user's term is deep, so only its top
   moves: a shelf, which is a term, has the rest, top first. TERM_NIL: an empty one. */

/* All words of the list, above `shelf`. TERM_NONE: out of memory, raised. */
Term work_shelve(Process *p, const Worklist *list, Term shelf);
/* Gets some words back into the empty list: a multiple of SHELF_UNIT where all of it was one.
   False: out of memory. */
bool work_unshelve(Worklist *list, Term *shelf);
enum { SHELF_UNIT = 3 };
/* The top word of both, which are not empty. False: out of memory. */
static inline bool work_pop(Worklist *list, Term *shelf, Term *word)
{
    if (worklist_is_empty(list) && !work_unshelve(list, shelf)) return false;
    *word = worklist_pop(list);
    return true;
}

/* Collects for `words`, then is called again with `state` (TERM_NIL: from the top). */
static inline Term work_need(Process *p, Term state, size_t words)
{
    p->roots[ROOT_NATIVE_STATE] = state;
    return native_need(p, words);
}

/* True if `words` are more than a native may reserve unasked, and not there. */
static inline bool work_lacks(const Process *p, size_t words)
{
    return words > 64 && !native_room(p, words);
}

#endif
