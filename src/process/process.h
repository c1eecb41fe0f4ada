/* SPDX-License-Identifier: Apache-2.0 */
/* process.h - what a process is. */
#ifndef PROCESS_PROCESS_H
#define PROCESS_PROCESS_H

/* Invariants:
   - A process runs on one scheduler at a time; only that one touches its heap, its queues and its
     fields, except the inbox, `state` and what is marked shared.
   - Everything another process wants of it is a signal in its inbox, handled in order of sending at
     slice start, at an empty receive and before exit (design D26).
   - A pid leads to a process through the process table; inside a slice (an epoch) the Process it
     found stays readable memory even if the process has exited meanwhile.
   - Saved state: while its code does not run, pc is an address behind an entry word
     (code/module.h) and `live` X registers stand in `saved`. Signals may also be handled by
     instructions and natives (PROCESS_RUNS): then pc is the instruction's. */

#include <stdatomic.h>
#include "base/inbox.h"
#include "heap/heap.h"
#include "code/module.h"

struct Scheduler;
struct Dictionary;
struct ExitReason;
struct Extension;
struct Signal;

typedef enum ProcessState {
    PROCESS_RUNNABLE = 1,   /* in a run queue */
    PROCESS_RUNNING = 2,
    PROCESS_WAITING = 4,    /* in a receive, or suspended in a native */
    PROCESS_EXITING = 8,
    PROCESS_FREE = 16,
    PROCESS_WOKEN = 32      /* process_wake was called while it ran: it does not wait */
} ProcessState;

enum ProcessFlag { /* Process.flags */
    PROCESS_TRAP_EXIT = 1,
    PROCESS_TIMED_OUT = 2,     /* the receive timer has fired */
    PROCESS_TIMER_SET = 4,     /* the receive timer runs */
    PROCESS_SENSITIVE = 8,
    PROCESS_HIBERNATED = 16,
    PROCESS_KILLED = 32,       /* an exit signal was accepted: exits at the next safe point */
    PROCESS_SYSTEM = 64,
    PROCESS_SUSPENDED = 128,    /* does not run until resumed; handles signals */
    PROCESS_PEEKING = 256,      /* roots[ROOT_MESSAGE] lies in the fragment of a queued message */
    PROCESS_MESSAGE_HELD = 512, /* roots[ROOT_MESSAGE] was taken out of the queue by a collection */
    PROCESS_OFF_HEAP_MESSAGES = 1024, /* what process_flag(message_queue_data) says */
    PROCESS_HAS_TABLES = 2048,  /* it owns or has fixed ETS tables, or did once */
    PROCESS_RUNS = 4096,         /* its code runs: pc is an instruction's, not a saved place */
    PROCESS_OPENS_ALL = 16384,   /* it may write to ETS tables that are protected from it */
    PROCESS_WAITS_FOREVER = 8192, /* its receive has the time `infinity`: not to be read again */
    PROCESS_TRACED = 32768,       /* it has a tracer: process/trace.h */
    PROCESS_TRACE_FRAMES = 65536, /* frames of vm/trace_call.h may be on its stack */
    PROCESS_CALLS_AGAIN = 1 << 17, /* the function it is about to call was traced already */
    PROCESS_NATIVE_AGAIN = 1 << 18 /* so was the native */
};
enum { PRIORITY_LOW, PRIORITY_NORMAL, PRIORITY_HIGH, PRIORITY_MAX };

/* What a native wants next when it returns TERM_NONE (Process.action). */
typedef enum Action {
    ACTION_NONE,
    ACTION_RAISE,   /* exception: the exception fields are set */
    ACTION_COLLECT, /* collect so that `need` words are free, then call again */
    ACTION_YIELD,   /* slice over; then call again with `native_state` set */
    ACTION_TRAP,    /* go on as a tail call of `trap` with x0.. as set */
    ACTION_WAIT,    /* stop until a signal or a wake-up; then call again */
    ACTION_HIBERNATE, /* like TRAP, when a message is there; until then with a minimal heap */
    ACTION_REST,    /* like WAIT for a message, with a minimal heap */
    ACTION_TRACED,  /* its end is to be told: trace_push_native, then call it in tail position */
    ACTION_EXIT     /* the process ends with reason `reason` at once (kill, halt) */
} Action;

/* Exception classes. A raw trace remembers its class, so that raise/2 can go on with it. */
enum { CLASS_ERROR, CLASS_EXIT, CLASS_THROW };

/* Terms that every collection must see, in one row (design D35: roots are one array). */
enum RootIndex {
    ROOT_REASON,       /* of the exception being raised, or of the exit */
    ROOT_TRACE,        /* its stack trace: a list already built, a raw trace, or nil */
    ROOT_ARGS,         /* arguments (a list) of `raised_by`, the trace's first; TERM_NONE: none */
    ROOT_INFO,         /* its error_info map, or TERM_NIL */
    ROOT_GROUP_LEADER,
    ROOT_NATIVE_STATE, /* of a native that yielded; TERM_NONE-free: TERM_NIL when unused */
    ROOT_MESSAGE,      /* the message being looked at: PROCESS_PEEKING, PROCESS_MESSAGE_HELD */
    ROOT_COUNT
};
enum { PROCESS_ROOT_SETS = 2, FIRST_SAVED = 3 };

/* Nodes in the order of process/link_node.h: the root of their tree. */
typedef struct LinkTable {
    struct Signal *root;
    uint32_t count;
} LinkTable;

typedef struct Process {
    Heap heap; /* first: functions of heap/ take &p->heap or (Heap *)p */

    /* ---- What instruction bodies use ---- */
    const uint32_t *pc;       /* saved; see above */
    int32_t reductions;       /* left of the slice, while running saved across natives */
    int32_t held;             /* reductions held back while a collection is due at the next call */
    uint32_t flags;           /* enum ProcessFlag */
    uint32_t catches;         /* live catch slots in all frames */
    uint32_t live;            /* X registers in `saved` */
    uint32_t saved_room;
    uint8_t action;           /* enum Action: of the native that just returned TERM_NONE */
    uint8_t exception_class;  /* CLASS_* */
    bool raise_frame;         /* the native that raised is to be the trace's first entry */

    uint8_t priority;
    uint8_t queued_awake;     /* in the awake queue (design D18) */
    uint8_t exit_stage;       /* process/exit.c */
    uint16_t scheduler;       /* id of the one it ran on last */
    union {
        size_t need;          /* for ACTION_COLLECT, in words; for ACTION_TRACED, frames */
        Export *trap;         /* for ACTION_TRAP; x registers are set by native_trap */
        struct ExitReason *exit_reason; /* while exiting */
    };
    const Export *native;     /* that yielded or waits, for native_resume */
    const Export *raised_by;  /* with ROOT_ARGS: the exception's trace starts with it */
    Term roots[ROOT_COUNT];
    Term *saved;              /* X registers while not running; first those of first_saved */
    struct Dictionary *dictionary; /* process/dictionary.h; NULL: empty */

    /* ---- Identity and scheduling ---- */
    Term pid;
    _Atomic(uint32_t) state;  /* ProcessState bits, shared */
    uint32_t round;           /* of the run queue when it last began to wait */
    struct Process *next;     /* run queue */
    uint64_t total_reductions;
    Export *initial;          /* initial call, for process_info */
    Term parent;              /* pid, or TERM_NIL */
    struct Scheduler *running_on;

    /* ---- Signals ---- */
    Inbox inbox;              /* shared: anyone pushes */
    struct Signal *messages;  /* private queue, oldest first */
    struct Signal **last;     /* its end */
    struct Signal **save;     /* the save pointer: the link to the next message to look at */
    uint32_t message_count;
    int32_t given;            /* reductions at the start of the slice, for the run queue */
    LinkTable links;          /* links, monitors, aliases: process/link_node.h */
    Term name;                /* registered, or TERM_NONE; under the lock of process/registry.c */
    struct Extension *extension; /* rare fields, made on demand (process/extension.h) */
    Term first_saved[FIRST_SAVED];
} Process;

/* What a collection of p has to see beside the X registers and the stack: fills in up to
   PROCESS_ROOT_SETS sets, returns how many. To be called right before the collection: it takes
   care of a message that is being looked at. */
size_t process_roots(Process *p, RootSet *sets);
/* Room for `live` registers in `saved`. False: out of memory. */
bool process_save_room(Process *p, unsigned live);
static inline bool process_is_exiting(Process *p)
{
    return atomic_load_explicit(&p->state, memory_order_acquire) & (PROCESS_EXITING | PROCESS_FREE);
}

/* ---- Table ---- */

/* `start` is the code of a new process (x0:x1(x2...)), `end` what its first function returns to. */
bool process_init(size_t limit, const uint32_t *start, const uint32_t *end);
/* The process of a pid or port, alive or exiting, or NULL. The memory stays readable until the
   caller's next quiescent point. */
Process *process_find(Term pid);
size_t process_count(void);
size_t process_limit(void);
/* Calls visit for each pid, oldest first, from a snapshot; stops when it returns false. Without
   memory for a snapshot those are seen that are there as it goes. */
void process_each(bool (*visit)(Term pid, void *context), void *context);
/* The pids at the next `slots` places of the table: how many. *place moves on, from 0 to the
   process_limit(). */
size_t process_some(size_t *place, Term *pids, size_t slots);

/* ---- Life ---- */

/* max_heap_size: what happens to a process whose heap takes more than `size` words. */
typedef struct MaxHeap {
    size_t size; /* 0: there is no limit */
    bool kill, log;
} MaxHeap;
MaxHeap process_max_heap(const Process *p);
/* False: no memory. */
bool process_max_heap_set(Process *p, const MaxHeap *max);

typedef struct SpawnOptions {
    bool link, monitor;
    struct Port *port;    /* it is this port's, and known by a port identifier (process/port.h) */
    Term monitor_options; /* list as of monitor/3, or TERM_NIL */
    int priority;         /* PRIORITY_*; -1: normal */
    uint32_t min_heap_size, full_sweep_after; /* 0: default; full_sweep_after UINT32_MAX: default */
    size_t min_vheap;
    MaxHeap max_heap;
    uint32_t flags;       /* initial Process.flags */
    Term group_leader;    /* TERM_NONE: the parent's */
    Term request;         /* spawn_request: the reference to use for the monitor and the reply */
    Term reply_tag;       /* spawn_request: {Tag, request, ok, Pid} goes to the parent before all
                             else of the child; TERM_NONE: no reply */
} SpawnOptions;
void spawn_options_init(SpawnOptions *options);

/* Starts module:function(args...) - `args` is a proper list - as a child of `parent` (NULL at
   boot). Returns the pid; with options->monitor also `*reference` on parent's heap. TERM_NONE:
   system_limit or out of memory. */
Term process_spawn(Process *parent, Export *function, Term args, const SpawnOptions *options,
                   Term *reference);

/* The running process is over, with roots[ROOT_REASON] as its reason: tells links and monitors,
   gives up its name, frees everything. May take several slices for many links: returns false to be
   called again. Never allocates. */
bool process_exit_step(Process *p);

/* Exit hooks: free off-process things (ETS tables of the process, ...), set at boot. Each is
   called until it returns true; false: there is more to do, in another slice. All are called
   again then. */
typedef bool ExitHook(Process *p);
void process_exit_hook_add(ExitHook *hook);

#endif
