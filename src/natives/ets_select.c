/* SPDX-License-Identifier: Apache-2.0 */
/* ets_select.c - ets: natives that go through tables. */

#include "natives/ets_search.h"

/* ---- Patterns ---- */

static Term match(Process *p, Term id, Term pattern, Term limit)
{
    SearchRequest request = {SEARCH_LIST, pattern, A(dollar_dollar), limit, false};
    return ets_search(p, id, &request);
}

static Term match_object(Process *p, Term id, Term pattern, Term limit)
{
    SearchRequest request = {SEARCH_LIST, pattern, A(dollar_underscore), limit, false};
    return ets_search(p, id, &request);
}

/* A limit that a program gave: none of them means infinity. */
static Term limit_of(Term limit) { return is_small(limit) ? limit : make_small(0); }

static Term ets_match_1(Process *p, Term *args) { return ets_search_continue(p, args[0]); }
static Term ets_match_2(Process *p, Term *args) { return match(p, args[0], args[1], A(infinity)); }

static Term ets_match_3(Process *p, Term *args)
{
    return match(p, args[0], args[1], limit_of(args[2]));
}

static Term ets_match_object_1(Process *p, Term *args) { return ets_search_continue(p, args[0]); }

static Term ets_match_object_2(Process *p, Term *args)
{
    return match_object(p, args[0], args[1], A(infinity));
}

static Term ets_match_object_3(Process *p, Term *args)
{
    return match_object(p, args[0], args[1], limit_of(args[2]));
}

/* ---- Match specifications ---- */

static Term select_with(Process *p, Term *args, Term limit, bool down)
{
    SearchRequest request = {SEARCH_LIST, args[1], TERM_NONE, limit, down};
    return ets_search(p, args[0], &request);
}

static Term ets_select_1(Process *p, Term *args) { return ets_search_continue(p, args[0]); }

static Term ets_select_2(Process *p, Term *args)
{
    return select_with(p, args, A(infinity), false);
}

static Term ets_select_3(Process *p, Term *args)
{
    return select_with(p, args, limit_of(args[2]), false);
}

static Term ets_select_reverse_1(Process *p, Term *args) { return ets_search_continue(p, args[0]); }

static Term ets_select_reverse_2(Process *p, Term *args)
{
    return select_with(p, args, A(infinity), true);
}

static Term ets_select_reverse_3(Process *p, Term *args)
{
    return select_with(p, args, limit_of(args[2]), true);
}

static Term ets_select_count_2(Process *p, Term *args)
{
    SearchRequest request = {SEARCH_COUNT, args[1], TERM_NONE, A(infinity), false};
    return ets_search(p, args[0], &request);
}

static Term ets_internal_select_delete_2(Process *p, Term *args)
{
    SearchRequest request = {SEARCH_DELETE, args[1], TERM_NONE, A(infinity), false};
    return ets_search(p, args[0], &request);
}

static Term ets_select_replace_2(Process *p, Term *args)
{
    SearchRequest request = {SEARCH_REPLACE, args[1], TERM_NONE, A(infinity), false};
    return ets_search(p, args[0], &request);
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
    NATIVE(ets, select_reverse, 1, YIELDS),
    NATIVE(ets, select_reverse, 2, YIELDS),
    NATIVE(ets, select_reverse, 3, YIELDS),
    NATIVE(ets, select_count, 2, YIELDS),
    NATIVE(ets, select_replace, 2, YIELDS),
    NATIVE(ets, internal_select_delete, 2, YIELDS),
    NATIVE(ets, slot, 2, CHARGED),
};
NATIVE_TABLE(ets_select);
