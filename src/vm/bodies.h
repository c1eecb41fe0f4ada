/* SPDX-License-Identifier: Apache-2.0 */
/* bodies.h - what the instruction bodies call: helpers too long for a body. */
#ifndef VM_BODIES_H
#define VM_BODIES_H

#include "base/memory.h"
#include "heap/record.h"
#include "heap/guard.h"
#include "heap/map.h"
#include "mote/native.h"
#include "term/node.h"
#include "vm/interp.h"

#define likely(condition) __builtin_expect(!!(condition), 1)
#define unlikely(condition) __builtin_expect(!!(condition), 0)

/* Most are registers: they are looked for first. */
static inline Term body_source(uint32_t h, const Term *x, const Term *e, const uint32_t *base)
{
    if (h < SOURCE_Y << SOURCE_BITS) return x[h];
    if (h < SOURCE_INT << SOURCE_BITS) return e[h - (SOURCE_Y << SOURCE_BITS)];
    if (h >= SOURCE_POOL << SOURCE_BITS) return pool_term(base, h - (SOURCE_POOL << SOURCE_BITS));
    return make_small(source_int(h));
}

/* ---- Raising: set the exception fields of p; the body then goes to `raise` ---- */

void body_error(Process *p, Term reason);
/* {tag, value}; becomes system_limit when there is no memory for the tuple. */
void body_tagged_error(Process *p, Term tag, Term value);
void body_memory_error(Process *p);
/* The trace starts with erlang:name/count and its arguments, as for a failed native. */
void body_guard_error(Process *p, int guard, const Term *args, Term why);
void body_native_frame(Process *p, const Export *native, const Term *args);

/* ---- Arithmetic: TERM_NONE: exception set (operator frame included) ---- */

Term body_arith2(Process *p, int guard, Term a, Term b);
/* The same; as on OTP, adding a constant blames the caller alone. */
Term body_increment(Process *p, int guard, Term a, Term b);
/* Runs guard function `index`; TERM_NONE: failed; with `raise` the exception is set. */
Term body_guard(Process *p, int index, const Term *args, bool raise);

/* ---- Calls ---- */

/* The target of calling fun `f` with `arity` arguments in x: puts the environment behind them.
   NULL: no fun, or wrong arity; exception set. *base_of_call not touched. */
const uint32_t *body_fun_target(Scheduler *s, Process *p, Term f, unsigned arity);
/* Target of module:function/arity; NULL: bad terms; exception set. erlang:apply/2,3 are
   resolved. */
const uint32_t *body_apply_target(Scheduler *s, Process *p, Term module, Term function,
                                  unsigned arity);
/* True if what apply is to call is a native such as error/1, which blames its caller: then it was
   called at once, and the exception is set. */
bool body_raises(Scheduler *s, Process *p, const uint32_t *target);
/* Spreads the list of arguments in *x2 over the x registers: their number, or -1 (badarg set). */
int body_spread_arguments(Scheduler *s, Process *p, Term list);
/* Sets up the call of error_handler for what was called last; the target. */
const uint32_t *body_missing(Scheduler *s, Process *p);
const uint32_t *body_missing_fun(Scheduler *s, Process *p);
void body_function_clause(Scheduler *s, Process *p, const uint32_t *base, unsigned function);

/* ---- Tuples, funs, maps; `count` is the number of terms in the list ---- */

Term body_update_record(Process *p, const BodyFrame *f, Term tuple, const uint16_t *pairs,
                        unsigned count);
Term body_make_fun(Process *p, const BodyFrame *f, FunEntry *entry, const uint16_t *sources,
                   unsigned count);
/* `count` terms: key, value, ...; exact: TERM_NONE and exception {badkey,K} / {badmap,M} set. */
Term body_put_map(Process *p, const BodyFrame *f, Term map, const uint16_t *sources, unsigned count,
                  bool exact);
bool body_has_map_fields(const BodyFrame *f, Term map, const uint16_t *sources, unsigned count);

/* Native records: the definition is a tuple {Module, Name, IsExported, Field...}, see
   bodies_record.c. */
bool record_is_accessible(Term t, Term scope, Term module);
/* `id`: a name, {Module, Name}; [] or '_' for any record. */
bool record_is_named(Term t, Term id, const uint32_t *base);
/* That t is not the record that was meant, or has no such field. */
void body_record_error(Process *p, Term t, bool is_it, Term field);
Term body_put_record(Process *p, const BodyFrame *f, const uint32_t *pc);

/* ---- Messages ---- */

/* to ! message. False: exception set (badarg for an unregistered name). */
bool body_send(Process *p, Term to, Term message);

/* ---- Bits ---- */

/* Bits of `size * unit`; false: not a non-negative integer, or too large. */
bool body_bit_size(Term size, uintptr_t unit, uintptr_t *bits);
/* The binary that bin_create at pc describes; TERM_NONE: failed, exception set. */
Term body_bin_create(Process *p, const BodyFrame *f, const uint32_t *table, unsigned count);

/* ---- Exceptions ---- */

/* What `catch` gives for the exception in x1..x3. TERM_NONE: out of memory, exception set. */
Term body_catch_value(Scheduler *s, Process *p);
bool body_raw_raise(Scheduler *s, Process *p); /* false: x0 = badarg, no exception */

#endif
