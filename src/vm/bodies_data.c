/* SPDX-License-Identifier: Apache-2.0 */
/* bodies_data.c - helpers of instruction bodies: tuples, funs, maps, binaries. */

#include "heap/bits.h"
#include "term/compare.h"
#include "vm/bodies.h"

static Term source(const BodyFrame *f, uint16_t operand)
{
    return body_source(operand, f->x, f->e, f->base);
}

static Term no_memory(Process *p)
{
    body_memory_error(p);
    return TERM_NONE;
}

Term body_update_record(Process *p, const BodyFrame *f, Term tuple, const uint16_t *pairs,
                        unsigned count)
{
    size_t words = 1 + tuple_arity(tuple);
    Term *copy = heap_reserve(&p->heap, words);
    if (!copy) return no_memory(p);
    memcpy(copy, boxed_ptr(tuple), words * WORD_BYTES);
    for (unsigned i = 0; i < count; i += 2) {
        copy[small_value(source(f, pairs[i]))] = source(f, pairs[i + 1]);
    }
    return make_boxed(copy);
}

Term body_make_fun(Process *p, const BodyFrame *f, FunEntry *entry, const uint16_t *sources,
                   unsigned count)
{
    Fun *fun = (Fun *)heap_reserve(&p->heap, 1 + FUN_SIZE + count);
    if (!fun) return no_memory(p);
    fun->header = make_header(KIND_FUN, FUN_SIZE + count);
    fun->entry = entry;
    fun->creator = p->pid;
    for (unsigned i = 0; i < count; i++) fun->env[i] = source(f, sources[i]);
    return make_boxed((Term *)fun);
}

enum { FEW_MAP_TERMS = 32 }; /* more take memory of their own */

Term body_put_map(Process *p, const BodyFrame *f, Term map, const uint16_t *sources, unsigned count,
                  bool exact)
{
    Term few[FEW_MAP_TERMS], missing = TERM_NONE;
    if (!is_map(map)) {
        body_tagged_error(p, A(badmap), map);
        return TERM_NONE;
    }
    if (count == 2 && !exact) {
        Term result = map_put(&p->heap, map, source(f, sources[0]), source(f, sources[1]));
        return is_none(result) ? no_memory(p) : result;
    }
    Term *pairs = count <= FEW_MAP_TERMS ? few : memory_alloc(count * WORD_BYTES);
    if (!pairs) return no_memory(p);
    for (unsigned i = 0; i < count; i++) pairs[i] = source(f, sources[i]);
    Term result = map_update(&p->heap, map, pairs, count / 2, exact ? &missing : NULL);
    if (pairs != few) memory_free(pairs, count * WORD_BYTES);
    if (!is_none(result)) return result;
    if (is_none(missing)) return no_memory(p);
    for (unsigned i = 0; i < count; i += 2) { /* As on OTP, the least one is to blame. */
        Term key = source(f, sources[i]);
        if (is_none(map_get(map, key)) && term_compare_exact(key, missing) < 0) missing = key;
    }
    body_tagged_error(p, A(badkey), missing);
    return TERM_NONE;
}

bool body_has_map_fields(const BodyFrame *f, Term map, const uint16_t *sources, unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        if (is_none(map_get(map, source(f, sources[i])))) return false;
    }
    return true;
}

/* ---- Binaries ---- */

bool body_bit_size(Term size, uintptr_t unit, uintptr_t *bits)
{
    if (!is_small(size) || small_value(size) < 0) return false;
    return !__builtin_mul_overflow((uintptr_t)small_value(size), unit, bits) &&
           *bits <= (UINTPTR_MAX >> 4);
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

/* The bits of the segments up to `end`. False: *why. */
static bool count_bits(const BodyFrame *f, const uint32_t *row, const uint32_t *end,
                       uintptr_t *total, Term *why)
{
    uintptr_t bits;
    *total = 0;
    for (; row < end; row += 2) {
        if (!has_known_size(row, &bits)) {
            Segment g = read_segment(f, row);
            if (!segment_bits(&g, &bits, why)) return false;
        }
        *why = A(badarg);
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

static bool start_binary(BitBuilder *b, Heap *heap, const Segment *appended, uintptr_t bits)
{
    if (!appended) return builder_start(b, heap, bits);
    return builder_append(b, heap, appended->source, bits, appended->unit);
}

Term body_bin_create(Process *p, const BodyFrame *f, const uint32_t *table, unsigned count)
{
    BitBuilder b = {.heap = &p->heap, .why = A(badarg)};
    uintptr_t total;
    Segment first = {.type = CREATE_STRING};
    if (count) first = read_segment(f, table);
    bool appends = is_append(&first);
    const uint32_t *row = table + (appends ? 2 : 0), *end = table + 2 * count;
    bool good = count_bits(f, row, end, &total, &b.why);
    if (good) b.why = A(badarg);
    good = good && start_binary(&b, &p->heap, appends ? &first : NULL, total);
    for (; good && row < end; row += 2) good = build_row(&b, f, row);
    if (good) {
        p->reductions -= (int32_t)(total / 8 / 256);
        return builder_finish(&b);
    }
    body_error(p, b.why);
    return TERM_NONE;
}
