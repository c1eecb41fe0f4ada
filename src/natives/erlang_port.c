/* SPDX-License-Identifier: Apache-2.0 */
/* erlang_port.c - erlang, erts_internal: commands to ports, and what is known about them. */
#include "base/memory.h"
#include "heap/binary.h"
#include "natives/iolist.h"
#include "natives/support.h"
#include "process/link.h"
#include "process/port.h"
#include "process/registry.h"
#include "process/run_queue.h"

/* Requests run in the port's process, or while it cannot run. A port that is ending has none. */

enum { QUEUED_MAX = 65536 };

static Port *request_port(Process *target)
{
    Port *port = process_is_exiting(target) ? NULL : port_of(target);
    return port && is_none(port->end) ? port : NULL;
}

/* The identifier of a living port: itself, or its name. A native that has asked already gets the
   answer, whether the port still lives or not. */
static bool find_port(const Process *p, Term t, Term *id)
{
    *id = is_atom(t) ? registry_find(t) : t;
    if (!is_nil(p->roots[ROOT_NATIVE_STATE])) return true;
    Process *process = is_local_port(*id) ? process_find(*id) : NULL;
    return process && !process_is_exiting(process);
}

/* Asks, and lets the port look at what has changed. */
static Term ask(Process *p, Term id, RequestHandler *handler, Term term)
{
    Term answer = request_answer(p, &(Request){id, handler, term, A(badarg)});
    Process *process = is_none(answer) ? NULL : process_find(id);
    if (process) process_wake(process);
    return answer;
}

/* ---- Commands ---- */

/* {Binary, Caller} -> true, badarg, or the port, where it has enough to write already: it wakes
   the caller. */
static Term do_command(Process *target, Term request)
{
    Port *port = request_port(target);
    const uint8_t *bytes;
    size_t size;
    uint8_t *temporary;
    if (!port) return A(badarg);
    if (port->driver->queued(port) > QUEUED_MAX && is_none(port->waiting)) {
        port->waiting = tuple_elements(request)[1];
        return port->id;
    }
    if (!binary_bytes_aligned(tuple_elements(request)[0], &bytes, &size, &temporary))
        return A(badarg);
    port->driver->output(port, bytes, size);
    memory_free(temporary, size);
    return A(true);
}

static Term command_binary(Process *p, Term id, Term binary)
{
    if (p->roots[ROOT_NATIVE_STATE] == A(port)) {
        p->roots[ROOT_NATIVE_STATE] = TERM_NIL;
        if (!find_port(p, id, &id)) return A(badarg);
    }
    Term request = make_tuple(p, 2, binary, p->pid);
    if (is_none(request)) return TERM_NONE;
    Term answer = ask(p, id, do_command, request);
    return is_port(answer) ? native_wait(p, A(port)) : answer;
}

/* A(ok), badopt; notsup for `force`: programs take what there is room for. */
static Term check_flags(Term list)
{
    Term answer = A(ok);
    for (; is_cons(list); list = cons_tail(list)) {
        Term flag = cons_head(list);
        bool force = atom_is(flag, "force");
        if (!force && !atom_is(flag, "nosuspend")) return A(badopt);
        if (force) answer = A(notsup);
    }
    return is_nil(list) ? answer : A(badopt);
}

/* erts_internal:port_command(Port, Data, Flags) -> true | badarg | badopt. Data that is no binary
   is made one first; then it is called again. */
static Term erts_internal_port_command_3(Process *p, Term *args)
{
    Term id;
    Term checked = check_flags(args[2]);
    if (checked != A(ok)) return checked;
    if (!find_port(p, args[0], &id)) return A(badarg);
    if (is_binary(args[1])) return command_binary(p, id, args[1]);
    Term binary = iolist_collect(p, work_state(p), args[1], false);
    if (is_none(binary)) {
        if (p->action != ACTION_RAISE || p->roots[ROOT_REASON] != A(badarg)) return TERM_NONE;
        p->action = ACTION_NONE;
        return A(badarg);
    }
    Term again[3] = {args[0], binary, args[2]};
    Export *self = export_intern(A(erts_internal), atom_intern_z("port_command"), 3);
    return self ? native_trap(p, self, again, 3) : native_memory(p);
}

static Term do_close(Process *target, Term request)
{
    Port *port = request_port(target);
    if (port) port->end = request;
    return port ? A(true) : A(badarg);
}

/* erts_internal:port_close(Port) -> true | badarg; when it is no longer there. */
static Term erts_internal_port_close_1(Process *p, Term *args)
{
    Term id;
    if (!find_port(p, args[0], &id)) return A(badarg);
    if (p->roots[ROOT_NATIVE_STATE] != A(true)) {
        Term closed = ask(p, id, do_close, A(normal));
        if (closed != A(true)) return closed;
    }
    return is_none(id) || !process_find(id) ? A(true) : native_yield(p, A(true));
}

static Term do_connect(Process *target, Term pid)
{
    bool noproc = true;
    Port *port = request_port(target);
    if (!port || !link_make(target, pid, &noproc) || noproc) return A(badarg);
    port->owner = pid;
    return A(true);
}

static Term erts_internal_port_connect_2(Process *p, Term *args)
{
    Term id;
    if (!is_local_pid(args[1]) || !process_find(args[1])) return A(badarg);
    if (!find_port(p, args[0], &id)) return A(badarg);
    return ask(p, id, do_connect, args[1]);
}

/* Programs understand no such calls. */
static Term erts_internal_port_control_3(Process *p, Term *args)
{
    (void)p;
    (void)args;
    return A(badarg);
}

static Term erts_internal_port_call_3(Process *p, Term *args)
{
    (void)p;
    (void)args;
    return A(badarg);
}

/* ---- What is known ---- */

typedef struct Seen {
    Process *p;
    unsigned kind; /* LinkInfo.kind */
    Term list;
    bool failed;
} Seen;

static bool see(const LinkInfo *info, void *context)
{
    Seen *seen = context;
    if (info->kind == seen->kind) seen->failed = !list_push(seen->p, info->who, &seen->list);
    return !seen->failed;
}

/* Who is tied to the port that way. TERM_NONE: no memory. */
static Term tied(Process *target, unsigned kind)
{
    Seen seen = {target, kind, TERM_NIL, false};
    link_each(target, see, &seen);
    return seen.failed ? TERM_NONE : seen.list;
}

static Term info_value(Process *target, Port *port, Term item)
{
    static const char *const items[] = {"name",   "links",        "id",       "connected",
                                        "input",  "output",       "os_pid",   "registered_name",
                                        "memory", "monitored_by", "monitors", "queue_size",
                                        "parallelism", "locking"};
    uint32_t program = port->driver->program(port);
    switch (atom_among(item, items, sizeof items / sizeof *items)) {
    case 0: return make_string(target, port->name, port->name_size);
    case 1: return tied(target, LINK_PID);
    case 2: return make_unsigned(target, pid_number(port->id));
    case 3: return port->owner;
    case 4: return make_unsigned(target, port->input);
    case 5: return make_unsigned(target, port->output);
    case 6: return program ? make_unsigned(target, program) : A(undefined);
    case 7: return is_none(target->name) ? TERM_NIL : target->name;
    case 8: return make_unsigned(target, sizeof *port + port->driver->queued(port));
    case 9: return tied(target, MONITORED_BY);
    case 10: return TERM_NIL;
    case 11: return make_unsigned(target, port->driver->queued(port));
    case 12: return A(false);
    case 13: return make_atom_text(target, "port_level");
    default: return A(badarg);
    }
}

/* Item -> {Item, Value}, [] for a name that it has not, badarg. */
static Term do_info(Process *target, Term item)
{
    Port *port = request_port(target);
    if (!port) return A(undefined);
    Term value = info_value(target, port, item);
    if (is_none(value) || value == A(badarg)) return value;
    if (is_nil(value) && is_none(target->name) && item == A(registered_name)) return value;
    return make_tuple(target, 2, item, value);
}

static Term info_answer(Process *p, Term item, Term port)
{
    Term id;
    if (!is_atom(port) && !is_local_port(port)) return A(badarg);
    if (!find_port(p, port, &id)) return A(undefined);
    return request_answer(p, &(Request){id, do_info, item, A(undefined)});
}

static Term erts_internal_port_info_2(Process *p, Term *args)
{
    return is_atom(args[1]) ? info_answer(p, args[1], args[0]) : A(badarg);
}

/* [{name, _}, ...] */
static Term do_info_all(Process *target, Term request)
{
    static const char *const items[] = {"os_pid", "output", "input", "connected",
                                        "id",     "links",  "name",  "registered_name"};
    size_t count = sizeof items / sizeof *items;
    Term list = TERM_NIL;
    (void)request;
    if (!request_port(target)) return A(undefined);
    for (size_t i = 0; i < count - is_none(target->name); i++) {
        Term item = atom_intern_z(items[i]);
        Term pair = is_none(item) ? item : do_info(target, item);
        if (is_none(pair) || !list_push(target, pair, &list)) return TERM_NONE;
    }
    return list;
}

static Term erts_internal_port_info_1(Process *p, Term *args)
{
    Term id;
    if (!is_atom(args[0]) && !is_local_port(args[0])) return A(badarg);
    if (!find_port(p, args[0], &id)) return A(undefined);
    return request_answer(p, &(Request){id, do_info_all, TERM_NIL, A(undefined)});
}

typedef struct Ports {
    Process *p;
    Term list;
    bool failed;
} Ports;

static bool collect_port(Term id, void *context)
{
    Ports *ports = context;
    if (is_local_port(id)) ports->failed = !list_push(ports->p, id, &ports->list);
    return !ports->failed;
}

static Term erlang_ports_0(Process *p, Term *args)
{
    Ports ports = {p, TERM_NIL, false};
    (void)args;
    process_each(collect_port, &ports);
    native_charge(p, (int32_t)(process_count() / 8));
    return ports.failed ? native_memory(p) : ports.list;
}

static const Native erlang_port_natives[] = {
    NATIVE(erlang, ports, 0, CHARGED),
    NATIVE(erts_internal, port_call, 3, CONSTANT),
    NATIVE(erts_internal, port_close, 1, YIELDS),
    NATIVE(erts_internal, port_command, 3, YIELDS),
    NATIVE(erts_internal, port_connect, 2, YIELDS),
    NATIVE(erts_internal, port_control, 3, CONSTANT),
    NATIVE(erts_internal, port_info, 1, YIELDS),
    NATIVE(erts_internal, port_info, 2, YIELDS),
};
NATIVE_TABLE(erlang_port);
