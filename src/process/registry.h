/* SPDX-License-Identifier: Apache-2.0 */
/* registry.h - registered names. */
#ifndef PROCESS_REGISTRY_H
#define PROCESS_REGISTRY_H

#include "process/process.h"

bool registry_init(void);
/* False: the name or the process is registered already, or the process is not alive. */
bool registry_add(Term name, Term pid);
bool registry_remove(Term name);
Term registry_find(Term name);         /* pid, port, or TERM_NONE */
Term registry_name_of(Process *p);     /* name or TERM_NONE */
/* p is exiting: gives up its name. */
void registry_forget(Process *p);
/* Where what is sent to `to` goes. */
typedef enum Route {
    ROUTE_BAD,     /* `to` names no receiver */
    ROUTE_NOWHERE, /* to a name of this node that nobody has, given as {Name, Node} */
    ROUTE_LOCAL,   /* to *target: a pid, port or reference of this node */
    ROUTE_REMOTE   /* to a node that is not connected */
} Route;
Route registry_route(Term to, Term *target);
/* Names that come or go meanwhile may or may not be seen. */
void registry_each(bool (*visit)(Term name, Term pid, void *context), void *context);

#endif
