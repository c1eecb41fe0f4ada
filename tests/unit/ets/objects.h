/* SPDX-License-Identifier: Apache-2.0 */
/* objects.h - objects for tests of tables. */
#ifndef TESTS_UNIT_ETS_OBJECTS_H
#define TESTS_UNIT_ETS_OBJECTS_H

#include "ets/object.h"
#include "process/world.h"

/* {Key, Value} of small integers. */
static inline EtsObject *object_of(Word key, Word value)
{
    Term tuple[3] = {make_header(KIND_TUPLE, 2), make_small(key), make_small(value)};
    EtsObject *object = object_make(make_boxed(tuple));
    assert_non_null(object);
    object->hash = term_hash(make_small(key));
    return object;
}

static inline Word object_key(const EtsObject *object) { return small_value(object->tuple[1]); }

static inline Word object_value(const EtsObject *object) { return small_value(object->tuple[2]); }

#endif
