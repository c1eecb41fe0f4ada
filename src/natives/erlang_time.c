/* SPDX-License-Identifier: Apache-2.0 */
/* erlang_time.c - clocks and integers that are unique. */

#include "mote/port.h"
#include "natives/support.h"
#include "process/clock.h"

#define MICROSECOND 1000

/* ---- Times ---- */

/* For parts per second that are no 64-bit number. */
static Term big_time(Process *p, int64_t nanoseconds, Term parts)
{
    Calc calc = {&p->heap, A(system_limit), 0};
    Term ns = integer_from_i64(&p->heap, nanoseconds);
    Term product = is_none(ns) ? ns : number_mul(&calc, ns, parts);
    Term second = integer_from_i64(&p->heap, 1000000000); /* too much for a small one of 32 bits */
    if (is_none(product) || is_none(second)) return native_memory(p);
    return or_memory(p, number_div(&calc, product, second));
}

static Term time_in(Process *p, int64_t nanoseconds, Term unit)
{
    uint64_t parts;
    if (is_big(unit) && !big_is_negative(unit)) return big_time(p, nanoseconds, unit);
    return time_unit_parts(unit, &parts) ? make_time(p, nanoseconds, parts) : badarg(p);
}

static Term erlang_monotonic_time_0(Process *p, Term *args)
{
    (void)args;
    return make_integer(p, (int64_t)port_now());
}

static Term erlang_monotonic_time_1(Process *p, Term *args)
{
    return time_in(p, (int64_t)port_now(), args[0]);
}

static Term erlang_system_time_0(Process *p, Term *args)
{
    (void)args;
    return make_integer(p, clock_system_time());
}

static Term erlang_system_time_1(Process *p, Term *args)
{
    return time_in(p, clock_system_time(), args[0]);
}

static Term erlang_time_offset_0(Process *p, Term *args)
{
    (void)args;
    return make_integer(p, clock_offset());
}

static Term erlang_time_offset_1(Process *p, Term *args)
{
    return time_in(p, clock_offset(), args[0]);
}

/* {MegaSeconds, Seconds, MicroSeconds} */
static Term make_timestamp(Process *p, int64_t microseconds)
{
    int64_t seconds = microseconds / 1000000, micro = microseconds % 1000000;
    if (micro < 0) {
        micro += 1000000;
        seconds--;
    }
    int64_t mega = seconds / 1000000, rest = seconds % 1000000;
    if (rest < 0) {
        rest += 1000000;
        mega--;
    }
    return make_tuple(p, 3, make_small((Word)mega), make_small((Word)rest),
                      make_small((Word)micro));
}

static Term erlang_timestamp_0(Process *p, Term *args)
{
    (void)args;
    return make_timestamp(p, clock_system_time() / MICROSECOND);
}

/* Like timestamp/0, and later than at the last call. */
static Term erlang_now_0(Process *p, Term *args)
{
    (void)args;
    return make_timestamp(p, clock_now());
}

static Term erts_internal_time_unit_0(Process *p, Term *args)
{
    (void)args;
    return make_integer(p, 1000000000);
}

/* ---- Unique integers ---- */

static Term unique_integer(Process *p, bool positive)
{
    static _Atomic(uint64_t) last;
    uint64_t n = atomic_fetch_add_explicit(&last, 1, memory_order_relaxed) + 1;
    /* Half of the small integers are negative: start with them. */
    return positive ? make_unsigned(p, n) : make_integer(p, (int64_t)n - 1 + SMALL_MIN);
}

static Term erlang_unique_integer_0(Process *p, Term *args)
{
    (void)args;
    return unique_integer(p, false);
}

static Term erlang_unique_integer_1(Process *p, Term *args)
{
    bool positive = false;
    Term l = args[0];
    for (; is_cons(l); l = cons_tail(l)) {
        if (cons_head(l) == A(positive)) positive = true;
        else if (cons_head(l) != A(monotonic)) return badarg(p);
    }
    return is_nil(l) ? unique_integer(p, positive) : badarg(p);
}

static const Native erlang_time_natives[] = {
    NATIVE(erlang, monotonic_time, 0, CONSTANT),
    NATIVE(erlang, monotonic_time, 1, CONSTANT),
    NATIVE(erlang, system_time, 0, CONSTANT),
    NATIVE(erlang, system_time, 1, CONSTANT),
    NATIVE(erlang, time_offset, 0, CONSTANT),
    NATIVE(erlang, time_offset, 1, CONSTANT),
    NATIVE(erlang, timestamp, 0, CONSTANT),
    NATIVE(erlang, now, 0, CONSTANT),
    NATIVE_AS(erts_internal, "time_unit", 0, CONSTANT, erts_internal_time_unit_0),
    NATIVE_AS(erts_internal, "perf_counter_unit", 0, CONSTANT, erts_internal_time_unit_0),
    NATIVE(erlang, unique_integer, 0, CONSTANT),
    NATIVE(erlang, unique_integer, 1, CONSTANT),
};
NATIVE_TABLE(erlang_time);
