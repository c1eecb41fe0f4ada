/* SPDX-License-Identifier: Apache-2.0 */
/* ets_raw.c - erts_internal: tables for those who look after all of them, whatever their access. */

#include "heap/binary.h"
#include "natives/ets_table.h"

/* error:badarg; the cause is that of a table that was not opened, or TERM_NONE. */
static Term refuse(Process *p, Term cause)
{
    return is_none(cause) ? badarg(p) : badarg_cause(p, cause);
}

/* The key of an object, or '$end_of_table'. Closes the table. */
static Term key_result(Process *p, EtsOpen *open, const EtsObject *object)
{
    Term key = A(end_of_table);
    if (object && object->words > 64 && !native_room(p, object->words)) {
        ets_close(open);
        return native_need(p, object->words);
    }
    if (object) key = part_copy(ets_key_of(open->table, object), &p->heap);
    ets_close(open);
    return or_memory(p, key);
}

static Term erts_internal_ets_raw_first_1(Process *p, Term *args)
{
    EtsOpen open;
    if (!ets_open(&open, p, args[0], ACCESS_READ)) return refuse(p, open.cause);
    return key_result(p, &open, ets_end(open.table, 0));
}

static Term erts_internal_ets_raw_next_2(Process *p, Term *args)
{
    EtsOpen open;
    bool found;
    if (!ets_open(&open, p, args[0], ACCESS_READ)) return refuse(p, open.cause);
    const EtsObject *object = ets_beside(open.table, args[1], 1, &found);
    if (found) return key_result(p, &open, object);
    ets_close(&open);
    return badarg(p);
}

/* erts_internal:ets_super_user(Bool): may the process write to protected tables too? */
static Term erts_internal_ets_super_user_1(Process *p, Term *args)
{
    if (!is_boolean(args[0])) return badarg(p);
    if (args[0] == A(true)) {
        p->flags |= PROCESS_OPENS_ALL;
    } else {
        p->flags &= ~(uint32_t)PROCESS_OPENS_ALL;
    }
    return A(ok);
}

/* [{Address, Size, References}] of the binaries that the objects with a key refer to. */
static Term erts_internal_ets_lookup_binary_info_2(Process *p, Term *args)
{
    EtsOpen open;
    Term list = TERM_NIL;
    if (!ets_open(&open, p, args[0], ACCESS_READ)) return refuse(p, open.cause);
    const EtsObject *object = ets_get(open.table, args[1]);
    for (; object; object = ets_get_next(open.table, object)) {
        if (ets_binaries(p, object, &list)) continue;
        ets_close(&open);
        return native_memory(p);
    }
    ets_close(&open);
    return list;
}

static const Native ets_raw_natives[] = {
    NATIVE(erts_internal, ets_raw_first, 1, CHARGED),
    NATIVE(erts_internal, ets_raw_next, 2, CHARGED),
    NATIVE(erts_internal, ets_super_user, 1, CONSTANT),
    NATIVE(erts_internal, ets_lookup_binary_info, 2, CHARGED),
};
NATIVE_TABLE(ets_raw);
