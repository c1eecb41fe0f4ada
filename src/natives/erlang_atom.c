/* SPDX-License-Identifier: Apache-2.0 */
/* erlang_atom.c - natives of module erlang between atoms and text. */
#include "base/bitcopy.h"
#include "base/utf8.h"
#include "heap/binary.h"
#include "natives/support.h"
#include "natives/work.h"

enum { ATOM_CHARACTERS = 255, ATOM_BYTES = 4 * ATOM_CHARACTERS };

/* Text on its way to an atom. */
typedef enum TextStatus { TEXT_GOOD, TEXT_BAD, TEXT_LONG } TextStatus;
typedef struct Text {
    size_t size;
    uint8_t bytes[ATOM_BYTES];
} Text;

static bool is_latin1(Term encoding) { return encoding == A(latin1); }
static bool is_utf8(Term encoding) { return encoding == A(utf8) || encoding == A(unicode); }

/* ---- From atoms ---- */

static Term erlang_atom_to_list_1(Process *p, Term *args)
{
    if (!is_atom(args[0])) return badarg(p);
    size_t size;
    const uint8_t *text = (const uint8_t *)atom_text(args[0], &size);
    if (work_lacks(p, 2 * size)) return native_need(p, 2 * size);
    return make_characters(p, text, size);
}

static Term to_latin1(Process *p, const uint8_t *text, size_t size)
{
    uint8_t bytes[ATOM_CHARACTERS];
    size_t count = 0;
    for (size_t at = 0; at < size; count++) {
        uint32_t code = 0;
        at += utf8_decode(text + at, size - at, &code);
        if (code > 255) return badarg(p);
        bytes[count] = (uint8_t)code;
    }
    return or_memory(p, binary_from(&p->heap, bytes, count));
}

static Term erlang_atom_to_binary_2(Process *p, Term *args)
{
    if (!is_atom(args[0])) return badarg(p);
    size_t size;
    const char *text = atom_text(args[0], &size);
    if (is_latin1(args[1])) return to_latin1(p, (const uint8_t *)text, size);
    if (!is_utf8(args[1])) return badarg(p);
    return or_memory(p, binary_from(&p->heap, text, size));
}

static Term erlang_atom_to_binary_1(Process *p, Term *args)
{
    Term both[2] = {args[0], A(utf8)};
    return erlang_atom_to_binary_2(p, both);
}

/* ---- To atoms ---- */

static TextStatus text_of_list(Term list, Text *text)
{
    size_t count = 0;
    text->size = 0;
    for (; is_cons(list); list = cons_tail(list), count++) {
        Term code = cons_head(list);
        if (!is_natural(code) || small_value(code) > 0x10FFFF) return TEXT_BAD;
        if (!utf8_is_code_point((uint32_t)small_value(code))) return TEXT_BAD;
        if (count == ATOM_CHARACTERS) return TEXT_LONG;
        text->size += utf8_encode((uint32_t)small_value(code), text->bytes + text->size);
    }
    return is_nil(list) ? TEXT_GOOD : TEXT_BAD;
}

static TextStatus text_of_latin1(BitSpan span, Text *text)
{
    size_t size = span.bit_size / 8;
    text->size = 0;
    if (size > ATOM_CHARACTERS) return TEXT_LONG;
    uint8_t bytes[ATOM_CHARACTERS + 1];
    bits_copy(bytes, 0, span.data, span.bit_offset, span.bit_size);
    for (size_t i = 0; i < size; i++) text->size += utf8_encode(bytes[i], text->bytes + text->size);
    return TEXT_GOOD;
}

static TextStatus text_of_utf8(BitSpan span, Text *text)
{
    size_t size = span.bit_size / 8, count;
    text->size = size > ATOM_BYTES ? ATOM_BYTES : size;
    bits_copy(text->bytes, 0, span.data, span.bit_offset, text->size * 8);
    size_t good = utf8_valid_prefix(text->bytes, text->size, &count);
    if (count > ATOM_CHARACTERS) return TEXT_LONG;
    if (good == size) return TEXT_GOOD;
    return good == ATOM_BYTES ? TEXT_LONG : TEXT_BAD;
}

static TextStatus text_of_binary(Term binary, Term encoding, Text *text)
{
    if (!is_binary(binary)) return TEXT_BAD;
    BitSpan span = bitstring_span(binary);
    if (is_latin1(encoding)) return text_of_latin1(span, text);
    return is_utf8(encoding) ? text_of_utf8(span, text) : TEXT_BAD;
}

/* The atom of `text`, made if it may be. */
static Term atom_of(Process *p, TextStatus status, const Text *text, bool make)
{
    if (status == TEXT_LONG && make) return raise_error(p, A(system_limit));
    if (status != TEXT_GOOD) return badarg(p);
    if (make) {
        Term atom = atom_intern((const char *)text->bytes, text->size);
        return is_none(atom) ? raise_error(p, A(system_limit)) : atom;
    }
    Term atom = atom_find((const char *)text->bytes, text->size);
    return is_none(atom) ? badarg(p) : atom;
}

static Term erlang_list_to_atom_1(Process *p, Term *args)
{
    Text text;
    TextStatus status = text_of_list(args[0], &text);
    return atom_of(p, status, &text, true);
}

static Term erlang_list_to_existing_atom_1(Process *p, Term *args)
{
    Text text;
    TextStatus status = text_of_list(args[0], &text);
    return atom_of(p, status, &text, false);
}

static Term erlang_binary_to_atom_2(Process *p, Term *args)
{
    Text text;
    TextStatus status = text_of_binary(args[0], args[1], &text);
    return atom_of(p, status, &text, true);
}

static Term erlang_binary_to_existing_atom_2(Process *p, Term *args)
{
    Text text;
    TextStatus status = text_of_binary(args[0], args[1], &text);
    return atom_of(p, status, &text, false);
}

static Term erlang_binary_to_atom_1(Process *p, Term *args)
{
    Term both[2] = {args[0], A(utf8)};
    return erlang_binary_to_atom_2(p, both);
}

static Term erlang_binary_to_existing_atom_1(Process *p, Term *args)
{
    Term both[2] = {args[0], A(utf8)};
    return erlang_binary_to_existing_atom_2(p, both);
}

static const Native erlang_atom_natives[] = {
    NATIVE(erlang, atom_to_binary, 1, CONSTANT | IN_ERLANG),
    NATIVE(erlang, atom_to_binary, 2, CONSTANT),
    NATIVE(erlang, atom_to_list, 1, CONSTANT),
    NATIVE(erlang, binary_to_atom, 1, CONSTANT | IN_ERLANG),
    NATIVE(erlang, binary_to_atom, 2, CONSTANT),
    NATIVE(erlang, binary_to_existing_atom, 1, CONSTANT | IN_ERLANG),
    NATIVE(erlang, binary_to_existing_atom, 2, CONSTANT),
    NATIVE(erlang, list_to_atom, 1, CONSTANT),
    NATIVE(erlang, list_to_existing_atom, 1, CONSTANT),
};
NATIVE_TABLE(erlang_atom);
