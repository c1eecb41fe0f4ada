/* SPDX-License-Identifier: Apache-2.0 */
/* debug_state.c - erts_debug: what test suites ask of the emulator's inside. */

#include "natives/support.h"
#include "natives/work.h"

/* As on OTP nothing is told until somebody has said that the state is to be available. */
static _Atomic(bool) is_available;

enum { TURNS_WAITED = 4 };

static Term unavailable(Process *p) { return raise_error(p, A(undef)); }

/* erts_debug:set_internal_state(available_internal_state, Bool) -> Bool as it was */
static Term set_available(Process *p, Term value)
{
    if (!is_boolean(value)) return atomic_load(&is_available) ? badarg(p) : unavailable(p);
    return make_bool(atomic_exchange(&is_available, value == A(true)));
}

/* After some slices of everybody, what was retired before is freed. */
static Term wait_for_others(Process *p)
{
    Term state = work_state(p);
    Word turns = is_nil(state) ? 0 : small_value(state);
    return turns == TURNS_WAITED ? A(ok) : native_yield(p, make_small(turns + 1));
}

/* The limits after which loops of OTP's natives let others run. Loops here end with the slice
   whatever is set, so that the numbers are only kept. */
typedef struct Limit {
    const char *name;
    Word usual;
    _Atomic(Word) now; /* 0: as usual */
} Limit;

static Limit limits[] = {{"binary_loop_limit", 0, 0},
                         {"re_loop_limit", 40000, 0},
                         {"unicode_loop_limit", 40000, 0}};

static Limit *find_limit(Term name)
{
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
        if (atom_is(name, limits[i].name)) return &limits[i];
    }
    return NULL;
}

/* -> the limit before */
static Term set_limit(Process *p, Limit *limit, Term value)
{
    bool usual = atom_is(value, "default");
    if (!usual && !is_natural(value)) return badarg(p);
    Word before = atomic_exchange(&limit->now, usual ? 0 : small_value(value));
    return make_small(before ? before : limit->usual);
}

static Term erts_debug_set_internal_state_2(Process *p, Term *args)
{
    if (atom_is(args[0], "available_internal_state")) return set_available(p, args[1]);
    if (!atomic_load(&is_available)) return unavailable(p);
    Limit *limit = find_limit(args[0]);
    if (limit) return set_limit(p, limit, args[1]);
    if (atom_is(args[0], "wait")) return wait_for_others(p);
    if (atom_is(args[0], "ets_force_trap")) return make_atom_text(p, "notsup");
    if (atom_is(args[0], "mbuf")) return args[1];
    /* Tables here have no parts that could be split and joined. */
    if (atom_is(args[0], "ets_force_split") || atom_is(args[0], "ets_debug_random_split_join"))
        return A(ok);
    return badarg(p);
}

static Term erts_debug_get_internal_state_1(Process *p, Term *args)
{
    if (!atomic_load(&is_available)) return unavailable(p);
    if (atom_is(args[0], "available_internal_state")) return A(true);
    if (atom_is(args[0], "reds_left")) return make_small(p->reductions);
    if (atom_is(args[0], "flxctr_memory_usage")) return make_atom_text(p, "notsup");
    return badarg(p);
}

static const Native debug_state_natives[] = {
    NATIVE(erts_debug, set_internal_state, 2, YIELDS),
    NATIVE(erts_debug, get_internal_state, 1, CONSTANT),
};
NATIVE_TABLE(debug_state);
