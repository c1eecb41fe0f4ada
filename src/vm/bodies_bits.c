/* SPDX-License-Identifier: Apache-2.0 */
/* bodies_bits.c - helpers of instruction bodies: building binaries. */

#include "heap/bits.h"
#include "heap/map.h"
#include "term/release.h"
#include "vm/bodies.h"

static Term source(const BodyFrame *f, uint16_t operand)
{
    return body_source(operand, f->x, f->e, f->base);
}

/* One segment of a table of bin_create. */
typedef struct Segment {
    unsigned type, flags, unit, string_bytes;
    Term source, size;
    bool all; /* the whole source */
    uint32_t string_offset;
} Segment;

static Segment read_segment(const BodyFrame *f, const uint32_t *row)
{
    Segment g = {.type = row[0] & 0xFF};
    if (g.type == CREATE_STRING) {
        g.string_bytes = row[0] >> 8;
        g.string_offset = row[1];
        return g;
    }
    g.flags = (row[0] >> 8) & 0xFF;
    g.unit = row[0] >> 16;
    g.source = source(f, (uint16_t)row[1]);
    g.all = (row[1] >> 16) == CREATE_SIZE_ALL;
    g.size = g.all ? TERM_NIL : source(f, (uint16_t)(row[1] >> 16));
    return g;
}

/* Bits the segment will take. False: *why. */
static bool segment_bits(const Segment *g, uintptr_t *bits, Term *why)
{
    *why = A(badarg);
    switch (g->type) {
    case CREATE_STRING: *bits = (uintptr_t)g->string_bytes * 8; return true;
    case CREATE_UTF8: *bits = utf8_size_of(g->source) * 8; return *bits != 0;
    case CREATE_UTF16: *bits = utf16_size_of(g->source) * 8; return *bits != 0;
    case CREATE_UTF32: *bits = 32; return utf8_size_of(g->source) != 0;
    case CREATE_BINARY:
    case CREATE_APPEND:
    case CREATE_PRIVATE_APPEND:
        if (!is_bitstring(g->source)) return false;
        if (!g->all) break;
        *bits = bitstring_bits(g->source);
        return *bits % (g->unit ? g->unit : 1) == 0;
    default: break;
    }
    if (is_big(g->size) && !big_is_negative(g->size)) *why = A(system_limit);
    if (!body_bit_size(g->size, g->unit, bits)) {
        if (is_small(g->size) && small_value(g->size) > 0) *why = A(system_limit);
        return false;
    }
    return true;
}

static bool build_segment(BitBuilder *b, const BodyFrame *f, const Segment *g, uintptr_t bits)
{
    switch (g->type) {
    case CREATE_INTEGER: return builder_integer(b, g->source, bits, g->flags);
    case CREATE_FLOAT: return builder_float(b, g->source, bits, g->flags);
    case CREATE_STRING:
        return builder_string(b, module_of(f->base)->strings + g->string_offset, bits);
    case CREATE_UTF8: return builder_utf8(b, g->source);
    case CREATE_UTF16: return builder_utf16(b, g->source, g->flags);
    case CREATE_UTF32: return builder_utf32(b, g->source, g->flags);
    default: return builder_bits(b, g->source, bits);
    }
}

static bool is_append(const Segment *g)
{
    return g->type == CREATE_APPEND || g->type == CREATE_PRIVATE_APPEND;
}

/* Bits of a number of constant size: what most segments are. False: look closer. */
static inline bool has_known_size(const uint32_t *row, uintptr_t *bits)
{
    uint32_t size = row[1] >> 16;
    if ((row[0] & 0xFF) > CREATE_FLOAT || source_kind(size) != SOURCE_INT || source_int(size) < 0)
        return false;
    *bits = (uintptr_t)source_int(size) * (row[0] >> 16);
    return true;
}

/* The bits of the segments from *row to `end`. False: *why, because of *row. */
static bool count_bits(const BodyFrame *f, const uint32_t **row, const uint32_t *end,
                       uintptr_t *total, Term *why)
{
    uintptr_t bits;
    *total = 0;
    for (; *row < end; *row += 2) {
        if (!has_known_size(*row, &bits)) {
            Segment g = read_segment(f, *row);
            if (!segment_bits(&g, &bits, why)) return false;
        }
        *why = A(system_limit);
        if (__builtin_add_overflow(*total, bits, total)) return false;
    }
    return true;
}

static bool build_row(BitBuilder *b, const BodyFrame *f, const uint32_t *row)
{
    uintptr_t bits;
    if (has_known_size(row, &bits) && (row[0] & 0xFF) == CREATE_INTEGER)
        return builder_integer(b, source(f, (uint16_t)row[1]), bits, row[0] >> 8 & 0xFF);
    Segment g = read_segment(f, row);
    return segment_bits(&g, &bits, &b->why) && build_segment(b, f, &g, bits);
}

/* The segments from *row to `end`. False: b->why, because of *row. */
static bool build_rows(BitBuilder *b, const BodyFrame *f, const uint32_t **row, const uint32_t *end)
{
    const uint32_t *at = *row;
    while (at < end && build_row(b, f, at)) at += 2;
    *row = at;
    return at == end;
}

static bool start_binary(BitBuilder *b, Heap *heap, const Segment *appended, uintptr_t bits)
{
    if (!appended) return builder_start(b, heap, bits);
    return builder_append(b, heap, appended->source, bits, appended->unit);
}

/* ---- What failed ---- */

typedef struct Fault {
    Term error, value;
} Fault;

static Fault size_fault(const Segment *g, uintptr_t *bits)
{
    if (!g->all && !body_bit_size(g->size, g->unit, bits)) return (Fault){A(size), g->size};
    return (Fault){TERM_NONE, TERM_NONE};
}

static Fault float_fault(const Segment *g, uintptr_t bits)
{
    if (bits != 16 && bits != 32 && bits != 64)
        return (Fault){A(invalid), make_small((Word)bits)};
    return (Fault){is_number(g->source) ? A(no_float) : A(type), g->source};
}

static Fault fault_of(const Segment *g)
{
    uintptr_t bits = 0;
    if (g->type >= CREATE_UTF8) return (Fault){A(type), g->source};
    Fault fault = size_fault(g, &bits);
    if (!is_none(fault.error)) return fault;
    if (g->type == CREATE_INTEGER) return (Fault){A(type), g->source};
    if (g->type == CREATE_FLOAT) return float_fault(g, bits);
    if (!is_bitstring(g->source)) return (Fault){A(type), g->source};
    return (Fault){g->all ? A(unit) : A(short), g->source};
}

static Term type_name(unsigned type)
{
    switch (type) {
    case CREATE_INTEGER: return A(integer);
    case CREATE_FLOAT: return A(float);
    case CREATE_UTF8: return A(utf8);
    case CREATE_UTF16: return A(utf16);
    case CREATE_UTF32: return A(utf32);
    default: return A(binary);
    }
}

/* Adds to the exception, which is because of `row`, what erl_erts_errors needs to tell about it.
   Where there is no memory for that, or it is the reason, the reason stands alone. */
static void set_fault(Process *p, const BodyFrame *f, const uint32_t *row, Term number)
{
    Segment g = read_segment(f, row);
    if (g.type == CREATE_STRING) return;
    Fault fault = fault_of(&g);
    if (p->roots[ROOT_REASON] != A(badarg) && fault.error != A(size)) return;
    Term *cause = heap_reserve(&p->heap, 5);
    if (!cause) return;
    cause[0] = make_header(KIND_TUPLE, 4);
    cause[1] = number;
    cause[2] = type_name(g.type);
    cause[3] = fault.error;
    cause[4] = fault.value;
    Term pairs[] = {A(cause),    make_boxed(cause), A(function),
                    A(format_bs_fail), A(module),   A(erl_erts_errors)};
    Term info = map_from_pairs(&p->heap, pairs, 3, NULL);
    if (!is_none(info)) p->roots[ROOT_INFO] = info;
}

/* As on OTP before 27 a number of a wrong type is found before a later code point that is none,
   although that is what is looked at first here. */
static const uint32_t *blamed(const BodyFrame *f, const uint32_t *row, const uint32_t *found)
{
    if (release_has_utf_first() || (found[0] & 0xFF) < CREATE_UTF8) return found;
    for (; row < found; row += 2) {
        Segment g = read_segment(f, row);
        if (g.type == CREATE_INTEGER && !is_integer(g.source)) return row;
        if (g.type == CREATE_FLOAT && !is_number(g.source)) return row;
    }
    return found;
}

static Term number_of(const uint32_t *table, unsigned count, const uint32_t *row)
{
    const uint16_t *numbers = (const uint16_t *)(const void *)(table + 2 * count);
    return make_small(numbers[(row - table) / 2]);
}

/* ---- All of it ---- */

Term body_bin_create(Process *p, const BodyFrame *f, const uint32_t *table, unsigned count)
{
    BitBuilder b = {.heap = &p->heap, .why = A(badarg)};
    uintptr_t total;
    Segment first = {.type = CREATE_STRING};
    if (count) first = read_segment(f, table);
    bool appends = is_append(&first);
    const uint32_t *start = table + (appends ? 2 : 0), *row = start, *end = table + 2 * count;
    bool good = count_bits(f, &row, end, &total, &b.why);
    if (good) {
        b.why = A(badarg);
        row = table;
        good = start_binary(&b, &p->heap, appends ? &first : NULL, total);
    }
    if (good) {
        row = start;
        good = build_rows(&b, f, &row, end);
    }
    if (good) {
        p->reductions -= (int32_t)(total / 8 / 256);
        return builder_finish(&b);
    }
    body_error(p, b.why);
    if (row == end) return TERM_NONE; /* There is no segment. */
    row = blamed(f, start, row);
    set_fault(p, f, row, number_of(table, count, row));
    return TERM_NONE;
}
