/* SPDX-License-Identifier: Apache-2.0 */
/* ets_select.c - ets: natives that go through tables. */

#include "natives/ets_match.h"

/* ---- Patterns ---- */

static Term match(Process *p, Term id, Term pattern, Term limit)
{
    return ets_match_run(p, id, &(MatchRequest){pattern, A(dollar_dollar), limit, true});
}

static Term match_object(Process *p, Term id, Term pattern, Term limit)
{
    return ets_match_run(p, id, &(MatchRequest){pattern, A(dollar_underscore), limit, true});
}

static Term ets_match_1(Process *p, Term *args) { return ets_match_continue(p, args[0]); }
static Term ets_match_2(Process *p, Term *args) { return match(p, args[0], args[1], A(infinity)); }

static Term ets_match_3(Process *p, Term *args)
{
    return match(p, args[0], args[1], is_small(args[2]) ? args[2] : make_small(0));
}

static Term ets_match_object_1(Process *p, Term *args) { return ets_match_continue(p, args[0]); }

static Term ets_match_object_2(Process *p, Term *args)
{
    return match_object(p, args[0], args[1], A(infinity));
}

static Term ets_match_object_3(Process *p, Term *args)
{
    return match_object(p, args[0], args[1], is_small(args[2]) ? args[2] : make_small(0));
}

/* ---- Match specifications ---- */

/* Only [{Pattern, [], [Result]}], with a result that is no expression, until there is an engine
   for all of the language: others raise {not_implemented, match_specification}. */
static bool read_specification(Term list, MatchRequest *request)
{
    if (!is_cons(list) || !is_nil(cons_tail(list)) || !is_tuple_of(cons_head(list), 3))
        return false;
    const Term *clause = tuple_elements(cons_head(list));
    if (!is_nil(clause[1]) || !is_cons(clause[2]) || !is_nil(cons_tail(clause[2]))) return false;
    request->pattern = clause[0];
    request->result = cons_head(clause[2]);
    return is_atom(request->result);
}

static Term not_implemented(Process *p)
{
    return raise_tagged(p, A(not_implemented), make_atom_text(p, "match_specification"));
}

/* The variables of a result must be in the pattern. */
static bool is_bound(const MatchRequest *request)
{
    Bindings bindings;
    int64_t number = pattern_variable(request->result);
    if (number < 0) return true;
    if (!pattern_variables(request->pattern, &bindings)) return false;
    for (uint32_t i = 0; i < bindings.count; i++) {
        if (bindings.number[i] == (uint32_t)number) return true;
    }
    return false;
}

static Term select_with(Process *p, Term id, Term specification, Term limit)
{
    MatchRequest request = {.limit = limit, .is_good = true};
    if (!is_nil(p->roots[ROOT_NATIVE_STATE])) return ets_match_run(p, id, &request);
    size_t length;
    if (!list_length(specification, &length)) {
        request.is_good = false;
    } else if (!read_specification(specification, &request)) {
        return not_implemented(p);
    } else {
        request.is_good = is_bound(&request);
    }
    return ets_match_run(p, id, &request);
}

static Term ets_select_1(Process *p, Term *args) { return ets_match_continue(p, args[0]); }

static Term ets_select_2(Process *p, Term *args)
{
    return select_with(p, args[0], args[1], A(infinity));
}

static Term ets_select_3(Process *p, Term *args)
{
    return select_with(p, args[0], args[1], is_small(args[2]) ? args[2] : make_small(0));
}

/* Counts, or deletes, what [{Pattern, [], [true]}] matches. */
static Term for_true(Process *p, Term *args, Term what)
{
    MatchRequest request = {.limit = A(infinity), .is_good = true};
    if (!is_nil(p->roots[ROOT_NATIVE_STATE])) return ets_match_run(p, args[0], &request);
    size_t length;
    if (!list_length(args[1], &length)) {
        request.is_good = false;
        return ets_match_run(p, args[0], &request);
    }
    if (!read_specification(args[1], &request)) return not_implemented(p);
    if (request.result != A(true)) return make_small(0);
    request.result = what;
    return ets_match_run(p, args[0], &request);
}

static Term ets_select_count_2(Process *p, Term *args) { return for_true(p, args, A(count)); }

static Term ets_internal_select_delete_2(Process *p, Term *args)
{
    return for_true(p, args, A(delete));
}

/* ---- slot ---- */

/* [Object] of a bucket, or of the object at a place in an ordered table. TERM_NONE: no memory. */
static Term copy_slot(Process *p, const EtsTable *table, size_t slot)
{
    Term list = TERM_NIL;
    if (table->store.type == ETS_ORDERED_SET) {
        TreeWalk walk;
        const EtsObject *o = tree_walk_start(&walk, &table->store.tree, 1);
        for (; slot > 0 && o; slot--) o = tree_walk_next(&walk);
        Term copy = o ? object_copy(o, &p->heap) : TERM_NONE;
        return is_none(copy) || !list_push(p, copy, &list) ? TERM_NONE : list;
    }
    for (const EtsObject *o = hash_bucket(&table->store.hash, slot); o; o = o->link[0]) {
        if (o->is_deleted) continue;
        Term copy = object_copy(o, &p->heap);
        if (is_none(copy) || !list_push(p, copy, &list)) return TERM_NONE;
    }
    return list;
}

static Term ets_slot_2(Process *p, Term *args)
{
    EtsOpen open;
    size_t slot;
    if (!ets_open(&open, p, args[0], ACCESS_READ)) return ets_not_open(p, &open);
    const EtsStore *store = &open.table->store;
    size_t slots = store->type == ETS_ORDERED_SET ? store->count : store->hash.buckets;
    bool empty =
        store->type != ETS_ORDERED_SET && slots == 0; /* Buckets come with the first object. */
    if (!integer_to_size(args[1], &slot) || slot > slots) return ets_refuse(p, &open, TERM_NONE);
    Term list = empty ? TERM_NIL : slot < slots ? copy_slot(p, open.table, slot) : A(end_of_table);
    ets_close(&open);
    return or_memory(p, list);
}

static const Native ets_select_natives[] = {
    NATIVE(ets, match, 1, YIELDS),
    NATIVE(ets, match, 2, YIELDS),
    NATIVE(ets, match, 3, YIELDS),
    NATIVE(ets, match_object, 1, YIELDS),
    NATIVE(ets, match_object, 2, YIELDS),
    NATIVE(ets, match_object, 3, YIELDS),
    NATIVE(ets, select, 1, YIELDS),
    NATIVE(ets, select, 2, YIELDS),
    NATIVE(ets, select, 3, YIELDS),
    NATIVE(ets, select_count, 2, YIELDS),
    NATIVE(ets, internal_select_delete, 2, YIELDS),
    NATIVE(ets, slot, 2, CHARGED),
};
NATIVE_TABLE(ets_select);
