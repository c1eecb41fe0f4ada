/* SPDX-License-Identifier: Apache-2.0 */
/* spawn.c - new processes. */

/* All memory is there before anything is seen of the new process: making one either succeeds
   whole or has no effect. */

#include "base/memory.h"
#include "heap/resource.h"
#include "process/link_node.h"
#include "process/mailbox.h"
#include "process/port.h"
#include "process/run_queue.h"
#include "process/table.h"
#include "process/trace.h"
#include "term/atom.h"

static const uint32_t *start_code, *end_code;

bool process_init(size_t limit, const uint32_t *start, const uint32_t *end)
{
    start_code = start;
    end_code = end;
    return process_table_init(limit);
}

void spawn_options_init(SpawnOptions *options)
{
    *options = (SpawnOptions){.monitor_options = TERM_NIL,
                              .priority = -1,
                              .max_heap = {0, true, true},
                              .full_sweep_after = UINT32_MAX,
                              .group_leader = TERM_NONE,
                              .request = TERM_NONE,
                              .reply_tag = TERM_NONE};
}

/* What is to be run: function(args...). */
typedef struct Start {
    Export *function;
    Term args; /* a list */
} Start;

/* What belongs to both processes. */
typedef struct Ties {
    LinkNode *link, *parent_link; /* NULL: no link */
    LinkNode *monitored, *monitor;
    Signal *reply;
    Term reference; /* of the monitor, on the parent's heap */
} Ties;

/* ---- The process ---- */

static void set_heap(Process *p, const SpawnOptions *options)
{
    Heap *heap = &p->heap;
    if (options->min_heap_size) heap->min_size = options->min_heap_size;
    if (options->full_sweep_after != UINT32_MAX) heap->full_sweep_after = options->full_sweep_after;
    if (options->min_vheap) heap->virtual_limit = heap->min_vheap = options->min_vheap;
}

static void set_fields(Process *p, const Process *parent, const Start *start,
                       const SpawnOptions *options)
{
    memset((char *)p + sizeof p->heap, 0, sizeof *p - sizeof p->heap);
    p->pc = start_code;
    p->flags = options->flags;
    p->priority = options->priority < 0 ? PRIORITY_NORMAL : (uint8_t)options->priority;
    p->saved = p->first_saved;
    p->saved_room = FIRST_SAVED;
    for (int i = 0; i < ROOT_COUNT; i++) p->roots[i] = TERM_NIL;
    p->roots[ROOT_ARGS] = p->roots[ROOT_MESSAGE] = p->name = TERM_NONE;
    p->initial = start->function;
    p->parent = parent ? parent->pid : TERM_NIL;
    atomic_init(&p->state, PROCESS_RUNNABLE);
    mailbox_init(p);
}

static Term group_leader(const Process *p, const Process *parent, const SpawnOptions *options)
{
    if (!is_none(options->group_leader)) return options->group_leader;
    return parent ? parent->roots[ROOT_GROUP_LEADER] : p->pid;
}

/* What the code at process_start expects: module, function and arguments. */
static bool set_call(Process *p, const Start *start)
{
    Term args = term_copy_to_heap(&p->heap, start->args);
    *--p->heap.stack = (Term)end_code;
    p->saved[0] = start->function->module;
    p->saved[1] = start->function->function;
    p->saved[2] = args;
    p->live = FIRST_SAVED;
    return !is_none(args);
}

/* Free words of the first block: many processes do little before they wait for good. */
#define FIRST_FREE 10

/* Words of the first block. The least size that the program asks for counts from the start. */
static size_t first_words(const Start *start, Term leader, const SpawnOptions *options)
{
    size_t words = term_size(start->args), most = term_size(leader);
    if (words == SIZE_MAX || most == SIZE_MAX) return SIZE_MAX;
    words += most + 1 + FIRST_FREE + STACK_RESERVE; /* 1: the return address */
    return words > options->min_heap_size ? words : options->min_heap_size;
}

static Process *make(Term pid, const Process *parent, const Start *start,
                     const SpawnOptions *options)
{
    Process *p = memory_alloc(sizeof *p);
    if (!p) return NULL;
    set_fields(p, parent, start, options);
    p->pid = pid;
    Term leader = group_leader(p, parent, options);
    size_t words = first_words(start, leader, options);
    if (words == SIZE_MAX || !heap_init_small(&p->heap, words)) {
        memory_free(p, sizeof *p);
        return NULL;
    }
    set_heap(p, options);
    leader = term_copy_to_heap(&p->heap, leader);
    if (is_none(leader) || !set_call(p, start) || !process_max_heap_set(p, &options->max_heap)) {
        heap_done(&p->heap);
        memory_free(p, sizeof *p);
        return NULL;
    }
    p->roots[ROOT_GROUP_LEADER] = leader;
    if (!options->port || port_attach(p, options->port)) return p;
    process_done(p);
    return NULL;
}

/* ---- What ties it to its parent ---- */

static void ties_free(Ties *ties)
{
    LinkNode *nodes[] = {ties->link, ties->parent_link, ties->monitored, ties->monitor};
    for (size_t i = 0; i < sizeof nodes / sizeof *nodes; i++) {
        if (nodes[i]) node_free(nodes[i]);
    }
    if (ties->reply) signal_free(ties->reply);
}

static bool make_link(Ties *ties, Term pid, Term parent)
{
    ties->link = node_make(SIGNAL_LINK, parent, NULL);
    ties->parent_link = node_make(SIGNAL_LINK, pid, NULL);
    return ties->link && ties->parent_link;
}

static bool make_monitor(Ties *ties, Term pid, Process *parent, const SpawnOptions *options)
{
    MonitorOptions monitor;
    uint32_t number[3];
    if (!monitor_options_read(options->monitor_options, &monitor)) return false;
    if (is_none(options->request)) {
        Term *top = heap_reserve(&parent->heap, 1 + REF_SIZE);
        if (!top) return false;
        reference_numbers(number);
        ties->reference = reference_put(top, number, monitor.alias ? parent->pid : TERM_NIL);
    } else {
        ties->reference = options->request;
        memcpy(number, reference_numbers_of(options->request), sizeof number);
    }
    ties->monitored = node_make(SIGNAL_MONITOR, parent->pid, number);
    ties->monitor = monitor_node_make(pid, number, &monitor);
    return ties->monitored && ties->monitor;
}

/* {Tag, Request, ok, Pid} */
static bool make_reply(Ties *ties, Term pid, const Process *parent, const SpawnOptions *options)
{
    Term tuple[] = {make_header(KIND_TUPLE, 4), options->reply_tag, options->request, A(ok), pid};
    ties->reply = signal_make(SIGNAL_MESSAGE, parent->pid, make_boxed(tuple));
    return ties->reply != NULL;
}

static bool ties_make(Ties *ties, Term pid, Process *parent, const SpawnOptions *options)
{
    *ties = (Ties){.reference = TERM_NONE};
    if (!parent) return true;
    return (!options->link || make_link(ties, pid, parent->pid)) &&
           (!options->monitor || make_monitor(ties, pid, parent, options)) &&
           (is_none(options->reply_tag) || make_reply(ties, pid, parent, options));
}

static void ties_put(Ties *ties, Process *p, Process *parent)
{
    if (ties->link) {
        node_put(p, ties->link);
        node_put(parent, ties->parent_link);
    }
    if (ties->monitor) {
        node_put(p, ties->monitored);
        node_put(parent, ties->monitor);
    }
    if (ties->reply && !signal_push(parent, ties->reply)) signal_free(ties->reply);
}

/* ---- Spawning ---- */

static void tell_tracers(Process *parent, Process *p, Term args, const SpawnOptions *options)
{
    if (!options->port) trace_spawned(parent, p, args, parent && options->link);
}

Term process_spawn(Process *parent, Export *function, Term args, const SpawnOptions *options,
                   Term *reference)
{
    Start start = {function, args};
    Ties ties;
    Term pid = process_table_reserve();
    if (is_none(pid)) return TERM_NONE;
    if (options->port) pid = make_local_port(pid_number(pid));
    bool tied = ties_make(&ties, pid, parent, options);
    Process *p = tied ? make(pid, parent, &start, options) : NULL;
    if (!p) {
        ties_free(&ties);
        process_table_release(pid);
        return TERM_NONE;
    }
    if (trace_of_new.flags || (parent && parent->flags & PROCESS_TRACED))
        tell_tracers(parent, p, args, options);
    ties_put(&ties, p, parent);
    if (reference) *reference = ties.reference;
    process_table_put(p);
    run_queue_start(p);
    return pid;
}
