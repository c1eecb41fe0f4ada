/* SPDX-License-Identifier: Apache-2.0 */
/* iolist.c - walking iolists piece by piece. */
#include "natives/iolist.h"
#include "natives/support.h"

enum { PIECE_MAX = 65536, WEIGHT_UNIT = 32 };

void iolist_start(IolistWalk *walk, const Process *p, Term iolist, unsigned weight)
{
    walk->binary = TERM_NIL;
    walk->offset = SIZE_MAX;
    walk->at = iolist;
    walk->bits = walk->characters = false;
    walk->weight = weight;
    walk->left = walk->budget = (intptr_t)work_budget(p, CELLS_PER_REDUCTION);
    worklist_init(&walk->tails);
    walk->shelf = TERM_NIL;
}

void iolist_end(IolistWalk *walk, Process *p)
{
    work_charge(p, (size_t)(walk->budget - walk->left), CELLS_PER_REDUCTION);
    worklist_done(&walk->tails);
}

static inline bool is_byte(Term t) { return (t & ~((Term)0xFF << 2)) == 0; }

static IolistStep next_run(IolistWalk *walk)
{
    Term list = walk->at;
    size_t count = 0;
    do {
        walk->run[count++] = (uint8_t)(cons_head(list) >> 2);
        list = cons_tail(list);
    } while (count < sizeof walk->run && is_cons(list) && is_byte(cons_head(list)));
    walk->at = list;
    walk->left -= (intptr_t)count;
    walk->binary = TERM_NIL;
    walk->piece = (BitSpan){walk->run, 0, count * 8};
    return IOLIST_PIECE;
}

/* The next piece of walk->binary. */
static IolistStep next_part(IolistWalk *walk)
{
    BitSpan span = bitstring_span(walk->binary);
    uintptr_t start = (uintptr_t)walk->offset * 8;
    walk->piece = (BitSpan){span.data + walk->offset, span.bit_offset, span.bit_size - start};
    walk->offset = SIZE_MAX;
    if (walk->weight && walk->piece.bit_size > PIECE_MAX * 8) {
        walk->piece.bit_size = PIECE_MAX * 8;
        walk->offset = start / 8 + PIECE_MAX;
    }
    walk->left -= (intptr_t)(walk->piece.bit_size / 8 * walk->weight / WEIGHT_UNIT);
    return IOLIST_PIECE;
}

/* Enters `element`, the head of a list or an end. False: it may not stand there. */
static bool enter_binary(IolistWalk *walk, Term element)
{
    if (!is_bitstring(element)) return false;
    if (!walk->bits && bitstring_bits(element) % 8) return false;
    walk->binary = element;
    walk->offset = 0;
    return true;
}

/* Goes on to the next byte or binary: the list at walk->at begins with it, or it is entered
   (PIECE). False: *step says why not. */
static bool advance(IolistWalk *walk, IolistStep *step)
{
    Term at = walk->at;
    walk->left--;
    *step = IOLIST_PIECE;
    if (is_cons(at)) {
        Term head = cons_head(at), tail = cons_tail(at);
        if (is_byte(head)) return true;
        walk->at = tail;
        if (is_cons(head)) {
            *step = IOLIST_MEMORY;
            if (!is_nil(tail) && !worklist_push(&walk->tails, tail)) return false;
            walk->at = head;
            return true;
        }
        *step = IOLIST_BAD;
        return is_nil(head) || enter_binary(walk, head) || (walk->characters && is_integer(head));
    }
    if (is_nil(at)) {
        *step = IOLIST_DONE;
        if (worklist_is_empty(&walk->tails) && is_nil(walk->shelf)) return false;
        *step = IOLIST_MEMORY;
        return work_pop(&walk->tails, &walk->shelf, &walk->at);
    }
    *step = IOLIST_BAD;
    walk->at = TERM_NIL;
    return enter_binary(walk, at);
}

IolistStep iolist_enter(IolistWalk *walk, size_t *size)
{
    IolistStep step;
    if (walk->left <= 0) return IOLIST_PAUSE;
    if (!advance(walk, &step)) return step;
    if (walk->offset == SIZE_MAX) return IOLIST_PIECE;
    *size += bitstring_bits(walk->binary) / 8;
    walk->offset = SIZE_MAX;
    return IOLIST_PIECE;
}

IolistStep iolist_next(IolistWalk *walk)
{
    IolistStep step;
    while (walk->left > 0) {
        if (walk->offset != SIZE_MAX) return next_part(walk);
        if (is_cons(walk->at) && is_byte(cons_head(walk->at))) return next_run(walk);
        if (!advance(walk, &step)) return step;
    }
    return IOLIST_PAUSE;
}

/* ---- To bytes ---- */

/* Writes bytes and binaries from the start of the list at walk->at, straight to the room that
   there is; stops at whatever is not as simple as that. */
static void write_simple(IolistWalk *walk, Output *out)
{
    Term list = walk->at;
    uint8_t *to = out->data + out->size;
    size_t room = out->room - out->size;
    intptr_t left = walk->left;
    for (; left > 0 && is_cons(list); left--, list = cons_tail(list)) {
        Term head = cons_head(list);
        if (is_byte(head)) {
            if (room == 0) break;
            *to++ = (uint8_t)(head >> 2);
            room--;
        } else if (is_kind(head, KIND_BIN_HEAP)) {
            const Term *binary = boxed_ptr(head);
            if (binary[1] > room) break;
            memcpy(to, binary + 2, binary[1]);
            to += binary[1];
            room -= binary[1];
        } else {
            break;
        }
    }
    walk->at = list;
    walk->left = left;
    out->size = (size_t)(to - out->data);
}

static bool write_part(IolistWalk *walk, Output *out)
{
    next_part(walk);
    BitSpan piece = walk->piece;
    if (piece.bit_offset || piece.bit_size % 8) return output_put_span(out, piece);
    return output_put(out, piece.data, piece.bit_size / 8);
}

IolistStep iolist_write(IolistWalk *walk, Output *out)
{
    enum { ROOM = 64 };
    IolistStep step;
    while (walk->left > 0) {
        if (walk->offset != SIZE_MAX) {
            if (!write_part(walk, out)) return IOLIST_MEMORY;
            continue;
        }
        if (!is_cons(walk->at) || out->bits) {
            /* Bytes that do not start where a byte of the output does. */
            if (is_cons(walk->at) && is_byte(cons_head(walk->at))) {
                next_run(walk);
                if (!output_put_span(out, walk->piece)) return IOLIST_MEMORY;
                continue;
            }
        } else {
            if (!output_reserve(out, ROOM)) return IOLIST_MEMORY;
            write_simple(walk, out);
        }
        if (!advance(walk, &step)) return step;
    }
    return IOLIST_PAUSE;
}

/* ---- Across slices ---- */

enum { SAVED_AT, SAVED_BINARY, SAVED_OFFSET, SAVED_SHELF, SAVED_COUNT };

Term iolist_save(Process *p, IolistWalk *walk)
{
    bool in_binary = walk->offset != SIZE_MAX;
    Term shelf = work_shelve(p, &walk->tails, walk->shelf);
    Term *tuple = is_none(shelf) ? NULL : heap_reserve(&p->heap, 1 + SAVED_COUNT);
    if (!tuple) return native_memory(p);
    *tuple++ = make_header(KIND_TUPLE, SAVED_COUNT);
    tuple[SAVED_AT] = walk->at;
    tuple[SAVED_BINARY] = in_binary ? walk->binary : TERM_NIL;
    tuple[SAVED_OFFSET] = make_small(in_binary ? (Word)walk->offset : -1);
    tuple[SAVED_SHELF] = shelf;
    return make_boxed(tuple - 1);
}

void iolist_restore(IolistWalk *walk, const Process *p, Term saved, unsigned weight)
{
    const Term *elements = tuple_elements(saved);
    iolist_start(walk, p, elements[SAVED_AT], weight);
    walk->binary = elements[SAVED_BINARY];
    walk->offset = (size_t)small_value(elements[SAVED_OFFSET]);
    walk->shelf = elements[SAVED_SHELF];
}

/* ---- To one binary ---- */

Term iolist_collect(Process *p, Term state, Term iolist, bool bits)
{
    IolistWalk walk;
    Output out;
    if (is_binary(iolist)) return iolist;
    output_init(&out);
    if (is_nil(state)) {
        iolist_start(&walk, p, iolist, 1);
    } else {
        output_restore(&out, tuple_elements(state)[1]);
        iolist_restore(&walk, p, tuple_elements(state)[0], 1);
    }
    walk.bits = bits;
    IolistStep step = iolist_write(&walk, &out);
    Term result = step == IOLIST_DONE    ? output_finish(p, &out)
                  : step == IOLIST_PAUSE ? output_yield(p, &out, iolist_save(p, &walk))
                                         : TERM_NONE;
    iolist_end(&walk, p);
    if (step == IOLIST_DONE || step == IOLIST_PAUSE) return result;
    output_drop(&out);
    return step == IOLIST_BAD ? badarg(p) : native_memory(p);
}
