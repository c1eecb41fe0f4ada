/* SPDX-License-Identifier: Apache-2.0 */
/* etf_scan.c - the first pass over bytes in external term format: check and count. */
#include "heap/etf_decode.h"
#include "base/decimal.h"
#include "heap/binary.h"
#include "heap/etf_format.h"
#include "heap/map.h"
#include "heap/number.h"
#include "term/atom.h"
#include "term/export.h"
#include "term/identifier.h"

/* Words of any term that fit into memory; more means that an announced count is a lie. */
#define MAX_WORDS (SIZE_MAX / WORD_BYTES / 4)

static size_t left(const EtfScan *s) { return (size_t)(s->end - s->at); }

/* Takes `size` bytes; NULL: there are not as many. */
static const uint8_t *take(EtfScan *s, size_t size)
{
    if (left(s) < size) return NULL;
    const uint8_t *p = s->at;
    s->at += size;
    return p;
}

/* Takes a count in `size` bytes, big-endian. */
static bool take_count(EtfScan *s, unsigned size, uint32_t *count)
{
    const uint8_t *p = take(s, size);
    if (p == NULL) return false;
    *count = size == 1 ? p[0] : size == 2 ? load_big16(p) : load_big32(p);
    return true;
}

/* `count` more terms follow; each has one byte at least. The term at hand is pending as well. */
static bool expect(EtfScan *s, size_t count)
{
    if (count > left(s)) return false;
    s->pending += count;
    return s->pending - 1 <= left(s);
}

/* ---- Atoms ---- */

static bool is_utf8_atom(uint8_t tag) { return tag == ATOM_UTF8_EXT || tag == SMALL_ATOM_UTF8_EXT; }

static size_t latin1_to_utf8(const uint8_t *text, size_t size, char *out)
{
    size_t used = 0;
    for (size_t i = 0; i < size; i++) {
        if (text[i] < 0x80) {
            out[used++] = (char)text[i];
            continue;
        }
        out[used++] = (char)(0xC0 | text[i] >> 6);
        out[used++] = (char)(0x80 | (text[i] & 0x3F));
    }
    return used;
}

static bool scan_atom_text(EtfScan *s, uint8_t tag)
{
    uint32_t size;
    bool small = tag == SMALL_ATOM_EXT || tag == SMALL_ATOM_UTF8_EXT;
    if (!take_count(s, small ? 1 : 2, &size)) return false;
    const uint8_t *text = take(s, size);
    if (text == NULL) return false;
    if (is_utf8_atom(tag)) {
        if (!atom_text_check((const char *)text, size)) return false;
        return !s->safe || atom_find((const char *)text, size) != TERM_NONE;
    }
    if (size > ATOM_MAX_CHARACTERS) return false;
    char utf8[2 * ATOM_MAX_CHARACTERS];
    return !s->safe || atom_find(utf8, latin1_to_utf8(text, size, utf8)) != TERM_NONE;
}

static bool scan_atom(EtfScan *s)
{
    const uint8_t *tag = take(s, 1);
    if (tag == NULL) return false;
    if (*tag != ATOM_EXT && *tag != SMALL_ATOM_EXT && !is_utf8_atom(*tag)) return false;
    return scan_atom_text(s, *tag);
}

Term etf_read_atom(const uint8_t **at)
{
    uint8_t tag = *(*at)++;
    bool small = tag == SMALL_ATOM_EXT || tag == SMALL_ATOM_UTF8_EXT;
    size_t size = small ? **at : load_big16(*at);
    const uint8_t *text = *at + (small ? 1 : 2);
    *at = text + size;
    if (is_utf8_atom(tag)) return atom_intern((const char *)text, size);
    char utf8[2 * ATOM_MAX_CHARACTERS];
    return atom_intern(utf8, latin1_to_utf8(text, size, utf8));
}

/* ---- Numbers ---- */

static bool scan_number(EtfScan *s)
{
    const uint8_t *tag = take(s, 1);
    if (tag == NULL) return false;
    if (*tag == SMALL_INTEGER_EXT) return take(s, 1) != NULL;
    if (*tag == INTEGER_EXT) {
        const uint8_t *p = take(s, 4);
        return p != NULL && p[0] < 0x80;
    }
    if (*tag != SMALL_BIG_EXT) return false;
    const uint8_t *p = take(s, 2);
    return p != NULL && p[0] <= 4 && p[1] == 0 && take(s, p[0]) != NULL;
}

uint32_t etf_read_number(const uint8_t **at)
{
    const uint8_t *p = *at;
    uint32_t value = 0;
    if (p[0] == SMALL_INTEGER_EXT) {
        *at += 2;
        return p[1];
    }
    if (p[0] == INTEGER_EXT) {
        *at += 5;
        return load_big32(p + 1);
    }
    for (unsigned i = p[1]; i > 0; i--) value = value << 8 | p[2 + i];
    *at += 3 + p[1];
    return value;
}

static bool scan_integer(EtfScan *s)
{
    const uint8_t *p = take(s, 4);
    if (p == NULL) return false;
    if (!fits_small((Word)(int32_t)load_big32(p))) s->words += 2;
    return true;
}

static bool scan_big(EtfScan *s, unsigned count_size)
{
    uint32_t size;
    if (!take_count(s, count_size, &size) || size > INTEGER_BITS_MAX / 8) return false;
    if (take(s, 1) == NULL || take(s, size) == NULL) return false;
    s->words += 1 + (size + WORD_BYTES - 1) / WORD_BYTES;
    return true;
}

static bool scan_new_float(EtfScan *s)
{
    const uint8_t *p = take(s, 8);
    s->words += 1 + FLOAT_WORDS;
    return p != NULL && (load_big32(p) & 0x7FF00000u) != 0x7FF00000u;
}

bool etf_parse_float(const uint8_t *text, double *d)
{
    const uint8_t *end = memchr(text, 0, FLOAT_TEXT_BYTES);
    size_t size = end == NULL ? FLOAT_TEXT_BYTES : (size_t)(end - text);
    return decimal_parse((const char *)text, size, d);
}

static bool scan_float(EtfScan *s)
{
    double d;
    const uint8_t *p = take(s, FLOAT_TEXT_BYTES);
    s->words += 1 + FLOAT_WORDS;
    return p != NULL && etf_parse_float(p, &d);
}

/* ---- Pids, ports, references, funs ---- */

/* A node's name; *self: it is this node's. */
static bool scan_node(EtfScan *s, bool *self)
{
    const uint8_t *name = s->at;
    if (!scan_atom(s)) return false;
    /* Asking must not make an atom of a hostile name. */
    EtfScan probe = {.at = name, .end = s->at, .safe = true};
    *self = scan_atom(&probe) && etf_read_atom(&name) == node_self()->name;
    return true;
}

/* A creation of 1 or 4 bytes, 0 for any; *self stays true if it is the current one. */
static bool scan_creation(EtfScan *s, size_t size, bool *self)
{
    const uint8_t *p = take(s, size);
    if (p == NULL || (size == 1 && p[0] > 3)) return false;
    uint32_t creation = size == 1 ? p[0] : load_big32(p);
    if (creation != 0 && creation != node_self()->creation) *self = false;
    return true;
}

static bool scan_pid(EtfScan *s, size_t creation_size)
{
    bool self;
    if (!scan_node(s, &self)) return false;
    const uint8_t *p = take(s, 8);
    if (p == NULL || !scan_creation(s, creation_size, &self)) return false;
    if (!self) {
        s->words += 1 + EXTERNAL_SIZE;
        return true;
    }
    uint64_t serial = load_big32(p + 4);
    return load_big32(p) >> PID_ID_BITS == 0 && serial >> (PID_NUMBER_BITS - PID_ID_BITS) == 0;
}

static bool scan_port(EtfScan *s, size_t size, size_t creation_size)
{
    bool self;
    if (!scan_node(s, &self)) return false;
    const uint8_t *p = take(s, size);
    if (p == NULL || !scan_creation(s, creation_size, &self)) return false;
    if (!self) {
        s->words += 1 + EXTERNAL_SIZE;
        return true;
    }
    return (size == 4 ? load_big32(p) : load_big64(p)) >> LOCAL_PORT_BITS == 0;
}

static bool add_ref(EtfScan *s, bool self, const uint8_t *words, size_t count)
{
    s->words += self ? 1 + REF_SIZE : 1 + EXTERNAL_SIZE;
    if (!self) return count <= REF_MAX_WORDS;
    if (count == 0) return true;
    return count <= LOCAL_REF_WORDS && load_big32(words) >> LOCAL_REF_BITS == 0;
}

static bool scan_ref(EtfScan *s, size_t creation_size)
{
    uint32_t count;
    bool self;
    if (!take_count(s, 2, &count) || !scan_node(s, &self)) return false;
    if (!scan_creation(s, creation_size, &self)) return false;
    const uint8_t *words = take(s, 4 * (size_t)count);
    return words != NULL && add_ref(s, self, words, count);
}

static bool scan_old_ref(EtfScan *s)
{
    bool self;
    if (!scan_node(s, &self)) return false;
    const uint8_t *word = take(s, 4);
    return word != NULL && scan_creation(s, 1, &self) && add_ref(s, self, word, 1);
}

static bool scan_export(EtfScan *s)
{
    const uint8_t *at = s->at;
    if (!scan_atom(s) || !scan_atom(s) || !scan_number(s)) return false;
    s->words += 2;
    if (!s->safe) return true;
    Term module = etf_read_atom(&at), function = etf_read_atom(&at);
    return export_find(module, function, etf_read_number(&at)) != NULL;
}

static bool scan_fun(EtfScan *s)
{
    const uint8_t *p = take(s, 4 + 1 + UNIQ_BYTES + 4);
    uint32_t free_count;
    if (p == NULL || !take_count(s, 4, &free_count)) return false;
    if (free_count > TUPLE_MAX_ARITY - FUN_SIZE) return false;
    if (!scan_atom(s) || !scan_number(s) || !scan_number(s)) return false;
    s->words += 1 + FUN_SIZE + free_count;
    return expect(s, 1 + (size_t)free_count);
}

/* ---- Terms with parts ---- */

static bool scan_tuple(EtfScan *s, unsigned count_size)
{
    uint32_t arity;
    if (!take_count(s, count_size, &arity) || arity > TUPLE_MAX_ARITY) return false;
    s->words += 1 + (size_t)arity;
    return expect(s, arity);
}

static bool scan_list(EtfScan *s)
{
    uint32_t count;
    if (!take_count(s, 4, &count) || !expect(s, count)) return false;
    s->words += 2 * (size_t)count;
    return expect(s, 1);
}

static bool scan_string(EtfScan *s)
{
    uint32_t count;
    if (!take_count(s, 2, &count)) return false;
    s->words += 2 * (size_t)count;
    return take(s, count) != NULL;
}

static bool scan_map(EtfScan *s)
{
    uint32_t count;
    if (!take_count(s, 4, &count) || count > left(s) / 2 || !expect(s, 2 * (size_t)count)) {
        return false;
    }
    if (count > MAP_FLAT_MAX) {
        s->has_large_map = true;
        s->words += 2 * (size_t)count;
    } else {
        s->words += 1 + count + 2 + count;
    }
    return true;
}

/* The fields' names follow the record's; the values come as terms of their own. */
static bool scan_record(EtfScan *s)
{
    uint32_t count;
    if (!take_count(s, 4, &count) || count > left(s) || count > TUPLE_MAX_ARITY - 3) return false;
    const uint8_t *exported = take(s, 1);
    if (exported == NULL || *exported > 1 || !scan_atom(s) || !scan_atom(s)) return false;
    for (uint32_t i = 0; i < count; i++) {
        if (!scan_atom(s)) return false;
    }
    s->words += 1 + 3 + (size_t)count + 2 + count;
    return expect(s, count);
}

/* False: a literal larger than a header can say. */
static bool add_binary(EtfScan *s, size_t size)
{
    size_t words = 1 + (size + WORD_BYTES - 1) / WORD_BYTES;
    if (!s->literal && size > BINARY_HEAP_MAX) return true;
    s->words += 1 + words;
    return words <= HEADER_SIZE_MAX;
}

static bool scan_binary(EtfScan *s)
{
    uint32_t size;
    if (!take_count(s, 4, &size) || take(s, size) == NULL) return false;
    return add_binary(s, size);
}

static bool scan_bit_binary(EtfScan *s)
{
    uint32_t size;
    if (!take_count(s, 4, &size)) return false;
    const uint8_t *bits = take(s, 1);
    if (bits == NULL || *bits > 8 || (*bits == 0) != (size == 0)) return false;
    if (take(s, size) == NULL || !add_binary(s, size)) return false;
    if (size > 0 && *bits < 8) s->words += 1 + SUB_BIN_SIZE;
    return true;
}

static bool scan_term(EtfScan *s)
{
    uint8_t tag = *s->at++;
    switch (tag) {
    case SMALL_INTEGER_EXT: return take(s, 1) != NULL;
    case INTEGER_EXT: return scan_integer(s);
    case SMALL_BIG_EXT: return scan_big(s, 1);
    case LARGE_BIG_EXT: return scan_big(s, 4);
    case FLOAT_EXT: return scan_float(s);
    case NEW_FLOAT_EXT: return scan_new_float(s);
    case ATOM_EXT:
    case SMALL_ATOM_EXT:
    case ATOM_UTF8_EXT:
    case SMALL_ATOM_UTF8_EXT: return scan_atom_text(s, tag);
    case NIL_EXT: return true;
    case STRING_EXT: return scan_string(s);
    case LIST_EXT: return scan_list(s);
    case SMALL_TUPLE_EXT: return scan_tuple(s, 1);
    case LARGE_TUPLE_EXT: return scan_tuple(s, 4);
    case MAP_EXT: return scan_map(s);
    case BINARY_EXT: return scan_binary(s);
    case BIT_BINARY_EXT: return scan_bit_binary(s);
    case PID_EXT: return scan_pid(s, 1);
    case NEW_PID_EXT: return scan_pid(s, 4);
    case PORT_EXT: return scan_port(s, 4, 1);
    case NEW_PORT_EXT: return scan_port(s, 4, 4);
    case V4_PORT_EXT: return scan_port(s, 8, 4);
    case REFERENCE_EXT: return scan_old_ref(s);
    case NEW_REFERENCE_EXT: return scan_ref(s, 1);
    case NEWER_REFERENCE_EXT: return scan_ref(s, 4);
    case EXPORT_EXT: return scan_export(s);
    case NEW_FUN_EXT: return scan_fun(s);
    case NATIVE_RECORD_EXT: return scan_record(s);
    default: return false;
    }
}

void etf_scan_start(EtfScan *s)
{
    s->words = 0;
    s->has_large_map = false;
    s->pending = 1;
}

EtfStatus etf_scan_step(EtfScan *s, size_t *budget)
{
    for (; s->pending > 0; s->pending--) {
        if (*budget == 0) return ETF_MORE;
        --*budget;
        if (s->at == s->end || !scan_term(s) || s->words > MAX_WORDS) return ETF_BAD;
    }
    return ETF_DONE;
}

bool etf_scan(EtfScan *s)
{
    size_t budget = SIZE_MAX;
    etf_scan_start(s);
    return etf_scan_step(s, &budget) == ETF_DONE;
}
