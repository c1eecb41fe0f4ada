/* SPDX-License-Identifier: Apache-2.0 */
/* erlang_binary.c - natives of module erlang that take binaries apart. */
#include "heap/binary.h"
#include "natives/binary_list.h"
#include "natives/support.h"
#include "term/span.h"

/* ---- To lists ---- */

/* Built from the end, so that each step only adds in front. The state is {List, Count}: the
   first Count bytes are still to come. */
Term binary_list(Process *p, Term state, BitSpan span, Term tail)
{
    size_t to = span.bit_size / 8;
    if (!is_nil(state)) {
        tail = tuple_elements(state)[0];
        to = (size_t)small_value(tuple_elements(state)[1]);
    }
    size_t budget = work_budget(p, CELLS_PER_REDUCTION), count = to;
    if (count > budget) count = budget;
    if (work_lacks(p, 2 * count)) {
        Term now = is_nil(state) ? make_tuple(p, 2, tail, make_small((Word)to)) : state;
        return is_none(now) ? TERM_NONE : work_need(p, now, 2 * count);
    }
    Term *cell = heap_reserve(&p->heap, 2 * count);
    if (!cell) return native_memory(p);
    for (size_t i = 0; i < count; i++, cell += 2)
        tail = cons_put(cell, make_small(span_byte(span, --to)), tail);
    work_charge(p, count, CELLS_PER_REDUCTION);
    if (to == 0) return tail;
    Term next[2] = {tail, make_small((Word)to)};
    return work_yield(p, next, 2);
}

static Term binary_to_list(Process *p, Term *args)
{
    if (!is_binary(args[0])) return badarg(p);
    return binary_list(p, work_state(p), bitstring_span(args[0]), TERM_NIL);
}

/* Positions count from 1 and include both ends. */
static Term erlang_binary_to_list_3(Process *p, Term *args)
{
    if (!is_bitstring(args[0]) || !is_small(args[1]) || !is_small(args[2])) return badarg(p);
    BitSpan span = bitstring_span(args[0]);
    Word from = small_value(args[1]), to = small_value(args[2]);
    if (from < 1 || to < from || (uintptr_t)to > span.bit_size / 8) return badarg(p);
    span.data += from - 1;
    span.bit_size = (uintptr_t)(to - from + 1) * 8;
    return binary_list(p, work_state(p), span, TERM_NIL);
}

static Term erlang_bitstring_to_list_1(Process *p, Term *args)
{
    if (!is_bitstring(args[0])) return badarg(p);
    Term state = work_state(p), tail = TERM_NIL;
    BitSpan span = bitstring_span(args[0]);
    uintptr_t rest = span.bit_size % 8;
    if (rest && is_nil(state)) {
        Term last = bitstring_part(&p->heap, args[0], span.bit_size - rest, rest);
        if (is_none(last) || !list_push(p, last, &tail)) return native_memory(p);
    }
    return binary_list(p, state, span, tail);
}

/* ---- Parts ---- */

static Term erlang_split_binary_2(Process *p, Term *args)
{
    if (!is_bitstring(args[0]) || !is_natural(args[1])) return badarg(p);
    uintptr_t bits = bitstring_bits(args[0]), at = (uintptr_t)small_value(args[1]);
    if (at > bits / 8) return badarg(p);
    Term first = bitstring_part(&p->heap, args[0], 0, at * 8);
    Term second = bitstring_part(&p->heap, args[0], at * 8, bits - at * 8);
    if (is_none(first) || is_none(second)) return native_memory(p);
    return make_tuple(p, 2, first, second);
}

static const Native erlang_binary_natives[] = {
    NATIVE_AS(erlang, "binary_to_list", 1, YIELDS, binary_to_list),
    NATIVE(erlang, binary_to_list, 3, YIELDS),
    NATIVE(erlang, bitstring_to_list, 1, YIELDS),
    NATIVE(erlang, split_binary, 2, CONSTANT),
};
NATIVE_TABLE(erlang_binary);
