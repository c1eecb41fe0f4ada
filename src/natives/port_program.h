/* SPDX-License-Identifier: Apache-2.0 */
/* port_program.h - ports to programs and to handles that the VM was started with. */
#ifndef NATIVES_PORT_PROGRAM_H
#define NATIVES_PORT_PROGRAM_H

#include "mote/os/poll.h"
#include "mote/os/program.h"
#include "process/port.h"

enum ProgramFlag { /* ProgramPort.flags */
    PORT_BINARY = 1,
    PORT_EOF = 2,         /* the owner is told of the end, and the port stays */
    PORT_EXIT_STATUS = 4,
    PORT_IN = 8,          /* from the program */
    PORT_OUT = 16,
    PORT_ERRORS = 32,     /* stderr_to_stdout */
    PORT_APART = 64       /* nouse_stdio */
};
enum { PORT_READABLE = 1, PORT_WRITABLE = 2, PORT_ENDED = 4 }; /* Port.events */

typedef struct Pending { /* bytes that the handle did not take */
    struct Pending *next;
    size_t size, done;
    uint8_t bytes[];
} Pending;

typedef struct ProgramPort {
    Port port; /* first */
    OsProgram program;
    OsWatch reading, writing, ending;
    uint32_t flags;
    uint32_t packet; /* bytes of the header: 1, 2, 4; 0: there is none */
    size_t line;     /* the most bytes of a line; 0: no lines */
    Pending *first, **last;
    size_t queued;
    uint8_t *buffer; /* what came and is not whole yet */
    size_t size, room;
    bool is_writing, at_end;
} ProgramPort;

extern const PortDriver program_driver, handle_driver;
/* With no handles; count 1. NULL: out of memory. */
ProgramPort *program_port_make(const PortDriver *driver);

#endif
