/* SPDX-License-Identifier: Apache-2.0 */
/* erlang_timer.c - timers. */

#include "mote/port.h"
#include "natives/support.h"
#include "process/signal.h"
#include "process/timer.h"
#include "vm/scheduler.h"

#define MILLISECOND 1000000
/* As on OTP: what fits into 2^63 ns, absolute times less the distance to where its clock starts. */
#define RELATIVE_MAX 9223372036854
#define ABSOLUTE_MAX 8646911284551

/* ---- Options ---- */

enum { OPTION_ABS = 1, OPTION_ASYNC = 2, OPTION_INFO = 4 };

static bool read_option(Term option, unsigned allowed, unsigned *set)
{
    if (!is_tuple_of(option, 2)) return false;
    Term key = tuple_elements(option)[0], value = tuple_elements(option)[1];
    unsigned flag = key == A(abs)     ? OPTION_ABS
                    : key == A(async) ? OPTION_ASYNC
                    : key == A(info)  ? OPTION_INFO
                                      : 0;
    if (!(flag & allowed) || !is_boolean(value)) return false;
    *set = value == A(true) ? *set | flag : *set & ~flag;
    return true;
}

static bool read_options(Term list, unsigned allowed, unsigned *set)
{
    for (; is_cons(list); list = cons_tail(list)) {
        if (!read_option(cons_head(list), allowed, set)) return false;
    }
    return is_nil(list);
}

/* ---- Starting ---- */

/* The time at which a timer is due. False: no time. */
static bool read_deadline(Term time, bool absolute, uint64_t *deadline)
{
    int64_t ms;
    if (!integer_to_i64(time, &ms)) return false;
    int64_t min = absolute ? (int64_t)(scheduler_start_time() / MILLISECOND) : 0;
    if (ms < min || ms > (absolute ? ABSOLUTE_MAX : RELATIVE_MAX)) return false;
    *deadline = (uint64_t)ms * MILLISECOND + (absolute ? 0 : port_now());
    return true;
}

static Term start_timer(Process *p, Term *args, Term options, bool wrap)
{
    unsigned set = 0;
    uint64_t deadline;
    if (!read_options(options, OPTION_ABS, &set)) return badarg_cause(p, A(badopt));
    if (!read_deadline(args[0], set & OPTION_ABS, &deadline)) return badarg_cause(p, A(time));
    if (!is_local_pid(args[1]) && !is_atom(args[1])) return badarg(p);
    native_charge(p, 2);
    return or_memory(p, timer_start(p, args[1], args[2], deadline, wrap));
}

static Term erlang_send_after_3(Process *p, Term *args)
{
    return start_timer(p, args, TERM_NIL, false);
}

static Term erlang_send_after_4(Process *p, Term *args)
{
    return start_timer(p, args, args[3], false);
}

static Term erlang_start_timer_3(Process *p, Term *args)
{
    return start_timer(p, args, TERM_NIL, true);
}

static Term erlang_start_timer_4(Process *p, Term *args)
{
    return start_timer(p, args, args[3], true);
}

/* ---- Asking ---- */

/* What is left, in milliseconds rounded up; false where there is no such timer. */
static Term time_left(Process *p, int64_t left)
{
    return left < 0 ? A(false) : make_integer(p, (left + MILLISECOND - 1) / MILLISECOND);
}

/* {Tag, Ref, Left} to the process itself. */
static Term answer_later(Process *p, Term tag, Term reference, Term left)
{
    Term message = make_tuple(p, 3, tag, reference, left);
    if (is_none(message)) return TERM_NONE;
    return message_send(p->pid, p->pid, message) ? A(ok) : native_memory(p);
}

static bool is_own_ref(Term t) { return is_kind(t, KIND_REF) || is_kind(t, KIND_RESOURCE); }

static Term cancel_timer(Process *p, Term reference, unsigned set)
{
    Term left = time_left(p, is_own_ref(reference) ? timer_cancel(reference) : -1);
    native_charge(p, 2);
    if (is_none(left)) return TERM_NONE;
    if (!(set & OPTION_INFO)) return A(ok);
    return set & OPTION_ASYNC ? answer_later(p, A(cancel_timer), reference, left) : left;
}

static Term erlang_cancel_timer_1(Process *p, Term *args)
{
    return is_ref(args[0]) ? cancel_timer(p, args[0], OPTION_INFO) : badarg(p);
}

static Term erlang_cancel_timer_2(Process *p, Term *args)
{
    unsigned set = OPTION_INFO;
    if (!is_ref(args[0]) || !read_options(args[1], OPTION_ASYNC | OPTION_INFO, &set))
        return badarg(p);
    return cancel_timer(p, args[0], set);
}

static Term read_timer(Process *p, Term reference, unsigned set)
{
    Term left = time_left(p, is_own_ref(reference) ? timer_read(reference) : -1);
    if (is_none(left)) return TERM_NONE;
    return set & OPTION_ASYNC ? answer_later(p, A(read_timer), reference, left) : left;
}

static Term erlang_read_timer_1(Process *p, Term *args)
{
    return is_ref(args[0]) ? read_timer(p, args[0], 0) : badarg(p);
}

static Term erlang_read_timer_2(Process *p, Term *args)
{
    unsigned set = 0;
    if (!is_ref(args[0]) || !read_options(args[1], OPTION_ASYNC, &set)) return badarg(p);
    return read_timer(p, args[0], set);
}

static const Native erlang_timer_natives[] = {
    NATIVE(erlang, send_after, 3, CHARGED),    NATIVE(erlang, send_after, 4, CHARGED),
    NATIVE(erlang, start_timer, 3, CHARGED),   NATIVE(erlang, start_timer, 4, CHARGED),
    NATIVE(erlang, cancel_timer, 1, CONSTANT), NATIVE(erlang, cancel_timer, 2, CONSTANT),
    NATIVE(erlang, read_timer, 1, CONSTANT),   NATIVE(erlang, read_timer, 2, CONSTANT),
};
NATIVE_TABLE(erlang_timer);
