/* SPDX-License-Identifier: Apache-2.0 */
/* maps.c - natives of module maps about one key; iterators. */
#include "heap/map.h"
#include "natives/map_list.h"
#include "term/release.h"
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

/* ---- Iterators ---- */

enum { SOME = 16 }; /* pairs that an iterator takes on at once */

/* Appends {Key, Value, none} at *last, and leads *last to that none. False: raised. */
static bool append_pair(Process *p, Term **last, Term key, Term value)
{
    Term *tuple = heap_reserve(&p->heap, 4);
    if (!tuple) {
        native_memory(p);
        return false;
    }
    tuple[0] = make_header(KIND_TUPLE, 3);
    tuple[1] = key;
    tuple[2] = value;
    tuple[3] = A(none);
    **last = make_boxed(tuple);
    *last = &tuple[3];
    return true;
}

/* {Key, Value, {Key, Value, ... Next}} for some pairs; Next is the iterator of what is left, or
   none. */
static Term next_pairs(Process *p, Term map, MapCursor *cursor)
{
    Term result = A(none), *last = &result, key, value;
    Word place = MAP_PLACE_NONE;
    for (size_t count = 0; place == MAP_PLACE_NONE && map_cursor_next(cursor, &key, &value);
         count++) {
        if (!append_pair(p, &last, key, value)) return TERM_NONE;
        if (!is_flat_map(map) && count >= SOME) place = map_cursor_place(cursor);
    }
    if (place >= 0) {
        Term *cell = heap_reserve(&p->heap, 2);
        if (!cell) return native_memory(p);
        *last = cons_put(cell, make_small(place), map);
    }
    return result;
}

/* The same for these keys of the map, in their order (OTP 26). */
static Term next_of_keys(Process *p, Term map, Term keys)
{
    Term result = A(none), *last = &result;
    for (size_t count = 0; is_cons(keys) && count < SOME; count++, keys = cons_tail(keys)) {
        Term value = map_get(map, cons_head(keys));
        if (is_none(value)) return badarg(p);
        if (!append_pair(p, &last, cons_head(keys), value)) return TERM_NONE;
    }
    if (is_nil(keys)) return result;
    if (!is_cons(keys)) return badarg(p);
    Term *cell = heap_reserve(&p->heap, 2);
    if (!cell) return native_memory(p);
    *last = cons_put(cell, keys, map);
    return result;
}

/* (Place | Keys, Map, iterator | List) */
static Term erts_internal_map_next_3(Process *p, Term *args)
{
    MapCursor cursor;
    if (!is_map(args[1])) return badarg(p);
    if (release_has_ordered_maps() && is_list(args[0]))
        return args[2] == A(iterator) ? next_of_keys(p, args[1], args[0]) : badarg(p);
    if (!is_natural(args[0])) return badarg(p);
    if (!map_cursor_seek(&cursor, args[1], small_value(args[0]))) return badarg(p);
    if (is_list(args[2])) return map_list(p, LIST_PAIRS, args[1], small_value(args[0]), args[2]);
    return args[2] == A(iterator) ? next_pairs(p, args[1], &cursor) : badarg(p);
}

static Term erts_internal_map_to_tuple_keys_1(Process *p, Term *args)
{
    if (!is_map(args[0])) return badmap(p, args[0]);
    return is_flat_map(args[0]) ? flat_map_keys(args[0]) : badarg(p);
}

static const Native maps_natives[] = {
    NATIVE(maps, find, 2, CHARGED),
    NATIVE(maps, get, 2, CHARGED),
    NATIVE(maps, is_key, 2, CHARGED),
    NATIVE(maps, put, 3, CHARGED),
    NATIVE(maps, remove, 2, CHARGED),
    NATIVE(maps, take, 2, CHARGED),
    NATIVE(maps, update, 3, CHARGED),
    NATIVE(erts_internal, map_next, 3, YIELDS),
    NATIVE(erts_internal, map_to_tuple_keys, 1, CONSTANT),
};
NATIVE_TABLE(maps);
