/* SPDX-License-Identifier: Apache-2.0 */
/* erlang_arith.c - the guard functions and operators of module erlang as natives. */

#include "heap/guard.h"
#include "mote/native.h"
#include "vm/scheduler.h"

/* Instructions run them without this file; it serves apply, funs and calls by name. Names, arities
   and functions all come from heap/guards.def. */

#define COST_MAX 1000000 /* reductions that one call can take */

/* The rows stand in the order of the guards: the one that was called is the guard's number. */
static const Native erlang_arith_natives[GUARD_COUNT];

static Term call_guard(Process *p, Term *args)
{
    Calc calc = {&p->heap, A(badarg), 0};
    ptrdiff_t index = p->running_on->native->native - erlang_arith_natives;
    Term result = guards[index].function(&calc, args);
    p->reductions -= calc.cost < COST_MAX ? (int32_t)calc.cost : COST_MAX;
    return is_none(result) ? raise_error(p, calc.why) : result;
}

/* Texts of atoms by their C names, as constants; most are not used. */
#define ATOM(name, text) static const char text_##name[] __attribute__((unused)) = text;
#include "term/atoms.def"
#undef ATOM

static const Native erlang_arith_natives[GUARD_COUNT] = {
#define GUARD(name, atom, arity)                \
    NATIVE_AS(erlang, text_##atom, arity,       \
              CHARGED | (IS_NEW_GUARD(GUARD_##name) ? SINCE_OTP(29) : 0), call_guard),
#include "heap/guards.def"
#undef GUARD
};
NATIVE_TABLE(erlang_arith);
