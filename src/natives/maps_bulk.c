/* SPDX-License-Identifier: Apache-2.0 */
/* maps_bulk.c - natives of module maps that go through whole maps and lists. */
#include "base/memory.h"
#include "heap/map.h"
#include "natives/lists.h"
#include "natives/map_list.h"
#include "natives/support.h"

/* What is more than a slice's work is done by pieces: a map is made of pieces that are merged, one
   after the other, into what there is already; a list is made backwards. */

enum { PAIRS_PER_REDUCTION = TERMS_PER_REDUCTION / 2 };

static Term badmap(Process *p, Term t) { return raise_tagged(p, A(badmap), t); }

/* ---- Pairs for map_from_pairs ---- */

typedef struct Pairs {
    size_t count, room;
    Term *words;
    Term first[2 * MAP_FLAT_MAX];
} Pairs;

static bool pairs_init(Pairs *pairs, size_t room)
{
    pairs->count = 0;
    pairs->room = room;
    pairs->words = pairs->first;
    if (room > MAP_FLAT_MAX) pairs->words = memory_alloc(2 * room * sizeof(Term));
    return pairs->words != NULL;
}

static inline void pairs_add(Pairs *pairs, Term key, Term value)
{
    Term *to = pairs->words + 2 * pairs->count++;
    to[0] = key;
    to[1] = value;
}

/* The map of the pairs, which are freed. TERM_NONE: out of memory. */
static Term pairs_map(Process *p, Pairs *pairs)
{
    Term map = map_from_pairs(&p->heap, pairs->words, pairs->count, NULL);
    if (pairs->words != pairs->first) memory_free(pairs->words, 2 * pairs->room * sizeof(Term));
    work_charge(p, pairs->count, PAIRS_PER_REDUCTION);
    return map;
}

/* ---- from_list/1, from_keys/2 ---- */

/* How many cells at the start of the list are good for a map, up to `limit`. */
static size_t good_cells(Term list, bool pairs, size_t limit)
{
    size_t count = 0;
    for (; count < limit && is_cons(list); count++, list = cons_tail(list)) {
        if (pairs && !is_tuple_of(cons_head(list), 2)) break;
    }
    return count;
}

/* The map of the next `count` cells of *list. */
static Term next_map(Process *p, Term *list, size_t count, Term value)
{
    Pairs pairs;
    Term rest = *list;
    if (!pairs_init(&pairs, count)) return TERM_NONE;
    for (; count; count--, rest = cons_tail(rest)) {
        Term head = cons_head(rest);
        if (is_none(value)) pairs_add(&pairs, tuple_elements(head)[0], tuple_elements(head)[1]);
        else pairs_add(&pairs, head, value);
    }
    *list = rest;
    return pairs_map(p, &pairs);
}

/* Of pairs, or (`value` given) of keys. The state is {Rest, Map}. */
static Term map_of_list(Process *p, Term list, Term value)
{
    Term state = work_state(p), map = TERM_NONE;
    if (!is_nil(state)) {
        list = tuple_elements(state)[0];
        map = tuple_elements(state)[1];
    }
    size_t count = good_cells(list, is_none(value), work_budget(p, PAIRS_PER_REDUCTION));
    size_t words = map_build_words(count);
    if (work_lacks(p, words)) return work_need(p, state, words);
    Term more = next_map(p, &list, count, value);
    if (is_none(more)) return native_memory(p);
    map = is_none(map) ? more : map_merge(&p->heap, map, more);
    if (is_none(map)) return native_memory(p);
    if (is_nil(list)) return map;
    if (!is_cons(list) || (is_none(value) && !is_tuple_of(cons_head(list), 2))) return badarg(p);
    Term next[2] = {list, map};
    return work_yield(p, next, 2);
}

static Term maps_from_list_1(Process *p, Term *args) { return map_of_list(p, args[0], TERM_NONE); }
static Term maps_from_keys_2(Process *p, Term *args) { return map_of_list(p, args[0], args[1]); }

/* ---- merge/2 ---- */

/* The map of the pairs from *place on, about `limit` of them; *place: of the next, or
   MAP_PLACE_END. TERM_NONE: out of memory. */
static Term map_piece(Process *p, Term map, Word *place, size_t limit)
{
    Pairs pairs;
    MapCursor cursor;
    Term key, value;
    size_t room = limit + 4096; /* Nodes that are not stopped in have no more pairs than that. */
    if (!map_cursor_seek(&cursor, map, *place) || !pairs_init(&pairs, room)) return TERM_NONE;
    for (*place = MAP_PLACE_NONE; *place == MAP_PLACE_NONE && pairs.count < room;) {
        if (!map_cursor_next(&cursor, &key, &value)) {
            *place = MAP_PLACE_END;
            break;
        }
        pairs_add(&pairs, key, value);
        if (pairs.count >= limit) *place = map_cursor_place(&cursor);
    }
    return pairs_map(p, &pairs);
}

/* The smaller map, piece by piece, into the larger. The state is {Place, Map}. */
static Term merge_long(Process *p, Term state, const Term *args)
{
    bool first_is_large = map_size(args[0]) >= map_size(args[1]);
    Term map = first_is_large ? args[0] : args[1], small = first_is_large ? args[1] : args[0];
    Word place = 0;
    if (!is_nil(state)) {
        place = small_value(tuple_elements(state)[0]);
        map = tuple_elements(state)[1];
    }
    Term piece = map_piece(p, small, &place, work_budget(p, PAIRS_PER_REDUCTION));
    if (is_none(piece)) return native_memory(p);
    map = first_is_large ? map_merge(&p->heap, map, piece) : map_merge(&p->heap, piece, map);
    if (is_none(map)) return native_memory(p);
    if (place == MAP_PLACE_END) return map;
    Term next[2] = {make_small(place), map};
    return work_yield(p, next, 2);
}

static Term maps_merge_2(Process *p, Term *args)
{
    if (!is_map(args[0])) return badmap(p, args[0]);
    if (!is_map(args[1])) return badmap(p, args[1]);
    Term state = work_state(p);
    size_t count = map_size(args[0]) + map_size(args[1]), words = map_build_words(count);
    if (!is_nil(state) || count > work_budget(p, TERMS_PER_REDUCTION))
        return merge_long(p, state, args);
    if (work_lacks(p, words)) return native_need(p, words);
    work_charge(p, count, TERMS_PER_REDUCTION);
    return or_memory(p, map_merge(&p->heap, args[0], args[1]));
}

/* ---- To lists ---- */

/* Writes an element for a pair at `top`: its words. */
static inline Term *put_element(Term *top, MapListKind kind, Term key, Term value, Term *element)
{
    if (kind != LIST_PAIRS) {
        *element = kind == LIST_KEYS ? key : value;
        return top;
    }
    *element = pair_put(top, key, value);
    return top + 3;
}

/* All that is left, before `tail`; room for `words` is there. */
static Term list_rest(Process *p, MapListKind kind, MapCursor *cursor, size_t words, Term tail)
{
    Term *top = heap_reserve(&p->heap, words), *start = top, list = tail, *last = &list;
    Term key, value, element;
    if (!top) return native_memory(p);
    while (map_cursor_next(cursor, &key, &value)) {
        top = put_element(top, kind, key, value, &element);
        *last = cons_put(top, element, tail);
        last = top + 1;
        top += 2;
    }
    heap_trim(&p->heap, start, top);
    work_charge(p, words, CELLS_PER_REDUCTION);
    return list;
}

/* As much as the budget allows, backwards: the state is {Place, List}. */
static Term list_piece(Process *p, MapListKind kind, Term map, Term *state)
{
    MapCursor cursor;
    Term list = state[1], key, value, element;
    size_t limit = work_budget(p, CELLS_PER_REDUCTION), count = 0;
    Word place = MAP_PLACE_NONE;
    map_cursor_seek(&cursor, map, small_value(state[0]));
    while (place == MAP_PLACE_NONE && map_cursor_next(&cursor, &key, &value)) {
        Term *top = heap_reserve(&p->heap, 5);
        if (!top) return native_memory(p);
        top = put_element(top, kind, key, value, &element);
        list = cons_put(top, element, list);
        if (++count >= limit) place = map_cursor_place(&cursor);
    }
    work_charge(p, count, CELLS_PER_REDUCTION);
    if (place < 0) return list;
    state[0] = make_small(place);
    state[1] = list;
    return work_yield(p, state, 2);
}

Term map_list(Process *p, MapListKind kind, Term map, Word place, Term tail)
{
    MapCursor cursor;
    Term state = work_state(p), list;
    if (list_state_is_wrapped(state)) return list_reverse_wrapped(p, state, TERM_NIL, tail);
    size_t count = map_size(map), words = (kind == LIST_PAIRS ? 5 : 2) * count;
    if (is_nil(state) && (is_flat_map(map) || count <= work_budget(p, CELLS_PER_REDUCTION))) {
        if (work_lacks(p, words)) return native_need(p, words);
        map_cursor_seek(&cursor, map, place);
        return list_rest(p, kind, &cursor, words, tail);
    }
    Term next[2] = {make_small(place), TERM_NIL};
    if (!is_nil(state)) memcpy(next, tuple_elements(state), sizeof next);
    list = list_piece(p, kind, map, next);
    return is_none(list) ? TERM_NONE : list_reverse_wrapped(p, TERM_NIL, list, tail);
}

static Term maps_keys_1(Process *p, Term *args)
{
    return is_map(args[0]) ? map_list(p, LIST_KEYS, args[0], 0, TERM_NIL) : badmap(p, args[0]);
}

static Term maps_values_1(Process *p, Term *args)
{
    return is_map(args[0]) ? map_list(p, LIST_VALUES, args[0], 0, TERM_NIL) : badmap(p, args[0]);
}

static const Native maps_bulk_natives[] = {
    NATIVE(maps, from_keys, 2, YIELDS), NATIVE(maps, from_list, 1, YIELDS),
    NATIVE(maps, keys, 1, YIELDS),      NATIVE(maps, merge, 2, YIELDS),
    NATIVE(maps, values, 1, YIELDS),
};
NATIVE_TABLE(maps_bulk);
