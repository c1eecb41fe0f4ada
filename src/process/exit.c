/* SPDX-License-Identifier: Apache-2.0 */
/* exit.c - the end of a process. */

/* In stages, so that a process with many links, or many messages, takes many slices:

     1. hooks
        then the name is given up; the process is no longer found; its inbox takes no more
     2. signals that were still there are answered or freed
     3. nodes become the signals they are for, in their order: links, then monitors
     4. memory is freed

   No stage allocates, except one copy of a reason that is no atom; without memory it is
   system_limit. */

#include "process/extension.h"
#include "process/handle.h"
#include "process/link_node.h"
#include "process/mailbox.h"
#include "process/reason.h"
#include "process/registry.h"
#include "process/table.h"
#include "process/timer.h"
#include "process/trace.h"
#include "term/atom.h"

enum { STAGE_ALIVE, STAGE_HOOKS, STAGE_QUEUE, STAGE_NODES };
enum { HOOKS_MAX = 8 };

static ExitHook *hooks[HOOKS_MAX];
static size_t hook_count;

void process_exit_hook_add(ExitHook *hook)
{
    if (hook_count < HOOKS_MAX) hooks[hook_count++] = hook;
}

static bool charge(Process *p) { return --p->reductions > 0; }

static void begin(Process *p)
{
    atomic_fetch_or(&p->state, PROCESS_EXITING);
    p->flags &= ~(uint32_t)(PROCESS_PEEKING | PROCESS_MESSAGE_HELD);
    if (p->flags & PROCESS_TRACED) trace_exited(p);
}

static bool run_hooks(Process *p)
{
    for (size_t i = 0; i < hook_count; i++) {
        if (!hooks[i](p)) return false;
    }
    return true;
}

static void disappear(Process *p)
{
    timer_receive_stop(p);
    registry_forget(p);
    process_table_remove(p);
    timer_forget(p);
    InboxNode *next;
    for (InboxNode *node = inbox_close(&p->inbox); node; node = next) {
        next = node->next;
        message_append(p, (Signal *)node);
    }
    p->exit_reason = reason_make(&p->roots[ROOT_REASON]);
}

static bool empty_queue(Process *p)
{
    while (p->messages) {
        Signal *signal = p->messages;
        p->messages = signal->next;
        signal_handle_late(p, signal);
        if (!charge(p)) return false;
    }
    return true;
}

static bool tell_nodes(Process *p)
{
    for (LinkNode *node; (node = node_take_first(p));) {
        node_tell_exit(p, node);
        if (!charge(p)) return false;
    }
    return true;
}

bool process_exit_step(Process *p)
{
    if (p->exit_stage == STAGE_ALIVE) {
        begin(p);
        p->exit_stage = STAGE_HOOKS;
    }
    if (p->exit_stage == STAGE_HOOKS) {
        if (!run_hooks(p)) return false;
        disappear(p);
        p->exit_stage = STAGE_QUEUE;
    }
    if (p->exit_stage == STAGE_QUEUE) {
        if (!empty_queue(p)) return false;
        p->exit_stage = STAGE_NODES;
    }
    if (!tell_nodes(p)) return false;
    reason_release(p->exit_reason);
    atomic_store(&p->state, PROCESS_FREE);
    process_done(p);
    return true;
}
