/* SPDX-License-Identifier: Apache-2.0 */
/* port.h - Erlang ports. */
#ifndef PROCESS_PORT_H
#define PROCESS_PORT_H

/* A port is a process that is known by a port identifier and runs one native: it reads the messages
   and events that have come, then waits. So links, monitors, names and exit signals are those of
   processes. It traps exits, and ends with whatever it is told. Its Port is a resource that ends
   with it, and that belongs to what its driver keeps: the first member of a larger struct. */

#include "process/owned.h"

struct Port;

/* All run in the port's process, or while it cannot run. */
typedef struct PortDriver {
    size_t size; /* of its struct, whose first member is the Port */
    /* First of all; NULL: there is nothing to do. */
    void (*begin)(struct Port *port);
    /* Takes `size` bytes that the owner has sent, or ends the port. */
    void (*output)(struct Port *port, const uint8_t *bytes, size_t size);
    /* Something has happened: port->events. NULL: nothing ever does. */
    void (*serve)(struct Port *port);
    /* Ends all that is under way; the port's process is dying. */
    void (*close)(struct Port *port);
    /* The number of its program, or 0; bytes that wait to be written. */
    uint32_t (*program)(const struct Port *port);
    size_t (*queued)(const struct Port *port);
} PortDriver;

typedef struct Port {
    Resource resource; /* first */
    Owned owned;
    const PortDriver *driver;
    Term id, owner;
    Term end;     /* what the port is to end with, or TERM_NONE */
    Term waiting; /* a process that waits until more can be written, or TERM_NONE */
    _Atomic(uint32_t) events; /* the driver's; set from any thread by port_tell */
    uint64_t input, output;   /* bytes so far */
    size_t name_size;
    char name[256];
} Port;

/* Zeroed, of its driver's size; count 1. NULL: out of memory. */
Port *port_make(const PortDriver *driver);
/* The port that t refers to, or NULL. */
Port *port_from(Term t);
/* Starts the process of a port whose fields are filled in: `serve` is called with `reference` to
   the port. Links it with p, its owner. Returns the port; TERM_NONE: out of memory. */
Term port_start(Process *p, Port *port, Export *serve, Term reference);
/* For spawning: the process is the port's. False: out of memory. */
bool port_attach(Process *process, Port *port);
/* The port of a process, or NULL. */
Port *port_of(const Process *process);
/* Bytes for the owner, on `heap`: a binary, or a list. TERM_NONE: out of memory. */
Term port_bytes(Heap *heap, const uint8_t *bytes, size_t size, bool binary);
/* Sends {Port, What} to the owner; `what` lies on `heap`. Out of memory ends the port. */
void port_tell_owner(Port *port, Heap *heap, Term what);
/* The port is to end with the atom of this text, if with nothing else yet. */
void port_end(Port *port, const char *reason);
/* Adds events and wakes the port. From any thread that is a member of the epochs. */
void port_tell(Port *port, uint32_t events);

#endif
