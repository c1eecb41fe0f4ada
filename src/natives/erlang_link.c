/* SPDX-License-Identifier: Apache-2.0 */
/* erlang_link.c - links, monitors, aliases, exit signals. */

#include "natives/support.h"
#include "process/link.h"
#include "process/mailbox.h"
#include "process/signal.h"
#include "process/trace.h"
#include "term/node.h"
#include "term/release.h"

/* ---- Links ---- */

/* An exit signal from `from` to the process itself; it may be the end of it. */
static Term exit_self(Process *p, Term from, Term reason)
{
    if (!exit_send(from, p->pid, reason)) return native_memory(p);
    if (mailbox_fetch(p)) return A(true);
    p->action = ACTION_EXIT;
    return TERM_NONE;
}

static Term erlang_link_1(Process *p, Term *args)
{
    bool noproc = false;
    if (!is_pid(args[0]) && !is_port(args[0])) return badarg(p);
    if (args[0] == p->pid) return A(true);
    if (!is_local_pid(args[0]) && !is_local_port(args[0]))
        return exit_self(p, p->pid, A(noconnection));
    if (!link_make(p, args[0], &noproc)) return native_memory(p);
    if (!noproc) {
        trace_process(p, A(link), args[0]);
        return A(true);
    }
    if (!(p->flags & PROCESS_TRAP_EXIT)) return raise_error(p, A(noproc));
    return exit_self(p, args[0], A(noproc));
}

static Term erlang_unlink_1(Process *p, Term *args)
{
    if (!is_pid(args[0]) && !is_port(args[0])) return badarg(p);
    if (!is_local_pid(args[0]) && !is_local_port(args[0])) return A(true);
    if (!link_drop(p, args[0])) return native_memory(p);
    trace_process(p, A(unlink), args[0]);
    return A(true);
}

static Term erlang_exit_2(Process *p, Term *args)
{
    if (args[0] == p->pid) return exit_self(p, p->pid, args[1]);
    bool is_alias = is_ref(args[0]) && release_has_priority();
    if (!is_alias && !is_pid(args[0]) && !is_port(args[0])) return badarg(p);
    if (is_boxed(args[0]) && !is_kind(args[0], KIND_REF)) return A(true); /* of another node */
    if (!exit_send(p->pid, args[0], args[1])) return native_memory(p);
    if (!is_alias || mailbox_fetch(p)) return A(true);
    p->action = ACTION_EXIT; /* The alias was its own. */
    return TERM_NONE;
}

/* Without the quirk that `normal` to oneself is no reason to stay. */
static Term erlang_exit_signal_2(Process *p, Term *args)
{
    bool stays = args[0] == p->pid && args[1] == A(normal) && !(p->flags & PROCESS_TRAP_EXIT);
    return stays ? A(true) : erlang_exit_2(p, args);
}

/* OTP differs: what has priority comes in its turn. */
static bool is_priority_list(Term list)
{
    while (is_cons(list) && cons_head(list) == A(priority)) list = cons_tail(list);
    return is_nil(list);
}

static Term erlang_exit_3(Process *p, Term *args)
{
    return is_priority_list(args[2]) ? erlang_exit_2(p, args) : badarg_cause(p, A(badopt));
}

static Term erlang_exit_signal_3(Process *p, Term *args)
{
    return is_priority_list(args[2]) ? erlang_exit_signal_2(p, args) : badarg_cause(p, A(badopt));
}

static Term erlang_link_2(Process *p, Term *args)
{
    return is_priority_list(args[1]) ? erlang_link_1(p, args) : badarg_cause(p, A(badopt));
}

/* ---- Monitors ---- */

/* What monitor_make is to monitor: a pid, a port or a name. False: badarg. */
static bool monitor_target(Term type, Term item, Term *target)
{
    bool (*is_identifier)(Term) = type == A(process) ? is_local_pid : is_local_port;
    *target = item;
    if (type == A(time_offset)) return item == A(clock_service);
    if (is_atom(item) || is_identifier(item)) return true;
    if (!is_tuple_of(item, 2)) return false;
    const Term *pair = tuple_elements(item);
    *target = pair[0];
    return is_atom(pair[0]) && pair[1] == node_self()->name;
}

static Term make_monitor(Process *p, Term type, Term item, const MonitorOptions *options)
{
    Term target;
    if (type != A(process) && type != A(port) && type != A(time_offset))
        return badarg_cause(p, A(badtype));
    if (!monitor_target(type, item, &target)) return badarg(p);
    /* OTP differs: system time follows the machine's clock, and nobody is told that it was set. */
    if (type == A(time_offset)) return raise_error(p, A(notsup));
    native_charge(p, 2);
    return or_memory(p, monitor_make(p, type, target, options));
}

static Term erlang_monitor_2(Process *p, Term *args)
{
    MonitorOptions options = {ALIAS_NONE, TERM_NONE};
    return make_monitor(p, args[0], args[1], &options);
}

static Term erlang_monitor_3(Process *p, Term *args)
{
    MonitorOptions options;
    if (!monitor_options_read(args[2], &options)) return badarg_cause(p, A(badopt));
    return make_monitor(p, args[0], args[1], &options);
}

static Term drop_monitor(Process *p, Term reference, bool flush, bool info)
{
    bool was_there = false;
    if (!is_ref(reference)) return badarg(p);
    if (is_external(reference, EXTERNAL_REF)) return make_bool(!info);
    if (!monitor_drop(p, reference, flush, &was_there)) return native_memory(p);
    native_charge(p, 2);
    return make_bool(!info || was_there);
}

static Term erlang_demonitor_1(Process *p, Term *args)
{
    return drop_monitor(p, args[0], false, false);
}

static Term erlang_demonitor_2(Process *p, Term *args)
{
    bool flush = false, info = false;
    Term l = args[1];
    for (; is_cons(l); l = cons_tail(l)) {
        if (cons_head(l) == A(flush)) flush = true;
        else if (cons_head(l) == A(info)) info = true;
        else return badarg(p);
    }
    return is_nil(l) ? drop_monitor(p, args[0], flush, info) : badarg(p);
}

/* ---- Aliases ---- */

static Term erlang_alias_1(Process *p, Term *args)
{
    bool reply = false;
    Term l = args[0];
    for (; is_cons(l); l = cons_tail(l)) {
        if (cons_head(l) == A(reply)) reply = true;
        else if (cons_head(l) == A(explicit_unalias)) reply = false;
        else if (cons_head(l) != A(priority) || !release_has_priority()) return badarg(p);
    }
    if (!is_nil(l)) return badarg(p);
    return or_memory(p, alias_make(p, reply));
}

static Term erlang_unalias_1(Process *p, Term *args)
{
    if (!is_ref(args[0])) return badarg(p);
    return make_bool(!is_external(args[0], EXTERNAL_REF) && alias_drop(p, args[0]));
}

static const Native erlang_link_natives[] = {
    NATIVE(erlang, link, 1, CONSTANT),      NATIVE(erlang, unlink, 1, CONSTANT),
    NATIVE(erlang, exit, 2, CHARGED),       NATIVE(erlang, monitor, 2, CONSTANT),
    NATIVE(erlang, monitor, 3, CHARGED),    NATIVE(erlang, demonitor, 1, CONSTANT),
    NATIVE(erlang, demonitor, 2, CONSTANT), NATIVE(erlang, alias, 1, CONSTANT),
    NATIVE(erlang, unalias, 1, CONSTANT),
    NATIVE(erlang, link, 2, CHARGED | SINCE_OTP(28)),
    NATIVE(erlang, exit, 3, CHARGED | SINCE_OTP(28)),
    NATIVE(erlang, exit_signal, 2, CHARGED | SINCE_OTP(29)),
    NATIVE(erlang, exit_signal, 3, CHARGED | SINCE_OTP(29)),
};
NATIVE_TABLE(erlang_link);
