/* SPDX-License-Identifier: Apache-2.0 */
/* ets_table.h - what the natives of module ets share. */
#ifndef NATIVES_ETS_TABLE_H
#define NATIVES_ETS_TABLE_H

#include "ets/table.h"
#include "natives/support.h"

#define ETS_LOCK_COUNT "debug_hash_fixed_number_of_locks"

/* error:badarg with a cause of erl_stdlib_errors. */
static inline Term ets_badarg(Process *p, Term cause)
{
    return raise_cause(p, A(badarg), A(erl_stdlib_errors), cause);
}
/* The error of a table that was not opened. */
static inline Term ets_not_open(Process *p, const EtsOpen *open)
{
    return ets_badarg(p, open->cause);
}
/* Closes the table and raises badarg, with a cause unless that is TERM_NONE. */
static inline Term ets_refuse(Process *p, EtsOpen *open, Term cause)
{
    ets_close(open);
    return is_none(cause) ? badarg(p) : ets_badarg(p, cause);
}
/* A tuple that a table with this key position takes. */
static inline bool ets_is_object(Term t, size_t key) { return is_tuple(t) && tuple_arity(t) > key; }
/* The name or the reference that a program knows the table by. TERM_NONE: raised. */
static inline Term ets_id(Process *p, EtsTable *table)
{
    if (table->settings.is_named) return table->settings.name;
    return or_memory(p, ets_reference(table, &p->heap));
}

/* Adds {Address, Size, References} of each binary that an object refers to. False: no memory. */
bool ets_binaries(Process *p, const EtsObject *object, Term *list);

#endif
