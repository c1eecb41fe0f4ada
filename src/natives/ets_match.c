/* SPDX-License-Identifier: Apache-2.0 */
/* ets_match.c - ets: match, match_object, and what of select patterns alone can do. */

#include "natives/ets_match.h"
#include "natives/work.h"
#include "term/compare.h"

/* A match goes through a table in steps: bucket by bucket, or from key to key. Between two of
   them the table is not locked, but fixed. With a limit it ends when it has found that many, and
   gives a continuation that is used like a state:

       {Table, Place, Pattern, Result, Limit, [Found so far], Count, IsFixed}

   Place: [Bucket | Skip], or the last key in a list of one, or [] at the start. An ordered table
   is gone through from its end, so that a list of what was found is in order; with a limit from
   its start. */
enum { M_TABLE, M_PLACE, M_PATTERN, M_RESULT, M_LIMIT, M_LIST, M_COUNT, M_FIXED, M_SIZE };

typedef struct Match {
    Process *p;
    EtsOpen open;
    Term place, pattern, result, limit, list;
    size_t count;  /* found, or deleted */
    bool is_fixed; /* by this match */
    bool is_out;   /* of memory */
    size_t need;   /* words that are missing to go on; 0: none */
    size_t budget;
    Bindings bindings;
} Match;

static bool is_ordered(const Match *m) { return m->open.table->store.type == ETS_ORDERED_SET; }

static bool has_limit(const Match *m) { return m->limit != A(infinity); }

static bool is_full(const Match *m)
{
    return has_limit(m) && m->count >= (size_t)small_value(m->limit);
}

/* ---- Results ---- */

/* [Value] of the variables, in the order of their numbers. */
static Term copy_bindings(Match *m)
{
    Term list = TERM_NIL;
    for (uint32_t i = m->bindings.count; i-- > 0;) {
        Term copy = part_copy(m->bindings.value[i], &m->p->heap);
        if (is_none(copy) || !list_push(m->p, copy, &list)) return TERM_NONE;
    }
    return list;
}

/* What `m->result` says of an object that matches. */
static Term copy_result(Match *m, const EtsObject *object)
{
    if (m->result == A(dollar_underscore)) return object_copy(object, &m->p->heap);
    if (m->result == A(dollar_dollar)) return copy_bindings(m);
    int64_t number = pattern_variable(m->result);
    if (number < 0) return part_copy(m->result, &m->p->heap);
    uint32_t at = 0;
    while (m->bindings.number[at] != (uint32_t)number) at++;
    return part_copy(m->bindings.value[at], &m->p->heap);
}

/* Words that a result takes at most. */
static size_t result_words(const Match *m, const EtsObject *object)
{
    return 2 + object->words + 2 * m->bindings.count;
}

/* Takes in one object. False: stop here and come back to it. */
static bool take(Match *m, EtsObject *object)
{
    if (!pattern_match(m->pattern, object_term(object), &m->bindings)) return true;
    size_t words = result_words(m, object);
    if (words > 64 && !native_room(m->p, words)) {
        m->need = words;
        return false;
    }
    if (m->result == A(delete)) {
        ets_drop(m->open.table, object);
    } else if (m->result != A(count)) {
        Term result = copy_result(m, object);
        m->is_out = is_none(result) || !list_push(m->p, result, &m->list);
        if (m->is_out) return false;
    }
    m->count++;
    return true;
}

/* ---- Going through ---- */

/* Takes in a bucket, but for the objects before number `skip` of its chain. False: *skip is where
   to go on. */
static bool take_bucket(Match *m, size_t bucket, size_t *skip)
{
    HashTable *hash = &m->open.table->store.hash;
    size_t at = 0;
    for (EtsObject *next, *o = hash_bucket(hash, bucket); o; o = next) {
        size_t chained = hash->chained;
        next = o->link[0];
        if (at >= *skip && !o->is_deleted && (is_full(m) || !take(m, o))) {
            *skip = at;
            return false;
        }
        if (hash->chained == chained) at++; /* It is in the chain still. */
    }
    *skip = 0;
    return true;
}

/* The place is [Bucket | Skip]. */
static bool remember_bucket(Match *m, size_t bucket, size_t skip)
{
    Term *cell = heap_reserve(&m->p->heap, 2);
    m->is_out = m->is_out || !cell;
    if (cell) m->place = cons_put(cell, make_small((Word)bucket), make_small((Word)skip));
    return false;
}

static bool go_through_hash(Match *m)
{
    HashTable *hash = &m->open.table->store.hash;
    bool at_start = is_nil(m->place), more = true;
    size_t bucket = at_start ? 0 : (size_t)small_value(cons_head(m->place));
    size_t skip = at_start ? 0 : (size_t)small_value(cons_tail(m->place));
    hash->is_still = true;
    while (more && bucket < hash->buckets && m->budget > 0) {
        more = take_bucket(m, bucket, &skip);
        bucket += more;
        m->budget--;
    }
    hash->is_still = false;
    return bucket >= hash->buckets || remember_bucket(m, bucket, skip);
}

/* Remembers the key of the object that was taken last. */
static bool remember(Match *m, Term key)
{
    Term copy = part_copy(key, &m->p->heap), place = TERM_NIL;
    m->is_out = is_none(copy) || !list_push(m->p, copy, &place);
    m->place = place;
    return !m->is_out;
}

/* A tree that loses objects on the way is searched anew for each of them. */
static EtsObject *next_in_tree(const Match *m, TreeWalk *walk, Term key)
{
    const Tree *tree = &m->open.table->store.tree;
    return m->result == A(delete) ? tree_beside(tree, key, walk->side) : tree_walk_next(walk);
}

static bool go_through_tree(Match *m)
{
    const Tree *tree = &m->open.table->store.tree;
    int side = has_limit(m);
    TreeWalk walk;
    EtsObject *next, *object = is_nil(m->place)
                                   ? tree_walk_start(&walk, tree, side)
                                   : tree_walk_after(&walk, tree, cons_head(m->place), side);
    for (; object; object = next) {
        Term key = ets_key_of(m->open.table, object);
        bool stop = m->budget-- == 0 || is_full(m);
        next = stop ? NULL : next_in_tree(m, &walk, key);
        if (stop || !take(m, object)) {
            /* The place is the object before this one. */
            EtsObject *before = tree_beside(tree, key, !side);
            if (before && !m->is_out) remember(m, ets_key_of(m->open.table, before));
            return false;
        }
    }
    return true;
}

/* The key is known: no need to go through the table. */
static bool take_key(Match *m)
{
    Term key = tuple_elements(m->pattern)[m->open.table->settings.key];
    Term list = m->list;
    size_t count = m->count;
    for (EtsObject *next, *o = ets_get(m->open.table, key); o; o = next) {
        next = ets_get_next(m->open.table, o);
        if (take(m, o)) continue;
        m->list = list;
        m->count = count;
        return false;
    }
    return true;
}

static bool knows_key(const Match *m)
{
    size_t key = m->open.table->settings.key;
    return !has_limit(m) && is_tuple(m->pattern) && tuple_arity(m->pattern) > key &&
           pattern_is_constant(tuple_elements(m->pattern)[key]);
}

/* True: at the end of the table. */
static bool go_on(Match *m)
{
    if (knows_key(m)) return take_key(m);
    return is_ordered(m) ? go_through_tree(m) : go_through_hash(m);
}

/* ---- States and continuations ---- */

static Term match_state(Match *m, Term id)
{
    Term *tuple = heap_reserve(&m->p->heap, 1 + M_SIZE);
    if (!tuple) return TERM_NONE;
    tuple[0] = make_header(KIND_TUPLE, M_SIZE);
    tuple[1 + M_TABLE] = id;
    tuple[1 + M_PLACE] = m->place;
    tuple[1 + M_PATTERN] = m->pattern;
    tuple[1 + M_RESULT] = m->result;
    tuple[1 + M_LIMIT] = m->limit;
    tuple[1 + M_LIST] = m->list;
    tuple[1 + M_COUNT] = make_small((Word)m->count);
    tuple[1 + M_FIXED] = make_bool(m->is_fixed);
    return make_boxed(tuple);
}

static bool read_state(Match *m, Term state)
{
    if (!is_tuple_of(state, M_SIZE)) return false;
    const Term *t = tuple_elements(state);
    m->place = t[M_PLACE];
    m->pattern = t[M_PATTERN];
    m->result = t[M_RESULT];
    m->limit = t[M_LIMIT];
    m->list = t[M_LIST];
    m->is_fixed = t[M_FIXED] == A(true);
    if (!is_natural(t[M_COUNT]) || !is_list(m->list) || !is_atom(m->result)) return false;
    m->count = (size_t)small_value(t[M_COUNT]);
    bool place = is_nil(m->place) || is_cons(m->place);
    return place && (m->limit == A(infinity) || is_natural(m->limit)) &&
           pattern_variables(m->pattern, &m->bindings);
}

/* Yields, or asks for words; the table stays fixed for this process meanwhile. */
static Term pause(Match *m, Term id)
{
    if (!m->is_fixed && !is_ordered(m)) {
        m->is_fixed = ets_fix(m->open.table, m->p);
        m->is_out = !m->is_fixed;
    }
    ets_close(&m->open);
    Term state = m->is_out ? TERM_NONE : match_state(m, id);
    if (is_none(state)) return native_memory(m->p);
    if (m->need) return work_need(m->p, state, m->need);
    return native_yield(m->p, state);
}

static Term reversed(Match *m)
{
    Term list = TERM_NIL;
    for (Term l = m->list; is_cons(l); l = cons_tail(l)) {
        if (!list_push(m->p, cons_head(l), &list)) return native_memory(m->p);
    }
    return list;
}

/* {Found, Continuation} or '$end_of_table'. */
static Term limited_result(Match *m, Term id, bool at_end)
{
    Term list = is_ordered(m) ? reversed(m) : m->list, rest = A(end_of_table);
    if (is_none(list)) return TERM_NONE;
    if (!at_end) {
        m->list = TERM_NIL;
        m->count = 0;
        rest = match_state(m, id);
        if (is_none(rest)) return native_memory(m->p);
    } else if (is_nil(list)) {
        return A(end_of_table);
    }
    return make_tuple(m->p, 2, list, rest);
}

/* With the table open, from m->place on. */
static Term run(Match *m, Term id)
{
    size_t budget = work_budget(m->p, TERMS_PER_REDUCTION);
    m->budget = budget;
    m->need = 0;
    m->is_out = false;
    bool at_end = go_on(m);
    work_charge(m->p, budget - m->budget, TERMS_PER_REDUCTION);
    if (m->is_out || (!at_end && !is_full(m))) return pause(m, id);
    if (m->is_fixed) ets_unfix(m->open.table, m->p->pid);
    m->is_fixed = false;
    Term result = m->result == A(delete) || m->result == A(count) ? make_small((Word)m->count)
                  : has_limit(m)                                  ? limited_result(m, id, at_end)
                                                                  : m->list;
    ets_close(&m->open);
    return result;
}

static EtsAccess access_for(const Match *m)
{
    return m->result == A(delete) ? ACCESS_WRITE : ACCESS_FIX;
}

/* Goes on from a state or a continuation. */
static Term resume(Match *m, Term state)
{
    if (!read_state(m, state)) return badarg(m->p);
    Term id = tuple_elements(state)[M_TABLE];
    if (!ets_open(&m->open, m->p, id, access_for(m))) return ets_not_open(m->p, &m->open);
    bool has_key = is_cons(m->place) && is_nil(cons_tail(m->place));
    bool has_bucket =
        is_cons(m->place) && is_natural(cons_head(m->place)) && is_natural(cons_tail(m->place));
    if (!is_nil(m->place) && !(is_ordered(m) ? has_key : has_bucket))
        return ets_refuse(m->p, &m->open, TERM_NONE);
    return run(m, id);
}

Term ets_match_run(Process *p, Term id, const MatchRequest *request)
{
    Match m = {.p = p,
               .place = TERM_NIL,
               .pattern = request->pattern,
               .result = request->result,
               .limit = request->limit,
               .list = TERM_NIL};
    Term state = work_state(p);
    if (!is_nil(state)) return resume(&m, state);
    if (!ets_open(&m.open, p, id, access_for(&m))) return ets_not_open(p, &m.open);
    bool good = request->is_good && pattern_variables(m.pattern, &m.bindings);
    bool limit = m.limit == A(infinity) || (is_natural(m.limit) && small_value(m.limit) > 0);
    if (!good || !limit) return ets_refuse(p, &m.open, TERM_NONE);
    return run(&m, id);
}

Term ets_match_continue(Process *p, Term continuation)
{
    Match m = {.p = p};
    Term state = work_state(p);
    if (continuation == A(end_of_table)) return continuation;
    return resume(&m, is_nil(state) ? continuation : state);
}
