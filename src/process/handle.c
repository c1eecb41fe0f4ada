/* SPDX-License-Identifier: Apache-2.0 */
/* handle.c - what signals do to the process that receives them. */

#include "process/handle.h"
#include "process/extension.h"
#include "process/link_node.h"
#include "process/reason.h"
#include "process/timer.h"
#include "term/atom.h"

void message_become(Process *p, Signal *signal, Term message, size_t first)
{
    signal->kind = SIGNAL_MESSAGE;
    signal->flags = 0;
    signal->number = (uint32_t)first;
    signal->term = message;
    message_append(p, signal);
}

/* p ends at the next safe point. The first reason counts. */
static void kill(Process *p, Signal *signal, Term reason)
{
    if (p->flags & PROCESS_KILLED) {
        signal_free(signal);
        return;
    }
    p->flags |= PROCESS_KILLED;
    p->exception_class = CLASS_EXIT;
    p->roots[ROOT_REASON] = reason;
    if (is_literal(reason)) {
        signal_free(signal);
    } else {
        signal_adopt(p, signal);
    }
}

/* {'EXIT', From, Reason} in the words that signals of exit keep for it. */
static void exit_message(Process *p, Signal *signal)
{
    Term *tuple = signal_words(signal);
    tuple[0] = make_header(KIND_TUPLE, 3);
    tuple[1] = A(EXIT);
    tuple[2] = signal->from;
    tuple[3] = signal->term;
    message_become(p, signal, make_boxed(tuple), 0);
}

static void exit_received(Process *p, Signal *signal)
{
    bool linked = signal->kind == SIGNAL_EXIT_LINK;
    if (linked) reason_settle(signal);
    Term reason = signal->term;
    if (!linked && reason == A(kill)) {
        kill(p, signal, A(killed));
    } else if (p->flags & PROCESS_TRAP_EXIT) {
        exit_message(p, signal);
    } else if (reason == A(normal) && (linked || signal->from != p->pid)) {
        signal_free(signal);
    } else {
        kill(p, signal, reason);
    }
}

/* A linked process has exited: does nothing where the link is gone. */
static void exit_link_received(Process *p, Signal *signal)
{
    Signal **place = node_place_pid(p, signal->from);
    if (!*place) {
        signal_free(signal);
        return;
    }
    LinkNode *node = node_take(p, place);
    bool active = !(node->signal.mode & MODE_UNLINKING);
    node_free(node);
    if (active) {
        trace_process(p, A(getting_unlinked), signal->from);
        exit_received(p, signal);
    } else {
        signal_free(signal);
    }
}

static void leader_received(Process *p, Signal *signal)
{
    p->roots[ROOT_GROUP_LEADER] = signal->term;
    if (is_literal(signal->term)) {
        signal_free(signal);
    } else {
        signal_adopt(p, signal);
    }
}

void signal_handle(Process *p, Signal *signal)
{
    switch ((SignalKind)signal->kind) {
    case SIGNAL_MESSAGE: message_append(p, signal); break;
    case SIGNAL_ALIAS:
        if (alias_received(p, signal)) message_append(p, signal);
        break;
    case SIGNAL_EXIT: exit_received(p, signal); break;
    case SIGNAL_EXIT_LINK: exit_link_received(p, signal); break;
    case SIGNAL_LINK:
    case SIGNAL_UNLINK:
    case SIGNAL_UNLINK_ACK: link_received(p, signal); break;
    case SIGNAL_MONITOR:
    case SIGNAL_DEMONITOR:
    case SIGNAL_DOWN: monitor_received(p, signal); break;
    case SIGNAL_GROUP_LEADER: leader_received(p, signal); break;
    case SIGNAL_TIMEOUT: timer_receive_fired(p); break;
    case SIGNAL_CALL: signal->function(p, signal); break;
    }
}

void signal_handle_late(Process *p, Signal *signal)
{
    switch ((SignalKind)signal->kind) {
    case SIGNAL_LINK:
    case SIGNAL_UNLINK:
    case SIGNAL_EXIT_LINK: link_received_late(p, signal); break;
    case SIGNAL_MONITOR:
    case SIGNAL_DEMONITOR: monitor_received_late(p, signal); break;
    case SIGNAL_CALL: signal->function(p, signal); break;
    default: signal_free(signal); break;
    }
}
