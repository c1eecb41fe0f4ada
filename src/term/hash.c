/* SPDX-License-Identifier: Apache-2.0 */
/* hash.c - hash values of terms: phash2's and the VM's own. */
#include "term/hash.h"
#include "mote/port.h"
#include "base/bytes.h"
#include "base/worklist.h"
#include "term/atom.h"
#include "term/exhausted.h"
#include "term/export.h"
#include "term/fun.h"
#include "term/identifier.h"
#include "term/map_reader.h"
#include "term/span.h"

/* One walk serves both values: it folds pairs of 32-bit words into `hash`, in the order that phash2
   prescribes. They differ in how a pair is folded (Bob Jenkins' function of 1996, or one wide
   multiplication), in what stands for an atom (its text's hash, or its index) and in the first
   value of `hash`.

   The pairs of a map are hashed each by itself and combined by exclusive or, since their order must
   not matter. */

/* Kinds of values, as multiples of the golden ratio; the numbers are OTP's. */
#define RATIO 0x9E3779B9u
enum {
    KIND_OF_INTEGER = 1,
    KIND_OF_NIL = 2,
    KIND_OF_ATOM = 3,
    KIND_OF_STRING = 4,
    KIND_OF_PID = 5,
    KIND_OF_PORT = 6,
    KIND_OF_REF = 7,
    KIND_OF_TUPLE = 9,
    KIND_OF_NEGATIVE = 10,
    KIND_OF_POSITIVE = 11,
    KIND_OF_FLOAT = 12,
    KIND_OF_BINARY = 13,
    KIND_OF_FUNCTION = 14,
    KIND_OF_BITS = 15,
    KIND_OF_MAP = 16,
    KIND_OF_RECORD = 17, /* ours */
    KIND_OF_PAIRS = 19
};

/* Values that stand for nil, alone and inside of other terms. */
#define NIL_ALONE 3468870702u
#define NIL_INSIDE 2u

/* A hash trie that is being walked; it stands among the words of the worklist. */
typedef struct __attribute__((may_alias)) LargeMap {
    size_t outer; /* Hasher.large of the map around it */
    MapWalk walk;
} LargeMap;

typedef struct Hasher {
    Worklist work;
    Term next;           /* what to hash next, where `fold_term` returned true */
    uint32_t hash;
    uint32_t start;      /* what `hash` begins with, in each pair of a map as well */
    bool own;            /* the VM's own hash */
    size_t large;        /* where in `work` the innermost LargeMap stands */
} Hasher;

/* What the newest words of the worklist are. The words below are in order of their pushing:
   ELEMENTS first count; TAIL list; FLAT_PAIRS outer-hash pairs keys values count;
   LARGE_PAIRS outer-hash pairs, above the words of a LargeMap. */
enum { ELEMENTS, TAIL, FLAT_PAIRS, LARGE_PAIRS };

uint32_t hash_start;

void hash_init(void) { port_random(&hash_start, sizeof hash_start); }

/* ---- Folding ---- */

static inline void jenkins_mix(uint32_t *a, uint32_t *b, uint32_t *c)
{
    *a -= *b; *a -= *c; *a ^= *c >> 13;
    *b -= *c; *b -= *a; *b ^= *a << 8;
    *c -= *a; *c -= *b; *c ^= *b >> 13;
    *a -= *b; *a -= *c; *a ^= *c >> 12;
    *b -= *c; *b -= *a; *b ^= *a << 16;
    *c -= *a; *c -= *b; *c ^= *b >> 5;
    *a -= *b; *a -= *c; *a ^= *c >> 3;
    *b -= *c; *b -= *a; *b ^= *a << 10;
    *c -= *a; *c -= *b; *c ^= *b >> 15;
}

static inline void fold(Hasher *h, uint32_t x, uint32_t y, uint32_t kind)
{
    if (h->own) {
        h->hash = hash_fold(h->hash, x + kind, y);
        return;
    }
    uint32_t a = kind * RATIO + x, b = kind * RATIO + y;
    jenkins_mix(&a, &b, &h->hash);
}

/* The 12 bytes from byte `i` on, in place or copied to `buffer` where they are not aligned. */
static const uint8_t *twelve_bytes(BitSpan span, size_t i, uint8_t *buffer)
{
    span.data += i;
    if (span.bit_offset == 0) return span.data;
    span_copy(span, buffer, 12);
    return buffer;
}

/* Fewer than 12 bytes from byte `i` on, as bytes of `buffer`. */
static const uint8_t *rest_of(BitSpan span, size_t i, size_t size, uint8_t *buffer)
{
    for (size_t at = i; at < size; at++) buffer[at - i] = span_byte(span, at);
    return buffer;
}

static uint32_t fold_bytes(const Hasher *h, BitSpan span, size_t size, uint32_t hash)
{
    uint32_t a = RATIO, b = RATIO, c = hash;
    uint8_t buffer[12];
    size_t i = 0;
    for (; size - i >= 12; i += 12) {
        const uint8_t *p = twelve_bytes(span, i, buffer);
        if (h->own) {
            c = hash_fold(c, load_little32(p), load_little32(p + 4));
            c = hash_fold(c, load_little32(p + 8), 0);
            continue;
        }
        a += load_little32(p);
        b += load_little32(p + 4);
        c += load_little32(p + 8);
        jenkins_mix(&a, &b, &c);
    }
    /* The lowest byte of the last word belongs to the length. */
    uint8_t rest[12] = {0};
    const uint8_t *tail = span.data + i;
    if (span.bit_offset != 0 && i < size) tail = rest_of(span, i, size, buffer);
    for (size_t n = size - i, at = 0; at < n; at++) rest[at < 8 ? at : at + 1] = tail[at];
    if (h->own) {
        c = hash_fold(c, load_little32(rest), load_little32(rest + 4));
        return hash_fold(c, load_little32(rest + 8) + (uint32_t)size, 1);
    }
    a += load_little32(rest);
    b += load_little32(rest + 4);
    c += load_little32(rest + 8) + (uint32_t)size;
    jenkins_mix(&a, &b, &c);
    return c;
}

/* ---- Terms without parts ---- */

static void fold_atom(Hasher *h, Term atom, uint32_t other, uint32_t kind)
{
    uint32_t value = h->own ? atom_index(atom) : atom_hash(atom);
    if (kind == KIND_OF_ATOM && h->hash == 0 && !h->own) {
        h->hash = value;
    } else if (kind == KIND_OF_INTEGER) {
        fold(h, other, value, kind);
    } else {
        fold(h, value, other, kind);
    }
}

static void fold_small(Hasher *h, Word value)
{
    /* phash2 takes integers of 28 bits for small ones, whatever the size of a word. */
    if (value >= -((Word)1 << 27) && value < (Word)1 << 27) {
        if (value < 0) fold(h, (uint32_t)-value, 0, KIND_OF_INTEGER);
        fold(h, (uint32_t)value, 0, KIND_OF_INTEGER);
        return;
    }
    uint64_t magnitude = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    fold(h, (uint32_t)magnitude, (uint32_t)(magnitude >> 32),
         value < 0 ? KIND_OF_NEGATIVE : KIND_OF_POSITIVE);
}

static void fold_big(Hasher *h, Term big)
{
    uint32_t kind = big_is_negative(big) ? KIND_OF_NEGATIVE : KIND_OF_POSITIVE;
    const uintptr_t *limbs = big_limbs(big);
    size_t size = big_size(big);
    if (WORD_BITS == 64) {
        for (size_t i = 0; i < size; i++) {
            fold(h, (uint32_t)limbs[i], (uint32_t)((uint64_t)limbs[i] >> 32), kind);
        }
        return;
    }
    for (size_t i = 0; i < size; i += 2) {
        fold(h, (uint32_t)limbs[i], i + 1 < size ? (uint32_t)limbs[i + 1] : 0, kind);
    }
}

static void fold_float(Hasher *h, double d)
{
    if (d == 0) d = 0; /* 0.0 and -0.0 may be =:= */
    uint64_t bits;
    memcpy(&bits, &d, sizeof bits);
    fold(h, (uint32_t)(bits >> 32), (uint32_t)bits, KIND_OF_FLOAT);
}

static void fold_bits(Hasher *h, Term t)
{
    BitSpan span = bitstring_span(t);
    uint32_t start = h->hash + KIND_OF_BINARY * RATIO;
    unsigned rest = span.bit_size % 8;
    h->hash = span.bit_size == 0 ? start : fold_bytes(h, span, span.bit_size / 8, start);
    if (rest != 0) fold(h, rest, span_tail(span) >> (8 - rest), KIND_OF_BITS);
}

static void fold_identifier(Hasher *h, Term t)
{
    Identifier id = identifier_of(t);
    uint32_t kind = is_pid(t) ? KIND_OF_PID : is_port(t) ? KIND_OF_PORT : KIND_OF_REF;
    fold(h, id.words[0], is_port(t) || h->own ? id.words[1] : 0, kind);
}

static void fold_nil(Hasher *h)
{
    if (h->hash == 0 && !h->own) {
        h->hash = NIL_ALONE;
    } else {
        fold(h, NIL_INSIDE, 0, KIND_OF_NIL);
    }
}

static void fold_immediate(Hasher *h, Term t)
{
    if (is_small(t)) {
        fold_small(h, small_value(t));
    } else if (is_atom(t)) {
        fold_atom(h, t, 0, KIND_OF_ATOM);
    } else if (is_nil(t)) {
        fold_nil(h);
    } else {
        fold_identifier(h, t);
    }
}

/* ---- Terms with parts ---- */

static void push(Hasher *h, uintptr_t word)
{
    if (!worklist_insist(&h->work, word)) term_exhausted();
}

static bool go_on(Hasher *h, Term next)
{
    h->next = next;
    return true;
}

static bool fold_elements(Hasher *h, const Term *elements, size_t count)
{
    for (; count > 0 && is_immediate(*elements); count--) fold_immediate(h, *elements++);
    if (count == 0) return false;
    if (count > 1) {
        push(h, (uintptr_t)(elements + 1));
        push(h, count - 1);
        push(h, ELEMENTS);
    }
    return go_on(h, elements[0]);
}

static bool is_byte(Term t)
{
    return is_small(t) && (uintptr_t)small_value(t) < 256;
}

/* Bytes at the start of a list are folded four at a time. */
static bool fold_list(Hasher *h, Term list)
{
    uint32_t packed = 0;
    unsigned count = 0;
    while (is_cons(list) && is_byte(cons_head(list))) {
        packed = packed << 8 | (uint32_t)small_value(cons_head(list));
        list = cons_tail(list);
        if (++count == 4) {
            fold(h, packed, 0, KIND_OF_STRING);
            packed = count = 0;
        }
    }
    if (count > 0) fold(h, packed, 0, KIND_OF_STRING);
    if (!is_cons(list)) return go_on(h, list);
    push(h, cons_tail(list));
    push(h, TAIL);
    return go_on(h, cons_head(list));
}

static bool pairs_done(Hasher *h, uint32_t outer, uint32_t pairs)
{
    h->hash = outer;
    fold(h, pairs, 0, KIND_OF_PAIRS);
    return false;
}

/* Hashes a pair by itself; its value comes after what the key leaves on the worklist. */
static bool fold_pair(Hasher *h, Term key, Term value)
{
    h->hash = h->start;
    push(h, value);
    push(h, TAIL);
    return go_on(h, key);
}

static bool next_flat_pair(Hasher *h, uint32_t outer, uint32_t pairs, uintptr_t place[3])
{
    const Term *keys = (const Term *)place[0], *values = (const Term *)place[1];
    if (place[2] == 0) return pairs_done(h, outer, pairs);
    push(h, outer);
    push(h, pairs);
    push(h, (uintptr_t)(keys + 1));
    push(h, (uintptr_t)(values + 1));
    push(h, place[2] - 1);
    push(h, FLAT_PAIRS);
    return fold_pair(h, *keys, *values);
}

static LargeMap *large_map(Hasher *h) { return (LargeMap *)(h->work.items + h->large); }

static bool next_large_pair(Hasher *h, uint32_t outer, uint32_t pairs)
{
    Term key, value;
    if (!map_reader.next(&large_map(h)->walk, &key, &value)) {
        h->work.count = h->large;
        h->large = large_map(h)->outer;
        return pairs_done(h, outer, pairs);
    }
    push(h, outer);
    push(h, pairs);
    push(h, LARGE_PAIRS);
    return fold_pair(h, key, value);
}

static bool fold_map(Hasher *h, Term t)
{
    bool flat = is_flat_map(t);
    size_t count = flat ? flat_map_count(t) : map_reader.size(t);
    fold(h, (uint32_t)count, 0, KIND_OF_MAP);
    if (count == 0) return false;
    if (flat) {
        uintptr_t place[3] = {(uintptr_t)tuple_elements(flat_map_keys(t)),
                              (uintptr_t)flat_map_values(t), count};
        return next_flat_pair(h, h->hash, 0, place);
    }
    size_t outer = h->large, words = sizeof(LargeMap) / sizeof(uintptr_t);
    if (worklist_claim(&h->work, words) == NULL) term_exhausted();
    h->large = h->work.count - words;
    large_map(h)->outer = outer;
    map_reader.start(&large_map(h)->walk, t);
    return next_large_pair(h, h->hash, 0);
}

static bool fold_export(Hasher *h, const Export *e)
{
    fold_atom(h, e->module, e->arity, KIND_OF_INTEGER);
    fold_atom(h, e->function, 0, KIND_OF_FUNCTION);
    return false;
}

static bool fold_fun(Hasher *h, Term t)
{
    const FunEntry *e = fun_ptr(t)->entry;
    size_t free_count = fun_free_count(t);
    fold_atom(h, e->module, (uint32_t)free_count, KIND_OF_INTEGER);
    fold(h, e->index, e->old_uniq, KIND_OF_INTEGER);
    return fold_elements(h, fun_ptr(t)->env, free_count);
}

static bool fold_boxed(Hasher *h, Term t)
{
    size_t size = header_size(boxed_header(t));
    switch (boxed_kind(t)) {
    case KIND_TUPLE:
        fold(h, (uint32_t)size, 0, KIND_OF_TUPLE);
        return fold_elements(h, tuple_elements(t), size);
    case KIND_RECORD:
        fold(h, (uint32_t)size, 0, KIND_OF_RECORD);
        return fold_elements(h, boxed_ptr(t) + 1, size);
    case KIND_MAP:
    case KIND_HASHMAP: return fold_map(h, t);
    case KIND_FUN: return fold_fun(h, t);
    case KIND_EXPORT: return fold_export(h, export_of(t));
    case KIND_FLOAT: fold_float(h, float_value(t)); return false;
    case KIND_BIG_POS:
    case KIND_BIG_NEG: fold_big(h, t); return false;
    case KIND_BIN_HEAP:
    case KIND_BIN_REFC:
    case KIND_BIN_SUB: fold_bits(h, t); return false;
    default: fold_identifier(h, t); return false;
    }
}

/* Folds `t` as far as it has no parts; true: go on with h->next. */
static bool fold_term(Hasher *h, Term t)
{
    if (is_cons(t)) return fold_list(h, t);
    if (is_boxed(t)) return fold_boxed(h, t);
    fold_immediate(h, t);
    return false;
}

/* Goes on with the newest entry of the worklist; true: h->next is to be hashed. */
static bool resume(Hasher *h)
{
    Worklist *w = &h->work;
    uintptr_t place[3];
    switch (worklist_pop(w)) {
    case ELEMENTS: {
        size_t count = worklist_pop(w);
        return fold_elements(h, (const Term *)worklist_pop(w), count);
    }
    case TAIL: return go_on(h, worklist_pop(w));
    case FLAT_PAIRS: {
        place[2] = worklist_pop(w);
        place[1] = worklist_pop(w);
        place[0] = worklist_pop(w);
        uint32_t pairs = (uint32_t)worklist_pop(w) ^ h->hash;
        return next_flat_pair(h, (uint32_t)worklist_pop(w), pairs, place);
    }
    default: {
        uint32_t pairs = (uint32_t)worklist_pop(w) ^ h->hash;
        return next_large_pair(h, (uint32_t)worklist_pop(w), pairs);
    }
    }
}

static uint32_t hash_term(Term t, uint32_t start, bool own)
{
    Hasher h; /* Not initialised as a whole: most of it is room for the worklist. */
    h.hash = h.start = start;
    h.own = own;
    h.large = 0;
    worklist_init(&h.work);
    bool more = fold_term(&h, t);
    for (;;) {
        while (more) more = fold_term(&h, h.next);
        if (worklist_is_empty(&h.work)) break;
        more = resume(&h);
    }
    worklist_done(&h.work);
    return h.hash;
}

uint32_t term_phash2(Term t)
{
    if (is_atom(t)) return atom_hash(t);
    return hash_term(t, 0, false);
}

uint32_t term_hash_level(Term t, unsigned level)
{
    uint32_t start = level ? hash_fold(hash_start, level * RATIO, level) : hash_start;
    if (is_immediate(t)) return hash_fold(start, (uint32_t)t, (uint32_t)((uint64_t)t >> 32));
    return hash_term(t, start, true);
}

uint32_t term_hash_parts(Term t) { return hash_term(t, hash_start, true); }
