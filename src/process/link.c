/* SPDX-License-Identifier: Apache-2.0 */
/* link.c - links. */

#include "process/link.h"
#include "process/link_node.h"
#include "process/reason.h"
#include "process/trace.h"
#include "term/atom.h"

static uint32_t next_unlink(void)
{
    static _Atomic(uint32_t) last;
    return atomic_fetch_add_explicit(&last, 1, memory_order_relaxed) + 1;
}

bool link_make(Process *p, Term pid, bool *noproc)
{
    *noproc = false;
    if (pid == p->pid) return true;
    Signal **place = node_place_pid(p, pid);
    LinkNode *node = node_at(place);
    if (node && !(node->signal.mode & MODE_UNLINKING)) return true;
    LinkNode *other = node_make(SIGNAL_LINK, p->pid, NULL);
    if (!other) return false;
    bool is_new = !node;
    if (is_new) node = node_make(SIGNAL_LINK, pid, NULL);
    if (!node) {
        node_free(other);
        return false;
    }
    /* In the table before the signal is out: the answer may be here at once. */
    node->signal.mode &= (uint16_t)~MODE_UNLINKING;
    if (is_new) node_put(p, node);
    if (signal_send(pid, &other->signal)) return true;
    node_free(other);
    node_free(node_take(p, node_place_pid(p, pid)));
    *noproc = true;
    return true;
}

bool link_drop(Process *p, Term pid)
{
    Signal **place = node_place_pid(p, pid);
    LinkNode *node = node_at(place);
    if (!node || node->signal.mode & MODE_UNLINKING) return true;
    Signal *signal = signal_alloc(SIGNAL_UNLINK, p->pid, 0);
    if (!signal) return false;
    node->signal.mode |= MODE_UNLINKING;
    node->signal.number = signal->number = next_unlink();
    if (signal_send(pid, signal)) return true;
    signal_free(signal);
    node_free(node_take(p, place));
    return true;
}

/* ---- Received ---- */

static void acknowledge(Process *p, Signal *signal)
{
    Term to = signal->from;
    signal->kind = SIGNAL_UNLINK_ACK;
    signal->from = p->pid;
    signal_post(to, signal);
}

static void unlink_received(Process *p, Signal *signal)
{
    Signal **place = node_place_pid(p, signal->from);
    if (*place && !((*place)->mode & MODE_UNLINKING)) {
        trace_process(p, A(getting_unlinked), signal->from);
        node_free(node_take(p, place));
    }
    acknowledge(p, signal);
}

static void acknowledged(Process *p, Signal *signal)
{
    Signal **place = node_place_pid(p, signal->from), *node = *place;
    if (node && node->mode & MODE_UNLINKING && node->number == signal->number)
        node_free(node_take(p, place));
    signal_free(signal);
}

void link_received(Process *p, Signal *signal)
{
    if (signal->kind == SIGNAL_UNLINK) {
        unlink_received(p, signal);
    } else if (signal->kind == SIGNAL_UNLINK_ACK) {
        acknowledged(p, signal);
    } else if (*node_place_pid(p, signal->from)) {
        /* Both linked at once; or an unlink of this side is on its way, and ends the link there. */
        signal_free(signal);
    } else {
        trace_process(p, A(getting_linked), signal->from);
        node_put(p, (LinkNode *)signal);
    }
}

/* ---- Exits ---- */

static void exit_link_send(Process *p, Signal *signal, Term reason, ExitReason *shared)
{
    Term to = signal->from;
    signal->kind = SIGNAL_EXIT_LINK;
    signal->from = p->pid;
    signal->term = reason;
    signal->reason = shared;
    reason_retain(shared);
    signal_post(to, signal);
}

void link_received_late(Process *p, Signal *signal)
{
    Signal **place = node_place_pid(p, signal->from);
    if (signal->kind == SIGNAL_LINK) {
        /* Where both linked at once, the node will tell. */
        if (*place) {
            signal_free(signal);
        } else {
            exit_link_send(p, signal, A(noproc), NULL);
        }
        return;
    }
    if (*place) node_free(node_take(p, place));
    if (signal->kind == SIGNAL_UNLINK) {
        acknowledge(p, signal);
    } else {
        signal_free(signal);
    }
}

void node_tell_exit(Process *p, LinkNode *node)
{
    Term peer = node->signal.from;
    Signal *signal = &node->signal;
    if (signal->kind == SIGNAL_LINK) {
        if (signal->mode & MODE_UNLINKING) {
            node_free(node);
        } else {
            exit_link_send(p, signal, p->roots[ROOT_REASON], p->exit_reason);
        }
    } else if (signal->kind == SIGNAL_MONITOR) {
        signal->kind = SIGNAL_DOWN;
        signal->from = p->pid;
        signal->term = p->roots[ROOT_REASON];
        signal->reason = p->exit_reason;
        reason_retain(p->exit_reason);
        signal_post(peer, signal);
    } else if (signal->mode & MODE_MONITORS) {
        signal->from = p->pid;
        signal_post(peer, signal);
    } else {
        node_free(node);
    }
}

/* ---- Information ---- */

static bool visit_node(LinkNode *node, bool (*visit)(const LinkInfo *, void *), void *context)
{
    LinkInfo info = {LINK_PID, node->signal.from, node->number};
    switch (node->signal.kind) {
    case SIGNAL_LINK:
        if (node->signal.mode & MODE_UNLINKING) return true;
        info.number = NULL;
        return visit(&info, context);
    case SIGNAL_MONITOR: info.kind = MONITORED_BY; return visit(&info, context);
    default:
        info.kind = MONITOR_OF;
        if (!is_none(node->name)) info.who = node->name;
        if (node->signal.mode & MODE_MONITORS && !visit(&info, context)) return false;
        info.kind = ALIAS_OWN;
        return node_alias(node) == ALIAS_NONE || visit(&info, context);
    }
}

void link_each(Process *p, bool (*visit)(const LinkInfo *info, void *context), void *context)
{
    LinkNode *next;
    for (LinkNode *node = node_after(p, NULL); node; node = next) {
        next = node_after(p, node);
        if (!visit_node(node, visit, context)) return;
    }
}
