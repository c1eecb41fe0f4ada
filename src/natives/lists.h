/* SPDX-License-Identifier: Apache-2.0 */
/* lists.h - walking and building lists in steps; shared by natives. */
#ifndef NATIVES_LISTS_H
#define NATIVES_LISTS_H

#include "natives/work.h"

/* For the end of a native: the elements of `list` in reverse order before `tail`, in steps. `state`
   is what work_state gave; `list` and `tail` count only where that is TERM_NIL. Collects, yields,
   raises badarg for an improper list. */
Term list_reverse_onto(Process *p, Term state, Term list, Term tail);

/* The same for a native whose state may also be another one: its own states are wrapped in a
   tuple of one element. `state` is TERM_NIL or such a tuple. */
Term list_reverse_wrapped(Process *p, Term state, Term list, Term tail);
static inline bool list_state_is_wrapped(Term state) { return is_tuple_of(state, 1); }

/* a -- b, in steps. */
Term list_subtract(Process *p, Term a, Term b);

/* Cells of `list`, but not more than `limit`. */
size_t list_cells(Term list, size_t limit);

/* As list_length, without more than `limit` steps: *length is then `limit`. False: improper. */
static inline bool list_length_up_to(Term list, size_t limit, size_t *length)
{
    size_t count = 0;
    for (; count < limit && is_cons(list); count++) list = cons_tail(list);
    *length = count;
    return count == limit || is_nil(list);
}

#endif
