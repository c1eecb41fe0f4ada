/* SPDX-License-Identifier: Apache-2.0 */
/* guard.h - the one table of guard functions (design D30). */
#ifndef HEAP_GUARD_H
#define HEAP_GUARD_H

/* Every function that may stand in a guard: operators, type tests and the guard BIFs. The bif and
   gc_bif instructions index this table; natives of the same name call through it; match
   specifications too. They never collect; results come from heap_reserve. Failure: TERM_NONE and
   calc->why (badarg, badarith, {badmap,M} as calc->why term, system_limit). */

#include "heap/number.h"

typedef Term GuardFunction(Calc *calc, const Term *args);

typedef struct Guard {
    GuardFunction *function;
    uint16_t name; /* index of an atom of atoms.def: function in module erlang */
    uint8_t arity;
} Guard;

/* GUARD_add, GUARD_element, ...: rows of heap/guards.def: GUARD(c_name, atom_name, arity). */
enum GuardIndex {
#define GUARD(name, atom, arity) GUARD_##name,
#include "heap/guards.def"
#undef GUARD
    GUARD_COUNT
};
extern const Guard guards[GUARD_COUNT];
/* Whether a guard came with OTP 29. */
#define IS_NEW_GUARD(guard) ((guard) == GUARD_is_record_1 || (guard) == GUARD_is_integer_3)
/* Index of erlang:name/arity in the table, or -1; the release must have it. */
int guard_find(Term name, unsigned arity);

#endif
