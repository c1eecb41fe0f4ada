/* SPDX-License-Identifier: Apache-2.0 */
/* erlang_tuple.c - natives of module erlang that make tuples. */
#include "natives/lists.h"

/* An uninitialised tuple, its elements in *elements. TERM_NONE: return it. */
static Term tuple_of(Process *p, size_t arity, Term **elements)
{
    if (work_lacks(p, 1 + arity)) return native_need(p, 1 + arity);
    Term *tuple = heap_reserve(&p->heap, 1 + arity);
    if (!tuple) return native_memory(p);
    tuple[0] = make_header(KIND_TUPLE, arity);
    *elements = tuple + 1;
    work_charge(p, arity, COPIES_PER_REDUCTION / sizeof(Term));
    return make_boxed(tuple);
}

/* t, an index from 1 to `limit`, counted from 0 in *index. */
static bool is_index(Term t, size_t limit, size_t *index)
{
    if (!is_small(t) || small_value(t) < 1 || (size_t)small_value(t) > limit) return false;
    *index = (size_t)small_value(t) - 1;
    return true;
}

static Term erlang_setelement_3(Process *p, Term *args)
{
    size_t index;
    Term *elements;
    if (!is_tuple(args[1]) || !is_index(args[0], tuple_arity(args[1]), &index)) return badarg(p);
    size_t arity = tuple_arity(args[1]);
    Term result = tuple_of(p, arity, &elements);
    if (is_none(result)) return TERM_NONE;
    memcpy(elements, tuple_elements(args[1]), arity * sizeof(Term));
    elements[index] = args[2];
    return result;
}

static Term fill_tuple(Process *p, Term arity, Term value, Term **elements)
{
    if (!is_small(arity) || small_value(arity) < 0) return badarg(p);
    if ((size_t)small_value(arity) > TUPLE_MAX_ARITY) return badarg(p);
    Term result = tuple_of(p, (size_t)small_value(arity), elements);
    if (is_none(result)) return TERM_NONE;
    for (Word i = small_value(arity); i > 0; i--) (*elements)[i - 1] = value;
    return result;
}

static Term erlang_make_tuple_2(Process *p, Term *args)
{
    Term *elements;
    return fill_tuple(p, args[0], args[1], &elements);
}

static Term erlang_make_tuple_3(Process *p, Term *args)
{
    Term *elements, list = args[2];
    size_t index, count = 0;
    Term result = fill_tuple(p, args[0], args[1], &elements);
    if (is_none(result)) return TERM_NONE;
    for (; is_cons(list); list = cons_tail(list), count++) {
        Term pair = cons_head(list);
        if (!is_tuple_of(pair, 2)) return badarg(p);
        if (!is_index(tuple_elements(pair)[0], tuple_arity(result), &index)) return badarg(p);
        elements[index] = tuple_elements(pair)[1];
    }
    work_charge(p, count, CELLS_PER_REDUCTION);
    return is_nil(list) ? result : badarg(p);
}

/* `tuple` with `value` before element `index`. */
static Term insert(Process *p, Term tuple, size_t index, Term value)
{
    Term *elements;
    size_t arity = tuple_arity(tuple);
    if (arity == TUPLE_MAX_ARITY) return badarg(p);
    Term result = tuple_of(p, arity + 1, &elements);
    if (is_none(result)) return TERM_NONE;
    const Term *old = tuple_elements(tuple);
    memcpy(elements, old, index * sizeof(Term));
    elements[index] = value;
    memcpy(elements + index + 1, old + index, (arity - index) * sizeof(Term));
    return result;
}

static Term erlang_append_element_2(Process *p, Term *args)
{
    if (!is_tuple(args[0])) return badarg(p);
    return insert(p, args[0], tuple_arity(args[0]), args[1]);
}

static Term erlang_insert_element_3(Process *p, Term *args)
{
    size_t index;
    if (!is_tuple(args[1]) || !is_index(args[0], tuple_arity(args[1]) + 1, &index))
        return badarg(p);
    return insert(p, args[1], index, args[2]);
}

static Term erlang_delete_element_2(Process *p, Term *args)
{
    size_t index;
    Term *elements;
    if (!is_tuple(args[1]) || !is_index(args[0], tuple_arity(args[1]), &index)) return badarg(p);
    size_t arity = tuple_arity(args[1]) - 1;
    Term result = tuple_of(p, arity, &elements);
    if (is_none(result)) return TERM_NONE;
    const Term *old = tuple_elements(args[1]);
    memcpy(elements, old, index * sizeof(Term));
    memcpy(elements + index, old + index + 1, (arity - index) * sizeof(Term));
    return result;
}

static Term erlang_list_to_tuple_1(Process *p, Term *args)
{
    size_t length;
    Term *elements, list = args[0];
    if (!list_length_up_to(list, TUPLE_MAX_ARITY + 1, &length)) return badarg(p);
    if (length > TUPLE_MAX_ARITY) return badarg(p);
    Term result = tuple_of(p, length, &elements);
    if (is_none(result)) return TERM_NONE;
    for (; is_cons(list); list = cons_tail(list)) *elements++ = cons_head(list);
    return result;
}

static Term erlang_tuple_to_list_1(Process *p, Term *args)
{
    if (!is_tuple(args[0])) return badarg(p);
    size_t arity = tuple_arity(args[0]);
    if (work_lacks(p, 2 * arity)) return native_need(p, 2 * arity);
    work_charge(p, arity, COPIES_PER_REDUCTION / sizeof(Term));
    return make_list(p, tuple_elements(args[0]), arity, TERM_NIL);
}

static const Native erlang_tuple_natives[] = {
    NATIVE(erlang, append_element, 2, CHARGED), NATIVE(erlang, delete_element, 2, CHARGED),
    NATIVE(erlang, insert_element, 3, CHARGED), NATIVE(erlang, list_to_tuple, 1, CHARGED),
    NATIVE(erlang, make_tuple, 2, CHARGED),     NATIVE(erlang, make_tuple, 3, CHARGED),
    NATIVE(erlang, setelement, 3, CHARGED),     NATIVE(erlang, tuple_to_list, 1, CHARGED),
};
NATIVE_TABLE(erlang_tuple);
