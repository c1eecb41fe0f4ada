/* SPDX-License-Identifier: Apache-2.0 */
/* port_program.c - ports to programs and to handles that the VM was started with. */

/* The poll thread tells when there is something to read, or room to write; the port's process then
   does it, a chunk at a time. */

#include "natives/port_program.h"
#include "base/bytes.h"
#include "base/memory.h"
#include "heap/binary.h"
#include "natives/support.h"
#include "process/run_queue.h"
#include "process/signal.h"

enum { READ_CHUNK = 65536 };

/* ---- Life ---- */

static void reading_ready(OsWatch *watch)
{
    port_tell((Port *)((char *)watch - offsetof(ProgramPort, reading)), PORT_READABLE);
}

static void writing_ready(OsWatch *watch)
{
    port_tell((Port *)((char *)watch - offsetof(ProgramPort, writing)), PORT_WRITABLE);
}

static void ending_ready(OsWatch *watch)
{
    port_tell((Port *)((char *)watch - offsetof(ProgramPort, ending)), PORT_ENDED);
}

ProgramPort *program_port_make(const PortDriver *driver)
{
    ProgramPort *port = (ProgramPort *)port_make(driver);
    if (!port) return NULL;
    port->program = (OsProgram){0, -1, -1, -1};
    port->last = &port->first;
    port->reading.ready = reading_ready;
    port->writing.ready = writing_ready;
    port->ending.ready = ending_ready;
    return port;
}

static void wake_writer(ProgramPort *port)
{
    Process *writer = is_none(port->port.waiting) ? NULL : process_find(port->port.waiting);
    port->port.waiting = TERM_NONE;
    if (writer) process_wake(writer);
}

static void release_handle(OsWatch *watch, int *handle, bool close)
{
    os_poll_forget(watch);
    if (*handle >= 0 && close) os_handle_close(*handle);
    *handle = -1;
}

static void close_all(ProgramPort *port, bool close)
{
    release_handle(&port->reading, &port->program.output, close);
    release_handle(&port->writing, &port->program.input, close);
    release_handle(&port->ending, &port->program.end, close);
    while (port->first) {
        Pending *next = port->first->next;
        memory_free(port->first, sizeof *next + port->first->size);
        port->first = next;
    }
    port->last = &port->first;
    port->queued = 0;
    wake_writer(port);
    memory_free(port->buffer, port->room);
    port->buffer = NULL;
    port->size = port->room = 0;
}

static void close_program(Port *port) { close_all((ProgramPort *)port, true); }
/* The console's own handles stay open. */
static void close_handle(Port *port) { close_all((ProgramPort *)port, false); }

static void arm(ProgramPort *port, OsWatch *watch, int handle, OsPollEvent event)
{
    watch->handle = handle;
    if (!os_poll_arm(watch, event)) port_end(&port->port, "enomem");
}

static void begin(Port *base)
{
    ProgramPort *port = (ProgramPort *)base;
    if (port->program.output >= 0)
        arm(port, &port->reading, port->program.output, OS_POLL_READ);
}

/* ---- To the owner ---- */

/* {Port, {data, Bytes}}; {data, {eol | noeol, Bytes}} for lines. */
static void deliver(ProgramPort *port, const uint8_t *bytes, size_t size, const char *mark)
{
    Heap heap = {.min_size = 32};
    if (!heap_init(&heap, (port->flags & PORT_BINARY ? 0 : 2 * size) + 64)) {
        port_end(&port->port, "enomem");
        return;
    }
    bool binary = port->flags & PORT_BINARY;
    Term data = port_bytes(&heap, bytes, size, binary), tag = atom_intern_z("data");
    Term kind = mark ? atom_intern_z(mark) : TERM_NIL;
    if (mark) data = heap_pair(&heap, kind, data);
    port_tell_owner(&port->port, &heap, heap_pair(&heap, tag, data));
    heap_done(&heap);
    port->port.input += size;
}

static void tell_atom(ProgramPort *port, const char *text, const int *number)
{
    Heap heap = {.min_size = 32};
    if (!heap_init(&heap, 32)) {
        port_end(&port->port, "enomem");
        return;
    }
    Term what = atom_intern_z(text);
    if (number) what = heap_pair(&heap, what, make_small((Word)*number));
    port_tell_owner(&port->port, &heap, what);
    heap_done(&heap);
}

/* ---- What comes in ---- */

static size_t packet_size(const ProgramPort *port, const uint8_t *header)
{
    return port->packet == 1 ? header[0] : port->packet == 2 ? load_big16(header)
                                                             : load_big32(header);
}

/* Hands over the first packet or line of `bytes`; returns how many bytes that took, 0: it is not
   whole. */
static size_t take_packet(ProgramPort *port, const uint8_t *bytes, size_t size)
{
    if (size < port->packet) return 0;
    size_t body = packet_size(port, bytes);
    if (size - port->packet < body) return 0;
    deliver(port, bytes + port->packet, body, NULL);
    return port->packet + body;
}

static size_t take_line(ProgramPort *port, const uint8_t *bytes, size_t size)
{
    size_t most = size < port->line + 1 ? size : port->line + 1;
    const uint8_t *end = memchr(bytes, '\n', most);
    if (end) {
        deliver(port, bytes, (size_t)(end - bytes), "eol");
        return (size_t)(end - bytes) + 1;
    }
    if (size <= port->line) return 0; /* A line break may follow. */
    deliver(port, bytes, port->line, "noeol");
    return port->line;
}

static size_t take_frame(ProgramPort *port, const uint8_t *bytes, size_t size)
{
    if (size == 0) return 0;
    if (port->packet) return take_packet(port, bytes, size);
    if (port->line) return take_line(port, bytes, size);
    deliver(port, bytes, size, NULL);
    return size;
}

static void take_frames(ProgramPort *port)
{
    size_t done = 0, taken;
    while ((taken = take_frame(port, port->buffer + done, port->size - done)) > 0) done += taken;
    port->size -= done;
    if (port->size) {
        memmove(port->buffer, port->buffer + done, port->size);
        return;
    }
    memory_free(port->buffer, port->room);
    port->buffer = NULL;
    port->room = 0;
}

static bool reserve(ProgramPort *port)
{
    if (port->room - port->size >= READ_CHUNK) return true;
    size_t room = port->size + READ_CHUNK > 2 * port->room ? port->size + READ_CHUNK
                                                           : 2 * port->room;
    uint8_t *buffer = memory_realloc(port->buffer, port->room, room);
    if (!buffer) return false;
    port->buffer = buffer;
    port->room = room;
    return true;
}

/* The program has closed its output, and has ended if that is of interest. */
static void finish(ProgramPort *port)
{
    if (port->size && port->line) deliver(port, port->buffer, port->size, "noeol");
    port->size = 0;
    if (port->flags & PORT_EOF) {
        tell_atom(port, "eof", NULL);
    } else {
        port_end(&port->port, "normal");
    }
}

static void end_of_input(ProgramPort *port)
{
    port->at_end = true;
    os_poll_forget(&port->reading);
    if (port->flags & PORT_EXIT_STATUS && port->program.end >= 0) {
        arm(port, &port->ending, port->program.end, OS_POLL_READ);
    } else {
        finish(port);
    }
}

static void read_some(ProgramPort *port)
{
    size_t size;
    bool at_end;
    if (port->program.output < 0 || port->at_end) return;
    if (!reserve(port)) {
        port_end(&port->port, "enomem");
        return;
    }
    int error = os_handle_read(port->program.output, port->buffer + port->size, READ_CHUNK, &size,
                               &at_end);
    port->size += size;
    take_frames(port);
    if (error || at_end) {
        end_of_input(port);
    } else {
        arm(port, &port->reading, port->program.output, OS_POLL_READ);
    }
}

static void note_end(ProgramPort *port)
{
    int status;
    if (!os_program_status(port->program.end, &status)) return;
    tell_atom(port, "exit_status", &status);
    finish(port);
}

/* ---- What goes out ---- */

static bool write_now(ProgramPort *port, const uint8_t *bytes, size_t size, size_t *done)
{
    size_t some = 0;
    *done = 0;
    do {
        if (os_handle_write(port->program.input, bytes + *done, size - *done, &some)) {
            port_end(&port->port, "epipe");
            return false;
        }
        *done += some;
    } while (some && *done < size);
    return true;
}

static void write_pending(ProgramPort *port)
{
    size_t done;
    port->is_writing = false;
    for (Pending *p; (p = port->first);) {
        if (!write_now(port, p->bytes + p->done, p->size - p->done, &done)) return;
        p->done += done;
        port->queued -= done;
        if (p->done < p->size) {
            port->is_writing = true;
            arm(port, &port->writing, port->program.input, OS_POLL_WRITE);
            return;
        }
        port->first = p->next;
        memory_free(p, sizeof *p + p->size);
    }
    port->last = &port->first;
    wake_writer(port);
}

static bool put_pending(ProgramPort *port, const uint8_t *bytes, size_t size)
{
    Pending *pending = size < SIZE_MAX / 2 ? memory_alloc(sizeof *pending + size) : NULL;
    if (!pending) {
        port_end(&port->port, "enomem");
        return false;
    }
    *pending = (Pending){NULL, size, 0};
    memcpy(pending->bytes, bytes, size);
    *port->last = pending;
    port->last = &pending->next;
    port->queued += size;
    return true;
}

static bool put_bytes(ProgramPort *port, const uint8_t *bytes, size_t size)
{
    size_t done = 0;
    if (!port->first && !write_now(port, bytes, size, &done)) return false;
    if (done < size && !put_pending(port, bytes + done, size - done)) return false;
    if (port->first && !port->is_writing) write_pending(port);
    return is_none(port->port.end);
}

static void output(Port *base, const uint8_t *bytes, size_t size)
{
    ProgramPort *port = (ProgramPort *)base;
    uint8_t header[4];
    if (port->program.input < 0) return;
    if (port->packet && port->packet < 4 && size >> (8 * port->packet)) {
        port_end(base, "einval");
        return;
    }
    store_big32(header, (uint32_t)size);
    if (port->packet && !put_bytes(port, header + 4 - port->packet, port->packet)) return;
    port->port.output += size;
    put_bytes(port, bytes, size);
}

static void serve(Port *base)
{
    ProgramPort *port = (ProgramPort *)base;
    uint32_t events = atomic_exchange_explicit(&base->events, 0, memory_order_acq_rel);
    if (events & PORT_WRITABLE) write_pending(port);
    if (events & PORT_READABLE) read_some(port);
    if (events & PORT_ENDED) note_end(port);
}

static uint32_t program_id(const Port *port) { return ((const ProgramPort *)port)->program.id; }
static size_t queued(const Port *port) { return ((const ProgramPort *)port)->queued; }

const PortDriver program_driver = {sizeof(ProgramPort), begin, output, serve, close_program,
                                   program_id, queued};
const PortDriver handle_driver = {sizeof(ProgramPort), begin, output, serve, close_handle,
                                  program_id, queued};
