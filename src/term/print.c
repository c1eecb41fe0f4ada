/* SPDX-License-Identifier: Apache-2.0 */
/* print.c - terms as text. */
#include "term/print.h"
#include "base/memory.h"
#include "base/worklist.h"
#include "term/map_reader.h"
#include "term/print_leaf.h"
#include "term/span.h"

typedef struct LargeMap {
    struct LargeMap *next;
    MapWalk walk;
} LargeMap;

typedef struct Printer {
    Worklist work;
    Sink *sink;
    size_t left;     /* elements and characters that may still be printed */
    LargeMap *large; /* hash tries being printed, innermost first */
    bool failed;     /* out of memory: what is on the worklist may be incomplete */
} Printer;

/* Entries of the worklist, kind last: TERM term; LIST rest; ELEMENTS first count;
   PAIRS keys values count; LARGE_PAIRS; CLOSE character. ELEMENTS, PAIRS and LIST stand between two
   elements: they begin with a separator if anything follows. */
enum { TERM, LIST, ELEMENTS, PAIRS, LARGE_PAIRS, ARROW, CLOSE };

static void drop_large(Printer *p)
{
    LargeMap *map = p->large;
    p->large = map->next;
    memory_free(map, sizeof *map);
}

static void push(Printer *p, uintptr_t word)
{
    if (!worklist_push(&p->work, word)) p->failed = true;
}

static void push_entry(Printer *p, uintptr_t word, unsigned kind)
{
    push(p, word);
    push(p, kind);
}

static void put(Printer *p, char c)
{
    p->sink->write(p->sink, &c, 1);
}

/* Takes `n` from what may still be printed. */
static bool take(Printer *p, size_t n)
{
    if (p->left < n) {
        p->left = 0;
        return false;
    }
    p->left -= n;
    return true;
}

static bool is_printable(uint8_t c)
{
    return (c >= ' ' && c < 127) || c >= 160 || c == '\n' || c == '\t' || c == '\r';
}

static bool is_string(Term t)
{
    for (; is_cons(t); t = cons_tail(t)) {
        Term c = cons_head(t);
        if (!is_small(c) || (uintptr_t)small_value(c) > 255) return false;
        if (!is_printable((uint8_t)small_value(c))) return false;
    }
    return is_nil(t);
}

static void print_string(Printer *p, Term t)
{
    put(p, '"');
    for (; is_cons(t) && take(p, 1); t = cons_tail(t)) {
        char c = (char)small_value(cons_head(t));
        if (c == '"') sink_text(p->sink, "\\\"");
        else if (c == '\n') sink_text(p->sink, "\\n");
        else put(p, c);
    }
    put(p, '"');
}

static bool is_text(BitSpan span)
{
    if (span.bit_size == 0 || span.bit_size % 8 != 0) return false;
    for (size_t i = 0; i < span.bit_size / 8; i++) {
        uint8_t c = span_byte(span, i);
        if (c < ' ' || c > 126) return false;
    }
    return true;
}

static void print_text(Printer *p, BitSpan span)
{
    put(p, '"');
    for (size_t i = 0; i < span.bit_size / 8 && take(p, 1); i++) {
        char c = (char)span_byte(span, i);
        if (c == '"') put(p, '\\');
        put(p, c);
    }
    put(p, '"');
}

static void print_bits(Printer *p, Term t)
{
    BitSpan span = bitstring_span(t);
    unsigned rest = span.bit_size % 8;
    size_t size = span.bit_size / 8;
    sink_text(p->sink, "<<");
    if (is_text(span)) {
        print_text(p, span);
        size = 0;
    }
    for (size_t i = 0; i < size && take(p, 1); i++) {
        sink_format(p->sink, i == 0 ? "%u" : ",%u", (unsigned)span_byte(span, i));
    }
    if (rest != 0) {
        sink_format(p->sink, size == 0 ? "%u:%u" : ",%u:%u", span_tail(span) >> (8 - rest), rest);
    }
    sink_text(p->sink, ">>");
}

static void start_elements(Printer *p, const Term *elements, size_t count)
{
    if (count == 0) return;
    if (count > 1) {
        push(p, (uintptr_t)(elements + 1));
        push(p, count - 1);
        push(p, ELEMENTS);
    }
    push_entry(p, elements[0], TERM);
}

static void start_pairs(Printer *p, const Term *keys, const Term *values, size_t count)
{
    if (count == 0) return;
    push(p, (uintptr_t)(keys + 1));
    push(p, (uintptr_t)(values + 1));
    push_entry(p, count - 1, PAIRS);
    push_entry(p, *values, TERM);
    push_entry(p, 0, ARROW);
    push_entry(p, *keys, TERM);
}

static void next_large_pair(Printer *p, bool first)
{
    Term key, value;
    if (!map_reader.next(&p->large->walk, &key, &value)) {
        drop_large(p);
        return;
    }
    if (!first) put(p, ',');
    push_entry(p, 0, LARGE_PAIRS);
    push_entry(p, value, TERM);
    push_entry(p, 0, ARROW);
    push_entry(p, key, TERM);
}

/* OTP differs: large maps print as their inner nodes there, in no documented form. */
static void start_map(Printer *p, Term t)
{
    sink_text(p->sink, "#{");
    push_entry(p, '}', CLOSE);
    if (is_flat_map(t)) {
        start_pairs(p, tuple_elements(flat_map_keys(t)), flat_map_values(t), flat_map_count(t));
        return;
    }
    LargeMap *map = memory_alloc(sizeof *map);
    if (map == NULL) {
        p->failed = true;
        return;
    }
    map->next = p->large;
    p->large = map;
    map_reader.start(&map->walk, t);
    next_large_pair(p, true);
}

static void start_list(Printer *p, Term t)
{
    if (is_string(t)) {
        print_string(p, t);
        return;
    }
    put(p, '[');
    push_entry(p, cons_tail(t), LIST);
    push_entry(p, cons_head(t), TERM);
}

static void print_boxed(Printer *p, Term t)
{
    switch (boxed_kind(t)) {
    case KIND_TUPLE:
        put(p, '{');
        push_entry(p, '}', CLOSE);
        start_elements(p, tuple_elements(t), tuple_arity(t));
        break;
    case KIND_RECORD:
        sink_text(p->sink, "#record{");
        push_entry(p, '}', CLOSE);
        start_elements(p, boxed_ptr(t) + 1, header_size(boxed_header(t)));
        break;
    case KIND_MAP:
    case KIND_HASHMAP: start_map(p, t); break;
    case KIND_BIN_HEAP:
    case KIND_BIN_REFC:
    case KIND_BIN_SUB: print_bits(p, t); break;
    default: print_leaf(p->sink, t); break;
    }
}

static void print_term(Printer *p, Term t)
{
    if (!take(p, 1)) return;
    if (is_cons(t)) {
        start_list(p, t);
    } else if (is_boxed(t)) {
        print_boxed(p, t);
    } else {
        print_leaf(p->sink, t);
    }
}

static void next_of_list(Printer *p, Term rest)
{
    if (is_nil(rest)) {
        put(p, ']');
    } else if (is_cons(rest)) {
        put(p, ',');
        push_entry(p, cons_tail(rest), LIST);
        push_entry(p, cons_head(rest), TERM);
    } else {
        put(p, '|');
        push_entry(p, ']', CLOSE);
        push_entry(p, rest, TERM);
    }
}

static void next_pairs(Printer *p)
{
    size_t count = worklist_pop(&p->work);
    const Term *values = (const Term *)worklist_pop(&p->work);
    const Term *keys = (const Term *)worklist_pop(&p->work);
    if (count > 0) put(p, ',');
    start_pairs(p, keys, values, count);
}

static void next_elements(Printer *p)
{
    size_t count = worklist_pop(&p->work);
    put(p, ',');
    start_elements(p, (const Term *)worklist_pop(&p->work), count);
}

static void print_entry(Printer *p)
{
    switch (worklist_pop(&p->work)) {
    case TERM: print_term(p, worklist_pop(&p->work)); break;
    case LIST: next_of_list(p, worklist_pop(&p->work)); break;
    case ELEMENTS: next_elements(p); break;
    case PAIRS: next_pairs(p); break;
    case LARGE_PAIRS:
        worklist_pop(&p->work);
        next_large_pair(p, false);
        break;
    case ARROW:
        worklist_pop(&p->work);
        sink_text(p->sink, "=>");
        break;
    default: put(p, (char)worklist_pop(&p->work)); break;
    }
}

static bool closes_next(const Printer *p)
{
    return !worklist_is_empty(&p->work) && p->work.items[p->work.count - 1] == CLOSE;
}

void term_print(Sink *sink, Term t, size_t limit)
{
    Printer p = {.sink = sink, .left = limit};
    worklist_init(&p.work);
    push_entry(&p, t, TERM);
    while (p.left > 0 && !p.failed && !worklist_is_empty(&p.work)) print_entry(&p);
    /* The last element may have used up the limit exactly: what only closes is still printed. */
    while (!p.failed && closes_next(&p)) print_entry(&p);
    if (p.failed || !worklist_is_empty(&p.work)) sink_text(sink, "...");
    while (p.large != NULL) drop_large(&p);
    worklist_done(&p.work);
}
