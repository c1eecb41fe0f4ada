/* SPDX-License-Identifier: Apache-2.0 */
/* erlang_message.c - sending messages. */

#include "natives/support.h"
#include "process/registry.h"
#include "process/signal.h"
#include "term/node.h"

/* Where a message goes. */
typedef enum Route {
    ROUTE_BAD,     /* `to` names no receiver */
    ROUTE_NOWHERE, /* to a name of this node that nobody has, given as {Name, Node} */
    ROUTE_LOCAL,   /* to *target */
    ROUTE_REMOTE   /* to a node that is not connected */
} Route;

static Route find_route(Term to, Term *target)
{
    *target = to;
    if (is_local_pid(to) || is_local_port(to)) return ROUTE_LOCAL;
    if (is_atom(to)) {
        *target = registry_find(to);
        return is_none(*target) ? ROUTE_BAD : ROUTE_LOCAL;
    }
    if (is_ref(to)) return is_external(to, EXTERNAL_REF) ? ROUTE_REMOTE : ROUTE_LOCAL;
    if (is_pid(to) || is_port(to)) return ROUTE_REMOTE;
    if (!is_tuple_of(to, 2)) return ROUTE_BAD;
    const Term *pair = tuple_elements(to);
    if (!is_atom(pair[0]) || !is_atom(pair[1])) return ROUTE_BAD;
    if (pair[1] != node_self()->name) return ROUTE_REMOTE;
    *target = registry_find(pair[0]);
    return is_none(*target) ? ROUTE_NOWHERE : ROUTE_LOCAL;
}

static Term send_message(Process *p, Term *args)
{
    Term target;
    switch (find_route(args[0], &target)) {
    case ROUTE_BAD: return badarg(p);
    case ROUTE_LOCAL:
        if (!message_send(p->pid, target, args[1])) return native_memory(p);
        native_charge(p, 3);
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
    switch (find_route(args[0], &target)) {
    case ROUTE_BAD: return badarg(p);
    case ROUTE_REMOTE: return noconnect ? A(noconnect) : A(ok);
    case ROUTE_LOCAL:
        if (!message_send(p->pid, target, args[1])) return native_memory(p);
        native_charge(p, 3);
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
