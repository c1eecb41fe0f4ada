/* SPDX-License-Identifier: Apache-2.0 */
/* etf_build.c - the second pass over bytes in external term format: build. */
#include "heap/binary.h"
#include "heap/etf_decode.h"
#include "heap/etf_format.h"
#include "heap/map.h"
#include "term/atom.h"
#include "term/compare.h"
#include "term/export.h"
#include "term/fun.h"
#include "term/identifier.h"

/* Terms are written where they belong: each goes to the slot that the newest frame names next.
   Frames, kind last: SLOTS first count; CELLS cell count (heads of cells in a row, then the tail);
   FLAT map index (keys and values in turn, as they were sent; sorted at the end); LARGE slot pairs
   count. The last part of a term leaves no frame behind, so that only
   nesting to the left costs memory. */
enum { SLOTS, CELLS, FLAT, LARGE };

typedef EtfBuild Builder;

static void fail(Builder *b, EtfStatus why)
{
    b->status = why;
    b->failed = true;
}

static void push(Builder *b, uintptr_t word)
{
    if (!b->failed && !worklist_push(&b->work, word)) fail(b, ETF_NO_MEMORY);
}

static void push_slots(Builder *b, Term *first, size_t count, unsigned kind)
{
    push(b, (uintptr_t)first);
    push(b, count);
    push(b, kind);
}

static Term *reserve(Builder *b, size_t words)
{
    Term *p = b->top;
    b->top += words;
    return p;
}

static uint32_t next_u8(Builder *b) { return *b->at++; }

static uint32_t next_u16(Builder *b)
{
    b->at += 2;
    return load_big16(b->at - 2);
}

static uint32_t next_u32(Builder *b)
{
    b->at += 4;
    return load_big32(b->at - 4);
}

static Term next_atom(Builder *b)
{
    Term atom = etf_read_atom(&b->at);
    if (atom == TERM_NONE) fail(b, ETF_NO_MEMORY);
    return atom;
}

/* ---- Numbers ---- */

/* From `size` bytes, least significant first. */
static Term build_magnitude(Builder *b, const uint8_t *bytes, size_t size, bool negative)
{
    while (size > 0 && bytes[size - 1] == 0) size--;
    if (size <= WORD_BYTES) {
        uintptr_t value = 0;
        for (size_t i = size; i > 0; i--) value = value << 8 | bytes[i - 1];
        if (value <= (uintptr_t)SMALL_MAX) return make_small(negative ? -(Word)value : (Word)value);
        if (negative && value == (uintptr_t)SMALL_MAX + 1) return make_small(SMALL_MIN);
    }
    size_t count = (size + WORD_BYTES - 1) / WORD_BYTES;
    Term *p = reserve(b, 1 + count);
    p[0] = make_header(negative ? KIND_BIG_NEG : KIND_BIG_POS, count);
    for (size_t i = 1; i <= count; i++) p[i] = 0;
    for (size_t i = 0; i < size; i++) {
        p[1 + i / WORD_BYTES] |= (Term)bytes[i] << (i % WORD_BYTES * 8);
    }
    return make_boxed(p);
}

static Term build_big(Builder *b, size_t size)
{
    bool negative = next_u8(b) != 0;
    const uint8_t *bytes = b->at;
    b->at += size;
    return build_magnitude(b, bytes, size, negative);
}

static Term build_integer(Builder *b)
{
    int32_t value = (int32_t)next_u32(b);
    if (fits_small(value)) return make_small(value);
    uint32_t magnitude = value < 0 ? 0 - (uint32_t)value : (uint32_t)value;
    uint8_t bytes[4];
    for (int i = 0; i < 4; i++) bytes[i] = (uint8_t)(magnitude >> 8 * i);
    return build_magnitude(b, bytes, 4, value < 0);
}

static Term build_float(Builder *b, bool text)
{
    double d = 0;
    if (text) {
        etf_parse_float(b->at, &d);
        b->at += FLOAT_TEXT_BYTES;
    } else {
        uint64_t bits = load_big64(b->at);
        memcpy(&d, &bits, sizeof d);
        b->at += 8;
    }
    return float_put(reserve(b, 1 + FLOAT_WORDS), d);
}

/* ---- Pids, ports, references, funs ---- */

/* The node; NULL: this one. */
static const Node *find_node(Builder *b, Term name, uint32_t creation)
{
    const Node *self = node_self();
    if (name == self->name && (creation == 0 || creation == self->creation)) return NULL;
    const Node *node = node_intern(name, creation);
    if (node == NULL) fail(b, ETF_NO_MEMORY);
    return node;
}

static uint32_t next_creation(Builder *b, size_t size)
{
    return size == 1 ? next_u8(b) : next_u32(b);
}

static Term build_external(Builder *b, const Node *node, Word tag, const uint32_t *data,
                           size_t count)
{
    External *external = (External *)reserve(b, 1 + EXTERNAL_SIZE);
    memset(external, 0, sizeof *external);
    external->header = make_header(KIND_EXTERNAL, EXTERNAL_SIZE);
    external->node = (Node *)node;
    external->tag = make_small(tag);
    for (size_t i = 0; i < count; i++) external->data[i] = data[i];
    if (tag == EXTERNAL_REF) external->data[REF_MAX_WORDS] = (uint32_t)count;
    return make_boxed((Term *)external);
}

static Term build_pid(Builder *b, size_t creation_size)
{
    Term name = next_atom(b);
    uint32_t data[2];
    data[0] = next_u32(b);
    data[1] = next_u32(b);
    const Node *node = find_node(b, name, next_creation(b, creation_size));
    if (b->failed) return TERM_NIL;
    if (node != NULL) return build_external(b, node, EXTERNAL_PID, data, 2);
    return make_local_pid((uintptr_t)data[1] << PID_ID_BITS | data[0]);
}

static Term build_port(Builder *b, size_t size, size_t creation_size)
{
    Term name = next_atom(b);
    uint32_t data[2] = {0, 0};
    if (size == 8) data[1] = next_u32(b);
    data[0] = next_u32(b);
    const Node *node = find_node(b, name, next_creation(b, creation_size));
    if (b->failed) return TERM_NIL;
    if (node != NULL) return build_external(b, node, EXTERNAL_PORT, data, 2);
    return make_local_port(data[0]);
}

static Term build_ref_of(Builder *b, const Node *node, const uint32_t *words, size_t count)
{
    if (b->failed) return TERM_NIL;
    if (node != NULL) return build_external(b, node, EXTERNAL_REF, words, count);
    Ref *ref = (Ref *)reserve(b, 1 + REF_SIZE);
    memset(ref, 0, sizeof *ref);
    ref->header = make_header(KIND_REF, REF_SIZE);
    for (size_t i = 0; i < count; i++) ref->number[i] = words[i];
    ref->owner = TERM_NIL;
    return make_boxed((Term *)ref);
}

static Term build_ref(Builder *b, size_t creation_size)
{
    uint32_t words[REF_MAX_WORDS];
    size_t count = next_u16(b);
    Term name = next_atom(b);
    const Node *node = find_node(b, name, next_creation(b, creation_size));
    for (size_t i = 0; i < count; i++) words[i] = next_u32(b);
    return build_ref_of(b, node, words, count);
}

static Term build_old_ref(Builder *b)
{
    Term name = next_atom(b);
    uint32_t word = next_u32(b);
    return build_ref_of(b, find_node(b, name, next_u8(b)), &word, 1);
}

static Term build_export(Builder *b)
{
    Term module = next_atom(b), function = next_atom(b);
    uint32_t arity = etf_read_number(&b->at);
    Export *e = b->failed ? NULL : export_intern(module, function, arity);
    if (e == NULL) fail(b, ETF_NO_MEMORY);
    Term *p = reserve(b, 2);
    p[0] = make_header(KIND_EXPORT, 1);
    p[1] = (Term)e;
    return make_boxed(p);
}

/* The creator and the free variables follow as terms. */
static Term build_fun(Builder *b)
{
    b->at += 4; /* the size of all */
    FunEntry like = {.arity = next_u8(b)};
    memcpy(like.uniq, b->at, UNIQ_BYTES);
    b->at += UNIQ_BYTES;
    like.index = next_u32(b);
    like.free_count = next_u32(b);
    like.module = next_atom(b);
    like.old_index = etf_read_number(&b->at);
    like.old_uniq = etf_read_number(&b->at);
    FunEntry *entry = b->failed ? NULL : fun_intern(&like);
    if (entry == NULL) fail(b, ETF_NO_MEMORY);
    Fun *fun = (Fun *)reserve(b, 1 + FUN_SIZE + like.free_count);
    fun->header = make_header(KIND_FUN, FUN_SIZE + like.free_count);
    fun->entry = entry;
    push_slots(b, &fun->creator, 1 + like.free_count, SLOTS);
    return make_boxed((Term *)fun);
}

/* ---- Binaries ---- */

static Term build_bytes(Builder *b, size_t size)
{
    const uint8_t *bytes = b->at;
    b->at += size;
    if (!b->literal && size > BINARY_HEAP_MAX) {
        Term binary = binary_from(b->heap, bytes, size);
        if (binary == TERM_NONE) fail(b, ETF_NO_MEMORY);
        return binary;
    }
    size_t words = (size + WORD_BYTES - 1) / WORD_BYTES;
    Term *p = reserve(b, 2 + words);
    p[0] = make_header(KIND_BIN_HEAP, 1 + words);
    p[1] = size;
    if (words > 0) p[1 + words] = 0;
    if (size > 0) memcpy(p + 2, bytes, size);
    return make_boxed(p);
}

static Term build_bits(Builder *b)
{
    size_t size = next_u32(b);
    uint32_t last_bits = next_u8(b);
    Term whole = build_bytes(b, size);
    if (size == 0 || last_bits == 8 || b->failed) return whole;
    SubBin *part = (SubBin *)reserve(b, 1 + SUB_BIN_SIZE);
    part->header = make_header(KIND_BIN_SUB, SUB_BIN_SIZE);
    part->bit_offset = 0;
    part->bit_size = (size - 1) * 8 + last_bits;
    part->is_writable = 0;
    part->whole = whole;
    return make_boxed((Term *)part);
}

/* ---- Terms with parts ---- */

static Term build_tuple(Builder *b, size_t arity)
{
    Term *p = reserve(b, 1 + arity);
    p[0] = make_header(KIND_TUPLE, arity);
    if (arity > 0) push_slots(b, p + 1, arity, SLOTS);
    return make_boxed(p);
}

static Term build_string(Builder *b)
{
    size_t count = next_u16(b);
    if (count == 0) return TERM_NIL;
    Term *cells = reserve(b, 2 * count);
    for (size_t i = 0; i < count; i++) {
        cons_put(cells + 2 * i, make_small((Word)next_u8(b)), make_cons(cells + 2 * i + 2));
    }
    cells[2 * count - 1] = TERM_NIL;
    return make_cons(cells);
}

/* A list of no elements is its tail. */
static Term build_list(Builder *b, Term *slot)
{
    size_t count = next_u32(b);
    if (count == 0) {
        push_slots(b, slot, 1, SLOTS);
        return TERM_NIL;
    }
    Term *cells = reserve(b, 2 * count);
    push_slots(b, cells, count, CELLS);
    return make_cons(cells);
}

static Term build_map(Builder *b, Term *slot)
{
    size_t count = next_u32(b);
    if (count > MAP_FLAT_MAX) {
        Term *pairs = reserve(b, 2 * count);
        push(b, (uintptr_t)slot);
        push_slots(b, pairs, count, LARGE);
        push_slots(b, pairs, 2 * count, SLOTS);
        return TERM_NIL;
    }
    Term *keys = reserve(b, 1 + count + 2 + count);
    Term *map = keys + 1 + count;
    keys[0] = make_header(KIND_TUPLE, count);
    map[0] = make_header(KIND_MAP, 1 + count);
    map[1] = make_boxed(keys);
    push_slots(b, map, 0, FLAT);
    return make_boxed(map);
}

static Term build_record(Builder *b)
{
    size_t count = next_u32(b);
    bool exported = next_u8(b) != 0;
    Term *definition = reserve(b, 1 + 3 + count + 2 + count);
    definition[0] = make_header(KIND_TUPLE, 3 + count);
    definition[1] = next_atom(b);
    definition[2] = next_atom(b);
    definition[3] = exported ? A(true) : A(false);
    for (size_t i = 0; i < count; i++) definition[4 + i] = next_atom(b);
    Term *record = definition + 4 + count;
    record[0] = make_header(KIND_RECORD, 1 + count);
    record[1] = make_boxed(definition);
    if (count > 0) push_slots(b, record + 2, count, SLOTS);
    return make_boxed(record);
}

/* True if the next term has no parts, so that building it leaves no frame. */
static bool is_leaf_next(const Builder *b)
{
    switch (*b->at) {
    case LIST_EXT:
    case SMALL_TUPLE_EXT:
    case LARGE_TUPLE_EXT:
    case MAP_EXT:
    case NEW_FUN_EXT:
    case NATIVE_RECORD_EXT: return false;
    default: return b->budget > 0;
    }
}

static void build_term(Builder *b, Term *slot)
{
    uint32_t tag = next_u8(b);
    if (b->budget > 0) b->budget--;
    switch (tag) {
    case SMALL_INTEGER_EXT: *slot = make_small((Word)next_u8(b)); break;
    case INTEGER_EXT: *slot = build_integer(b); break;
    case SMALL_BIG_EXT: *slot = build_big(b, next_u8(b)); break;
    case LARGE_BIG_EXT: *slot = build_big(b, next_u32(b)); break;
    case FLOAT_EXT:
    case NEW_FLOAT_EXT: *slot = build_float(b, tag == FLOAT_EXT); break;
    case NIL_EXT: *slot = TERM_NIL; break;
    case STRING_EXT: *slot = build_string(b); break;
    case LIST_EXT: *slot = build_list(b, slot); break;
    case SMALL_TUPLE_EXT: *slot = build_tuple(b, next_u8(b)); break;
    case LARGE_TUPLE_EXT: *slot = build_tuple(b, next_u32(b)); break;
    case MAP_EXT: *slot = build_map(b, slot); break;
    case BINARY_EXT: *slot = build_bytes(b, next_u32(b)); break;
    case BIT_BINARY_EXT: *slot = build_bits(b); break;
    case PID_EXT:
    case NEW_PID_EXT: *slot = build_pid(b, tag == PID_EXT ? 1 : 4); break;
    case PORT_EXT: *slot = build_port(b, 4, 1); break;
    case NEW_PORT_EXT: *slot = build_port(b, 4, 4); break;
    case V4_PORT_EXT: *slot = build_port(b, 8, 4); break;
    case REFERENCE_EXT: *slot = build_old_ref(b); break;
    case NEW_REFERENCE_EXT: *slot = build_ref(b, 1); break;
    case NEWER_REFERENCE_EXT: *slot = build_ref(b, 4); break;
    case EXPORT_EXT: *slot = build_export(b); break;
    case NEW_FUN_EXT: *slot = build_fun(b); break;
    case NATIVE_RECORD_EXT: *slot = build_record(b); break;
    default:
        b->at--;
        *slot = next_atom(b);
        break;
    }
}

/* ---- Frames ---- */

/* Insertion sort: at most MAP_FLAT_MAX keys, most often sent in order. False: equal keys. */
static bool sort_flat_map(Term *map)
{
    Term *keys = tuple_elements(map[1]), *values = map + 2;
    size_t count = header_size(map[0]) - 1;
    for (size_t i = 1; i < count; i++) {
        Term key = keys[i], value = values[i];
        size_t at = i;
        int order = -1;
        while (at > 0 && (order = term_compare_exact(key, keys[at - 1])) < 0) {
            keys[at] = keys[at - 1];
            values[at] = values[at - 1];
            at--;
        }
        if (at > 0 && order == 0) return false;
        keys[at] = key;
        values[at] = value;
    }
    return true;
}

static Term *flat_map_slot(Builder *b, Term *map, size_t index)
{
    size_t count = header_size(map[0]) - 1;
    Term *keys = tuple_elements(map[1]), *values = map + 2;
    for (; index < 2 * count; index++) {
        Term *slot = index % 2 == 0 ? keys + index / 2 : values + index / 2;
        if (!is_leaf_next(b)) {
            push_slots(b, map, index + 1, FLAT);
            return slot;
        }
        build_term(b, slot);
    }
    if (!b->failed && !sort_flat_map(map)) fail(b, ETF_BAD);
    return NULL;
}

static Term *next_slot(Builder *b, Term *p, size_t count)
{
    for (; count > 1 && is_leaf_next(b); count--) build_term(b, p++);
    if (count > 1) push_slots(b, p + 1, count - 1, SLOTS);
    return p;
}

static Term *next_cell(Builder *b, Term *p, size_t count)
{
    for (; count > 1 && is_leaf_next(b); count--, p += 2) {
        p[1] = make_cons(p + 2);
        build_term(b, p);
    }
    if (count > 1) {
        p[1] = make_cons(p + 2);
        push_slots(b, p + 2, count - 1, CELLS);
    } else {
        push_slots(b, p + 1, 1, SLOTS);
    }
    return p;
}

static void finish_large_map(Builder *b, Term *slot, Term *pairs, size_t count)
{
    bool duplicate = false;
    *slot = map_from_pairs(b->heap, pairs, count, &duplicate);
    if (*slot == TERM_NONE) fail(b, duplicate ? ETF_BAD : ETF_NO_MEMORY);
}

/* The slot to fill next, from the newest frame; NULL: the frame is done. */
static Term *resume(Builder *b)
{
    uintptr_t kind = worklist_pop(&b->work);
    size_t count = worklist_pop(&b->work);
    Term *p = (Term *)worklist_pop(&b->work);
    switch (kind) {
    case SLOTS: return next_slot(b, p, count);
    case CELLS: return next_cell(b, p, count);
    case FLAT: return flat_map_slot(b, p, count);
    default: finish_large_map(b, (Term *)worklist_pop(&b->work), p, count); return NULL;
    }
}

void etf_build_start(EtfBuild *b)
{
    b->root = TERM_NIL;
    b->slot = &b->root;
    b->status = ETF_DONE;
    b->failed = false;
    worklist_init(&b->work);
}

EtfStatus etf_build_step(EtfBuild *b)
{
    Term *slot = b->slot;
    b->slot = NULL;
    while (!b->failed) {
        if (slot != NULL) build_term(b, slot);
        if (b->failed || worklist_is_empty(&b->work)) break;
        if (b->budget == 0) return ETF_MORE;
        slot = resume(b);
    }
    return b->status;
}

void etf_build_end(EtfBuild *b) { worklist_done(&b->work); }

Term etf_build(EtfBuild *b)
{
    etf_build_start(b);
    b->budget = SIZE_MAX;
    EtfStatus status = etf_build_step(b);
    etf_build_end(b);
    return status == ETF_DONE ? b->root : TERM_NONE;
}
