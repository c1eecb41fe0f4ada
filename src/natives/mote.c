/* SPDX-License-Identifier: Apache-2.0 */
/* mote.c - module mote: what the VM's own Erlang code asks of it. */

#include "natives/support.h"
#include "base/memory.h"
#include "heap/binary.h"
#include "mote/os/console.h"
#include "mote/os/job.h"
#include "natives/task.h"

/* mote:raise_undef(Module, Function, Arguments): error:undef as if the function had raised it. */
static Term mote_raise_undef_3(Process *p, Term *args)
{
    size_t arity;
    if (!is_atom(args[0]) || !is_atom(args[1]) || !list_length(args[2], &arity) || arity > 255)
        return badarg(p);
    Export *function = export_intern(args[0], args[1], (unsigned)arity);
    raise_caller(p, A(undef), args[2], TERM_NIL);
    p->raised_by = function;
    return TERM_NONE;
}

/* ---- The console ---- */

typedef struct ConsoleJob {
    OsJob job; /* first */
    Term pid;
    size_t size;
    uint8_t bytes[4096];
} ConsoleJob;

static void read_input(OsJob *job)
{
    ConsoleJob *console = (ConsoleJob *)job;
    console->size = os_console_read(console->bytes, sizeof console->bytes);
}

/* {mote_console, Bytes | eof} */
static void send_input(OsJob *job)
{
    ConsoleJob *console = (ConsoleJob *)job;
    Heap heap;
    if (heap_init(&heap, 32)) {
        Term what = console->size ? binary_from(&heap, console->bytes, console->size) : A(eof);
        Term message = heap_pair(&heap, A(mote_console), what);
        if (!is_none(message)) message_send(console->pid, console->pid, message);
        heap_done(&heap);
    }
    memory_free(console, sizeof *console);
}

static Term mote_console_read_0(Process *p, Term *args)
{
    (void)args;
    ConsoleJob *console = memory_alloc(sizeof *console);
    if (!console) return native_memory(p);
    console->job = (OsJob){NULL, read_input, send_input};
    console->pid = p->pid;
    if (os_job_start(&console->job)) return A(ok);
    memory_free(console, sizeof *console);
    return raise_error(p, A(notsup));
}

/* Waits until `stream` takes more; `written` bytes are out. */
typedef struct WriteTask {
    Task task; /* first */
    int stream;
    size_t written;
} WriteTask;

static void write_task_destroy(Resource *resource)
{
    task_free((Task *)resource, sizeof(WriteTask));
}
static const ResourceType write_task_type = {"console", write_task_destroy};

static void wait_for_stream(Task *task) { os_console_wait(((WriteTask *)task)->stream); }

static Term answer_written(Process *p, Task *task)
{
    (void)p;
    return make_small((Word)((WriteTask *)task)->written);
}

static Term wait_to_write(Process *p, int stream, size_t written)
{
    WriteTask *task = (WriteTask *)task_make(sizeof *task, wait_for_stream);
    if (!task) return native_memory(p);
    task->stream = stream;
    task->written = written;
    return task_start(p, &task->task, &write_task_type);
}

/* mote:console_write(1 | 2, Binary) -> ok, once all is written, or error: the stream takes no more.
   Waits without blocking anyone. */
static Term mote_console_write_2(Process *p, Term *args)
{
    const uint8_t *bytes;
    uint8_t *temporary = NULL;
    size_t size, written, some = 1;
    bool lives = true;
    if (args[0] != make_small(1) && args[0] != make_small(2)) return badarg(p);
    int stream = (int)small_value(args[0]);
    Term before = make_small(0);
    if (task_is_started(p)) before = task_answer(p, &write_task_type, answer_written);
    if (is_none(before)) return TERM_NONE;
    if (!binary_bytes_aligned(args[1], &bytes, &size, &temporary)) return badarg(p);
    written = (size_t)small_value(before);
    while (lives && some && written < size) {
        lives = os_console_write_some(stream, bytes + written, size - written, &some);
        written += some;
    }
    memory_free(temporary, size);
    if (!lives) return A(error);
    return written < size ? wait_to_write(p, stream, written) : A(ok);
}

/* mote:open_reserve() -> ok: what is kept back of --memory may be used to tell of the end. */
static Term mote_open_reserve_0(Process *p, Term *args)
{
    (void)p, (void)args;
    memory_reserve_open();
    return A(ok);
}

#ifdef MOTE_STRESS_ALLOC
/* mote:fail_allocation(N) -> Left: the N-th allocation from now fails, 0 for none; see
   base/memory.h. */
static Term mote_fail_allocation_1(Process *p, Term *args)
{
    if (!is_small(args[0]) || small_value(args[0]) < 0) return badarg(p);
    return make_small((Word)memory_fail_after((size_t)small_value(args[0])));
}
#endif

static const Native mote_natives[] = {
#ifdef MOTE_STRESS_ALLOC
    NATIVE(mote, fail_allocation, 1, CONSTANT),
#endif
    NATIVE(mote, open_reserve, 0, CONSTANT),
    NATIVE(mote, raise_undef, 3, CONSTANT),
    NATIVE(mote, console_read, 0, CONSTANT),
    NATIVE(mote, console_write, 2, YIELDS),
};
NATIVE_TABLE(mote);
