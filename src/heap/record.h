/* SPDX-License-Identifier: Apache-2.0 */
/* record.h - native records (OTP 29). */
#ifndef HEAP_RECORD_H
#define HEAP_RECORD_H

/* A record is a definition and the values of its fields, in the definition's order. The
   definition is a tuple {Module, Name, IsExported, Field...} that the record carries along, so
   that reading and updating need no module. */

#include "term/term.h"

enum { DEFINITION_MODULE, DEFINITION_NAME, DEFINITION_EXPORTED, DEFINITION_FIELDS };

static inline const Term *record_definition(Term record)
{
    return tuple_elements(boxed_ptr(record)[1]);
}
static inline const Term *record_values(Term record) { return boxed_ptr(record) + 2; }
static inline size_t record_count(Term record) { return header_size(boxed_header(record)) - 1; }

/* The index of a field in a definition of `count`, or `count` where there is none of that name. */
static inline size_t record_index(const Term *definition, size_t count, Term field)
{
    size_t i = 0;
    while (i < count && definition[DEFINITION_FIELDS + i] != field) i++;
    return i;
}

/* Any term may be asked. */
static inline bool record_is(Term t, Term module, Term name)
{
    if (!is_native_record(t)) return false;
    const Term *definition = record_definition(t);
    return definition[DEFINITION_MODULE] == module && definition[DEFINITION_NAME] == name;
}

/* The value of a field of a record, or TERM_NONE. */
static inline Term record_get(Term record, Term field)
{
    size_t count = record_count(record);
    size_t i = record_index(record_definition(record), count, field);
    return i < count ? record_values(record)[i] : TERM_NONE;
}

#endif
