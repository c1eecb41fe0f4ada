/* SPDX-License-Identifier: Apache-2.0 */
/* etf_put.c - writing terms without parts in external term format. */
#include "base/decimal.h"
#include "heap/etf_put.h"
#include "term/atom.h"
#include "term/export.h"
#include "term/identifier.h"
#include "term/span.h"

/* No term but binaries and big integers asks for more at once: two atoms, and numbers. */
enum { NOWHERE_BYTES = 4096, SOME = 32 };

/* Where bytes go that are only counted, and those of an encoder that has failed. Never read. */
static uint8_t nowhere[NOWHERE_BYTES];

bool etf_room_slow(EtfEncoder *e, size_t bytes)
{
    if (e->make_room == NULL) return true;
    if (!e->failed && !e->counts && e->make_room(e, bytes)) return true;
    if (!e->counts) e->failed = true;
    e->before += (size_t)(e->at - e->start);
    e->at = e->start = nowhere;
    e->end = nowhere + sizeof nowhere;
    return false;
}

/* Room for `bytes` of any number; false: they are only counted, and have been. */
static bool room_for_many(EtfEncoder *e, size_t bytes)
{
    etf_room(e, bytes);
    if ((size_t)(e->end - e->at) >= bytes || e->make_room == NULL) return true;
    e->before += bytes;
    return false;
}

/* ---- Atoms ---- */

static bool is_ascii(const char *text, size_t size)
{
    uint8_t all = 0;
    for (size_t i = 0; i < size; i++) all |= (uint8_t)text[i];
    return all < 0x80;
}

/* How many characters; SIZE_MAX: some are above 255. */
static size_t latin1_size(const char *text, size_t size)
{
    size_t count = 0;
    for (size_t i = 0; i < size; count++) {
        uint8_t c = (uint8_t)text[i];
        if (c > 0xC3) return SIZE_MAX;
        i += c < 0x80 ? 1 : 2;
    }
    return count;
}

static void put_latin1(EtfEncoder *e, const char *text, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        uint8_t c = (uint8_t)text[i];
        if (c >= 0x80) c = (uint8_t)(c << 6 | ((uint8_t)text[++i] & 0x3F));
        put_u8(e, c);
    }
}

static void put_text(EtfEncoder *e, const char *text, size_t size)
{
    memcpy(e->at, text, size);
    e->at += size;
}

void etf_put_atom(EtfEncoder *e, Term atom)
{
    size_t size;
    const char *text = atom_text(atom, &size);
    etf_room(e, 3 + size);
    if (e->options.minor_version < 2) {
        bool ascii = is_ascii(text, size);
        size_t characters = ascii ? size : latin1_size(text, size);
        if (characters != SIZE_MAX) {
            put_u8(e, ATOM_EXT);
            put_u16(e, (unsigned)characters);
            if (ascii) put_text(e, text, size);
            else put_latin1(e, text, size);
            return;
        }
    }
    put_u8(e, size < 256 ? SMALL_ATOM_UTF8_EXT : ATOM_UTF8_EXT);
    if (size < 256) put_u8(e, (unsigned)size);
    else put_u16(e, (unsigned)size);
    put_text(e, text, size);
}

/* ---- Numbers ---- */

static void put_big_head(EtfEncoder *e, size_t size, bool negative)
{
    put_u8(e, size < 256 ? SMALL_BIG_EXT : LARGE_BIG_EXT);
    if (size < 256) put_u8(e, (unsigned)size);
    else put_u32(e, (uint32_t)size);
    put_u8(e, negative);
}

static size_t byte_length(uintptr_t value)
{
    size_t size = 0;
    for (; value != 0; value >>= 8) size++;
    return size;
}

static void put_limb(EtfEncoder *e, uintptr_t limb, size_t size)
{
    for (size_t i = 0; i < size; i++) put_u8(e, limb >> 8 * i & 0xFF);
}

void etf_put_integer(EtfEncoder *e, int64_t value)
{
    etf_room(e, SOME);
    if (value >= 0 && value < 256) {
        put_u8(e, SMALL_INTEGER_EXT);
        put_u8(e, (unsigned)value);
        return;
    }
    if (value >= INT32_MIN && value <= INT32_MAX) {
        put_u8(e, INTEGER_EXT);
        put_u32(e, (uint32_t)value);
        return;
    }
    uint64_t magnitude = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    size_t size = 4;
    while (magnitude >> 8 * (size - 1) >> 8 != 0) size++;
    put_big_head(e, size, value < 0);
    for (size_t i = 0; i < size; i++) put_u8(e, magnitude >> 8 * i & 0xFF);
}

/* On 32 bit, big integers of one limb may still fit what INTEGER_EXT holds. */
static bool fits_integer_ext(Term big, int64_t *value)
{
    if (big_size(big) > 1 || WORD_BITS > 32) return false;
    int64_t magnitude = (int64_t)big_limbs(big)[0];
    *value = big_is_negative(big) ? -magnitude : magnitude;
    return true;
}

static void put_big(EtfEncoder *e, Term big)
{
    int64_t value;
    if (fits_integer_ext(big, &value)) {
        etf_put_integer(e, value);
        return;
    }
    size_t count = big_size(big);
    const uintptr_t *limbs = big_limbs(big);
    size_t top = byte_length(limbs[count - 1]), size = (count - 1) * WORD_BYTES + top;
    etf_room(e, SOME);
    put_big_head(e, size, big_is_negative(big));
    if (!room_for_many(e, size)) return;
    for (size_t i = 0; i + 1 < count; i++) put_limb(e, limbs[i], WORD_BYTES);
    put_limb(e, limbs[count - 1], top);
}

static void put_float(EtfEncoder *e, double d)
{
    etf_room(e, 2 * SOME);
    if (e->options.minor_version == 0) {
        char text[FLOAT_TEXT_BYTES + 1] = {0};
        decimal_scientific(d, 20, text);
        put_u8(e, FLOAT_EXT);
        put_text(e, text, FLOAT_TEXT_BYTES);
        return;
    }
    uint64_t bits;
    memcpy(&bits, &d, sizeof bits);
    put_u8(e, NEW_FLOAT_EXT);
    put_u32(e, (uint32_t)(bits >> 32));
    put_u32(e, (uint32_t)bits);
}

/* ---- Pids, ports, references, exports ---- */

static void put_pid(EtfEncoder *e, Term pid)
{
    Identifier id = identifier_of(pid);
    etf_room(e, SOME);
    put_u8(e, NEW_PID_EXT);
    etf_put_atom(e, id.node->name);
    etf_room(e, SOME);
    put_u32(e, id.words[0]);
    put_u32(e, id.words[1]);
    put_u32(e, id.node->creation);
}

static void put_port(EtfEncoder *e, Term port)
{
    Identifier id = identifier_of(port);
    bool wide = id.words[1] != 0 || id.words[0] >> LOCAL_PORT_BITS != 0;
    etf_room(e, SOME);
    put_u8(e, wide ? V4_PORT_EXT : NEW_PORT_EXT);
    etf_put_atom(e, id.node->name);
    etf_room(e, SOME);
    if (wide) put_u32(e, id.words[1]);
    put_u32(e, id.words[0]);
    put_u32(e, id.node->creation);
}

static void put_ref(EtfEncoder *e, Term ref)
{
    Identifier id = identifier_of(ref);
    etf_room(e, SOME);
    put_u8(e, NEWER_REFERENCE_EXT);
    put_u16(e, id.count);
    etf_put_atom(e, id.node->name);
    etf_room(e, SOME);
    put_u32(e, id.node->creation);
    for (uint32_t i = 0; i < id.count; i++) put_u32(e, id.words[i]);
}

static void put_export(EtfEncoder *e, const Export *export)
{
    etf_room(e, SOME);
    put_u8(e, EXPORT_EXT);
    etf_put_atom(e, export->module);
    etf_put_atom(e, export->function);
    etf_put_integer(e, export->arity);
}

/* ---- Binaries ---- */

static void put_bits(EtfEncoder *e, Term t)
{
    BitSpan span = bitstring_span(t);
    size_t size = span.bit_size / 8;
    unsigned rest = span.bit_size % 8;
    etf_room(e, SOME);
    put_u8(e, rest == 0 ? BINARY_EXT : BIT_BINARY_EXT);
    put_u32(e, (uint32_t)(size + (rest != 0)));
    if (rest != 0) put_u8(e, rest);
    if (room_for_many(e, size)) {
        span_copy(span, e->at, size);
        e->at += size;
    }
    etf_room(e, SOME);
    if (rest != 0) put_u8(e, span_tail(span));
}

/* ---- Any ---- */

static void put_boxed_leaf(EtfEncoder *e, Term t)
{
    switch (boxed_kind(t)) {
    case KIND_EXPORT: put_export(e, export_of(t)); break;
    case KIND_FLOAT: put_float(e, float_value(t)); break;
    case KIND_BIG_POS:
    case KIND_BIG_NEG: put_big(e, t); break;
    case KIND_BIN_HEAP:
    case KIND_BIN_REFC:
    case KIND_BIN_SUB: put_bits(e, t); break;
    default:
        if (is_pid(t)) put_pid(e, t);
        else if (is_port(t)) put_port(e, t);
        else put_ref(e, t);
        break;
    }
}

void etf_put_leaf(EtfEncoder *e, Term t)
{
    if (is_small(t)) etf_put_integer(e, small_value(t));
    else if (is_atom(t)) etf_put_atom(e, t);
    else if (is_boxed(t)) put_boxed_leaf(e, t);
    else if (is_local_pid(t)) put_pid(e, t);
    else if (is_local_port(t)) put_port(e, t);
    else {
        etf_room(e, SOME);
        put_u8(e, NIL_EXT);
    }
}
