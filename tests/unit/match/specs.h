/* SPDX-License-Identifier: Apache-2.0 */
/* specs.h - match specifications out of text, for unit tests. */
#ifndef TESTS_UNIT_MATCH_SPECS_H
#define TESTS_UNIT_MATCH_SPECS_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include "base/memory.h"
#include "match/compile.h"
#include "term/print.h"
#include "terms.h"

/* A term of atoms ($1 and + are some), small integers, [lists | tails] and {tuples}. */
static inline Term read_term(const char **text);

static inline void skip_blanks(const char **text)
{
    while (**text == ' ') ++*text;
}

static inline bool next_is(const char **text, char c)
{
    skip_blanks(text);
    if (**text != c) return false;
    ++*text;
    return true;
}

static inline Term read_list(const char **text)
{
    if (next_is(text, ']')) return TERM_NIL;
    Term head = read_term(text), tail;
    if (next_is(text, '|')) {
        tail = read_term(text);
        assert_true(next_is(text, ']'));
    } else {
        next_is(text, ',');
        tail = read_list(text);
    }
    return cons_put(heap_reserve(&terms_heap, 2), head, tail);
}

static inline Term read_tuple(const char **text)
{
    Term elements[16];
    size_t arity = 0;
    while (!next_is(text, '}')) {
        elements[arity++] = read_term(text);
        next_is(text, ',');
    }
    Term *tuple = heap_reserve(&terms_heap, 1 + arity);
    tuple[0] = make_header(KIND_TUPLE, arity);
    memcpy(tuple + 1, elements, arity * sizeof *elements);
    return make_boxed(tuple);
}

static inline Term read_term(const char **text)
{
    char name[64];
    size_t size = 0;
    if (next_is(text, '[')) return read_list(text);
    if (next_is(text, '{')) return read_tuple(text);
    if (**text >= '0' && **text <= '9') return make_small(strtol(*text, (char **)text, 10));
    while (**text && !strchr(" ,|]}", **text)) name[size++] = *(*text)++;
    return atom_intern(name, size);
}

static inline Term read_text(const char *text) { return read_term(&text); }

static inline void assert_prints(const char *text, Term t)
{
    char buffer[1000];
    BufferSink sink;
    buffer_sink_init(&sink, buffer, sizeof buffer - 1);
    term_print(&sink.sink, t, 1000);
    buffer[sink.used] = 0;
    assert_string_equal(text, buffer);
}

#endif
