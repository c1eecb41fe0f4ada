/* SPDX-License-Identifier: Apache-2.0 */
/* compare.c - Erlang's order and equality of terms. */
#include "term/compare.h"
#include "term/atom.h"
#include "term/comparing.h"
#include "term/exhausted.h"
#include "term/export.h"
#include "term/fun.h"
#include "term/identifier.h"
#include "term/map_reader.h"
#include "term/release.h"
#include "term/span.h"

extern inline bool term_equal_exact(Term a, Term b);


typedef enum Rank {
    RANK_NUMBER,
    RANK_ATOM,
    RANK_REF,
    RANK_FUN,
    RANK_PORT,
    RANK_PID,
    RANK_TUPLE,
    RANK_RECORD,
    RANK_MAP,
    RANK_NIL,
    RANK_CONS,
    RANK_BITS,
    RANK_OTHER /* not a term that a program can hold */
} Rank;

static const uint8_t kind_ranks[16] = {
    [KIND_TUPLE] = RANK_TUPLE,      [KIND_MAP] = RANK_MAP,
    [KIND_HASHMAP] = RANK_MAP,      [KIND_RECORD] = RANK_RECORD,
    [KIND_FUN] = RANK_FUN,          [KIND_EXPORT] = RANK_FUN,
    [KIND_FLOAT] = RANK_NUMBER,     [KIND_BIG_POS] = RANK_NUMBER,
    [KIND_BIG_NEG] = RANK_NUMBER,   [KIND_REF] = RANK_REF,
    [KIND_EXTERNAL] = RANK_REF,     [KIND_BIN_HEAP] = RANK_BITS,
    [KIND_BIN_REFC] = RANK_BITS,    [KIND_BIN_SUB] = RANK_BITS,
    [KIND_MATCH] = RANK_OTHER,      [KIND_RESOURCE] = RANK_REF,
};

static Rank boxed_rank(Term t)
{
    Kind kind = boxed_kind(t);
    if (kind != KIND_EXTERNAL) return kind_ranks[kind];
    if (is_external(t, EXTERNAL_PID)) return RANK_PID;
    return is_external(t, EXTERNAL_PORT) ? RANK_PORT : RANK_REF;
}

static Rank rank_of(Term t)
{
    if (is_small(t)) return RANK_NUMBER;
    if (is_cons(t)) return RANK_CONS;
    if (is_boxed(t)) return boxed_rank(t);
    if (is_atom(t)) return RANK_ATOM;
    if (is_nil(t)) return RANK_NIL;
    if (is_local_pid(t)) return RANK_PID;
    return is_local_port(t) ? RANK_PORT : RANK_OTHER;
}

static int order_of(uintptr_t a, uintptr_t b)
{
    return a < b ? -1 : a > b;
}

void compare_push(Compare *c, uintptr_t x, uintptr_t y, uintptr_t kind_and_count)
{
    uintptr_t *frame = worklist_claim(&c->work, 3);
    if (!frame) term_exhausted();
    frame[0] = x;
    frame[1] = y;
    frame[2] = kind_and_count;
}

static int next_pair(Compare *c, Term a, Term b)
{
    c->a = a;
    c->b = b;
    return PENDING;
}

static int elements(Compare *c, const Term *a, const Term *b, size_t count)
{
    for (; count > 0 && *a == *b; count--) a++, b++;
    if (count == 0) return 0;
    if (count > 1) {
        compare_push(c, (uintptr_t)(a + 1), (uintptr_t)(b + 1),
                     (count - 1) << FRAME_KIND_BITS | FRAME_ELEMENTS);
    }
    return next_pair(c, *a, *b);
}

static int lists(Compare *c, Term a, Term b)
{
    while (cons_head(a) == cons_head(b)) {
        a = cons_tail(a);
        b = cons_tail(b);
        if (a == b) return 0;
        if (!is_cons(a) || !is_cons(b)) return next_pair(c, a, b);
    }
    Term x = cons_head(a), y = cons_head(b);
    if (!is_immediate(x) || !is_immediate(y)) {
        compare_push(c, cons_tail(a), cons_tail(b), FRAME_TAILS);
    }
    return next_pair(c, x, y);
}

static int tuples(Compare *c, Term a, Term b)
{
    size_t arity = tuple_arity(a);
    if (arity != tuple_arity(b)) return order_of(arity, tuple_arity(b));
    return elements(c, tuple_elements(a), tuple_elements(b), arity);
}

/* All words of a record are terms: its definition, then the values. */
static int records(Compare *c, Term a, Term b)
{
    size_t size = header_size(boxed_header(a));
    if (size != header_size(boxed_header(b))) {
        return order_of(size, header_size(boxed_header(b)));
    }
    return elements(c, boxed_ptr(a) + 1, boxed_ptr(b) + 1, size);
}

static size_t size_of_map(Term map)
{
    return is_flat_map(map) ? flat_map_count(map) : map_reader.size(map);
}

/* By size, then by keys in exact order, then by values. Both are of one kind: maps are kept in
   canonical form. */
static int maps(Compare *c, Term a, Term b)
{
    size_t count = size_of_map(a);
    if (count != size_of_map(b)) return order_of(count, size_of_map(b));
    if (!is_flat_map(a)) return compare_large_maps(c, a, b);
    if (flat_map_keys(a) == flat_map_keys(b)) {
        return elements(c, flat_map_values(a), flat_map_values(b), count);
    }
    compare_push(c, (uintptr_t)flat_map_values(a), (uintptr_t)flat_map_values(b),
                 count << FRAME_KIND_BITS | FRAME_ELEMENTS);
    compare_push(c, c->exact, 0, FRAME_EXACT);
    c->exact = true;
    return tuples(c, flat_map_keys(a), flat_map_keys(b));
}

static int export_order(const Export *a, const Export *b)
{
    int order = atom_compare(a->module, b->module);
    if (order == 0) order = atom_compare(a->function, b->function);
    return order != 0 ? order : order_of(a->arity, b->arity);
}

/* Local funs come before those that name an export. */
static int funs(Compare *c, Term a, Term b)
{
    if (is_local_fun(a) != is_local_fun(b)) return is_local_fun(a) ? -1 : 1;
    if (is_export_fun(a)) return export_order(export_of(a), export_of(b));
    const FunEntry *x = fun_ptr(a)->entry, *y = fun_ptr(b)->entry;
    int order = atom_compare(x->module, y->module);
    if (order == 0) order = order_of(x->index, y->index);
    if (order == 0) order = order_of(x->old_uniq, y->old_uniq);
    if (order == 0) order = order_of(fun_free_count(a), fun_free_count(b));
    if (order != 0) return order;
    return elements(c, fun_ptr(a)->env, fun_ptr(b)->env, fun_free_count(a));
}

static int words_order(const Identifier *a, const Identifier *b)
{
    for (int i = REF_MAX_WORDS - 1; i >= 0; i--) {
        if (a->words[i] != b->words[i]) return order_of(a->words[i], b->words[i]);
    }
    return 0;
}

/* Pids by their numbers first, ports and references by their nodes. */
static int identifiers(Rank rank, Term a, Term b)
{
    Identifier x = identifier_of(a), y = identifier_of(b);
    int by_words = words_order(&x, &y), by_node = node_compare(x.node, y.node);
    if (rank == RANK_PID) return by_words != 0 ? by_words : by_node;
    return by_node != 0 ? by_node : by_words;
}

static int numbers(const Compare *c, Term a, Term b)
{
    if (c->exact) {
        bool a_float = is_float(a), b_float = is_float(b);
        if (a_float != b_float) return a_float ? 1 : -1;
        int order = number_compare(a, b);
        if (order != 0 || !a_float || !release_has_signed_zeros()) return order;
        return __builtin_signbit(float_value(b)) - __builtin_signbit(float_value(a));
    }
    return number_compare(a, b);
}

static int step(Compare *c, Term a, Term b)
{
    if (a == b) return 0;
    Rank rank = rank_of(a);
    if (rank != rank_of(b)) return order_of(rank, rank_of(b));
    switch (rank) {
    case RANK_NUMBER: return numbers(c, a, b);
    case RANK_ATOM: return atom_compare(a, b);
    case RANK_REF:
    case RANK_PORT:
    case RANK_PID: return identifiers(rank, a, b);
    case RANK_FUN: return funs(c, a, b);
    case RANK_TUPLE: return tuples(c, a, b);
    case RANK_RECORD: return records(c, a, b);
    case RANK_MAP: return maps(c, a, b);
    case RANK_CONS: return lists(c, a, b);
    case RANK_BITS: return span_compare(bitstring_span(a), bitstring_span(b));
    default: return order_of(a, b);
    }
}

static int resume(Compare *c, int order)
{
    uintptr_t tag = worklist_pop(&c->work);
    uintptr_t y = worklist_pop(&c->work);
    uintptr_t x = worklist_pop(&c->work);
    switch (tag & ((1 << FRAME_KIND_BITS) - 1)) {
    case FRAME_MAP: return compare_map_resume(c, order);
    case FRAME_EXACT: c->exact = x; return order;
    case FRAME_TAILS: return order != 0 ? order : next_pair(c, x, y);
    default:
        if (order != 0) return order;
        return elements(c, (const Term *)x, (const Term *)y, tag >> FRAME_KIND_BITS);
    }
}

static int compare(Term a, Term b, bool exact, bool equal_only)
{
    Compare c; /* Not initialised as a whole: most of it is room for the worklist. */
    c.exact = exact;
    c.equal_only = equal_only;
    c.map = 0;
    worklist_init(&c.work);
    int order = step(&c, a, b);
    for (;;) {
        while (order == PENDING) order = step(&c, c.a, c.b);
        if (worklist_is_empty(&c.work)) break;
        order = resume(&c, order);
    }
    worklist_done(&c.work);
    return order;
}

/* Binaries on the heap are what is compared most often beside immediates. */
static bool are_heap_binaries(Term a, Term b)
{
    return is_boxed(a) && is_boxed(b) && boxed_kind(a) == KIND_BIN_HEAP &&
           boxed_kind(b) == KIND_BIN_HEAP;
}

static int heap_binaries(Term a, Term b)
{
    const Term *p = boxed_ptr(a), *q = boxed_ptr(b);
    int order = memcmp(p + 2, q + 2, p[1] < q[1] ? p[1] : q[1]);
    return order != 0 ? (order > 0) - (order < 0) : order_of(p[1], q[1]);
}

/* PENDING: it takes the machine. */
static inline int short_order(Term a, Term b)
{
    if (a == b) return 0;
    if (are_small(a, b)) return (Word)a < (Word)b ? -1 : 1;
    if (is_atom(a) && is_atom(b)) return atom_compare(a, b);
    return are_heap_binaries(a, b) ? heap_binaries(a, b) : PENDING;
}

/* Likewise: keys are tuples often, whose first elements that differ tell it all. */
static int order_at_once(Term a, Term b)
{
    if (!is_tuple(a) || !is_tuple(b)) return short_order(a, b);
    size_t arity = tuple_arity(a);
    const Term *x = tuple_elements(a), *y = tuple_elements(b);
    if (arity != tuple_arity(b)) return order_of(arity, tuple_arity(b));
    for (; arity > 0 && *x == *y; arity--) x++, y++;
    if (arity == 0) return 0;
    int order = short_order(*x, *y);
    return order != 0 ? order : PENDING;
}

int term_compare(Term a, Term b)
{
    int order = order_at_once(a, b);
    return order != PENDING ? order : compare(a, b, false, false);
}

int term_compare_exact(Term a, Term b)
{
    int order = order_at_once(a, b);
    return order != PENDING ? order : compare(a, b, true, false);
}

bool term_equal(Term a, Term b)
{
    if (a == b) return true;
    if (is_immediate(a) && is_immediate(b)) return false;
    return compare(a, b, false, true) == 0;
}

/* ---- Short cuts to =:= ---- */

typedef enum Answer { NO, YES, LOOK } Answer; /* LOOK: it takes the machine */

static Answer words_equal(const Term *a, const Term *b, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (a[i] == b[i]) continue;
        return is_immediate(a[i]) || is_immediate(b[i]) ? NO : LOOK;
    }
    return YES;
}

static Answer lists_equal(Term a, Term b)
{
    while (is_cons(a) && is_cons(b)) {
        Answer heads = words_equal(cons_ptr(a), cons_ptr(b), 1);
        if (heads != YES) return heads;
        a = cons_tail(a);
        b = cons_tail(b);
        if (a == b) return YES;
    }
    return is_immediate(a) || is_immediate(b) ? NO : LOOK;
}

static bool bits_equal(Term a, Term b)
{
    uintptr_t bits = bitstring_bits(a);
    if (bits != bitstring_bits(b)) return false;
    BitSpan x = bitstring_span(a), y = bitstring_span(b);
    if ((bits | x.bit_offset | y.bit_offset) % 8 == 0) return memcmp(x.data, y.data, bits / 8) == 0;
    return span_compare(x, y) == 0;
}

/* The first numbers of references that were made one after the other differ. */
static inline bool numbers_equal(const Ref *a, const Ref *b)
{
    return a->number[0] == b->number[0] && a->number[1] == b->number[1] &&
           a->number[2] == b->number[2];
}

static Answer boxed_equal(Term a, Term b)
{
    const Term *p = boxed_ptr(a), *q = boxed_ptr(b);
    Kind kind = header_kind(p[0]);
    if (kind == KIND_BIN_HEAP && header_kind(q[0]) == KIND_BIN_HEAP)
        return p[1] == q[1] && memcmp(p + 2, q + 2, p[1]) == 0 ? YES : NO;
    if (kind == KIND_REF && header_kind(q[0]) == KIND_REF)
        return numbers_equal((const Ref *)p, (const Ref *)q) ? YES : NO;
    if (kind == KIND_TUPLE) return p[0] == q[0] ? words_equal(p + 1, q + 1, header_size(p[0])) : NO;
    if (is_bitstring(a)) return is_bitstring(b) && bits_equal(a, b) ? YES : NO;
    return LOOK;
}

bool term_equal_exact_slow(Term a, Term b)
{
    if (is_cons(a) != is_cons(b)) return false;
    Answer answer = is_cons(a) ? lists_equal(a, b) : boxed_equal(a, b);
    return answer == LOOK ? compare(a, b, true, true) == 0 : answer == YES;
}
