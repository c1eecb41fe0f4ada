/* SPDX-License-Identifier: Apache-2.0 */
/* chardata.c - walking character data. */
#include "natives/chardata.h"
#include "base/utf8.h"
#include "natives/iolist.h"

enum {
    BYTES_PER_CELL = BYTES_PER_REDUCTION / CELLS_PER_REDUCTION,
    CHUNK = 4096, /* of a binary that starts within a byte */
    WINDOW = 65536
};

void chardata_start(CharWalk *walk, const Process *p, Term data, bool latin1)
{
    walk->latin1 = latin1;
    walk->at = data;
    walk->offset = 0;
    walk->left_size = 0;
    walk->work = walk->budget = (intptr_t)work_budget(p, CELLS_PER_REDUCTION);
    worklist_init(&walk->tails);
    walk->shelf = TERM_NIL;
}

void chardata_end(CharWalk *walk, Process *p)
{
    work_charge(p, (size_t)(walk->budget - walk->work), CELLS_PER_REDUCTION);
    worklist_done(&walk->tails);
}

/* No list is around `at`. */
static bool is_outermost(const CharWalk *walk)
{
    return worklist_is_empty(&walk->tails) && is_nil(walk->shelf);
}

/* Bytes that the lead byte asks for; 0: it is none. */
static unsigned sequence_bytes(uint8_t lead)
{
    if (lead < 0x80) return 1;
    if (lead < 0xC0 || lead > 0xF7) return 0;
    return lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
}

CharStep chardata_sequence(const uint8_t *bytes, size_t size)
{
    if (sequence_bytes(bytes[0]) <= size) return CHARS_ERROR;
    for (size_t i = 1; i < size; i++) {
        if ((bytes[i] & 0xC0) != 0x80) return CHARS_ERROR;
    }
    return CHARS_INCOMPLETE;
}

/* ---- Binaries ---- */

/* Bytes of `span` from `offset` on: at most `size`, in place or copied to `chunk`. */
static const uint8_t *view(BitSpan span, size_t offset, size_t size, uint8_t *chunk)
{
    if (span.bit_offset == 0) return span.data + offset;
    bits_copy(chunk, 0, span.data + offset, span.bit_offset, (uintptr_t)size * 8);
    return chunk;
}

static bool put_latin1(Output *out, const uint8_t *bytes, size_t size)
{
    if (!output_reserve(out, 2 * size)) return false;
    uint8_t *to = out->data + out->size;
    for (size_t i = 0; i < size; i++) {
        if (bytes[i] < 0x80) *to++ = bytes[i];
        else to += utf8_encode(bytes[i], to);
    }
    out->size = (size_t)(to - out->data);
    return true;
}

/* Bytes that do not decode, `size` of them to the end of their binary. */
static CharStep stop_at(CharWalk *walk, const uint8_t *bytes, size_t size)
{
    if (size > 3 || chardata_sequence(bytes, size) == CHARS_ERROR) return CHARS_ERROR;
    memcpy(walk->left, bytes, size);
    walk->left_size = (unsigned)size;
    walk->offset += size;
    return CHARS_DONE;
}

/* Completes the sequence that the binary before began. */
static CharStep complete(CharWalk *walk, BitSpan span, Output *out)
{
    size_t size = span.bit_size / 8, need = sequence_bytes(walk->left[0]) - walk->left_size;
    uint8_t sequence[8] = {0}, more[4];
    uint32_t code;
    memcpy(sequence, walk->left, walk->left_size);
    size_t taken = size < need ? size : need;
    bits_copy(more, 0, span.data, span.bit_offset, (uintptr_t)taken * 8);
    memcpy(sequence + walk->left_size, more, taken);
    if (taken < need) {
        memcpy(walk->left, sequence, sizeof walk->left);
        walk->left_size += (unsigned)taken;
    } else {
        if (!utf8_decode(sequence, walk->left_size + taken, &code)) return CHARS_ERROR;
        if (!output_put(out, sequence, walk->left_size + taken)) return CHARS_MEMORY;
        walk->left_size = 0;
    }
    walk->offset = taken;
    return CHARS_DONE;
}

/* Takes the rest of `binary`; done with it: CHARS_DONE. */
static CharStep write_binary(CharWalk *walk, Term binary, Output *out)
{
    uint8_t chunk[CHUNK];
    BitSpan span = bitstring_span(binary);
    size_t size = span.bit_size / 8;
    if (walk->left_size && size) {
        CharStep step = complete(walk, span, out);
        if (step != CHARS_DONE) return step;
    }
    while (walk->offset < size) {
        if (walk->work <= 0) return CHARS_PAUSE;
        size_t window = size - walk->offset, limit = span.bit_offset ? CHUNK : WINDOW, count;
        if (window > limit) window = limit;
        const uint8_t *bytes = view(span, walk->offset, window, chunk);
        size_t good = walk->latin1 ? window : utf8_valid_prefix(bytes, window, &count);
        bool put = walk->latin1 ? put_latin1(out, bytes, window) : output_put(out, bytes, good);
        if (!put) return CHARS_MEMORY;
        walk->offset += good;
        walk->work -= (intptr_t)(good / BYTES_PER_CELL + 1);
        /* A sequence across windows is looked at again at the start of the next one. */
        if (good == window || (good > 0 && walk->offset + 4 <= size)) continue;
        CharStep step = stop_at(walk, bytes + good, size - walk->offset);
        if (step != CHARS_DONE) return step;
    }
    walk->offset = 0;
    return CHARS_DONE;
}

/* ---- Lists ---- */

static inline bool is_character(Term t, Term limit)
{
    return is_small(t) && t <= limit && utf8_is_code_point((uint32_t)small_value(t));
}

/* Takes characters from the start of the list at walk->at. */
static bool write_run(CharWalk *walk, Output *out)
{
    enum { RUN = 64 };
    Term limit = make_small(walk->latin1 ? 0xFF : 0x10FFFF), list = walk->at;
    while (walk->work > 0 && is_cons(list) && is_character(cons_head(list), limit)) {
        if (!output_reserve(out, 4 * RUN)) return false;
        uint8_t *to = out->data + out->size;
        size_t count = 0;
        for (; count < RUN && is_cons(list); count++) {
            Term head = cons_head(list);
            if (!is_character(head, limit)) break;
            uint32_t code = (uint32_t)small_value(head);
            if (code < 0x80) *to++ = (uint8_t)code;
            else to += utf8_encode(code, to);
            list = cons_tail(list);
        }
        walk->work -= (intptr_t)count;
        out->size = (size_t)(to - out->data);
    }
    walk->at = list;
    return true;
}

/* The head of the list at walk->at, which is no valid character or follows a cut sequence. */
static CharStep write_head(CharWalk *walk, Term head, Output *out)
{
    Term tail = cons_tail(walk->at);
    if (is_integer(head)) return CHARS_ERROR;
    if (is_list(head)) {
        if (!is_nil(head) && !worklist_push(&walk->tails, tail)) return CHARS_MEMORY;
        walk->at = is_nil(head) ? tail : head;
        return CHARS_DONE;
    }
    if (!is_binary(head)) return CHARS_BAD;
    CharStep step = write_binary(walk, head, out);
    if (step == CHARS_DONE) walk->at = tail;
    return step;
}

/* Takes what is next; `*end`: there is nothing more. */
static CharStep write_next(CharWalk *walk, Output *out, bool *end)
{
    Term at = walk->at;
    if (is_cons(at)) {
        if (!walk->left_size && !write_run(walk, out)) return CHARS_MEMORY;
        if (!is_cons(walk->at) || walk->work <= 0) return CHARS_DONE;
        return write_head(walk, cons_head(walk->at), out);
    }
    if (!is_nil(at)) {
        if (!is_binary(at)) return CHARS_BAD;
        CharStep step = write_binary(walk, at, out);
        if (step == CHARS_DONE) walk->at = TERM_NIL;
        return step;
    }
    *end = is_outermost(walk);
    if (*end || work_pop(&walk->tails, &walk->shelf, &walk->at)) return CHARS_DONE;
    return CHARS_MEMORY;
}

CharStep chardata_write(CharWalk *walk, Output *out)
{
    CharStep step = CHARS_DONE;
    bool end = false;
    while (step == CHARS_DONE && !end) {
        if (walk->work-- <= 0) return CHARS_PAUSE;
        step = write_next(walk, out, &end);
    }
    if (step != CHARS_DONE || !walk->left_size) return step;
    return chardata_sequence(walk->left, walk->left_size);
}

/* ---- What is left ---- */

static bool is_character_data(Process *p, Term data)
{
    IolistWalk walk;
    IolistStep step;
    iolist_start(&walk, p, data, 0);
    walk.characters = true;
    do {
        walk.left = walk.budget;
        step = iolist_next(&walk);
    } while (step == IOLIST_PIECE || step == IOLIST_PAUSE);
    iolist_end(&walk, p);
    return step == IOLIST_DONE;
}

static bool cons_onto(Process *p, Term head, Term tail, Term *result)
{
    Term *cell = heap_reserve(&p->heap, 2);
    if (!cell) return false;
    *result = cons_put(cell, head, tail);
    return true;
}

/* The binary that `at` is or starts with, without what was taken. */
static bool drop_taken(Process *p, CharWalk *walk)
{
    Term at = walk->at, binary = is_cons(at) ? cons_head(at) : at;
    size_t size = bitstring_bits(binary) / 8;
    Term rest = binary_part(&p->heap, binary, walk->offset, size - walk->offset);
    if (is_none(rest)) return false;
    if (is_cons(at)) return cons_onto(p, rest, cons_tail(at), &walk->at);
    walk->at = rest;
    return true;
}

bool chardata_rest(Process *p, CharWalk *walk, CharStep step, Term *rest, bool *bad)
{
    Term left = TERM_NONE;
    bool at_end = is_nil(walk->at) && is_outermost(walk);
    *bad = false;
    if (walk->left_size) {
        left = binary_from(&p->heap, walk->left, walk->left_size);
        if (is_none(left)) return false;
        *rest = left;
        if (step == CHARS_INCOMPLETE || at_end) return true;
    } else if (walk->offset && !drop_taken(p, walk)) {
        return false;
    }
    Term around = walk->at, tail;
    while (!is_outermost(walk)) {
        if (!work_pop(&walk->tails, &walk->shelf, &tail) || !cons_onto(p, around, tail, &around))
            return false;
    }
    *bad = !is_character_data(p, around);
    *rest = around;
    if (is_none(left)) return true;
    return cons_onto(p, around, TERM_NIL, &around) && cons_onto(p, left, around, rest);
}

/* ---- Across slices ---- */

enum { SAVED_AT, SAVED_OFFSET, SAVED_LEFT, SAVED_SHELF, SAVED_COUNT };

Term chardata_save(Process *p, CharWalk *walk)
{
    Term shelf = work_shelve(p, &walk->tails, walk->shelf);
    if (is_none(shelf)) return TERM_NONE;
    Term left = binary_from(&p->heap, walk->left, walk->left_size);
    Term *tuple = heap_reserve(&p->heap, 1 + SAVED_COUNT);
    if (is_none(left) || !tuple) return native_memory(p);
    *tuple++ = make_header(KIND_TUPLE, SAVED_COUNT);
    tuple[SAVED_AT] = walk->at;
    tuple[SAVED_OFFSET] = make_small((Word)walk->offset);
    tuple[SAVED_LEFT] = left;
    tuple[SAVED_SHELF] = shelf;
    return make_boxed(tuple - 1);
}

void chardata_restore(CharWalk *walk, const Process *p, Term saved, bool latin1)
{
    const Term *elements = tuple_elements(saved);
    chardata_start(walk, p, elements[SAVED_AT], latin1);
    walk->offset = (size_t)small_value(elements[SAVED_OFFSET]);
    BitSpan left = bitstring_span(elements[SAVED_LEFT]);
    walk->left_size = (unsigned)(left.bit_size / 8);
    memcpy(walk->left, left.data, walk->left_size);
    walk->shelf = elements[SAVED_SHELF];
}
