/* SPDX-License-Identifier: Apache-2.0 */
/* number_text.c - integers to lists and binaries and back. */

#include "natives/number_text.h"
#include "heap/binary.h"
#include "heap/number.h"
#include "heap/number_steps.h"
#include "term/span.h"

/* Short texts are done at once, in an array. Long ones keep a block of memory in a binary that
   nobody else sees, which is part of the native's state. */
#define SHORT_MAX 256                     /* characters */
#define LIMBS_PER_REDUCTION 128           /* operations on limbs */
#define BLOCK_LEAST (BINARY_HEAP_MAX + 1) /* so that it is not moved */

Term text_result(Process *p, const char *text, size_t size, bool as_list)
{
    if (as_list) {
        if (work_lacks(p, 2 * size)) return native_need(p, 2 * size);
        return make_string(p, text, size);
    }
    Term binary = binary_from(&p->heap, text, size);
    return is_none(binary) ? native_memory(p) : binary;
}

static void *block_of(Term binary)
{
    const uint8_t *data = NULL;
    size_t size;
    binary_bytes(binary, &data, &size);
    return (void *)(uintptr_t)data;
}

/* ---- To text ---- */

/* Is called again with {a, b} as the state when there are `words`. */
static Term need_pair(Process *p, Term a, Term b, size_t words)
{
    Term state = heap_pair(&p->heap, a, b);
    return is_none(state) ? native_memory(p) : work_need(p, state, words);
}

/* The finished text: a list is made from its end, in steps; `tail` is what there is of it. */
static Term finish_text(Process *p, Term block, Term tail, bool as_list)
{
    IntegerWriter *writer = block_of(block);
    if (!as_list) return text_result(p, integer_writer_text(writer), writer->length, false);
    while (writer->length) {
        size_t budget = work_budget(p, CELLS_PER_REDUCTION);
        size_t count = writer->length < budget ? writer->length : budget;
        if (work_lacks(p, 2 * count)) return need_pair(p, block, tail, 2 * count);
        const char *text = integer_writer_text(writer) + writer->length - count;
        Term *cells = heap_reserve(&p->heap, 2 * count);
        if (!cells) return native_memory(p);
        for (size_t i = count; i-- > 0;)
            tail = cons_put(cells + 2 * i, make_small((uint8_t)text[i]), tail);
        writer->length -= count;
        writer->room -= count;
        work_charge(p, count, CELLS_PER_REDUCTION);
        if (p->reductions <= 0 && writer->length) return work_yield(p, (Term[]){block, tail}, 2);
    }
    return tail;
}

static Term long_to_text(Process *p, Term integer, unsigned base, bool as_list)
{
    Term state = work_state(p), block, tail = TERM_NIL;
    if (is_nil(state)) {
        uint8_t *data;
        block = binary_make(&p->heap, integer_writer_bytes(integer, base) + BLOCK_LEAST, &data);
        if (is_none(block)) return native_memory(p);
        integer_writer_init(block_of(block), integer, base);
        work_charge(p, big_size(integer) * sizeof(Limb), COPIES_PER_REDUCTION);
    } else {
        block = tuple_elements(state)[0];
        tail = tuple_elements(state)[1];
    }
    size_t cost = 0;
    while (integer_writer_step(block_of(block), &cost)) {
        work_charge(p, cost, LIMBS_PER_REDUCTION);
        cost = 0;
        if (p->reductions <= 0) return work_yield(p, (Term[]){block, tail}, 2);
    }
    return finish_text(p, block, tail, as_list);
}

Term number_to_text(Process *p, Term integer, unsigned base, bool as_list)
{
    char text[SHORT_MAX];
    if (!is_integer(integer)) return badarg(p);
    if (integer_text_size(integer, base) > SHORT_MAX)
        return long_to_text(p, integer, base, as_list);
    return text_result(p, text, integer_to_text(integer, base, text), as_list);
}

/* ---- From text ---- */

/* Where reading goes on: the rest of a list, or an index in a binary as a small integer. */
typedef struct TextPlace {
    Term text;
    Term at;
    bool is_list;
} TextPlace;

/* A text's start; false: it is none. */
static bool place_init(TextPlace *place, Term text, TextKind kind)
{
    bool is_list_kind = kind != TEXT_BINARY;
    *place = (TextPlace){text, is_list_kind ? text : make_small(0), is_list_kind};
    return is_list_kind ? is_list(text) : is_binary(text);
}

/* Copies up to `limit` characters from there. What is no character ends the text. */
static size_t place_peek(const TextPlace *place, char *out, size_t limit)
{
    size_t count = 0;
    if (place->is_list) {
        for (Term list = place->at; count < limit && is_cons(list); list = cons_tail(list)) {
            Term c = cons_head(list);
            if (!is_small(c) || small_value(c) < 0 || small_value(c) > 127) break;
            out[count++] = (char)small_value(c);
        }
        return count;
    }
    BitSpan span = bitstring_span(place->text);
    size_t at = (size_t)small_value(place->at), size = span.bit_size / 8;
    for (; count < limit && at + count < size; count++)
        out[count] = (char)span_byte(span, at + count);
    return count;
}

static void place_skip(TextPlace *place, size_t count)
{
    if (!place->is_list) {
        place->at = make_small(small_value(place->at) + (Word)count);
        return;
    }
    for (; count; count--) place->at = cons_tail(place->at);
}

static bool place_is_end(const TextPlace *place)
{
    if (place->is_list) return is_nil(place->at);
    return (size_t)small_value(place->at) == bitstring_bits(place->text) / 8;
}

/* What a prefix gives that starts with no integer, or with one that is too large. */
static Term prefix_error(Process *p, Term reason) { return make_tuple(p, 2, A(error), reason); }

static Term text_error(Process *p, TextKind kind, Term reason)
{
    if (kind == TEXT_PREFIX) return prefix_error(p, reason == A(badarg) ? A(no_integer) : reason);
    return raise_error(p, reason);
}

/* A larger copy of the block where the next step may not fit. TERM_NONE: out of memory. */
static Term block_grown(Process *p, Term block)
{
    IntegerReader *reader = block_of(block);
    if (reader->size + INTEGER_READER_SLACK <= reader->room) return block;
    size_t room = 2 * reader->room;
    Term larger = binary_make(&p->heap, INTEGER_READER_BYTES(room), NULL);
    if (is_none(larger)) return TERM_NONE;
    IntegerReader *copy = block_of(larger);
    memcpy(copy, reader, INTEGER_READER_BYTES(reader->size));
    copy->room = room;
    work_charge(p, reader->size * sizeof(Limb), COPIES_PER_REDUCTION);
    return larger;
}

static Term long_result(Process *p, Term block, const TextPlace *place, TextKind kind)
{
    IntegerReader *reader = block_of(block);
    if (kind != TEXT_PREFIX && !place_is_end(place)) return badarg(p);
    integer_reader_finish(reader);
    if (work_lacks(p, reader->size + 4)) return need_pair(p, block, place->at, reader->size + 4);
    Term result = integer_from_limbs(&p->heap, reader->limbs, reader->size, reader->negative);
    if (is_none(result)) return text_error(p, kind, A(system_limit));
    return kind == TEXT_PREFIX ? make_tuple(p, 2, result, place->at) : result;
}

#define FIRST_ROOM 64 /* limbs */

static Term read_long(Process *p, Term block, TextPlace *place, TextKind kind)
{
    char text[SHORT_MAX];
    for (;;) {
        block = block_grown(p, block);
        if (is_none(block)) return native_memory(p);
        IntegerReader *reader = block_of(block);
        if (integer_reader_is_full(reader)) return text_error(p, kind, A(system_limit));
        size_t count = place_peek(place, text, integer_reader_step(reader));
        size_t taken = integer_reader_take(reader, text, count);
        place_skip(place, taken);
        if (taken == 0) return long_result(p, block, place, kind);
        work_charge(p, integer_reader_cost(reader, taken), LIMBS_PER_REDUCTION);
        if (p->reductions <= 0) return work_yield(p, (Term[]){block, place->at}, 2);
    }
}

static bool is_sign(char c) { return c == '-' || c == '+'; }

/* `first` is the text's first character. */
static Term start_long(Process *p, TextPlace *place, unsigned base, TextKind kind, char first)
{
    Term block = binary_make(&p->heap, INTEGER_READER_BYTES(FIRST_ROOM), NULL);
    if (is_none(block)) return native_memory(p);
    integer_reader_init(block_of(block), base, FIRST_ROOM);
    ((IntegerReader *)block_of(block))->negative = first == '-';
    place_skip(place, is_sign(first));
    return read_long(p, block, place, kind);
}

static size_t digits_of(const char *text, size_t count, unsigned base)
{
    size_t digits = 0;
    while (digits < count && number_digit_value(text[digits]) < base) digits++;
    return digits;
}

Term number_from_text(Process *p, Term term, unsigned base, TextKind kind)
{
    char text[SHORT_MAX];
    TextPlace place;
    Term state = work_state(p);
    if (!place_init(&place, term, kind))
        return kind == TEXT_PREFIX ? prefix_error(p, A(not_a_list)) : badarg(p);
    if (!is_nil(state)) {
        place.at = tuple_elements(state)[1];
        return read_long(p, tuple_elements(state)[0], &place, kind);
    }
    size_t count = place_peek(&place, text, SHORT_MAX);
    size_t sign = count && is_sign(text[0]);
    size_t digits = digits_of(text + sign, count - sign, base);
    if (digits == 0) return text_error(p, kind, A(badarg));
    if (sign + digits == SHORT_MAX) return start_long(p, &place, base, kind, text[0]);
    place_skip(&place, sign + digits);
    if (kind != TEXT_PREFIX && !place_is_end(&place)) return badarg(p);
    Calc calc = {&p->heap, A(badarg), 0};
    Term result = integer_from_text(&calc, text, sign + digits, base);
    work_charge(p, calc.cost, 1);
    if (is_none(result)) return text_error(p, kind, calc.why);
    return kind == TEXT_PREFIX ? make_tuple(p, 2, result, place.at) : result;
}
