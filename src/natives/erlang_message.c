/* SPDX-License-Identifier: Apache-2.0 */
/* erlang_message.c - sending messages. */

#include "natives/support.h"
#include "process/registry.h"
#include "process/signal.h"
#include "process/trace.h"

/* False: no memory. */
static bool send_local(Process *p, const Term *args, Term target)
{
    if (!message_send(p->pid, target, args[1])) return false;
    if (p->flags & PROCESS_TRACED) trace_sent(p, args[1], args[0], target);
    native_charge(p, 3);
    return true;
}

static Term send_message(Process *p, Term *args)
{
    Term target;
    switch (registry_route(args[0], &target)) {
    case ROUTE_BAD:
        if (is_atom(args[0])) trace_sent(p, args[1], args[0], p->pid); /* As on OTP. */
        return badarg(p);
    case ROUTE_LOCAL:
        if (!send_local(p, args, target)) return native_memory(p);
        break;
    default: break;
    }
    return args[1];
}

static Term erlang_send_2(Process *p, Term *args) { return send_message(p, args); }

static Term erlang_send_3(Process *p, Term *args)
{
    Term target, l = args[2];
    bool noconnect = false;
    for (; is_cons(l); l = cons_tail(l)) {
        if (cons_head(l) == A(noconnect)) noconnect = true;
        else if (cons_head(l) != A(nosuspend)) return badarg_cause(p, A(badopt));
    }
    if (!is_nil(l)) return badarg_cause(p, A(badopt));
    switch (registry_route(args[0], &target)) {
    case ROUTE_BAD: return badarg(p);
    case ROUTE_REMOTE: return noconnect ? A(noconnect) : A(ok);
    case ROUTE_LOCAL:
        if (!send_local(p, args, target)) return native_memory(p);
        break;
    default: break;
    }
    return A(ok);
}

static const Native erlang_message_natives[] = {
    NATIVE_AS(erlang, "!", 2, CHARGED, send_message),
    NATIVE(erlang, send, 2, CHARGED),
    NATIVE(erlang, send, 3, CHARGED),
};
NATIVE_TABLE(erlang_message);
