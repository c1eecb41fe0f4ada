/* SPDX-License-Identifier: Apache-2.0 */
/* port_open.c - erts_internal:open_port/2, and the native that the process of a port runs. */
#include "base/memory.h"
#include "mote/os/error.h"
#include "natives/iolist.h"
#include "natives/name.h"
#include "natives/port_program.h"
#include "natives/port_ram_file.h"
#include "natives/support.h"
#include "natives/task.h"
#include "process/link.h"
#include "process/mailbox.h"

/* ---- The process of a port ---- */

/* {Port, Text} to the owner. */
static void answer_owner(Process *p, Port *port, Term to, const char *text)
{
    Term atom = make_atom_text(p, text);
    Term answer = is_none(atom) ? atom : make_tuple(p, 2, port->id, atom);
    if (!is_none(answer)) message_send(port->id, to, answer);
    p->action = ACTION_NONE;
}

/* What stands in iodata goes out; false: it is none. */
static bool command(Process *p, Port *port, Term data)
{
    Output out;
    IolistWalk walk;
    IolistStep step;
    output_init(&out);
    iolist_start(&walk, p, data, 0);
    do {
        step = iolist_write(&walk, &out);
        walk.left = walk.budget; /* The sender has paid for as much when the message was copied. */
    } while (step == IOLIST_PAUSE);
    iolist_end(&walk, p);
    if (step == IOLIST_DONE) port->driver->output(port, out.data, out.size);
    output_drop(&out);
    return step == IOLIST_DONE;
}

static bool connect(Process *p, Port *port, Term pid)
{
    bool noproc = true;
    if (!is_local_pid(pid) || !link_make(p, pid, &noproc) || noproc) return false;
    port->owner = pid;
    return true;
}

/* {Owner, {command, Data}}, {Owner, {connect, Pid}}, {Owner, close}. False: it is no such thing. */
static bool owner_message(Process *p, Port *port, const Term *pair)
{
    Term what = pair[1], owner = port->owner;
    if (pair[0] != owner) return false;
    if (atom_is(what, "close")) {
        answer_owner(p, port, owner, "closed");
        port_end(port, "normal");
        return true;
    }
    if (!is_tuple_of(what, 2)) return false;
    Term tag = tuple_elements(what)[0], value = tuple_elements(what)[1];
    if (atom_is(tag, "command")) return command(p, port, value);
    if (!atom_is(tag, "connect") || !connect(p, port, value)) return false;
    answer_owner(p, port, owner, "connected");
    return true;
}

static void handle_message(Process *p, Port *port, Term message, Term sender)
{
    if (is_tuple_of(message, 3) && tuple_elements(message)[0] == A(EXIT)) {
        port->end = tuple_elements(message)[2];
        return;
    }
    if (is_tuple_of(message, 2) && owner_message(p, port, tuple_elements(message))) return;
    Term badsig = atom_intern_z("badsig");
    if (!is_none(badsig)) exit_send(port->id, sender, badsig);
}

static bool take_messages(Process *p, Port *port)
{
    Term message;
    while (is_none(port->end) && !is_none(message = mailbox_peek(p))) {
        handle_message(p, port, message, (*p->save)->from);
        mailbox_remove(p);
    }
    return !(p->flags & PROCESS_KILLED);
}

/* mote:serve_port(Reference): does what there is to do, and waits. */
static Term mote_serve_port_1(Process *p, Term *args)
{
    Port *port = port_from(args[0]);
    if (!port) return badarg(p);
    if (!native_room(p, 256)) return native_need(p, 256);
    if (is_nil(p->roots[ROOT_NATIVE_STATE]) && port->driver->begin) port->driver->begin(port);
    if (!take_messages(p, port)) {
        p->action = ACTION_EXIT;
        return TERM_NONE;
    }
    if (is_none(port->end) && port->driver->serve) port->driver->serve(port);
    if (!is_none(port->end)) return raise_exit(p, port->end);
    return native_wait(p, A(true));
}

/* ---- What is to be opened ---- */

typedef struct Opening {
    enum { OPEN_SHELL, OPEN_FILE, OPEN_HANDLES, OPEN_DRIVER } kind;
    Term path, folder, args, arg0, env; /* TERM_NONE: not given */
    int handles[2];
    uint32_t flags, packet;
    size_t line;
} Opening;

static bool natural(Term t, int64_t most, int64_t *value)
{
    return integer_to_i64(t, value) && *value >= 0 && *value <= most;
}

/* The one driver that is no program. */
static bool is_ram_file(Term name)
{
    static const char text[] = "ram_file_drv";
    Output out;
    output_init(&out);
    bool same = name_put(&out, name) && out.size == sizeof text;
    same = same && !memcmp(out.data, text, sizeof text);
    output_drop(&out);
    return same;
}

/* False: it names no port. */
static bool read_name(Term name, Opening *o)
{
    int64_t in, out;
    if (is_tuple_of(name, 3)) {
        const Term *t = tuple_elements(name);
        if (!atom_is(t[0], "fd") || !integer_to_i64(t[1], &in) || !integer_to_i64(t[2], &out) ||
            in != (int32_t)in || out != (int32_t)out)
            return false;
        o->kind = OPEN_HANDLES;
        o->handles[0] = (int)in;
        o->handles[1] = (int)out;
        return true;
    }
    if (!is_tuple_of(name, 2)) return false;
    Term tag = tuple_elements(name)[0];
    o->path = tuple_elements(name)[1];
    bool spawn = atom_is(tag, "spawn"), is_driver = spawn || atom_is(tag, "spawn_driver");
    o->kind = is_driver && is_ram_file(o->path) ? OPEN_DRIVER : spawn ? OPEN_SHELL : OPEN_FILE;
    return is_driver ? spawn || o->kind == OPEN_DRIVER : atom_is(tag, "spawn_executable");
}

static bool read_flag(Term option, Opening *o)
{
    static const struct {
        const char *text;
        uint32_t flag;
    } flags[] = {
        {"binary", PORT_BINARY}, {"eof", PORT_EOF},       {"exit_status", PORT_EXIT_STATUS},
        {"in", PORT_IN},         {"out", PORT_OUT},       {"stderr_to_stdout", PORT_ERRORS},
        {"hide", 0},             {"overlapped_io", 0},    {"nouse_stdio", PORT_APART},
        {"stream", 0},           {"use_stdio", 0},
    };
    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++) {
        if (!atom_is(option, flags[i].text)) continue;
        o->flags |= flags[i].flag;
        if (atom_is(option, "stream")) o->packet = 0;
        return true;
    }
    return false;
}

static bool read_pair(Term key, Term value, Opening *o)
{
    int64_t number;
    if (atom_is(key, "packet")) {
        o->packet = natural(value, 4, &number) && number != 3 ? (uint32_t)number : 0;
        return o->packet != 0;
    }
    if (atom_is(key, "line")) {
        o->line = natural(value, INT32_MAX, &number) ? (size_t)number : 0;
        return o->line != 0;
    }
    if (atom_is(key, "parallelism")) return is_boolean(value);
    if (atom_is(key, "busy_limits_port") || atom_is(key, "busy_limits_msgq")) return true;
    if (atom_is(key, "args") && o->kind == OPEN_FILE) return o->args = value, true;
    if (atom_is(key, "arg0") && o->kind == OPEN_FILE) return o->arg0 = value, true;
    if (atom_is(key, "cd")) return o->folder = value, true;
    if (atom_is(key, "env")) return o->env = value, true;
    return false;
}

static bool read_settings(Term list, Opening *o)
{
    for (; is_cons(list); list = cons_tail(list)) {
        Term option = cons_head(list);
        bool good = is_tuple_of(option, 2)
                        ? read_pair(tuple_elements(option)[0], tuple_elements(option)[1], o)
                        : read_flag(option, o);
        if (!good) return false;
    }
    if (!(o->flags & (PORT_IN | PORT_OUT))) o->flags |= PORT_IN | PORT_OUT;
    return is_nil(list);
}

/* ---- Its texts, one behind the other ---- */

static bool put_text(Output *out, const char *text)
{
    return output_put(out, text, strlen(text) + 1);
}

static bool put_arguments(Output *out, const Opening *o, size_t *count)
{
    if (o->kind == OPEN_SHELL) {
        *count = 3;
        return put_text(out, "/bin/sh") && put_text(out, "-c") && output_put(out, "exec ", 5) &&
               name_put(out, o->path);
    }
    Term list = is_none(o->args) ? TERM_NIL : o->args;
    if (!name_put(out, is_none(o->arg0) ? o->path : o->arg0)) return false;
    for (*count = 1; is_cons(list); list = cons_tail(list), ++*count) {
        if (!name_put(out, cons_head(list))) return false;
    }
    return is_nil(list);
}

/* NAME=VALUE, or NAME where it is to go. */
static bool put_change(Output *out, Term pair)
{
    if (!is_tuple_of(pair, 2)) return false;
    Term value = tuple_elements(pair)[1];
    size_t start = out->size;
    if (!name_put(out, tuple_elements(pair)[0])) return false;
    if (out->size == start + 1 || memchr(out->data + start, '=', out->size - start)) return false;
    if (value == A(false)) return true;
    out->data[out->size - 1] = '=';
    return name_put(out, value);
}

static bool put_changes(Output *out, Term list, size_t *count)
{
    *count = 0;
    if (is_none(list)) return true;
    for (; is_cons(list); list = cons_tail(list), ++*count) {
        if (!put_change(out, cons_head(list))) return false;
    }
    return is_nil(list);
}

typedef struct Texts {
    size_t arguments, changes;
} Texts;

/* Path, folder (may be empty), arguments, changes. */
static bool put_all(Output *out, const Opening *o, Texts *texts)
{
    bool path = o->kind == OPEN_SHELL ? put_text(out, "/bin/sh") : name_put(out, o->path);
    bool folder = path && (is_none(o->folder) ? put_text(out, "") : name_put(out, o->folder));
    return folder && put_arguments(out, o, &texts->arguments) &&
           put_changes(out, o->env, &texts->changes);
}

/* ---- Starting a program ---- */

typedef struct ProgramTask {
    Task task; /* first */
    ProgramPort *port;
    Texts texts;
    int error;
    size_t size;
    char text[];
} ProgramTask;

static void program_task_destroy(Resource *resource)
{
    ProgramTask *task = (ProgramTask *)resource;
    if (task->port) resource_release(&task->port->port.resource);
    task_free(&task->task, sizeof *task + task->size);
}
static const ResourceType program_task_type = {"program task", program_task_destroy};

static const char *next_text(const char **at)
{
    const char *text = *at;
    *at += strlen(text) + 1;
    return text;
}

enum { NO_MEMORY = -1 };

static void run_program(Task *base)
{
    ProgramTask *task = (ProgramTask *)base;
    size_t count = task->texts.arguments + task->texts.changes + 2;
    const char **rows = memory_alloc(count * sizeof *rows), *at = task->text;
    task->error = NO_MEMORY;
    if (!rows) return;
    OsProgramStart start = {.path = next_text(&at), .arguments = rows};
    start.folder = next_text(&at);
    if (!*start.folder) start.folder = NULL;
    size_t row = 0;
    for (size_t i = 0; i < task->texts.arguments; i++) rows[row++] = next_text(&at);
    rows[row++] = NULL;
    start.changes = rows + row;
    for (size_t i = 0; i < task->texts.changes; i++) rows[row++] = next_text(&at);
    rows[row] = NULL;
    uint32_t flags = task->port->flags;
    start.input = flags & PORT_OUT;
    start.output = flags & PORT_IN;
    start.errors = flags & PORT_ERRORS;
    start.apart = flags & PORT_APART;
    task->error = os_program_start(&start, &task->port->program);
    memory_free(rows, count * sizeof *rows);
}

static Term start_port(Process *p, Port *port)
{
    Term reference = resource_make_ref(&p->heap, &port->resource);
    Export *serve = export_intern(A(mote), atom_intern_z("serve_port"), 1);
    if (is_none(reference) || !serve) return native_memory(p);
    return or_memory(p, port_start(p, port, serve, reference));
}

static Term answer_program(Process *p, Task *base)
{
    ProgramTask *task = (ProgramTask *)base;
    if (task->error)
        return make_atom_text(p, task->error == NO_MEMORY ? "enomem" : os_error_name(task->error));
    return start_port(p, &task->port->port);
}

static ProgramPort *make_port(const Opening *o)
{
    ProgramPort *port =
        program_port_make(o->kind == OPEN_HANDLES ? &handle_driver : &program_driver);
    if (!port) return NULL;
    port->flags = o->flags;
    port->packet = o->packet;
    port->line = o->line;
    return port;
}

static void set_name(Port *port, const char *text, size_t size)
{
    port->name_size = size < sizeof port->name ? size : sizeof port->name;
    memcpy(port->name, text, port->name_size);
}

static Term start_program(Process *p, const Opening *o, const Output *out, const Texts *texts)
{
    ProgramPort *port = make_port(o);
    ProgramTask *task =
        port ? (ProgramTask *)task_make(sizeof *task + out->size, run_program) : NULL;
    if (!task) {
        if (port) resource_release(&port->port.resource);
        return native_memory(p);
    }
    task->port = port;
    task->size = out->size;
    task->texts = *texts;
    memcpy(task->text, out->data, out->size);
    Output name;
    output_init(&name);
    if (name_put(&name, o->path)) set_name(&port->port, (char *)name.data, name.size - 1);
    output_drop(&name);
    return task_start(p, &task->task, &program_task_type);
}

static Term open_handles(Process *p, const Opening *o)
{
    ProgramPort *port = make_port(o);
    if (!port) return native_memory(p);
    if (o->flags & PORT_IN) port->program.output = o->handles[0];
    if (o->flags & PORT_OUT) port->program.input = o->handles[1];
    if (o->flags & PORT_IN) os_handle_use(o->handles[0]);
    if (o->flags & PORT_OUT) os_handle_use(o->handles[1]);
    set_name(&port->port, "fd", 2);
    Term id = start_port(p, &port->port);
    resource_release(&port->port.resource);
    return id;
}

static Term open_ram_file(Process *p, const Opening *o)
{
    Port *port = ram_file_make(o->flags & PORT_BINARY);
    if (!port) return native_memory(p);
    set_name(port, "ram_file_drv", 12);
    Term id = start_port(p, port);
    resource_release(&port->resource);
    return id;
}

/* erts_internal:open_port(Name, Settings) -> Port | badarg | badopt | an error of the system */
static Term erts_internal_open_port_2(Process *p, Term *args)
{
    Texts texts;
    Output out;
    Opening o = {.path = TERM_NONE, .folder = TERM_NONE, .args = TERM_NONE, .arg0 = TERM_NONE,
                 .env = TERM_NONE};
    if (task_is_started(p)) return task_answer(p, &program_task_type, answer_program);
    if (!read_name(args[0], &o)) return A(badarg);
    if (o.kind == OPEN_HANDLES && (o.handles[0] < 0 || o.handles[1] < 0))
        return make_atom_text(p, "einval");
    if (!read_settings(args[1], &o)) return A(badopt);
    if (o.kind == OPEN_HANDLES) return open_handles(p, &o);
    if (o.kind == OPEN_DRIVER) return open_ram_file(p, &o);
    output_init(&out);
    bool good = put_all(&out, &o, &texts);
    Term result = good ? start_program(p, &o, &out, &texts) : A(badarg);
    output_drop(&out);
    return result;
}

static const Native port_open_natives[] = {
    NATIVE(erts_internal, open_port, 2, YIELDS),
    NATIVE(mote, serve_port, 1, YIELDS),
};
NATIVE_TABLE(port_open);
