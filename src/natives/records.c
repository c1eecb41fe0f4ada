/* SPDX-License-Identifier: Apache-2.0 */
/* records.c - natives of OTP 29's module records: native records whose names are known late. */

#include "heap/record.h"
#include "code/module.h"
#include "heap/map.h"
#include "natives/support.h"
#include "natives/work.h"

enum {
    WORDS_PER_FIELD = 5, /* of a list of {Field, Default} */
    FIELDS_MAX = 1024    /* of create/4: each name is compared with those before */
};

/* ---- Reading ---- */

static Term records_get_2(Process *p, Term *args)
{
    Term value = is_native_record(args[1]) ? record_get(args[1], args[0]) : TERM_NONE;
    return is_none(value) ? badarg(p) : value;
}

static Term records_get_module_1(Process *p, Term *args)
{
    if (!is_native_record(args[0])) return badarg(p);
    return record_definition(args[0])[DEFINITION_MODULE];
}

static Term records_get_name_1(Process *p, Term *args)
{
    if (!is_native_record(args[0])) return badarg(p);
    return record_definition(args[0])[DEFINITION_NAME];
}

static Term records_is_exported_1(Process *p, Term *args)
{
    if (!is_native_record(args[0])) return raise_tagged(p, A(badrecord), args[0]);
    return record_definition(args[0])[DEFINITION_EXPORTED];
}

static Term records_get_field_names_1(Process *p, Term *args)
{
    if (!is_native_record(args[0])) return raise_tagged(p, A(badrecord), args[0]);
    size_t count = record_count(args[0]);
    if (work_lacks(p, 2 * count)) return native_need(p, 2 * count);
    return make_list(p, record_definition(args[0]) + DEFINITION_FIELDS, count, TERM_NIL);
}

/* ---- Definitions ---- */

/* [Field | {Field, Default}...] of an entry of Module.records. */
static Term field_list(Process *p, const Term *definition, const Term *defaults, size_t count)
{
    Term list = TERM_NIL;
    for (size_t i = count; i-- > 0;) {
        Term field = definition[DEFINITION_FIELDS + i];
        if (is_cons(defaults[i])) field = make_tuple(p, 2, field, cons_head(defaults[i]));
        if (is_none(field)) return TERM_NONE;
        if (!list_push(p, field, &list)) return native_memory(p);
    }
    return list;
}

static Term records_get_definition_2(Process *p, Term *args)
{
    const Module *module = is_atom(args[0]) ? module_find(args[0]) : NULL;
    Term entry = module ? module_record(module, args[1]) : TERM_NONE;
    if (is_none(entry)) return badarg(p);
    size_t count = tuple_arity(entry) - 1;
    if (work_lacks(p, count * WORDS_PER_FIELD)) return native_need(p, count * WORDS_PER_FIELD);
    const Term *row = tuple_elements(entry), *definition = tuple_elements(row[0]);
    Term pair[2] = {A(is_exported), definition[DEFINITION_EXPORTED]};
    Term options = map_from_pairs(&p->heap, pair, 1, NULL);
    if (is_none(options)) return native_memory(p);
    Term fields = field_list(p, definition, row + 1, count);
    return is_none(fields) ? TERM_NONE : make_tuple(p, 2, options, fields);
}

/* ---- Making ---- */

/* error:{badfield, {{Module, Name}, Field}} */
static Term bad_field(Process *p, const Term *definition, Term field)
{
    Term name = make_tuple(p, 2, definition[DEFINITION_MODULE], definition[DEFINITION_NAME]);
    Term place = is_none(name) ? TERM_NONE : make_tuple(p, 2, name, field);
    return is_none(place) ? TERM_NONE : raise_tagged(p, A(badfield), place);
}

/* Puts the pairs of `list` into definition and values. False: raised. */
static bool take_fields(Process *p, Term list, Term *definition, Term *values)
{
    size_t count = 0;
    for (; is_cons(list); list = cons_tail(list), count++) {
        const Term *pair = tuple_elements(cons_head(list));
        if (!is_atom(pair[0])) {
            bad_field(p, definition, pair[0]);
            return false;
        }
        if (record_index(definition, count, pair[0]) < count) {
            badarg(p);
            return false;
        }
        definition[DEFINITION_FIELDS + count] = pair[0];
        values[count] = pair[1];
    }
    return true;
}

static bool are_pairs(Term list)
{
    while (is_cons(list) && is_tuple_of(cons_head(list), 2)) list = cons_tail(list);
    return is_nil(list);
}

static Term records_create_4(Process *p, Term *args)
{
    size_t count;
    if (!is_map(args[3])) return raise_tagged(p, A(badmap), args[3]);
    Term exported = map_get(args[3], A(is_exported));
    if (!is_atom(args[0]) || !is_atom(args[1])) return raise_tagged(p, A(badrecord), args[1]);
    if (!is_boolean(exported)) return badarg(p);
    if (!list_length(args[2], &count) || !are_pairs(args[2])) return badarg(p);
    if (count > FIELDS_MAX) return raise_error(p, A(system_limit));
    size_t definition_words = 1 + DEFINITION_FIELDS + count, words = definition_words + 2 + count;
    if (work_lacks(p, words)) return native_need(p, words);
    Term *at = heap_reserve(&p->heap, words);
    if (!at) return native_memory(p);
    Term *record = at + definition_words;
    at[0] = make_header(KIND_TUPLE, definition_words - 1);
    at[1 + DEFINITION_MODULE] = args[0];
    at[1 + DEFINITION_NAME] = args[1];
    at[1 + DEFINITION_EXPORTED] = exported;
    record[0] = make_header(KIND_RECORD, 1 + count);
    record[1] = make_boxed(at);
    for (size_t i = 0; i < count; i++) at[1 + DEFINITION_FIELDS + i] = record[2 + i] = TERM_NIL;
    return take_fields(p, args[2], at + 1, record + 2) ? make_boxed(record) : TERM_NONE;
}

static Term records_update_4(Process *p, Term *args)
{
    if (!is_native_record(args[0])) return raise_tagged(p, A(badrecord), args[0]);
    if (!record_is(args[0], args[1], args[2])) return raise_tagged(p, A(badrecord), args[2]);
    if (!is_map(args[3])) return raise_tagged(p, A(badmap), args[3]);
    size_t count = record_count(args[0]);
    if (work_lacks(p, 2 + count)) return native_need(p, 2 + count);
    const Term *definition = record_definition(args[0]);
    MapCursor cursor;
    Term key, value;
    map_cursor_init(&cursor, args[3]);
    while (map_cursor_next(&cursor, &key, &value)) {
        if (record_index(definition, count, key) == count) return bad_field(p, definition, key);
    }
    Term *record = heap_reserve(&p->heap, 2 + count);
    if (!record) return native_memory(p);
    memcpy(record, boxed_ptr(args[0]), (2 + count) * sizeof(Term));
    map_cursor_init(&cursor, args[3]);
    while (map_cursor_next(&cursor, &key, &value))
        record[2 + record_index(definition, count, key)] = value;
    return make_boxed(record);
}

static const Native records_natives[] = {
    NATIVE(records, get, 2, CHARGED | SINCE_OTP(29)),
    NATIVE(records, get_module, 1, CONSTANT | SINCE_OTP(29)),
    NATIVE(records, get_name, 1, CONSTANT | SINCE_OTP(29)),
    NATIVE(records, is_exported, 1, CONSTANT | SINCE_OTP(29)),
    NATIVE(records, get_field_names, 1, CHARGED | SINCE_OTP(29)),
    NATIVE(records, get_definition, 2, CHARGED | SINCE_OTP(29)),
    NATIVE(records, create, 4, CHARGED | SINCE_OTP(29)),
    NATIVE(records, update, 4, CHARGED | SINCE_OTP(29)),
};
NATIVE_TABLE(records);
