/* SPDX-License-Identifier: Apache-2.0 */
/* lists.c - natives of module lists. */
#include "natives/lists.h"
#include "term/compare.h"

size_t list_cells(Term list, size_t limit)
{
    size_t count = 0;
    for (; count < limit && is_cons(list); count++) list = cons_tail(list);
    return count;
}

/* ---- reverse/2 ---- */

/* Fills what room there is in the block. What is left stands in a cons of the rest and the list
   built so far: the state. */
static Term reverse_stop(Process *p, Term rest, Term done, bool yield)
{
    Term *cell = heap_reserve(&p->heap, 2);
    if (!cell) return native_memory(p);
    Term state = cons_put(cell, rest, done);
    if (yield) return native_yield(p, state);
    /* As much as is left, up to twice the block: its size then grows in proportion. */
    size_t block = (size_t)(p->heap.end - p->heap.start);
    return work_need(p, state, 2 * list_cells(rest, block) + 16);
}

Term list_reverse_onto(Process *p, Term state, Term list, Term tail)
{
    if (!is_nil(state)) {
        list = cons_head(state);
        tail = cons_tail(state);
    }
    Heap *heap = &p->heap;
    Term *top = heap->top;
    size_t budget = work_budget(p, CELLS_PER_REDUCTION), left = budget;
    size_t room = (size_t)(heap->stack - top);
    room = room > STACK_RESERVE ? (room - STACK_RESERVE) / 2 : 0;
    bool yield = room >= budget;
    if (!yield) left = room;
    for (; left && is_cons(list); left--) {
        tail = cons_put(top, cons_head(list), tail);
        top += 2;
        list = cons_tail(list);
    }
    work_charge(p, (size_t)(top - heap->top) / 2, CELLS_PER_REDUCTION);
    heap->top = top;
    if (is_nil(list)) return tail;
    if (!is_cons(list)) return badarg(p);
    return reverse_stop(p, list, tail, yield);
}

Term list_reverse_wrapped(Process *p, Term state, Term list, Term tail)
{
    if (!is_nil(state)) state = tuple_elements(state)[0];
    Term result = list_reverse_onto(p, state, list, tail);
    Term *inner = &p->roots[ROOT_NATIVE_STATE];
    if (!is_none(result) || is_nil(*inner)) return result;
    Term *tuple = heap_reserve(&p->heap, 2);
    if (!tuple) {
        *inner = TERM_NIL;
        return native_memory(p);
    }
    tuple[0] = make_header(KIND_TUPLE, 1);
    tuple[1] = *inner;
    *inner = make_boxed(tuple);
    return TERM_NONE;
}

static Term lists_reverse_2(Process *p, Term *args)
{
    return list_reverse_onto(p, work_state(p), args[0], args[1]);
}

/* ---- member/2 ---- */

static Term lists_member_2(Process *p, Term *args)
{
    Term key = args[0], state = work_state(p), list = is_nil(state) ? args[1] : state;
    bool immediate = is_immediate(key);
    unsigned rate = immediate ? CELLS_PER_REDUCTION : TERMS_PER_REDUCTION;
    size_t budget = work_budget(p, rate), left = budget;
    bool found = false;
    for (; left && is_cons(list); left--) {
        Term head = cons_head(list);
        found = head == key || (!immediate && !is_immediate(head) && term_equal_exact(head, key));
        if (found) break;
        list = cons_tail(list);
    }
    work_charge(p, budget - left, rate);
    if (found) return A(true);
    if (is_nil(list)) return A(false);
    return is_cons(list) ? native_yield(p, list) : badarg(p);
}

/* ---- keyfind/3, keymember/3, keysearch/3 ---- */

/* The first tuple of the list whose element `at` (from 0) is == key: at the cell *list. */
static bool find_tuple(Term key, size_t at, Term *list, size_t *left)
{
    /* A float may be == a small integer; other keys equal immediates by being the same word
       only. */
    bool plain = is_immediate(key) && !is_small(key), is_real = is_float(key);
    Term rest = *list;
    size_t count = *left;
    for (; count && is_cons(rest); count--, rest = cons_tail(rest)) {
        Term head = cons_head(rest);
        if (!is_boxed(head)) continue;
        const Term *tuple = boxed_ptr(head);
        if (header_kind(*tuple) != KIND_TUPLE || header_size(*tuple) <= at) continue;
        Term element = tuple[1 + at];
        if (element == key) break;
        if (plain || (is_immediate(element) && !is_real)) continue;
        if (term_equal(element, key)) break;
    }
    *list = rest;
    *left = count;
    return count && is_cons(rest);
}

/* The tuple; TERM_NIL: none; TERM_NONE: raised or yielded. */
static Term key_search(Process *p, const Term *args)
{
    Term state = work_state(p), list = is_nil(state) ? args[2] : state;
    if (!is_small(args[1]) || small_value(args[1]) < 1) return badarg(p);
    size_t budget = work_budget(p, TERMS_PER_REDUCTION), left = budget;
    bool found = find_tuple(args[0], (size_t)small_value(args[1]) - 1, &list, &left);
    work_charge(p, budget - left, TERMS_PER_REDUCTION);
    if (found) return cons_head(list);
    if (is_nil(list)) return TERM_NIL;
    return is_cons(list) ? native_yield(p, list) : badarg(p);
}

static Term lists_keyfind_3(Process *p, Term *args)
{
    Term tuple = key_search(p, args);
    return is_nil(tuple) ? A(false) : tuple;
}

static Term lists_keymember_3(Process *p, Term *args)
{
    Term tuple = key_search(p, args);
    return is_none(tuple) ? TERM_NONE : make_bool(!is_nil(tuple));
}

static Term lists_keysearch_3(Process *p, Term *args)
{
    Term tuple = key_search(p, args);
    if (is_none(tuple)) return TERM_NONE;
    return is_nil(tuple) ? A(false) : make_tuple(p, 2, A(value), tuple);
}

static const Native lists_natives[] = {
    NATIVE(lists, keyfind, 3, YIELDS),   NATIVE(lists, keymember, 3, YIELDS),
    NATIVE(lists, keysearch, 3, YIELDS), NATIVE(lists, member, 2, YIELDS),
    NATIVE(lists, reverse, 2, YIELDS),
};
NATIVE_TABLE(lists);
