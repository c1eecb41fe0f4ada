/* SPDX-License-Identifier: Apache-2.0 */
/* key.c - what patterns say of keys. */

#include "match/key.h"
#include "base/worklist.h"
#include "heap/map.h"
#include "term/atom.h"
#include "term/compare.h"
#include "term/release.h"

static bool is_any(Term pattern)
{
    return pattern == A(underscore) || match_variable(pattern) >= 0;
}

static bool push_all(Worklist *work, const Term *terms, size_t count)
{
    while (count-- > 0) {
        if (!worklist_push(work, terms[count])) return false;
    }
    return true;
}

static bool push_values(Worklist *work, Term map)
{
    MapCursor cursor;
    Term key, value;
    map_cursor_init(&cursor, map);
    while (map_cursor_next(&cursor, &key, &value)) {
        if (!worklist_push(work, value)) return false;
    }
    return true;
}

/* True if nothing in it is open; maps are, which match larger ones, unless `maps`. */
static bool is_known(Term pattern, bool maps)
{
    Worklist work;
    worklist_init(&work);
    bool known = worklist_push(&work, pattern);
    while (known && !worklist_is_empty(&work)) {
        Term t = worklist_pop(&work);
        known = !is_any(t);
        if (is_cons(t)) known = push_all(&work, cons_ptr(t), 2);
        if (is_tuple(t)) known = push_all(&work, tuple_elements(t), tuple_arity(t));
        if (is_map(t)) known = maps && push_values(&work, t);
    }
    worklist_done(&work);
    return known;
}

/* As on OTP a key that is a map without variables stands for itself, in early releases. */
MatchKey match_key(Term clause, size_t index, Term *key)
{
    Term pattern = tuple_elements(clause)[0];
    *key = pattern;
    if (is_any(pattern)) return MATCH_KEY_ANY;
    if (!is_tuple(pattern) || tuple_arity(pattern) <= index) return MATCH_KEY_NEVER;
    *key = tuple_elements(pattern)[index];
    if (is_known(*key, !release_has_open_map_keys())) return MATCH_KEY_KNOWN;
    return is_cons(*key) || is_tuple(*key) ? MATCH_KEY_PART : MATCH_KEY_ANY;
}

/* ---- Order ---- */

static bool push_pairs(Worklist *work, const Term *patterns, const Term *terms, size_t count)
{
    while (count-- > 0) {
        if (!worklist_push(work, terms[count]) || !worklist_push(work, patterns[count]))
            return false;
    }
    return true;
}

/* Compares one level; what is inside of both is pushed. *open: from here on nothing is known. */
static int compare_level(Worklist *work, Term pattern, Term key, bool *open)
{
    *open = is_any(pattern) || is_map(pattern);
    if (*open) return 0;
    if (is_cons(pattern) && is_cons(key)) {
        *open = !push_pairs(work, cons_ptr(pattern), cons_ptr(key), 2);
        return 0;
    }
    if (is_tuple(pattern) && is_tuple_of(key, tuple_arity(pattern))) {
        *open =
            !push_pairs(work, tuple_elements(pattern), tuple_elements(key), tuple_arity(pattern));
        return 0;
    }
    /* Of another type or size, or without parts. */
    return term_compare(key, pattern);
}

int match_key_order(Term pattern, Term key)
{
    Worklist work;
    worklist_init(&work);
    bool open = !push_pairs(&work, &pattern, &key, 1);
    int order = 0;
    while (order == 0 && !open && !worklist_is_empty(&work)) {
        Term part = worklist_pop(&work);
        order = compare_level(&work, part, worklist_pop(&work), &open);
    }
    worklist_done(&work);
    return order;
}

/* ---- Keeping the key ---- */

static bool is_const(Term t)
{
    return is_tuple_of(t, 2) && tuple_elements(t)[0] == A(const);
}

/* True if {element, Position, '$_'} names the key. */
static bool is_own_element(Term t, size_t index)
{
    if (!is_tuple_of(t, 3)) return false;
    const Term *parts = tuple_elements(t);
    return parts[0] == A(element) && parts[1] == make_small((Word)index + 1) &&
           parts[2] == A(dollar_underscore);
}

/* True if an expression without parts is what a pattern without parts matches: a variable, or a
   constant. */
static bool is_same_leaf(Term pattern, Term expression)
{
    if (pattern == A(underscore) || pattern == A(dollar_underscore) ||
        pattern == A(dollar_dollar) || is_map(pattern))
        return false;
    return !is_tuple(expression) && term_equal_exact(pattern, expression);
}

/* Compares one level of a pattern and an expression; pushes what is inside of both. */
static bool is_same_level(Worklist *work, Term pattern, Term expression)
{
    if (is_const(expression)) {
        Term constant = tuple_elements(expression)[1];
        return is_known(pattern, false) && term_equal_exact(pattern, constant);
    }
    if (is_cons(pattern))
        return is_cons(expression) && push_pairs(work, cons_ptr(pattern), cons_ptr(expression), 2);
    if (!is_tuple(pattern)) return is_same_leaf(pattern, expression);
    if (!is_tuple_of(expression, 1)) return false;
    Term tuple = tuple_elements(expression)[0];
    return is_tuple_of(tuple, tuple_arity(pattern)) &&
           push_pairs(work, tuple_elements(pattern), tuple_elements(tuple), tuple_arity(pattern));
}

static bool is_same(Term pattern, Term expression)
{
    Worklist work;
    worklist_init(&work);
    bool same = push_pairs(&work, &pattern, &expression, 1);
    while (same && !worklist_is_empty(&work)) {
        Term part = worklist_pop(&work);
        same = is_same_level(&work, part, worklist_pop(&work));
    }
    worklist_done(&work);
    return same;
}

bool match_keeps_key(Term clause, size_t index)
{
    const Term *parts = tuple_elements(clause);
    Term pattern = parts[0], result = cons_head(parts[2]), key;
    if (!is_nil(cons_tail(parts[2]))) return false;
    if (result == A(dollar_underscore)) return true;
    bool known = match_key(clause, index, &key) == MATCH_KEY_KNOWN;
    if (is_const(result)) {
        Term tuple = tuple_elements(result)[1];
        return known && is_known(key, false) && is_tuple(tuple) && tuple_arity(tuple) > index &&
               term_equal_exact(key, tuple_elements(tuple)[index]);
    }
    if (!is_tuple_of(result, 1)) return false;
    Term tuple = tuple_elements(result)[0];
    if (!is_tuple(tuple) || tuple_arity(tuple) <= index) return false;
    Term own = tuple_elements(tuple)[index];
    if (is_own_element(own, index)) return true;
    return is_tuple(pattern) && tuple_arity(pattern) > index && is_same(key, own);
}
