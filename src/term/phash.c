/* SPDX-License-Identifier: Apache-2.0 */
/* phash.c - the hash function of erlang:phash/2. */
#include "base/worklist.h"
#include "term/atom.h"
#include "term/exhausted.h"
#include "term/export.h"
#include "term/fun.h"
#include "term/hash.h"
#include "term/identifier.h"
#include "term/span.h"

/* hash = hash * prime + value, over everything a term is made of. Which prime stands for what is
   part of OTP's contract. */
enum {
    PRIME_ATOM = 268440163,
    PRIME_BYTE = 268439161,
    PRIME_BITS = 268440581, /* how many there are in the last byte of a bit string */
    PRIME_POSITIVE = 268435459,
    PRIME_NEGATIVE = 268436141,
    PRIME_PID = 268438633,
    PRIME_PID_END = 268437017,
    PRIME_FLOAT = 268437017,
    PRIME_LIST_END = 268437511,
    PRIME_TUPLE = 268439627,
    PRIME_REF = 268439627,
    PRIME_REF_END = 268440479,
    PRIME_FUN = 268440479,
    PRIME_EXPORT = 268440577,
    PRIME_PORT_HIGH = 268440577,
    PRIME_MAP = 268440593,
    MAP_ADDEND = 268440611
};

/* Entries of the worklist, kind last: ELEMENTS first count arity; TAIL list; LIST_END. */
enum { ELEMENTS, ENV, TAIL, LIST_END };

typedef struct Phasher {
    Worklist work;
    Term next;
    uint32_t hash;
} Phasher;

static void fold(Phasher *h, uint32_t prime, uint32_t value)
{
    h->hash = h->hash * prime + value;
}

static void fold_word(Phasher *h, uint32_t prime, uint32_t word)
{
    for (int shift = 0; shift < 32; shift += 8) fold(h, prime, word >> shift & 0xFF);
}

static void push(Phasher *h, uintptr_t word)
{
    if (!worklist_insist(&h->work, word)) term_exhausted();
}

static bool go_on(Phasher *h, Term next)
{
    h->next = next;
    return true;
}

static void fold_small(Phasher *h, Word value)
{
    uint64_t magnitude = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    fold_word(h, PRIME_BYTE, (uint32_t)magnitude);
    if (magnitude >> 32 != 0) fold_word(h, PRIME_BYTE, (uint32_t)(magnitude >> 32));
    h->hash *= value < 0 ? PRIME_NEGATIVE : PRIME_POSITIVE;
}

static void fold_big(Phasher *h, Term big)
{
    const uintptr_t *limbs = big_limbs(big);
    size_t size = big_size(big);
    for (size_t i = 0; i < size; i++) {
        uint64_t limb = limbs[i];
        fold_word(h, PRIME_BYTE, (uint32_t)limb);
        bool high = WORD_BITS == 64 && (i + 1 < size || limb >> 32 != 0);
        if (high) fold_word(h, PRIME_BYTE, (uint32_t)(limb >> 32));
    }
    h->hash *= big_is_negative(big) ? PRIME_NEGATIVE : PRIME_POSITIVE;
}

static void fold_float(Phasher *h, double d)
{
    if (d == 0) d = 0;
    uint64_t bits;
    memcpy(&bits, &d, sizeof bits);
    fold(h, PRIME_FLOAT, (uint32_t)bits ^ (uint32_t)(bits >> 32));
}

static void fold_bits(Phasher *h, Term t)
{
    BitSpan span = bitstring_span(t);
    size_t size = span.bit_size / 8;
    unsigned rest = span.bit_size % 8;
    for (size_t i = 0; i < size; i++) fold(h, PRIME_ATOM, span_byte(span, i));
    if (rest != 0) {
        fold(h, PRIME_ATOM, span_tail(span) >> (8 - rest));
        fold(h, PRIME_BITS, rest);
    }
    fold(h, PRIME_NEGATIVE, (uint32_t)size);
}

static void fold_identifier(Phasher *h, Term t)
{
    Identifier id = identifier_of(t);
    bool pid = is_pid(t);
    if (is_port(t) && id.words[1] != 0) fold_word(h, PRIME_PORT_HIGH, id.words[1]);
    fold_word(h, pid ? PRIME_PID : PRIME_REF, id.words[0]);
    h->hash *= pid ? PRIME_PID_END : PRIME_REF_END;
}

static bool fold_elements(Phasher *h, const Term *elements, size_t count, size_t arity)
{
    if (count == 0) {
        fold(h, PRIME_TUPLE, (uint32_t)arity);
        return false;
    }
    push(h, (uintptr_t)(elements + 1));
    push(h, count - 1);
    push(h, arity);
    push(h, ELEMENTS);
    return go_on(h, elements[0]);
}

static bool fold_env(Phasher *h, const Term *env, size_t count)
{
    if (count == 0) return false;
    push(h, (uintptr_t)(env + 1));
    push(h, count - 1);
    push(h, ENV);
    return go_on(h, env[0]);
}

static bool fold_list(Phasher *h, Term list)
{
    while (is_cons(list) && is_small(cons_head(list)) &&
           (uintptr_t)small_value(cons_head(list)) < 256) {
        fold(h, PRIME_BYTE, (uint32_t)small_value(cons_head(list)));
        list = cons_tail(list);
    }
    if (is_cons(list)) {
        push(h, cons_tail(list));
        push(h, TAIL);
        return go_on(h, cons_head(list));
    }
    push(h, LIST_END);
    return go_on(h, list);
}

static bool fold_fun(Phasher *h, Term t)
{
    const FunEntry *e = fun_ptr(t)->entry;
    fold(h, PRIME_FUN, (uint32_t)fun_free_count(t));
    fold(h, PRIME_ATOM, atom_hash(e->module));
    fold(h, PRIME_BYTE, e->index);
    fold(h, PRIME_BYTE, e->old_uniq);
    return fold_env(h, fun_ptr(t)->env, fun_free_count(t));
}

static void fold_export(Phasher *h, const Export *e)
{
    fold(h, PRIME_EXPORT, e->arity);
    fold(h, PRIME_ATOM, atom_hash(e->module));
    fold(h, PRIME_ATOM, atom_hash(e->function));
}

static bool fold_boxed(Phasher *h, Term t)
{
    size_t size = header_size(boxed_header(t));
    switch (boxed_kind(t)) {
    case KIND_TUPLE:
    case KIND_RECORD: return fold_elements(h, boxed_ptr(t) + 1, size, size);
    case KIND_MAP:
    case KIND_HASHMAP: fold(h, PRIME_MAP, MAP_ADDEND + term_phash2(t)); return false;
    case KIND_FUN: return fold_fun(h, t);
    case KIND_EXPORT: fold_export(h, export_of(t)); return false;
    case KIND_FLOAT: fold_float(h, float_value(t)); return false;
    case KIND_BIG_POS:
    case KIND_BIG_NEG: fold_big(h, t); return false;
    case KIND_BIN_HEAP:
    case KIND_BIN_REFC:
    case KIND_BIN_SUB: fold_bits(h, t); return false;
    default: fold_identifier(h, t); return false;
    }
}

static bool fold_term(Phasher *h, Term t)
{
    if (is_cons(t)) return fold_list(h, t);
    if (is_boxed(t)) return fold_boxed(h, t);
    if (is_small(t)) {
        fold_small(h, small_value(t));
    } else if (is_atom(t)) {
        fold(h, PRIME_ATOM, atom_hash(t));
    } else if (is_nil(t)) {
        fold(h, PRIME_POSITIVE, 1);
    } else {
        fold_identifier(h, t);
    }
    return false;
}

static bool resume(Phasher *h)
{
    Worklist *w = &h->work;
    switch (worklist_pop(w)) {
    case ELEMENTS: {
        size_t arity = worklist_pop(w), count = worklist_pop(w);
        return fold_elements(h, (const Term *)worklist_pop(w), count, arity);
    }
    case ENV: {
        size_t count = worklist_pop(w);
        return fold_env(h, (const Term *)worklist_pop(w), count);
    }
    case TAIL: {
        Term tail = worklist_pop(w);
        return is_cons(tail) ? go_on(h, tail) : (push(h, LIST_END), go_on(h, tail));
    }
    default: h->hash *= PRIME_LIST_END; return false;
    }
}

uint32_t term_phash(Term t, uint32_t range)
{
    Phasher h = {.hash = 0};
    worklist_init(&h.work);
    bool more = fold_term(&h, t);
    for (;;) {
        while (more) more = fold_term(&h, h.next);
        if (worklist_is_empty(&h.work)) break;
        more = resume(&h);
    }
    worklist_done(&h.work);
    return range == 0 ? h.hash + 1 : h.hash % range + 1;
}
