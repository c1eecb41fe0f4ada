/* SPDX-License-Identifier: Apache-2.0 */
/* unicode.c - natives of module unicode. */
#include "base/utf8.h"
#include "natives/binary_list.h"
#include "natives/chardata.h"
#include "natives/support.h"

/* The states of a conversion that yielded are tuples of two, told apart by their first element:
       {Walk, Output}                       converting (both tuples and references)
       {utf8, Bytes}                        looking for invalid UTF-8; the first Bytes are good
       {list, ...}: see list_state          making a list of UTF-8 */

/* ---- From UTF-8 to a list ---- */

/* Kept between slices: the characters of Binary from Position on are in List; the rest of the
   result is Wrap (error, incomplete or nil) and Rest. */
enum { LIST_MARK, LIST_BINARY, LIST_POSITION, LIST_TAIL, LIST_WRAP, LIST_REST, LIST_SIZE };

static Term wrap_result(Process *p, Term wrap, Term result, Term rest)
{
    return is_nil(wrap) ? result : make_tuple(p, 3, wrap, result, rest);
}

/* Adds the characters before `*position` in front of `tail`; at most `limit` of them. */
static Term prepend(Term *cell, const uint8_t *bytes, size_t *position, size_t limit, Term tail)
{
    size_t at = *position;
    for (; limit && at > 0; limit--, cell += 2) {
        uint32_t code = bytes[--at];
        if (code >= 0x80) {
            unsigned shift = 0;
            uint32_t bits = 0;
            for (; (code & 0xC0) == 0x80; shift += 6, code = bytes[--at])
                bits |= (code & 0x3F) << shift;
            code = (code & (0x3Fu >> shift / 6)) << shift | bits;
        }
        tail = cons_put(cell, make_small((Word)code), tail);
    }
    *position = at;
    return tail;
}

static Term list_step(Process *p, const Term *from)
{
    Term state[LIST_SIZE];
    const uint8_t *bytes;
    size_t size, position = (size_t)small_value(from[LIST_POSITION]);
    memcpy(state, from, sizeof state);
    binary_bytes(state[LIST_BINARY], &bytes, &size);
    size_t budget = work_budget(p, CELLS_PER_REDUCTION),
           limit = position < budget ? position : budget;
    if (work_lacks(p, 2 * limit)) {
        work_yield(p, state, LIST_SIZE); /* Makes the state. */
        return work_need(p, p->roots[ROOT_NATIVE_STATE], 2 * limit);
    }
    Term *cells = heap_reserve(&p->heap, 2 * limit);
    if (!cells) return native_memory(p);
    size_t before = position;
    Term tail = prepend(cells, bytes, &position, limit, state[LIST_TAIL]);
    /* Characters of several bytes leave room unused; it must look like terms. */
    Term *end = cells + 2 * limit, *used = is_cons(tail) && before ? cons_ptr(tail) + 2 : cells;
    heap_trim(&p->heap, cells, used < end ? used : end);
    work_charge(p, limit, CELLS_PER_REDUCTION);
    if (position == 0) return wrap_result(p, state[LIST_WRAP], tail, state[LIST_REST]);
    state[LIST_TAIL] = tail;
    state[LIST_POSITION] = make_small((Word)position);
    return work_yield(p, state, LIST_SIZE);
}

static Term utf8_list(Process *p, Term binary, size_t size, Term wrap, Term rest)
{
    Term state[LIST_SIZE] = {A(list), binary, make_small((Word)size), TERM_NIL, wrap, rest};
    return list_step(p, state);
}

/* ---- Results ---- */

/* The native that runs: what its result is made of, and what it was asked for. */
typedef struct Conversion {
    bool to_list, latin1;
} Conversion;

static Term finish(Process *p, const Conversion *c, Output *out, Term wrap, Term rest)
{
    Term binary = output_finish(p, out);
    if (is_none(binary)) return TERM_NONE;
    if (!c->to_list) return wrap_result(p, wrap, binary, rest);
    return utf8_list(p, binary, bitstring_bits(binary) / 8, wrap, rest);
}

static Term stop(Process *p, const Conversion *c, CharWalk *walk, CharStep step, Output *out)
{
    Term rest;
    bool bad;
    if (!chardata_rest(p, walk, step, &rest, &bad)) {
        output_drop(out);
        return native_memory(p);
    }
    if (bad) {
        output_drop(out);
        return badarg(p);
    }
    return finish(p, c, out, step == CHARS_ERROR ? A(error) : A(incomplete), rest);
}

/* ---- Character data of any shape ---- */

static Term convert(Process *p, const Conversion *c, Term state, Term data)
{
    CharWalk walk;
    Output out;
    output_init(&out);
    if (is_nil(state)) {
        chardata_start(&walk, p, data, c->latin1);
    } else {
        output_restore(&out, tuple_elements(state)[1]);
        chardata_restore(&walk, p, tuple_elements(state)[0], c->latin1);
    }
    CharStep step = chardata_write(&walk, &out);
    Term result = TERM_NONE;
    switch (step) {
    case CHARS_DONE: result = finish(p, c, &out, TERM_NIL, TERM_NIL); break;
    case CHARS_PAUSE: output_yield(p, &out, chardata_save(p, &walk)); break;
    case CHARS_ERROR:
    case CHARS_INCOMPLETE: result = stop(p, c, &walk, step, &out); break;
    default:
        output_drop(&out);
        if (step == CHARS_BAD) badarg(p);
        else native_memory(p);
        break;
    }
    chardata_end(&walk, p);
    return result;
}

/* ---- One binary of UTF-8 ---- */

/* `good` bytes are valid, the next one is not: the result. */
static Term utf8_stop(Process *p, const Conversion *c, Term binary, size_t good)
{
    const uint8_t *bytes;
    size_t size;
    binary_bytes(binary, &bytes, &size);
    CharStep step = size - good > 3 ? CHARS_ERROR : chardata_sequence(bytes + good, size - good);
    Term wrap = step == CHARS_ERROR ? A(error) : A(incomplete);
    Term rest = binary_part(&p->heap, binary, good, size - good);
    if (is_none(rest)) return native_memory(p);
    if (c->to_list) return utf8_list(p, binary, good, wrap, rest);
    Term first = binary_part(&p->heap, binary, 0, good);
    return is_none(first) ? native_memory(p) : wrap_result(p, wrap, first, rest);
}

/* Valid UTF-8 is its own result, or can be made a list from its end. */
static Term utf8_binary(Process *p, const Conversion *c, Term binary, size_t good)
{
    const uint8_t *bytes;
    size_t size, count;
    binary_bytes(binary, &bytes, &size);
    size_t budget = work_budget(p, BYTES_PER_REDUCTION), window = size - good;
    bool all = window <= budget;
    if (!all) window = budget;
    size_t valid = utf8_valid_prefix(bytes + good, window, &count);
    work_charge(p, valid, BYTES_PER_REDUCTION);
    good += valid;
    if (valid == window && all)
        return c->to_list ? utf8_list(p, binary, size, TERM_NIL, TERM_NIL) : binary;
    if (valid + 4 <= window || all) return utf8_stop(p, c, binary, good);
    Term state[2] = {A(utf8), make_small((Word)good)};
    return work_yield(p, state, 2);
}

/* ---- The natives ---- */

/* A list that is a string already. */
static bool is_string(Process *p, Term list, Term limit)
{
    size_t left = work_budget(p, CELLS_PER_REDUCTION);
    for (; left && is_cons(list); left--, list = cons_tail(list)) {
        Term head = cons_head(list);
        if (!is_small(head) || head > limit) return false;
        if (!utf8_is_code_point((uint32_t)small_value(head))) return false;
    }
    return is_nil(list);
}

static Term start(Process *p, const Conversion *c, Term data)
{
    const uint8_t *bytes;
    size_t size;
    if (is_cons(data) && !c->to_list && is_nil(cons_tail(data)) && is_binary(cons_head(data)))
        data = cons_head(data);
    if (!c->latin1 && binary_bytes(data, &bytes, &size)) return utf8_binary(p, c, data, 0);
    Term limit = make_small(c->latin1 ? 0xFF : 0x10FFFF);
    if (c->to_list && is_list(data) && is_string(p, data, limit)) return data;
    if (!is_list(data) && !is_binary(data)) return badarg(p);
    return convert(p, c, TERM_NIL, data);
}

static Term resume(Process *p, const Conversion *c, Term state, Term data)
{
    const Term *elements = tuple_elements(state);
    if (elements[0] == A(list)) return list_step(p, elements);
    if (elements[0] != A(utf8)) return convert(p, c, state, data);
    if (is_cons(data)) data = cons_head(data);
    return utf8_binary(p, c, data, (size_t)small_value(elements[1]));
}

/* Other encodings are converted by functions of the module itself. */
static Term trap(Process *p, Term *args, bool to_list)
{
    Term name = to_list ? A(characters_to_list_int) : A(characters_to_binary_int);
    Export *function = export_intern(A(unicode), name, 2);
    return function ? native_trap(p, function, args, 2) : native_memory(p);
}

static Term characters(Process *p, Term *args, bool to_list)
{
    Term encoding = args[1], state = work_state(p);
    Conversion c = {to_list, encoding == A(latin1)};
    if (!c.latin1 && encoding != A(unicode) && encoding != A(utf8)) return trap(p, args, to_list);
    if (!is_nil(state) && !(to_list && c.latin1 && is_binary(args[0])))
        return resume(p, &c, state, args[0]);
    if (!to_list || !c.latin1 || !is_binary(args[0])) return start(p, &c, args[0]);
    return binary_list(p, state, bitstring_span(args[0]), TERM_NIL);
}

static Term unicode_characters_to_binary_2(Process *p, Term *args)
{
    return characters(p, args, false);
}
static Term unicode_characters_to_list_2(Process *p, Term *args)
{
    return characters(p, args, true);
}

/* ---- bin_is_7bit/1 ---- */

/* The state: how many bytes are below 128. */
static Term unicode_bin_is_7bit_1(Process *p, Term *args)
{
    Term state = work_state(p);
    if (!is_binary(args[0])) return A(false);
    BitSpan span = bitstring_span(args[0]);
    size_t at = is_nil(state) ? 0 : (size_t)small_value(state), size = span.bit_size / 8;
    size_t budget = work_budget(p, BYTES_PER_REDUCTION), window = size - at;
    if (window > budget) window = budget;
    work_charge(p, window, BYTES_PER_REDUCTION);
    for (size_t end = at + window; at < end;) {
        unsigned bits = (unsigned)(end - at) < 8 ? (unsigned)(end - at) * 8 : 64;
        uint64_t block = bits_read(span.data + at, span.bit_offset, bits);
        if (block & 0x8080808080808080u) return A(false);
        at += bits / 8;
    }
    return at == size ? A(true) : native_yield(p, make_small((Word)at));
}

static const Native unicode_natives[] = {
    NATIVE(unicode, bin_is_7bit, 1, YIELDS),
    NATIVE(unicode, characters_to_binary, 2, YIELDS),
    NATIVE(unicode, characters_to_list, 2, YIELDS),
};
NATIVE_TABLE(unicode);
