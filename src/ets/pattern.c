/* SPDX-License-Identifier: Apache-2.0 */
/* pattern.c - matching objects against patterns. */

#include "ets/pattern.h"
#include "base/worklist.h"
#include "heap/map.h"
#include "term/atom.h"
#include "term/compare.h"

int64_t pattern_variable(Term t)
{
    size_t size;
    int64_t number = 0;
    if (!is_atom(t)) return -1;
    const char *text = atom_text(t, &size);
    if (size < 2 || size > 10 || text[0] != '$' || (size > 2 && text[1] == '0')) return -1;
    for (size_t i = 1; i < size; i++) {
        if (text[i] < '0' || text[i] > '9') return -1;
        number = 10 * number + (text[i] - '0');
    }
    return number;
}

static bool push_all(Worklist *work, const Term *terms, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (!worklist_push(work, terms[i])) return false;
    }
    return true;
}

/* The parts of a pattern that may hold variables. */
static bool push_parts(Worklist *work, Term t)
{
    if (is_cons(t)) return push_all(work, cons_ptr(t), 2);
    if (is_tuple(t)) return push_all(work, tuple_elements(t), tuple_arity(t));
    if (!is_map(t)) return true;
    MapCursor cursor;
    Term key, value;
    map_cursor_init(&cursor, t);
    while (map_cursor_next(&cursor, &key, &value)) {
        if (!worklist_push(work, value)) return false;
    }
    return true;
}

/* ---- Variables ---- */

static bool add_variable(Bindings *bindings, uint32_t number)
{
    uint32_t at = bindings->count;
    while (at > 0 && bindings->number[at - 1] > number) at--;
    if (at > 0 && bindings->number[at - 1] == number) return true;
    if (bindings->count == PATTERN_VARIABLES) return false;
    memmove(bindings->number + at + 1, bindings->number + at,
            (bindings->count - at) * sizeof *bindings->number);
    bindings->number[at] = number;
    bindings->count++;
    return true;
}

bool pattern_variables(Term pattern, Bindings *bindings)
{
    Worklist work;
    bindings->count = 0;
    worklist_init(&work);
    bool good = worklist_push(&work, pattern);
    while (good && !worklist_is_empty(&work)) {
        Term t = worklist_pop(&work);
        int64_t number = pattern_variable(t);
        good = number < 0 ? push_parts(&work, t) : add_variable(bindings, (uint32_t)number);
    }
    worklist_done(&work);
    return good;
}

bool pattern_is_constant(Term pattern)
{
    Worklist work;
    worklist_init(&work);
    bool constant = worklist_push(&work, pattern);
    while (constant && !worklist_is_empty(&work)) {
        Term t = worklist_pop(&work);
        constant = t != A(underscore) && pattern_variable(t) < 0 && push_parts(&work, t);
    }
    worklist_done(&work);
    return constant;
}

/* ---- Matching ---- */

static bool bind(Bindings *bindings, uint32_t number, Term value)
{
    uint32_t at = 0;
    while (bindings->number[at] != number) at++;
    if (!is_none(bindings->value[at])) return term_equal_exact(bindings->value[at], value);
    bindings->value[at] = value;
    return true;
}

static bool push_pair(Worklist *work, Term pattern, Term term)
{
    return worklist_push(work, term) && worklist_push(work, pattern);
}

/* Keys of a map in a pattern are constants. */
static bool push_map(Worklist *work, Term pattern, Term term)
{
    MapCursor cursor;
    Term key, value;
    if (!is_map(term)) return false;
    map_cursor_init(&cursor, pattern);
    while (map_cursor_next(&cursor, &key, &value)) {
        Term found = map_get(term, key);
        if (is_none(found) || !push_pair(work, value, found)) return false;
    }
    return true;
}

static bool push_tuple(Worklist *work, Term pattern, Term term)
{
    size_t arity = tuple_arity(pattern);
    if (!is_tuple_of(term, arity)) return false;
    for (size_t i = arity; i-- > 0;) {
        if (!push_pair(work, tuple_elements(pattern)[i], tuple_elements(term)[i])) return false;
    }
    return true;
}

static bool step(Worklist *work, Term pattern, Term term, Bindings *bindings)
{
    if (is_atom(pattern)) {
        if (pattern == A(underscore)) return true;
        int64_t number = pattern_variable(pattern);
        return number < 0 ? pattern == term : bind(bindings, (uint32_t)number, term);
    }
    if (is_cons(pattern))
        return is_cons(term) && push_pair(work, cons_tail(pattern), cons_tail(term)) &&
               push_pair(work, cons_head(pattern), cons_head(term));
    if (is_tuple(pattern)) return push_tuple(work, pattern, term);
    if (is_map(pattern)) return push_map(work, pattern, term);
    return term_equal_exact(pattern, term);
}

bool pattern_match(Term pattern, Term term, Bindings *bindings)
{
    Worklist work;
    for (uint32_t i = 0; i < bindings->count; i++) bindings->value[i] = TERM_NONE;
    worklist_init(&work);
    bool matches = step(&work, pattern, term, bindings);
    while (matches && !worklist_is_empty(&work)) {
        Term next = worklist_pop(&work);
        matches = step(&work, next, worklist_pop(&work), bindings);
    }
    worklist_done(&work);
    return matches;
}
