/* SPDX-License-Identifier: Apache-2.0 */
/* etf_encode.c - terms in external term format. */
#include "base/decimal.h"
#include "base/utf8.h"
#include "base/worklist.h"
#include "heap/etf.h"
#include "heap/etf_format.h"
#include "heap/map.h"
#include "term/atom.h"
#include "term/exhausted.h"
#include "term/export.h"
#include "term/fun.h"
#include "term/identifier.h"
#include "term/span.h"

/* One walk both counts (`out` is NULL) and writes. Entries of the worklist, kind last:
   TERM term; LIST rest; TERMS first count; PAIRS keys values count; LARGE cursor-words;
   FUN_END start. */
enum { TERM, LIST, TERMS, PAIRS, LARGE, FUN_END };

enum { CURSOR_WORDS = (sizeof(MapCursor) + WORD_BYTES - 1) / WORD_BYTES };

typedef struct Encoder {
    Worklist work;
    uint8_t *out;
    size_t size; /* written so far */
    const EtfOptions *options;
    bool failed;
} Encoder;

/* ---- Bytes ---- */

static void put_bytes(Encoder *e, const void *bytes, size_t size)
{
    if (e->out != NULL && size > 0) memcpy(e->out + e->size, bytes, size);
    e->size += size;
}

static void put_u8(Encoder *e, unsigned value)
{
    if (e->out != NULL) e->out[e->size] = (uint8_t)value;
    e->size++;
}

static void put_u16(Encoder *e, unsigned value)
{
    put_u8(e, value >> 8);
    put_u8(e, value & 0xFF);
}

static void put_u32(Encoder *e, uint32_t value)
{
    put_u16(e, value >> 16);
    put_u16(e, value & 0xFFFF);
}

static void push(Encoder *e, uintptr_t word)
{
    if (!e->failed && !worklist_push(&e->work, word)) e->failed = true;
}

static void push_entry(Encoder *e, uintptr_t word, unsigned kind)
{
    push(e, word);
    push(e, kind);
}

static void push_terms(Encoder *e, const Term *first, size_t count)
{
    if (count == 0) return;
    push(e, (uintptr_t)first);
    push_entry(e, count, TERMS);
}

/* ---- Atoms ---- */

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

static void put_latin1(Encoder *e, const char *text, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        uint8_t c = (uint8_t)text[i];
        if (c >= 0x80) c = (uint8_t)(c << 6 | ((uint8_t)text[++i] & 0x3F));
        put_u8(e, c);
    }
}

static void put_atom(Encoder *e, Term atom)
{
    size_t size;
    const char *text = atom_text(atom, &size);
    size_t characters = e->options->minor_version < 2 ? latin1_size(text, size) : SIZE_MAX;
    if (characters != SIZE_MAX) {
        put_u8(e, ATOM_EXT);
        put_u16(e, (unsigned)characters);
        put_latin1(e, text, size);
        return;
    }
    put_u8(e, size < 256 ? SMALL_ATOM_UTF8_EXT : ATOM_UTF8_EXT);
    if (size < 256) put_u8(e, (unsigned)size);
    else put_u16(e, (unsigned)size);
    put_bytes(e, text, size);
}

/* ---- Numbers ---- */

static void put_big_head(Encoder *e, size_t size, bool negative)
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

static void put_limb(Encoder *e, uintptr_t limb, size_t size)
{
    for (size_t i = 0; i < size; i++) put_u8(e, limb >> 8 * i & 0xFF);
}

static void put_i64(Encoder *e, int64_t value)
{
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

static void put_big(Encoder *e, Term big)
{
    int64_t value;
    if (fits_integer_ext(big, &value)) {
        put_i64(e, value);
        return;
    }
    size_t count = big_size(big);
    const uintptr_t *limbs = big_limbs(big);
    size_t top = byte_length(limbs[count - 1]);
    put_big_head(e, (count - 1) * WORD_BYTES + top, big_is_negative(big));
    for (size_t i = 0; i + 1 < count; i++) put_limb(e, limbs[i], WORD_BYTES);
    put_limb(e, limbs[count - 1], top);
}

static void put_float(Encoder *e, double d)
{
    if (e->options->minor_version == 0) {
        char text[FLOAT_TEXT_BYTES + 1] = {0};
        decimal_scientific(d, 20, text);
        put_u8(e, FLOAT_EXT);
        put_bytes(e, text, FLOAT_TEXT_BYTES);
        return;
    }
    uint64_t bits;
    memcpy(&bits, &d, sizeof bits);
    put_u8(e, NEW_FLOAT_EXT);
    put_u32(e, (uint32_t)(bits >> 32));
    put_u32(e, (uint32_t)bits);
}

/* ---- Pids, ports, references, funs ---- */

static void put_pid(Encoder *e, Term pid)
{
    Identifier id = identifier_of(pid);
    put_u8(e, NEW_PID_EXT);
    put_atom(e, id.node->name);
    put_u32(e, id.words[0]);
    put_u32(e, id.words[1]);
    put_u32(e, id.node->creation);
}

static void put_port(Encoder *e, Term port)
{
    Identifier id = identifier_of(port);
    bool wide = id.words[1] != 0 || id.words[0] >> LOCAL_PORT_BITS != 0;
    put_u8(e, wide ? V4_PORT_EXT : NEW_PORT_EXT);
    put_atom(e, id.node->name);
    if (wide) put_u32(e, id.words[1]);
    put_u32(e, id.words[0]);
    put_u32(e, id.node->creation);
}

static void put_ref(Encoder *e, Term ref)
{
    Identifier id = identifier_of(ref);
    put_u8(e, NEWER_REFERENCE_EXT);
    put_u16(e, id.count);
    put_atom(e, id.node->name);
    put_u32(e, id.node->creation);
    for (uint32_t i = 0; i < id.count; i++) put_u32(e, id.words[i]);
}

static void put_export(Encoder *e, const Export *export)
{
    put_u8(e, EXPORT_EXT);
    put_atom(e, export->module);
    put_atom(e, export->function);
    put_i64(e, export->arity);
}

static void put_fun(Encoder *e, const Fun *fun, size_t free_count)
{
    const FunEntry *entry = fun->entry;
    put_u8(e, NEW_FUN_EXT);
    push_entry(e, e->size, FUN_END);
    put_u32(e, 0); /* the size of all, when it is known */
    put_u8(e, entry->arity);
    put_bytes(e, entry->uniq, UNIQ_BYTES);
    put_u32(e, entry->index);
    put_u32(e, (uint32_t)free_count);
    put_atom(e, entry->module);
    put_i64(e, entry->old_index);
    put_i64(e, entry->old_uniq);
    put_pid(e, fun->creator);
    push_terms(e, fun->env, free_count);
}

static void end_fun(Encoder *e, size_t start)
{
    size_t end = e->size;
    e->size = start;
    put_u32(e, (uint32_t)(end - start));
    e->size = end;
}

/* ---- Terms with parts ---- */

static void put_bits(Encoder *e, Term t)
{
    BitSpan span = bitstring_span(t);
    size_t size = span.bit_size / 8;
    unsigned rest = span.bit_size % 8;
    put_u8(e, rest == 0 ? BINARY_EXT : BIT_BINARY_EXT);
    put_u32(e, (uint32_t)(size + (rest != 0)));
    if (rest != 0) put_u8(e, rest);
    if (e->out != NULL) span_copy(span, e->out + e->size, size);
    e->size += size;
    if (rest != 0) put_u8(e, span_tail(span));
}

static void put_tuple(Encoder *e, Term t)
{
    size_t arity = tuple_arity(t);
    put_u8(e, arity < 256 ? SMALL_TUPLE_EXT : LARGE_TUPLE_EXT);
    if (arity < 256) put_u8(e, (unsigned)arity);
    else put_u32(e, (uint32_t)arity);
    push_terms(e, tuple_elements(t), arity);
}

static bool is_byte(Term t)
{
    return is_small(t) && (uintptr_t)small_value(t) < 256;
}

/* Its number of cells; *is_string: all bytes, ends in nil, and not too long for STRING_EXT. */
static size_t list_cells(Term list, bool *is_string)
{
    size_t count = 0;
    bool bytes = true;
    for (; is_cons(list); list = cons_tail(list), count++) bytes &= is_byte(cons_head(list));
    *is_string = bytes && is_nil(list) && count <= UINT16_MAX;
    return count;
}

static void put_list(Encoder *e, Term list)
{
    bool string;
    size_t count = list_cells(list, &string);
    if (!string) {
        put_u8(e, LIST_EXT);
        put_u32(e, (uint32_t)count);
        push_entry(e, list, LIST);
        return;
    }
    put_u8(e, STRING_EXT);
    put_u16(e, (unsigned)count);
    for (; is_cons(list); list = cons_tail(list)) put_u8(e, (unsigned)small_value(cons_head(list)));
}

static void push_large(Encoder *e, const MapCursor *cursor)
{
    uintptr_t words[CURSOR_WORDS] = {0};
    memcpy(words, cursor, sizeof *cursor);
    for (size_t i = 0; i < CURSOR_WORDS; i++) push(e, words[i]);
    push(e, LARGE);
}

static void put_map(Encoder *e, Term map)
{
    size_t count = map_size(map);
    put_u8(e, MAP_EXT);
    put_u32(e, (uint32_t)count);
    if (!is_flat_map(map)) {
        MapCursor cursor;
        memset(&cursor, 0, sizeof cursor);
        map_cursor_init(&cursor, map);
        push_large(e, &cursor);
        return;
    }
    push(e, (uintptr_t)tuple_elements(flat_map_keys(map)));
    push(e, (uintptr_t)flat_map_values(map));
    push_entry(e, count, PAIRS);
}

/* The definition is {Module, Name, Exported, Field...}. */
static void put_record(Encoder *e, Term t)
{
    const Term *p = boxed_ptr(t);
    size_t count = header_size(p[0]) - 1;
    const Term *definition = tuple_elements(p[1]);
    put_u8(e, NATIVE_RECORD_EXT);
    put_u32(e, (uint32_t)count);
    put_u8(e, definition[2] == A(true));
    put_atom(e, definition[0]);
    put_atom(e, definition[1]);
    for (size_t i = 0; i < count; i++) put_atom(e, definition[3 + i]);
    push_terms(e, p + 2, count);
}

static void put_boxed(Encoder *e, Term t)
{
    switch (boxed_kind(t)) {
    case KIND_TUPLE: put_tuple(e, t); break;
    case KIND_MAP:
    case KIND_HASHMAP: put_map(e, t); break;
    case KIND_RECORD: put_record(e, t); break;
    case KIND_FUN: put_fun(e, fun_ptr(t), fun_free_count(t)); break;
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

static void put_term(Encoder *e, Term t)
{
    if (is_small(t)) put_i64(e, small_value(t));
    else if (is_cons(t)) put_list(e, t);
    else if (is_boxed(t)) put_boxed(e, t);
    else if (is_atom(t)) put_atom(e, t);
    else if (is_nil(t)) put_u8(e, NIL_EXT);
    else if (is_local_pid(t)) put_pid(e, t);
    else put_port(e, t);
}

/* ---- Entries of the worklist ---- */

static void next_of_list(Encoder *e, Term rest)
{
    if (is_cons(rest)) {
        push_entry(e, cons_tail(rest), LIST);
        put_term(e, cons_head(rest));
    } else {
        put_term(e, rest);
    }
}

static void next_term(Encoder *e)
{
    size_t count = worklist_pop(&e->work);
    const Term *first = (const Term *)worklist_pop(&e->work);
    push_terms(e, first + 1, count - 1);
    put_term(e, *first);
}

static void next_pair(Encoder *e)
{
    size_t count = worklist_pop(&e->work);
    const Term *values = (const Term *)worklist_pop(&e->work);
    const Term *keys = (const Term *)worklist_pop(&e->work);
    if (count == 0) return;
    push(e, (uintptr_t)(keys + 1));
    push(e, (uintptr_t)(values + 1));
    push_entry(e, count - 1, PAIRS);
    push_entry(e, *values, TERM);
    put_term(e, *keys);
}

static void next_large_pair(Encoder *e)
{
    uintptr_t words[CURSOR_WORDS];
    MapCursor cursor;
    Term key, value;
    for (size_t i = CURSOR_WORDS; i-- > 0;) words[i] = worklist_pop(&e->work);
    memcpy(&cursor, words, sizeof cursor);
    if (!map_cursor_next(&cursor, &key, &value)) return;
    push_large(e, &cursor);
    push_entry(e, value, TERM);
    put_term(e, key);
}

static void next_entry(Encoder *e)
{
    switch (worklist_pop(&e->work)) {
    case TERM: put_term(e, worklist_pop(&e->work)); break;
    case LIST: next_of_list(e, worklist_pop(&e->work)); break;
    case TERMS: next_term(e); break;
    case PAIRS: next_pair(e); break;
    case LARGE: next_large_pair(e); break;
    default: end_fun(e, worklist_pop(&e->work)); break;
    }
}

static size_t encode(Term t, const EtfOptions *options, uint8_t *out)
{
    Encoder e = {.out = out, .options = options};
    worklist_init(&e.work);
    put_u8(&e, ETF_VERSION);
    put_term(&e, t);
    while (!e.failed && !worklist_is_empty(&e.work)) next_entry(&e);
    worklist_done(&e.work);
    return e.failed ? SIZE_MAX : e.size;
}

size_t etf_encoded_size(Term t, const EtfOptions *options)
{
    return encode(t, options, NULL);
}

void etf_encode(Term t, const EtfOptions *options, uint8_t *out)
{
    if (encode(t, options, out) == SIZE_MAX) term_exhausted();
}
