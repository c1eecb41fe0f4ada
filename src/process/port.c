/* SPDX-License-Identifier: Apache-2.0 */
/* port.c - Erlang ports. */
#include "process/port.h"
#include "base/memory.h"
#include "heap/binary.h"
#include "process/extension.h"
#include "process/run_queue.h"
#include "process/signal.h"
#include "term/atom.h"

static void destroy(Resource *resource)
{
    Port *port = (Port *)resource;
    owned_remove(&port->owned);
    port->driver->close(port);
    memory_free(port, port->driver->size);
}
static const ResourceType port_type = {"port", destroy};

Port *port_make(const PortDriver *driver)
{
    Port *port = memory_alloc(driver->size);
    if (!port) return NULL;
    memset(port, 0, driver->size);
    resource_init(&port->resource, &port_type);
    port->driver = driver;
    return port;
}

Port *port_from(Term t) { return (Port *)resource_of(t, &port_type); }

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

Term port_bytes(Heap *heap, const uint8_t *bytes, size_t size, bool binary)
{
    if (binary) return binary_from(heap, bytes, size);
    Term list = TERM_NIL, *cell = heap_reserve(heap, 2 * size);
    if (!cell) return TERM_NONE;
    while (size-- > 0) {
        list = cons_put(cell, make_small((Word)bytes[size]), list);
        cell += 2;
    }
    return list;
}

void port_tell_owner(Port *port, Heap *heap, Term what)
{
    Term message = heap_pair(heap, port->id, what);
    if (is_none(message) || !message_send(port->id, port->owner, message))
        port_end(port, "enomem");
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
