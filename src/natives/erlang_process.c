/* SPDX-License-Identifier: Apache-2.0 */
/* erlang_process.c - names, group leaders, life and sleep of processes. */

#include "natives/support.h"
#include "process/registry.h"
#include "process/signal.h"
#include "process/trace.h"

/* ---- Who ---- */

static Term erlang_self_0(Process *p, Term *args)
{
    (void)args;
    return p->pid;
}

/* A list that is built while something is gone through. */
typedef struct Collected {
    Process *p;
    Term list;
    bool failed;
} Collected;

static Term collected_list(const Collected *c) { return c->failed ? native_memory(c->p) : c->list; }

static bool collect_pid(Term pid, void *context)
{
    Collected *c = context;
    Process *found = is_local_pid(pid) ? process_find(pid) : NULL;
    if (!found || process_is_exiting(found)) return true;
    c->failed = !list_push(c->p, pid, &c->list);
    return !c->failed;
}

static Term erlang_processes_0(Process *p, Term *args)
{
    (void)args;
    size_t words = 2 * process_count();
    if (words > 64 && !native_room(p, words)) return native_need(p, words);
    Collected c = {p, TERM_NIL, false};
    process_each(collect_pid, &c);
    native_charge(p, (int32_t)(words / 16));
    if (c.failed) return native_memory(p);
    /* Oldest first, as they were seen. */
    Term forward = TERM_NIL;
    for (Term l = c.list; is_cons(l);) {
        Term next = cons_tail(l);
        cons_ptr(l)[1] = forward;
        forward = l;
        l = next;
    }
    return forward;
}

/* erts_internal:processes_next(Place) -> {Next, [Pid]} | none */
static Term erts_internal_processes_next_1(Process *p, Term *args)
{
    enum { SLOTS = 512 };
    if (!is_natural(args[0]) || (size_t)small_value(args[0]) > process_limit()) return badarg(p);
    size_t place = (size_t)small_value(args[0]), count = 0;
    if (place == process_limit()) return A(none);
    if (!native_room(p, 2 * SLOTS + 3)) return native_need(p, 2 * SLOTS + 3);
    Term pids[SLOTS];
    size_t seen = process_some(&place, pids, SLOTS);
    for (size_t i = 0; i < seen; i++) {
        Process *found = is_local_pid(pids[i]) ? process_find(pids[i]) : NULL;
        if (found && !process_is_exiting(found)) pids[count++] = pids[i];
    }
    Term list = make_list(p, pids, count, TERM_NIL);
    return is_none(list) ? TERM_NONE : make_tuple(p, 2, make_small((Word)place), list);
}

/* ---- Names ---- */

static Term erlang_register_2(Process *p, Term *args)
{
    bool is_name = is_atom(args[0]) && args[0] != A(undefined);
    bool is_target = is_local_pid(args[1]) || is_local_port(args[1]);
    if (!is_name || !is_target) return badarg_cause(p, A(none));
    if (registry_add(args[0], args[1])) {
        if (args[1] == p->pid) trace_process(p, A(register), args[0]);
        return A(true);
    }
    Process *target = process_find(args[1]);
    if (!target || process_is_exiting(target)) return badarg_cause(p, A(notalive));
    if (!is_none(registry_name_of(target))) return badarg_cause(p, A(registered_name));
    return is_none(registry_find(args[0])) ? native_memory(p) : badarg_cause(p, A(none));
}

static Term erlang_unregister_1(Process *p, Term *args)
{
    bool own = p->name == args[0];
    if (!is_atom(args[0]) || !registry_remove(args[0])) return badarg(p);
    if (own) trace_process(p, A(unregister), args[0]);
    return A(true);
}

static Term erlang_whereis_1(Process *p, Term *args)
{
    if (!is_atom(args[0])) return badarg(p);
    Term pid = registry_find(args[0]);
    return is_none(pid) ? A(undefined) : pid;
}

static bool collect_name(Term name, Term pid, void *context)
{
    (void)pid;
    Collected *c = context;
    c->failed = !list_push(c->p, name, &c->list);
    return !c->failed;
}

static Term erlang_registered_0(Process *p, Term *args)
{
    (void)args;
    Collected c = {p, TERM_NIL, false};
    registry_each(collect_name, &c);
    return collected_list(&c);
}

/* ---- Group leaders ---- */

static Term erlang_group_leader_0(Process *p, Term *args)
{
    (void)args;
    return p->roots[ROOT_GROUP_LEADER];
}

/* erts_internal:group_leader(Leader, Pid) -> true | badarg */
static Term erts_internal_group_leader_2(Process *p, Term *args)
{
    if (!is_pid(args[0]) || !is_local_pid(args[1])) return A(badarg);
    if (args[1] == p->pid) {
        p->roots[ROOT_GROUP_LEADER] = args[0];
        return A(true);
    }
    Process *target = process_find(args[1]);
    if (!target || process_is_exiting(target)) return A(badarg);
    return group_leader_send(p->pid, args[1], args[0]) ? A(true) : native_memory(p);
}

/* ---- Life ---- */

static Term answer_alive(Process *target, Term request)
{
    (void)request;
    return make_bool(!process_is_exiting(target));
}

/* Signals sent before, exit/2 among them, count: a process that waits has handled all of them. */
static Term erlang_is_process_alive_1(Process *p, Term *args)
{
    if (args[0] == p->pid) return A(true);
    if (!is_local_pid(args[0])) return badarg(p);
    if (is_nil(p->roots[ROOT_NATIVE_STATE])) {
        Process *target = process_find(args[0]);
        if (!target || process_is_exiting(target)) return A(false);
        if (inbox_is_empty(&target->inbox) &&
            atomic_load_explicit(&target->state, memory_order_acquire) == PROCESS_WAITING)
            return A(true);
    }
    Request request = {args[0], answer_alive, TERM_NIL, A(false)};
    return request_answer(p, &request);
}

static Term erlang_hibernate_3(Process *p, Term *args)
{
    size_t arity;
    if (!is_atom(args[0]) || !is_atom(args[1]) || !list_length(args[2], &arity) || arity > 255)
        return badarg(p);
    return native_hibernate(p);
}

static Term erlang_hibernate_0(Process *p, Term *args)
{
    (void)args;
    return p->messages ? A(ok) : native_rest(p);
}

static Term erlang_yield_0(Process *p, Term *args)
{
    (void)args;
    if (is_nil(p->roots[ROOT_NATIVE_STATE])) return native_yield(p, A(yield));
    p->roots[ROOT_NATIVE_STATE] = TERM_NIL;
    return A(true);
}

static Term erlang_bump_reductions_1(Process *p, Term *args)
{
    if (!is_natural(args[0])) return badarg(p);
    Word count = small_value(args[0]);
    if (count > p->reductions) count = p->reductions;
    if (count > 0) p->reductions -= (int32_t)count;
    return A(true);
}

static const Native erlang_process_natives[] = {
    NATIVE(erlang, self, 0, CONSTANT),
    NATIVE(erlang, processes, 0, CHARGED),
    NATIVE(erts_internal, processes_next, 1, CONSTANT | SINCE_OTP(28)),
    NATIVE(erlang, register, 2, CONSTANT),
    NATIVE(erlang, unregister, 1, CONSTANT),
    NATIVE(erlang, whereis, 1, CONSTANT),
    NATIVE(erlang, registered, 0, CHARGED),
    NATIVE(erlang, group_leader, 0, CONSTANT),
    NATIVE(erts_internal, group_leader, 2, CONSTANT),
    NATIVE(erlang, is_process_alive, 1, CONSTANT),
    NATIVE(erlang, hibernate, 3, CONSTANT),
    NATIVE(erlang, hibernate, 0, CONSTANT | SINCE_OTP(28)),
    NATIVE(erlang, yield, 0, CONSTANT),
    NATIVE(erlang, bump_reductions, 1, CONSTANT),
};
NATIVE_TABLE(erlang_process);
