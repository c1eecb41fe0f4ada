/* SPDX-License-Identifier: Apache-2.0 */
/* iolist.c - walking iolists piece by piece. */
#include "natives/iolist.h"

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

IolistStep iolist_next(IolistWalk *walk)
{
    while (walk->left > 0) {
        if (walk->offset != SIZE_MAX) return next_part(walk);
        Term at = walk->at;
        walk->left--;
        if (is_cons(at)) {
            Term head = cons_head(at), tail = cons_tail(at);
            if (is_byte(head)) return next_run(walk);
            walk->at = tail;
            if (is_cons(head)) {
                if (!is_nil(tail) && !worklist_push(&walk->tails, tail)) return IOLIST_MEMORY;
                walk->at = head;
            } else if (!is_nil(head) && !enter_binary(walk, head)) {
                if (!walk->characters || !is_integer(head)) return IOLIST_BAD;
            }
        } else if (is_nil(at)) {
            if (worklist_is_empty(&walk->tails)) return IOLIST_DONE;
            walk->at = worklist_pop(&walk->tails);
        } else {
            if (!enter_binary(walk, at)) return IOLIST_BAD;
            walk->at = TERM_NIL;
        }
    }
    return IOLIST_PAUSE;
}

/* ---- Across slices ---- */

enum { SAVED_AT, SAVED_BINARY, SAVED_OFFSET, SAVED_TAILS };

Term iolist_save(Process *p, IolistWalk *walk)
{
    bool in_binary = walk->offset != SIZE_MAX;
    size_t tails = walk->tails.count;
    Term *tuple = heap_reserve(&p->heap, 1 + SAVED_TAILS + tails);
    if (!tuple || tails > TUPLE_MAX_ARITY - SAVED_TAILS) return native_memory(p);
    *tuple++ = make_header(KIND_TUPLE, SAVED_TAILS + tails);
    tuple[SAVED_AT] = walk->at;
    tuple[SAVED_BINARY] = in_binary ? walk->binary : TERM_NIL;
    tuple[SAVED_OFFSET] = make_small(in_binary ? (Word)walk->offset : -1);
    memcpy(tuple + SAVED_TAILS, walk->tails.items, tails * sizeof(Term));
    return make_boxed(tuple - 1);
}

bool iolist_restore(IolistWalk *walk, const Process *p, Term saved, unsigned weight)
{
    const Term *elements = tuple_elements(saved);
    iolist_start(walk, p, elements[SAVED_AT], weight);
    walk->binary = elements[SAVED_BINARY];
    walk->offset = (size_t)small_value(elements[SAVED_OFFSET]);
    for (size_t i = SAVED_TAILS; i < tuple_arity(saved); i++) {
        if (!worklist_push(&walk->tails, elements[i])) return false;
    }
    return true;
}
