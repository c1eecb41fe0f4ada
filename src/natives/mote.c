/* SPDX-License-Identifier: Apache-2.0 */
/* mote.c - module mote: what the VM's own Erlang code asks of it. */

#include "natives/support.h"
#include "base/memory.h"
#include "heap/binary.h"
#include "mote/os/console.h"
#include "mote/os/job.h"
#include "process/signal.h"

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

/* A job that ends by waking, or by a message. */
typedef struct ConsoleJob {
    OsJob job; /* first */
    Term pid;
    Signal *wake;
    int stream;
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

static ConsoleJob *console_job(Process *p, int stream)
{
    ConsoleJob *console = memory_alloc(sizeof *console);
    if (!console) return NULL;
    console->pid = p->pid;
    console->stream = stream;
    console->wake = NULL;
    return console;
}

static Term mote_console_read_0(Process *p, Term *args)
{
    (void)args;
    ConsoleJob *console = console_job(p, 0);
    if (!console) return native_memory(p);
    console->job = (OsJob){NULL, read_input, send_input};
    if (os_job_start(&console->job)) return A(ok);
    memory_free(console, sizeof *console);
    return raise_error(p, A(notsup));
}

static void wait_for_stream(OsJob *job) { os_console_wait(((ConsoleJob *)job)->stream); }

static void wake_writer(OsJob *job)
{
    ConsoleJob *console = (ConsoleJob *)job;
    if (!signal_send(console->pid, console->wake)) signal_free(console->wake);
    memory_free(console, sizeof *console);
}

static void woken(Process *p, Signal *signal)
{
    (void)p;
    signal_free(signal);
}

/* Stops p until `stream` takes more; `written` bytes of the argument are out. */
static Term wait_to_write(Process *p, int stream, size_t written)
{
    ConsoleJob *console = console_job(p, stream);
    if (!console) return native_memory(p);
    console->job = (OsJob){NULL, wait_for_stream, wake_writer};
    console->wake = signal_make(SIGNAL_CALL, p->pid, TERM_NIL);
    if (console->wake) {
        console->wake->function = woken;
        if (os_job_start(&console->job)) return native_wait(p, make_small((Word)written));
        signal_free(console->wake);
    }
    memory_free(console, sizeof *console);
    return native_memory(p);
}

/* mote:console_write(1 | 2, Binary) -> ok, once all is written, or error: the stream takes no more.
   Waits without blocking anyone. */
static Term mote_console_write_2(Process *p, Term *args)
{
    const uint8_t *bytes;
    uint8_t *temporary = NULL;
    size_t size, written, some = 1;
    Term state = p->roots[ROOT_NATIVE_STATE];
    bool lives = true;
    if (args[0] != make_small(1) && args[0] != make_small(2)) return badarg(p);
    int stream = (int)small_value(args[0]);
    if (!binary_bytes_aligned(args[1], &bytes, &size, &temporary)) return badarg(p);
    written = is_small(state) ? (size_t)small_value(state) : 0;
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
