/* SPDX-License-Identifier: Apache-2.0 */
/* erlang_list.c - natives of module erlang about lists: ++ and --. */
#include "natives/lists.h"

/* ---- ++ ---- */

/* Copies up to `limit` cells to `top`, whose last one gets `tail`. NULL: there are more, or the
   list is improper (*rest says what stopped it). */
static Term *copy_cells(Term *top, size_t limit, Term list, Term tail, Term *rest)
{
    for (; limit && is_cons(list); limit--) {
        const Term *cell = cons_ptr(list);
        top[0] = cell[0];
        top[1] = make_cons(top + 2);
        top += 2;
        list = cell[1];
    }
    *rest = list;
    if (!is_nil(list)) return NULL;
    top[-1] = tail;
    return top;
}

/* Too long for one slice: turned round twice. */
static Term append_long(Process *p, Term state, const Term *args)
{
    Term reversed = TERM_NIL;
    if (!list_state_is_wrapped(state)) {
        reversed = list_reverse_onto(p, state, args[0], TERM_NIL);
        if (is_none(reversed)) return TERM_NONE;
        state = TERM_NIL;
    }
    return list_reverse_wrapped(p, state, reversed, args[1]);
}

static Term append(Process *p, Term *args)
{
    Term state = work_state(p), rest;
    if (!is_nil(state)) return append_long(p, state, args);
    if (is_nil(args[0])) return args[1];
    if (!is_cons(args[0])) return badarg(p);
    Term *top = p->heap.top;
    size_t budget = work_budget(p, CELLS_PER_REDUCTION), room = (size_t)(p->heap.stack - top);
    room = room > STACK_RESERVE ? (room - STACK_RESERVE) / 2 : 0;
    Term *end = copy_cells(top, room < budget ? room : budget, args[0], args[1], &rest);
    if (end) {
        p->heap.top = end;
        work_charge(p, (size_t)(end - top) / 2, CELLS_PER_REDUCTION);
        return make_cons(top);
    }
    if (!is_cons(rest)) return badarg(p);
    size_t cells = list_cells(args[0], budget);
    return cells < budget ? work_need(p, TERM_NIL, 2 * cells) : append_long(p, TERM_NIL, args);
}

/* ---- -- ---- */

static Term subtract(Process *p, Term *args) { return list_subtract(p, args[0], args[1]); }

static const Native erlang_list_natives[] = {
    NATIVE_AS(erlang, "++", 2, YIELDS, append),
    NATIVE_AS(erlang, "--", 2, YIELDS, subtract),
    NATIVE_AS(erlang, "append", 2, YIELDS, append),
    NATIVE_AS(erlang, "subtract", 2, YIELDS, subtract),
};
NATIVE_TABLE(erlang_list);
