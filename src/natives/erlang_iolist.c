/* SPDX-License-Identifier: Apache-2.0 */
/* erlang_iolist.c - natives of module erlang that take iolists and make binaries of them. */
#include "natives/iolist.h"
#include "natives/lists.h"
#include "natives/support.h"

/* ---- To one binary ---- */

static Term iolist_to_binary(Process *p, Term *args)
{
    if (is_binary(args[0])) return args[0];
    if (!is_list(args[0])) return badarg(p);
    return iolist_collect(p, work_state(p), args[0], false);
}

static Term list_to_binary(Process *p, Term *args)
{
    if (!is_list(args[0])) return badarg(p);
    return iolist_collect(p, work_state(p), args[0], false);
}

static Term list_to_bitstring(Process *p, Term *args)
{
    if (!is_list(args[0])) return badarg(p);
    return iolist_collect(p, work_state(p), args[0], true);
}

/* ---- Its size ---- */

/* Adds the bytes at the start of a list that are no lists themselves. */
static void size_simple(IolistWalk *walk, size_t *size)
{
    Term list = walk->at;
    size_t sum = 0;
    intptr_t left = walk->left;
    for (; left > 0 && is_cons(list); left--, list = cons_tail(list)) {
        Term head = cons_head(list);
        if ((head & ~((Term)0xFF << 2)) == 0) {
            sum++;
        } else {
            if (!is_bitstring(head)) break;
            uintptr_t bits = bitstring_bits(head);
            if (bits % 8) break;
            sum += bits / 8;
        }
    }
    *size += sum;
    walk->at = list;
    walk->left = left;
}

static Term erlang_iolist_size_1(Process *p, Term *args)
{
    IolistWalk walk;
    Term state = work_state(p), saved[2] = {TERM_NONE, TERM_NONE};
    size_t size = 0;
    IolistStep step;
    if (is_nil(state)) {
        iolist_start(&walk, p, args[0], 0);
    } else {
        size = (size_t)small_value(tuple_elements(state)[1]);
        iolist_restore(&walk, p, tuple_elements(state)[0], 0);
    }
    do size_simple(&walk, &size);
    while ((step = iolist_enter(&walk, &size)) == IOLIST_PIECE);
    saved[1] = make_small((Word)size);
    if (step == IOLIST_PAUSE) saved[0] = iolist_save(p, &walk);
    iolist_end(&walk, p);
    if (step == IOLIST_DONE) return make_integer(p, (int64_t)size);
    if (step == IOLIST_PAUSE) return is_none(saved[0]) ? TERM_NONE : work_yield(p, saved, 2);
    return step == IOLIST_BAD ? badarg(p) : native_memory(p);
}

/* ---- To a list of binaries ---- */

/* Small pieces are gathered into binaries; large ones stand by themselves, shared. The list is
   built backwards in `done` and turned round in the end. */

enum { GATHER_MAX = 65536, ALONE_MIN = 256 /* bytes */ };

static bool flush(Process *p, Output *out, Term *done)
{
    if (out->size == 0) return true;
    Term binary = output_finish(p, out);
    output_init(out);
    return !is_none(binary) && list_push(p, binary, done);
}

static bool gather_piece(Process *p, IolistWalk *walk, Output *out, Term *done)
{
    BitSpan piece = walk->piece;
    bool small = is_nil(walk->binary) || bitstring_bits(walk->binary) / 8 < ALONE_MIN;
    if (!small) {
        if (!flush(p, out, done)) return false;
        return list_push(p, walk->binary, done);
    }
    if (out->size + piece.bit_size / 8 > GATHER_MAX && !flush(p, out, done)) return false;
    return output_put_span(out, piece);
}

static Term iovec_pause(Process *p, IolistWalk *walk, Output *out, Term done)
{
    Term state[2] = {TERM_NONE, TERM_NONE};
    if (!flush(p, out, &done)) return native_memory(p);
    state[0] = iolist_save(p, walk);
    state[1] = done;
    return is_none(state[0]) ? TERM_NONE : work_yield(p, state, 2);
}

static Term iovec_finish(Process *p, IolistStep step, Output *out, Term done)
{
    if (step == IOLIST_DONE && flush(p, out, &done))
        return list_reverse_wrapped(p, TERM_NIL, done, TERM_NIL);
    output_drop(out);
    return step == IOLIST_BAD ? badarg(p) : native_memory(p);
}

static Term erlang_iolist_to_iovec_1(Process *p, Term *args)
{
    IolistWalk walk;
    Output out;
    Term state = work_state(p), done = TERM_NIL;
    IolistStep step = IOLIST_PIECE;
    if (list_state_is_wrapped(state)) return list_reverse_wrapped(p, state, TERM_NIL, TERM_NIL);
    output_init(&out);
    if (is_nil(state)) {
        iolist_start(&walk, p, args[0], 0);
    } else {
        done = tuple_elements(state)[1];
        iolist_restore(&walk, p, tuple_elements(state)[0], 0);
    }
    while (step == IOLIST_PIECE && (step = iolist_next(&walk)) == IOLIST_PIECE) {
        if (!gather_piece(p, &walk, &out, &done)) step = IOLIST_MEMORY;
    }
    Term result = step == IOLIST_PAUSE ? iovec_pause(p, &walk, &out, done)
                                       : iovec_finish(p, step, &out, done);
    iolist_end(&walk, p);
    return result;
}

static const Native erlang_iolist_natives[] = {
    NATIVE(erlang, iolist_size, 1, YIELDS),
    NATIVE_AS(erlang, "iolist_to_binary", 1, YIELDS, iolist_to_binary),
    NATIVE(erlang, iolist_to_iovec, 1, YIELDS),
    NATIVE_AS(erlang, "list_to_binary", 1, YIELDS, list_to_binary),
    NATIVE_AS(erlang, "list_to_bitstring", 1, YIELDS, list_to_bitstring),
    NATIVE_AS(binary, "list_to_bin", 1, YIELDS, list_to_binary),
};
NATIVE_TABLE(erlang_iolist);
