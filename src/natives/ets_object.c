/* SPDX-License-Identifier: Apache-2.0 */
/* ets_object.c - ets: inserting, looking up, deleting, going through objects. */

#include "natives/ets_table.h"
#include "term/compare.h"

/* ---- Inserting ---- */

/* Checks before anything is changed. */
static bool are_objects(Term list, size_t key)
{
    for (; is_cons(list); list = cons_tail(list)) {
        if (!ets_is_object(cons_head(list), key)) return false;
    }
    return is_nil(list);
}

/* Objects made of a list, linked in its order. False: no memory, none is left. */
static bool make_objects(Term list, EtsObject **first)
{
    EtsObject **end = first;
    *first = NULL;
    for (; is_cons(list); list = cons_tail(list)) {
        *end = object_make(cons_head(list));
        if (!*end) {
            for (EtsObject *next, *o = *first; o; o = next) {
                next = o->link[0];
                object_free(o);
            }
            return false;
        }
        end = &(*end)->link[0];
    }
    return true;
}

/* Puts what make_objects made; what there is no memory for is freed. */
static bool put_objects(EtsTable *table, EtsObject *first)
{
    bool done = true;
    for (EtsObject *next, *o = first; o; o = next) {
        next = o->link[0];
        if (ets_put(table, o)) continue;
        object_free(o);
        done = false;
    }
    return done;
}

static Term insert_tuple(Process *p, EtsOpen *open, Term tuple)
{
    if (!ets_is_object(tuple, open->table->settings.key)) return ets_refuse(p, open, TERM_NONE);
    bool done = ets_insert(open->table, tuple);
    ets_close(open);
    return done ? A(true) : native_memory(p);
}

static Term ets_insert_2(Process *p, Term *args)
{
    EtsOpen open;
    EtsObject *first;
    if (!ets_open(&open, p, args[0], ACCESS_WRITE)) return ets_not_open(p, &open);
    if (is_tuple(args[1])) return insert_tuple(p, &open, args[1]);
    if (!are_objects(args[1], open.table->settings.key)) return ets_refuse(p, &open, TERM_NONE);
    bool done = make_objects(args[1], &first) && put_objects(open.table, first);
    ets_close(&open);
    return done ? A(true) : native_memory(p);
}

static bool has_key_of(const EtsTable *table, Term tuple)
{
    return ets_get(table, tuple_elements(tuple)[table->settings.key]) != NULL;
}

static Term ets_insert_new_2(Process *p, Term *args)
{
    EtsOpen open;
    EtsObject *first;
    Term list = args[1];
    if (!ets_open(&open, p, args[0], ACCESS_WRITE)) return ets_not_open(p, &open);
    if (is_tuple(list)) {
        if (!ets_is_object(list, open.table->settings.key)) return ets_refuse(p, &open, TERM_NONE);
        if (!has_key_of(open.table, list)) return insert_tuple(p, &open, list);
        ets_close(&open);
        return A(false);
    }
    if (!are_objects(list, open.table->settings.key)) return ets_refuse(p, &open, TERM_NONE);
    for (; is_cons(list); list = cons_tail(list)) {
        if (!has_key_of(open.table, cons_head(list))) continue;
        ets_close(&open);
        return A(false);
    }
    bool done = make_objects(args[1], &first) && put_objects(open.table, first);
    ets_close(&open);
    return done ? A(true) : native_memory(p);
}

/* ---- Looking up ---- */

/* Words of a list of all objects with the key of `object`. */
static size_t words_of_all(const EtsTable *table, const EtsObject *object)
{
    size_t words = 0;
    for (; object; object = ets_get_next(table, object)) words += 2 + object->words;
    return words;
}

/* [Object] of one key, the oldest first. TERM_NONE: no memory. */
static Term copy_all(Process *p, const EtsTable *table, const EtsObject *object)
{
    Term list = TERM_NIL;
    for (; object; object = ets_get_next(table, object)) {
        Term copy = object_copy(object, &p->heap);
        if (is_none(copy) || !list_push(p, copy, &list)) return TERM_NONE;
    }
    return list;
}

/* Closes the table and asks for room. */
static Term need_room(Process *p, EtsOpen *open, size_t words)
{
    ets_close(open);
    return native_need(p, words);
}

static Term ets_lookup_2(Process *p, Term *args)
{
    EtsOpen open;
    if (!ets_open(&open, p, args[0], ACCESS_READ)) return ets_not_open(p, &open);
    const EtsObject *object = ets_get(open.table, args[1]);
    size_t words = words_of_all(open.table, object);
    if (words > 64 && !native_room(p, words)) return need_room(p, &open, words);
    bool single = object && words == (size_t)object->words + 2;
    Term list = single ? object_copy_list(object, &p->heap) : copy_all(p, open.table, object);
    ets_close(&open);
    native_charge(p, (int32_t)(words / 64));
    return or_memory(p, list);
}

static Term ets_member_2(Process *p, Term *args)
{
    EtsOpen open;
    if (!ets_open(&open, p, args[0], ACCESS_READ)) return ets_not_open(p, &open);
    bool found = ets_get(open.table, args[1]) != NULL;
    ets_close(&open);
    return make_bool(found);
}

/* The elements at `position` of all objects of a key, as lookup_element gives them. TERM_NONE: no
   memory, or *short: one of the objects has no such element. */
static Term copy_elements(Process *p, const EtsTable *table, const EtsObject *object,
                          size_t position, bool *too_short)
{
    bool is_bag = table->store.type == ETS_BAG || table->store.type == ETS_DUPLICATE_BAG;
    Term list = TERM_NIL;
    *too_short = false;
    for (; object; object = ets_get_next(table, object)) {
        Term tuple = object_term(object);
        *too_short = position > tuple_arity(tuple);
        if (*too_short) return TERM_NONE;
        Term copy = part_copy(tuple_elements(tuple)[position - 1], &p->heap);
        if (is_none(copy) || !is_bag) return copy;
        if (!list_push(p, copy, &list)) return TERM_NONE;
    }
    return list;
}

/* With a default in args[3] where `has_default`. */
static Term lookup_element(Process *p, Term *args, bool has_default)
{
    EtsOpen open;
    size_t position;
    bool too_short;
    if (!ets_open(&open, p, args[0], ACCESS_READ)) return ets_not_open(p, &open);
    if (!integer_to_size(args[2], &position) || position < 1)
        return ets_refuse(p, &open, TERM_NONE);
    const EtsObject *object = ets_get(open.table, args[1]);
    if (!object && has_default) {
        ets_close(&open);
        return args[3];
    }
    if (!object) return ets_refuse(p, &open, A(badkey));
    size_t words = words_of_all(open.table, object);
    if (words > 64 && !native_room(p, words)) return need_room(p, &open, words);
    Term result = copy_elements(p, open.table, object, position, &too_short);
    ets_close(&open);
    if (too_short) return badarg(p);
    return or_memory(p, result);
}

static Term ets_lookup_element_3(Process *p, Term *args) { return lookup_element(p, args, false); }

static Term ets_lookup_element_4(Process *p, Term *args) { return lookup_element(p, args, true); }

/* ---- Deleting ---- */

static Term ets_take_2(Process *p, Term *args)
{
    EtsOpen open;
    if (!ets_open(&open, p, args[0], ACCESS_WRITE)) return ets_not_open(p, &open);
    const EtsObject *object = ets_get(open.table, args[1]);
    size_t words = words_of_all(open.table, object);
    if (words > 64 && !native_room(p, words)) return need_room(p, &open, words);
    Term list = copy_all(p, open.table, object);
    if (!is_none(list)) ets_delete(open.table, args[1], TERM_NONE);
    ets_close(&open);
    return or_memory(p, list);
}

static Term ets_delete_2(Process *p, Term *args)
{
    EtsOpen open;
    if (!ets_open(&open, p, args[0], ACCESS_WRITE)) return ets_not_open(p, &open);
    ets_delete(open.table, args[1], TERM_NONE);
    ets_close(&open);
    return A(true);
}

static Term ets_delete_object_2(Process *p, Term *args)
{
    EtsOpen open;
    if (!ets_open(&open, p, args[0], ACCESS_WRITE)) return ets_not_open(p, &open);
    size_t key = open.table->settings.key;
    if (!ets_is_object(args[1], key)) return ets_refuse(p, &open, TERM_NONE);
    ets_delete(open.table, tuple_elements(args[1])[key], args[1]);
    ets_close(&open);
    return A(true);
}

/* ---- Going through ---- */

/* {Key, [Object]} or the key alone. */
static Term copy_step(Process *p, EtsOpen *open, const EtsObject *object, bool with_objects)
{
    size_t words = object->words + (with_objects ? words_of_all(open->table, object) : 0);
    if (words > 64 && !native_room(p, words)) return need_room(p, open, words);
    Term key = part_copy(ets_key_of(open->table, object), &p->heap), list = TERM_NIL;
    if (with_objects) list = copy_all(p, open->table, object);
    ets_close(open);
    if (is_none(key) || is_none(list)) return native_memory(p);
    return with_objects ? make_tuple(p, 2, key, list) : key;
}

/* What first, next, ... give for the object they found, or NULL: with [Object] too since OTP 27. */
static inline Term step_result(Process *p, EtsOpen *open, const EtsObject *object,
                               bool with_objects)
{
    Term key = object ? ets_key_of(open->table, object) : A(end_of_table);
    if (object && (with_objects || !is_immediate(key)))
        return copy_step(p, open, object, with_objects);
    ets_close(open);
    return key;
}

static Term table_end(Process *p, Term *args, int side, bool with_objects)
{
    EtsOpen open;
    if (!ets_open(&open, p, args[0], ACCESS_READ)) return ets_not_open(p, &open);
    return step_result(p, &open, ets_end(open.table, side), with_objects);
}

static inline Term table_beside(Process *p, Term *args, int side, bool with_objects)
{
    EtsOpen open;
    bool found;
    if (!ets_open(&open, p, args[0], ACCESS_READ)) return ets_not_open(p, &open);
    EtsObject *object = ets_beside(open.table, args[1], side, &found);
    if (!found) return ets_refuse(p, &open, TERM_NONE);
    return step_result(p, &open, object, with_objects);
}

static Term ets_first_1(Process *p, Term *args) { return table_end(p, args, 0, false); }
static Term ets_last_1(Process *p, Term *args) { return table_end(p, args, 1, false); }
static Term ets_prev_2(Process *p, Term *args) { return table_beside(p, args, 0, false); }
static Term ets_next_2(Process *p, Term *args) { return table_beside(p, args, 1, false); }
static Term ets_first_lookup_1(Process *p, Term *args) { return table_end(p, args, 0, true); }
static Term ets_last_lookup_1(Process *p, Term *args) { return table_end(p, args, 1, true); }
static Term ets_prev_lookup_2(Process *p, Term *args) { return table_beside(p, args, 0, true); }
static Term ets_next_lookup_2(Process *p, Term *args) { return table_beside(p, args, 1, true); }

static const Native ets_object_natives[] = {
    NATIVE(ets, insert, 2, CHARGED),
    NATIVE(ets, insert_new, 2, CHARGED),
    NATIVE(ets, lookup, 2, CHARGED),
    NATIVE(ets, lookup_element, 3, CHARGED),
    NATIVE(ets, lookup_element, 4, CHARGED | SINCE_OTP(26)),
    NATIVE(ets, member, 2, CHARGED),
    NATIVE(ets, take, 2, CHARGED),
    NATIVE(ets, delete, 2, CHARGED),
    NATIVE(ets, delete_object, 2, CHARGED),
    NATIVE(ets, first, 1, CHARGED),
    NATIVE(ets, last, 1, CHARGED),
    NATIVE(ets, next, 2, CHARGED),
    NATIVE(ets, prev, 2, CHARGED),
    NATIVE(ets, first_lookup, 1, CHARGED | SINCE_OTP(27)),
    NATIVE(ets, last_lookup, 1, CHARGED | SINCE_OTP(27)),
    NATIVE(ets, next_lookup, 2, CHARGED | SINCE_OTP(27)),
    NATIVE(ets, prev_lookup, 2, CHARGED | SINCE_OTP(27)),
};
NATIVE_TABLE(ets_object);
