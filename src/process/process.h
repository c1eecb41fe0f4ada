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
   - Saved state: while not running, pc is an address behind an entry word (code/module.h) and
     `live` X registers stand in `saved`. */

#include <stdatomic.h>
#include "base/inbox.h"
#include "heap/heap.h"
#include "code/module.h"

struct Scheduler;
struct Links;
struct Extension;

typedef enum ProcessState {
    PROCESS_RUNNABLE = 1,   /* in a run queue */
    PROCESS_RUNNING = 2,
    PROCESS_WAITING = 4,    /* in a receive, or suspended in a native */
    PROCESS_EXITING = 8,
    PROCESS_FREE = 16
} ProcessState;

enum ProcessFlag { /* Process.flags */
    PROCESS_TRAP_EXIT = 1,
    PROCESS_TIMED_OUT = 2,     /* the receive timer has fired */
    PROCESS_TIMER_SET = 4,     /* the receive timer runs */
    PROCESS_SENSITIVE = 8,
    PROCESS_HIBERNATED = 16,
    PROCESS_KILLED = 32,       /* an exit signal was accepted: exits at the next safe point */
    PROCESS_SYSTEM = 64
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
    ACTION_HIBERNATE, /* like TRAP, with an empty stack and a minimal heap, when a message is there */
    ACTION_EXIT     /* the process ends with reason `reason` at once (kill, halt) */
} Action;

/* Exception classes. A raw trace remembers its class, so that raise/2 can go on with it. */
enum { CLASS_ERROR, CLASS_EXIT, CLASS_THROW };

/* Terms that every collection must see, in one row (design D35: roots are one array). */
enum RootIndex {
    ROOT_REASON,       /* of the exception being raised, or of the exit */
    ROOT_TRACE,        /* its stack trace: a list already built, a raw trace, or nil */
    ROOT_ARGS,         /* arguments (a list) of `raised_by`, the trace's first entry; TERM_NONE: none */
    ROOT_INFO,         /* its error_info map, or TERM_NIL */
    ROOT_GROUP_LEADER,
    ROOT_NATIVE_STATE, /* of a native that yielded; TERM_NONE-free: TERM_NIL when unused */
    ROOT_INITIAL_ARGS, /* unused after start */
    ROOT_DICTIONARY,   /* process/dictionary.h: a term */
    ROOT_MESSAGE,      /* the message at the save pointer once it is on the heap, or TERM_NONE */
    ROOT_COUNT
};

typedef struct Process {
    Heap heap; /* first: functions of heap/ take &p->heap or (Heap *)p */

    /* ---- What instruction bodies use ---- */
    const uint32_t *pc;       /* saved; see above */
    int32_t reductions;       /* left of the slice, while running saved across natives */
    int32_t held;             /* reductions held back while a collection is due at the next call */
    uint32_t flags;           /* enum ProcessFlag */
    uint32_t catches;         /* live catch slots in all frames */
    Action action;            /* of the native that just returned TERM_NONE */
    uint32_t exception_class; /* CLASS_* */
    uint32_t live;            /* X registers in `saved` */
    size_t need;              /* for ACTION_COLLECT, in words */
    Export *trap;             /* for ACTION_TRAP; x registers are set by native_trap */
    const Export *native;     /* that yielded or waits, for native_resume */
    const Export *raised_by;  /* with ROOT_ARGS: the exception's trace starts with it */
    bool raise_frame;         /* the native that raised is to be the trace's first entry */
    Term roots[ROOT_COUNT];
    Term *saved;              /* X registers while not running */
    uint32_t saved_room;

    /* ---- Identity and scheduling ---- */
    Term pid;
    _Atomic(uint32_t) state;  /* ProcessState bits, shared */
    uint8_t priority;
    uint8_t queued_awake;     /* in the awake queue (design D18) */
    uint16_t scheduler;       /* id of the one it ran on last */
    struct Process *next;     /* run queue */
    uint64_t total_reductions;
    Export *initial;          /* initial call, for process_info */
    struct Scheduler *running_on;

    /* ---- Signals ---- */
    Inbox inbox;              /* shared: anyone pushes */
    struct Signal *messages;  /* private queue, oldest first */
    struct Signal **last;     /* its end */
    struct Signal **save;     /* the save pointer: address of the link to the next message to look at */
    uint32_t message_count;
    struct Links *links;      /* links and monitors: process/link.h; NULL while none */
    struct Extension *extension; /* rare fields, made on demand (process/extension.h) */
} Process;

static inline Process *process_of(Heap *heap) { return (Process *)heap; }

/* ---- Table ---- */

/* `start` is the code of a new process (x0:x1(x2...)), `end` what its first function returns to. */
bool process_init(size_t limit, const uint32_t *start, const uint32_t *end);
/* The process, alive or exiting, or NULL. The memory stays readable until the caller's next
   quiescent point. */
Process *process_find(Term pid);
size_t process_count(void);
size_t process_limit(void);
/* Calls visit for each pid, oldest first, from a snapshot; stops when it returns false. */
void process_each(bool (*visit)(Term pid, void *context), void *context);

/* ---- Life ---- */

typedef struct SpawnOptions {
    bool link, monitor;
    Term monitor_options; /* list as of monitor/3, or TERM_NIL */
    int priority;         /* PRIORITY_*; -1: normal */
    uint32_t min_heap_size, full_sweep_after; /* 0: default; full_sweep_after UINT32_MAX: default */
    size_t min_vheap, max_heap_size;
    uint32_t flags;       /* initial Process.flags */
    Term group_leader;    /* TERM_NONE: the parent's */
    Term request;         /* spawn_request: reference to reply to, or TERM_NONE */
} SpawnOptions;
void spawn_options_init(SpawnOptions *options);

/* Starts module:function(args...) - `args` is a proper list - as a child of `parent` (NULL at boot).
   Returns the pid; with options->monitor also `*reference` on parent's heap. TERM_NONE: system_limit
   or out of memory. */
Term process_spawn(Process *parent, Export *function, Term args, const SpawnOptions *options,
                   Term *reference);
/* Starts a fun of arity 0. */
Term process_spawn_fun(Process *parent, Term fun, const SpawnOptions *options, Term *reference);

/* The running process is over, with roots[ROOT_REASON] as its reason: tells links and monitors,
   gives up its name, frees everything. May take several slices for many links: returns false to be
   called again. Never allocates. */
bool process_exit_step(Process *p);

/* Exit hooks: freed off-process things (ETS tables of the process, ...), set at boot. */
typedef void ExitHook(Process *p);
void process_exit_hook_add(ExitHook *hook);

#endif
