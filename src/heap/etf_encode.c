/* SPDX-License-Identifier: Apache-2.0 */
/* etf_encode.c - terms in external term format. */
#include "base/memory.h"
#include "heap/etf.h"
#include "heap/etf_format.h"
#include "heap/etf_put.h"
#include "heap/map.h"
#include "term/atom.h"
#include "term/compare.h"
#include "term/fun.h"

/* Terms with parts leave a frame on the worklist, which says where to go on. A frame is
   ETF_FRAME_WORDS terms: a term, a number and the kind (two small integers):

       TERM term 0         LIST rest 0          WORDS object next
       PAIRS map next      LARGE map done       FUN_END 0 start

   WORDS: the words of a boxed object from number `next` to its end. PAIRS: those of a flat map.
   LARGE: a hash trie of which `done` pairs are written; its cursor stands beside the worklist
   and is made anew where there is none. FUN_END: the size of what was written since `start` is
   to be put there. */
enum { TERM, LIST, WORDS, PAIRS, LARGE, FUN_END };

typedef struct EtfLargeMap {
    MapCursor cursor;
    bool ready;
} EtfLargeMap;

enum { HEAD_ROOM = 32 };

static void push(EtfEncoder *e, Term word)
{
    if (!worklist_push(&e->work, word)) e->failed = true;
}

static void push_frame(EtfEncoder *e, Term term, size_t number, unsigned kind)
{
    push(e, term);
    push(e, make_small((Word)number));
    push(e, make_small((Word)kind));
}

static void push_term(EtfEncoder *e, Term term, unsigned kind) { push_frame(e, term, 0, kind); }

static size_t position(const EtfEncoder *e) { return e->before + (size_t)(e->at - e->start); }

/* ---- Terms with parts: their heads ---- */

static void put_fun(EtfEncoder *e, Term t)
{
    const Fun *fun = fun_ptr(t);
    const FunEntry *entry = fun->entry;
    etf_room(e, HEAD_ROOM + UNIQ_BYTES);
    put_u8(e, NEW_FUN_EXT);
    push_frame(e, TERM_NIL, position(e), FUN_END);
    put_u32(e, 0); /* the size of all, when it is known */
    put_u8(e, entry->arity);
    memcpy(e->at, entry->uniq, UNIQ_BYTES);
    e->at += UNIQ_BYTES;
    put_u32(e, entry->index);
    put_u32(e, (uint32_t)fun_free_count(t));
    etf_put_atom(e, entry->module);
    etf_put_integer(e, entry->old_index);
    etf_put_integer(e, entry->old_uniq);
    push_frame(e, t, FUN_SIZE, WORDS); /* from the creator on */
}

/* Where the bytes before are out of reach they are only counted. */
static void end_fun(EtfEncoder *e, size_t start)
{
    if (start < e->before || e->failed) return;
    uint8_t *end = e->at;
    size_t size = position(e) - start;
    e->at = e->start + (start - e->before);
    put_u32(e, (uint32_t)size);
    e->at = end;
}

static void put_tuple(EtfEncoder *e, Term t)
{
    size_t arity = tuple_arity(t);
    etf_room(e, HEAD_ROOM);
    put_u8(e, arity < 256 ? SMALL_TUPLE_EXT : LARGE_TUPLE_EXT);
    if (arity < 256) put_u8(e, (unsigned)arity);
    else put_u32(e, (uint32_t)arity);
    if (arity > 0) push_frame(e, t, 1, WORDS);
}

static bool is_byte(Term t) { return (t & ~((Term)0xFF << 2)) == 0; }

/* Its number of cells; *is_string: all bytes, ends in nil, and not too long for STRING_EXT. */
static size_t list_cells(Term list, bool *is_string)
{
    size_t count = 0;
    Term all = 0;
    for (; is_cons(list); list = cons_tail(list), count++) all |= cons_head(list);
    *is_string = is_byte(all) && is_nil(list) && count <= UINT16_MAX;
    return count;
}

static void put_list(EtfEncoder *e, Term list)
{
    bool string;
    size_t count = list_cells(list, &string);
    etf_room(e, HEAD_ROOM);
    if (!string) {
        put_u8(e, LIST_EXT);
        put_u32(e, (uint32_t)count);
        push_term(e, list, LIST);
        return;
    }
    put_u8(e, STRING_EXT);
    put_u16(e, (unsigned)count);
    for (; is_cons(list); list = cons_tail(list)) {
        etf_room(e, 1);
        put_u8(e, (unsigned)small_value(cons_head(list)));
    }
}

/* Lets the pair at `root` go down to its place in the heap (largest first) of the pairs below. */
static void sift(Term *keys, Term *values, size_t root, size_t count)
{
    Term key = keys[root], value = values[root];
    for (size_t child; (child = 2 * root + 1) < count; root = child) {
        if (child + 1 < count && term_compare_exact(keys[child], keys[child + 1]) < 0) child++;
        if (term_compare_exact(key, keys[child]) >= 0) break;
        keys[root] = keys[child];
        values[root] = values[child];
    }
    keys[root] = key;
    values[root] = value;
}

static void exchange(Term *a, Term *b)
{
    Term t = *a;
    *a = *b;
    *b = t;
}

static void sort_pairs(Term *keys, Term *values, size_t count)
{
    for (size_t i = count / 2; i-- > 0;) sift(keys, values, i, count);
    while (count-- > 1) {
        exchange(&keys[0], &keys[count]);
        exchange(&values[0], &values[count]);
        sift(keys, values, 0, count);
    }
}

/* The pairs of a large map in the order of their keys, as a flat one, which only a frame holds. */
static Term in_order(EtfEncoder *e, Term map)
{
    size_t count = map_size(map), at = 0;
    Term *keys = count > TUPLE_MAX_ARITY ? NULL : heap_reserve(e->heap, 3 + 2 * count);
    if (keys == NULL) {
        e->failed = true;
        return map;
    }
    Term *flat = keys + 1 + count;
    keys[0] = make_header(KIND_TUPLE, count);
    flat[0] = make_header(KIND_MAP, 1 + count);
    flat[1] = make_boxed(keys);
    MapCursor cursor;
    map_cursor_init(&cursor, map);
    while (map_cursor_next(&cursor, &keys[1 + at], &flat[2 + at])) at++;
    sort_pairs(keys + 1, flat + 2, count);
    e->budget -= count < e->budget ? count : e->budget;
    return make_boxed(flat);
}

static void put_map(EtfEncoder *e, Term map)
{
    size_t count = map_size(map);
    etf_room(e, HEAD_ROOM);
    put_u8(e, MAP_EXT);
    put_u32(e, (uint32_t)count);
    if (count == 0) return;
    if (e->options.deterministic && e->heap && !is_flat_map(map)) map = in_order(e, map);
    push_frame(e, map, 0, is_flat_map(map) ? PAIRS : LARGE);
    if (!is_flat_map(map)) e->large_count++;
}

/* The definition is {Module, Name, Exported, Field...}. */
static void put_record(EtfEncoder *e, Term t)
{
    const Term *p = boxed_ptr(t);
    size_t count = header_size(p[0]) - 1;
    const Term *definition = tuple_elements(p[1]);
    etf_room(e, HEAD_ROOM);
    put_u8(e, NATIVE_RECORD_EXT);
    put_u32(e, (uint32_t)count);
    put_u8(e, definition[2] == A(true));
    etf_put_atom(e, definition[0]);
    etf_put_atom(e, definition[1]);
    for (size_t i = 0; i < count; i++) etf_put_atom(e, definition[3 + i]);
    push_frame(e, t, 2, WORDS);
}

static void put_term(EtfEncoder *e, Term t)
{
    if (etf_is_leaf(t)) {
        etf_put_leaf(e, t);
        return;
    }
    if (is_cons(t)) {
        put_list(e, t);
        return;
    }
    switch (boxed_kind(t)) {
    case KIND_TUPLE: put_tuple(e, t); break;
    case KIND_RECORD: put_record(e, t); break;
    case KIND_FUN: put_fun(e, t); break;
    default: put_map(e, t); break;
    }
}

/* ---- Frames ---- */

/* One more term; false: the budget is used up. */
static inline bool spend(EtfEncoder *e)
{
    if (e->budget == 0) return false;
    e->budget--;
    return true;
}

static void next_of_list(EtfEncoder *e, Term rest)
{
    while (is_cons(rest)) {
        Term head = cons_head(rest);
        rest = cons_tail(rest);
        if (!spend(e) || !etf_is_leaf(head)) {
            push_term(e, rest, LIST);
            put_term(e, head);
            return;
        }
        etf_put_leaf(e, head);
    }
    put_term(e, rest);
}

static void next_word(EtfEncoder *e, Term object, size_t next)
{
    const Term *words = boxed_ptr(object);
    size_t last = header_size(words[0]);
    for (; next < last; next++) {
        if (!spend(e) || !etf_is_leaf(words[next])) {
            push_frame(e, object, next + 1, WORDS);
            put_term(e, words[next]);
            return;
        }
        etf_put_leaf(e, words[next]);
    }
    if (next == last) put_term(e, words[last]);
}

/* Writes what it can of a pair. False: there is more of it, for which frames were pushed. */
static bool put_pair(EtfEncoder *e, Term key, Term value, Term map, size_t next, unsigned kind)
{
    if (spend(e) && etf_is_leaf(key) && etf_is_leaf(value)) {
        etf_put_leaf(e, key);
        etf_put_leaf(e, value);
        return true;
    }
    push_frame(e, map, next, kind);
    push_term(e, value, TERM);
    put_term(e, key);
    return false;
}

static void next_pair(EtfEncoder *e, Term map, size_t next)
{
    const Term *keys = tuple_elements(flat_map_keys(map)), *values = flat_map_values(map);
    size_t count = flat_map_count(map);
    for (; next < count; next++) {
        if (!put_pair(e, keys[next], values[next], map, next + 1, PAIRS)) return;
    }
}

/* The cursor of the innermost large map, of which `done` pairs are written. NULL: out of memory. */
static MapCursor *large_cursor(EtfEncoder *e, Term map, size_t done)
{
    if (e->large_count > e->large_room) {
        size_t room = 2 * e->large_count, bytes = e->large_room * sizeof *e->large;
        EtfLargeMap *large = memory_realloc(e->large, bytes, room * sizeof *large);
        if (large == NULL) return NULL;
        for (size_t i = e->large_room; i < room; i++) large[i].ready = false;
        e->large = large;
        e->large_room = room;
    }
    EtfLargeMap *large = &e->large[e->large_count - 1];
    if (large->ready) return &large->cursor;
    Term key, value;
    map_cursor_init(&large->cursor, map);
    while (done > 0 && map_cursor_next(&large->cursor, &key, &value)) done--;
    large->ready = true;
    return &large->cursor;
}

static void next_large_pair(EtfEncoder *e, Term map, size_t done)
{
    Term key, value;
    MapCursor *cursor = large_cursor(e, map, done);
    if (cursor == NULL) {
        e->failed = true;
        return;
    }
    while (map_cursor_next(cursor, &key, &value)) {
        if (!put_pair(e, key, value, map, ++done, LARGE)) return;
    }
    e->large[--e->large_count].ready = false;
}

static void next_frame(EtfEncoder *e)
{
    Word kind = small_value(worklist_pop(&e->work));
    size_t number = (size_t)small_value(worklist_pop(&e->work));
    Term term = worklist_pop(&e->work);
    switch (kind) {
    case TERM: put_term(e, term); break;
    case LIST: next_of_list(e, term); break;
    case WORDS: next_word(e, term, number); break;
    case PAIRS: next_pair(e, term, number); break;
    case LARGE: next_large_pair(e, term, number); break;
    default: end_fun(e, number); break;
    }
}

/* ---- In steps ---- */

void etf_encoder_init(EtfEncoder *e, const EtfOptions *options)
{
    e->before = 0;
    e->options = *options;
    e->counts = e->failed = false;
    e->heap = NULL;
    e->large = NULL;
    e->large_count = e->large_room = 0;
    worklist_init(&e->work);
}

bool etf_encoder_start(EtfEncoder *e, Term t)
{
    etf_room(e, HEAD_ROOM);
    put_u8(e, ETF_VERSION);
    push_term(e, t, TERM);
    return !e->failed;
}

EtfStatus etf_encoder_step(EtfEncoder *e)
{
    while (!e->failed && !worklist_is_empty(&e->work)) {
        if (!spend(e)) return ETF_MORE;
        next_frame(e);
    }
    return e->failed ? ETF_NO_MEMORY : ETF_DONE;
}

void etf_encoder_done(EtfEncoder *e)
{
    if (e->large != NULL) memory_free(e->large, e->large_room * sizeof *e->large);
    worklist_done(&e->work);
}

/* ---- At once ---- */

static bool refuse_room(EtfEncoder *e, size_t bytes)
{
    (void)e;
    (void)bytes;
    return false;
}

size_t etf_encoded_size(Term t, const EtfOptions *options)
{
    EtfEncoder e;
    uint8_t none;
    etf_encoder_init(&e, options);
    e.at = e.start = e.end = &none;
    e.make_room = refuse_room;
    e.counts = true;
    e.budget = SIZE_MAX;
    etf_encoder_start(&e, t);
    EtfStatus status = etf_encoder_step(&e);
    etf_encoder_done(&e);
    return status == ETF_DONE ? position(&e) : SIZE_MAX;
}

bool etf_encode(Term t, const EtfOptions *options, uint8_t *out)
{
    EtfEncoder e;
    etf_encoder_init(&e, options);
    e.at = e.start = out;
    e.end = (uint8_t *)UINTPTR_MAX;
    e.make_room = NULL;
    e.budget = SIZE_MAX;
    etf_encoder_start(&e, t);
    EtfStatus status = etf_encoder_step(&e);
    etf_encoder_done(&e);
    return status == ETF_DONE;
}
