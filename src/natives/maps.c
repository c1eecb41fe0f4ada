/* SPDX-License-Identifier: Apache-2.0 */
/* maps.c - natives of module maps, and those of erts_internal that maps.erl is made of. */
#include "base/memory.h"
#include "heap/map.h"
#include "natives/lists.h"
#include "natives/support.h"

static Term badmap(Process *p, Term t) { return raise_tagged(p, A(badmap), t); }
static Term badkey(Process *p, Term key) { return raise_tagged(p, A(badkey), key); }

/* ---- Reading ---- */

static Term maps_find_2(Process *p, Term *args)
{
    if (!is_map(args[1])) return badmap(p, args[1]);
    Term value = map_get(args[1], args[0]);
    return is_none(value) ? A(error) : make_tuple(p, 2, A(ok), value);
}

static Term maps_get_2(Process *p, Term *args)
{
    if (!is_map(args[1])) return badmap(p, args[1]);
    Term value = map_get(args[1], args[0]);
    return is_none(value) ? badkey(p, args[0]) : value;
}

static Term maps_is_key_2(Process *p, Term *args)
{
    if (!is_map(args[1])) return badmap(p, args[1]);
    return make_bool(!is_none(map_get(args[1], args[0])));
}

/* ---- Changing one key ---- */

static Term maps_put_3(Process *p, Term *args)
{
    if (!is_map(args[2])) return badmap(p, args[2]);
    size_t words = map_put_words(args[2]);
    if (work_lacks(p, words)) return native_need(p, words);
    return or_memory(p, map_put(&p->heap, args[2], args[0], args[1]));
}

static Term maps_update_3(Process *p, Term *args)
{
    if (!is_map(args[2])) return badmap(p, args[2]);
    if (is_none(map_get(args[2], args[0]))) return badkey(p, args[0]);
    return maps_put_3(p, args);
}

static Term maps_remove_2(Process *p, Term *args)
{
    if (!is_map(args[1])) return badmap(p, args[1]);
    size_t words = map_put_words(args[1]);
    if (work_lacks(p, words)) return native_need(p, words);
    return or_memory(p, map_remove(&p->heap, args[1], args[0]));
}

static Term maps_take_2(Process *p, Term *args)
{
    if (!is_map(args[1])) return badmap(p, args[1]);
    Term value = map_get(args[1], args[0]);
    if (is_none(value)) return A(error);
    Term rest = maps_remove_2(p, args);
    return is_none(rest) ? TERM_NONE : make_tuple(p, 2, value, rest);
}

/* ---- Many keys ---- */

/* Room for `count` pairs: on the C stack of the caller, or allocated. */
typedef struct Pairs {
    size_t count;
    Term *words;
    Term first[2 * MAP_FLAT_MAX];
} Pairs;

static bool pairs_init(Pairs *pairs, size_t count)
{
    pairs->count = count;
    pairs->words = pairs->first;
    if (count > MAP_FLAT_MAX) pairs->words = memory_alloc(2 * count * sizeof(Term));
    return pairs->words != NULL;
}

/* The map of the pairs, which are freed. */
static Term pairs_map(Process *p, Pairs *pairs)
{
    size_t count = pairs->count;
    Term map = map_from_pairs(&p->heap, pairs->words, count, NULL);
    if (pairs->words != pairs->first) memory_free(pairs->words, 2 * count * sizeof(Term));
    work_charge(p, count, TERMS_PER_REDUCTION / 2);
    return or_memory(p, map);
}

static bool is_pair_list(Term list, size_t *count)
{
    *count = 0;
    for (; is_cons(list); list = cons_tail(list), ++*count) {
        if (!is_tuple_of(cons_head(list), 2)) return false;
    }
    return is_nil(list);
}

static Term maps_from_list_1(Process *p, Term *args)
{
    Pairs pairs;
    size_t count;
    if (!is_pair_list(args[0], &count)) return badarg(p);
    size_t words = map_build_words(count);
    if (work_lacks(p, words)) return native_need(p, words);
    if (!pairs_init(&pairs, count)) return native_memory(p);
    Term *to = pairs.words;
    for (Term list = args[0]; is_cons(list); list = cons_tail(list), to += 2)
        memcpy(to, tuple_elements(cons_head(list)), 2 * sizeof(Term));
    return pairs_map(p, &pairs);
}

static Term maps_from_keys_2(Process *p, Term *args)
{
    Pairs pairs;
    size_t count;
    if (!list_length(args[0], &count)) return badarg(p);
    size_t words = map_build_words(count);
    if (work_lacks(p, words)) return native_need(p, words);
    if (!pairs_init(&pairs, count)) return native_memory(p);
    Term *to = pairs.words;
    for (Term list = args[0]; is_cons(list); list = cons_tail(list)) {
        *to++ = cons_head(list);
        *to++ = args[1];
    }
    return pairs_map(p, &pairs);
}

static Term maps_merge_2(Process *p, Term *args)
{
    if (!is_map(args[0])) return badmap(p, args[0]);
    if (!is_map(args[1])) return badmap(p, args[1]);
    size_t count = map_size(args[0]) + map_size(args[1]), words = map_build_words(count);
    if (work_lacks(p, words)) return native_need(p, words);
    work_charge(p, count, TERMS_PER_REDUCTION);
    return or_memory(p, map_merge(&p->heap, args[0], args[1]));
}

/* ---- To lists ---- */

static Term list_half(Process *p, Term map, bool keys)
{
    if (!is_map(map)) return badmap(p, map);
    size_t count = map_size(map);
    if (work_lacks(p, 2 * count)) return native_need(p, 2 * count);
    Term *cell = heap_reserve(&p->heap, 2 * count), list = TERM_NIL, *last = &list, key, value;
    if (!cell) return native_memory(p);
    MapCursor cursor;
    map_cursor_init(&cursor, map);
    for (; map_cursor_next(&cursor, &key, &value); cell += 2) {
        *last = cons_put(cell, keys ? key : value, TERM_NIL);
        last = cell + 1;
    }
    work_charge(p, count, CELLS_PER_REDUCTION);
    return list;
}

static Term maps_keys_1(Process *p, Term *args) { return list_half(p, args[0], true); }
static Term maps_values_1(Process *p, Term *args) { return list_half(p, args[0], false); }

/* ---- Iterators ---- */

/* {Key, Value, {Key, Value, ... Next}} for some pairs; Next is the iterator of what is left, or
   none. */
static Term next_pairs(Process *p, Term map, MapCursor *cursor)
{
    enum { SOME = 16 };
    Term result = A(none), *last = &result, key, value;
    Word place = MAP_PLACE_NONE;
    for (size_t count = 0; place == MAP_PLACE_NONE && map_cursor_next(cursor, &key, &value);
         count++) {
        Term *tuple = heap_reserve(&p->heap, 4);
        if (!tuple) return native_memory(p);
        tuple[0] = make_header(KIND_TUPLE, 3);
        tuple[1] = key;
        tuple[2] = value;
        tuple[3] = A(none);
        *last = make_boxed(tuple);
        last = &tuple[3];
        if (!is_flat_map(map) && count >= SOME) place = map_cursor_place(cursor);
    }
    if (place >= 0) {
        Term *cell = heap_reserve(&p->heap, 2);
        if (!cell) return native_memory(p);
        *last = cons_put(cell, make_small(place), map);
    }
    return result;
}

/* All pairs from the cursor on before `tail`. */
static Term list_pairs(Process *p, Term map, MapCursor *cursor, Term tail)
{
    size_t words = 5 * map_size(map);
    if (work_lacks(p, words)) return native_need(p, words);
    Term *top = heap_reserve(&p->heap, words), *start = top, list = tail, *last = &list, key, value;
    if (!top) return native_memory(p);
    for (; map_cursor_next(cursor, &key, &value); top += 5) {
        top[0] = make_header(KIND_TUPLE, 2);
        top[1] = key;
        top[2] = value;
        *last = cons_put(top + 3, make_boxed(top), tail);
        last = top + 4;
    }
    heap_trim(&p->heap, start, top);
    work_charge(p, words, CELLS_PER_REDUCTION);
    return list;
}

/* (Place, Map, iterator | List) */
static Term erts_internal_map_next_3(Process *p, Term *args)
{
    MapCursor cursor;
    if (!is_map(args[1]) || !is_natural(args[0])) return badarg(p);
    if (!map_cursor_seek(&cursor, args[1], small_value(args[0]))) return badarg(p);
    if (is_list(args[2])) return list_pairs(p, args[1], &cursor, args[2]);
    return args[2] == A(iterator) ? next_pairs(p, args[1], &cursor) : badarg(p);
}

static Term erts_internal_map_to_tuple_keys_1(Process *p, Term *args)
{
    if (!is_map(args[0])) return badmap(p, args[0]);
    return is_flat_map(args[0]) ? flat_map_keys(args[0]) : badarg(p);
}

static const Native maps_natives[] = {
    NATIVE(maps, find, 2, CHARGED),
    NATIVE(maps, from_keys, 2, CHARGED),
    NATIVE(maps, from_list, 1, CHARGED),
    NATIVE(maps, get, 2, CHARGED),
    NATIVE(maps, is_key, 2, CHARGED),
    NATIVE(maps, keys, 1, CHARGED),
    NATIVE(maps, merge, 2, CHARGED),
    NATIVE(maps, put, 3, CHARGED),
    NATIVE(maps, remove, 2, CHARGED),
    NATIVE(maps, take, 2, CHARGED),
    NATIVE(maps, update, 3, CHARGED),
    NATIVE(maps, values, 1, CHARGED),
    NATIVE(erts_internal, map_next, 3, CHARGED),
    NATIVE(erts_internal, map_to_tuple_keys, 1, CONSTANT),
};
NATIVE_TABLE(maps);
