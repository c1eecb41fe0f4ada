/* SPDX-License-Identifier: Apache-2.0 */
/* port.c - Erlang ports. */
#include "process/port.h"
#include "process/extension.h"
#include "process/run_queue.h"
#include "term/atom.h"

Term port_start(Process *p, Port *port, Export *serve, Term reference)
{
    _Alignas(16) Term cell[2];
    SpawnOptions options;
    spawn_options_init(&options);
    options.link = true;
    options.port = port;
    options.flags = PROCESS_TRAP_EXIT;
    port->owner = p->pid;
    port->end = port->waiting = TERM_NONE;
    return process_spawn(p, serve, cons_put(cell, reference, TERM_NIL), &options, NULL);
}

static void lose(Resource *resource)
{
    Port *port = (Port *)resource;
    port->driver->close(port);
}

bool port_attach(Process *process, Port *port)
{
    Extension *extension = process_extend(process);
    if (!extension || !owned_add(process, &port->owned, &port->resource, lose)) return false;
    port->id = process->pid;
    extension->port = port;
    return true;
}

Port *port_of(const Process *process)
{
    return process->extension ? process->extension->port : NULL;
}

void port_end(Port *port, const char *reason)
{
    Term atom = atom_intern_z(reason);
    if (is_none(port->end)) port->end = is_none(atom) ? A(system_limit) : atom;
}

void port_tell(Port *port, uint32_t events)
{
    atomic_fetch_or_explicit(&port->events, events, memory_order_acq_rel);
    Process *process = process_find(port->id);
    if (process) process_wake(process);
}
