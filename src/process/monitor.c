/* SPDX-License-Identifier: Apache-2.0 */
/* monitor.c - monitors and aliases. */

#include "base/memory.h"
#include "heap/resource.h"
#include "process/handle.h"
#include "process/link_node.h"
#include "process/mailbox.h"
#include "process/reason.h"
#include "process/registry.h"
#include "term/atom.h"
#include "term/node.h"
#include "term/release.h"

bool monitor_options_read(Term list, MonitorOptions *options)
{
    *options = (MonitorOptions){ALIAS_NONE, TERM_NONE};
    for (; is_cons(list); list = cons_tail(list)) {
        Term option = cons_head(list);
        /* OTP differs: what has priority comes in its turn. */
        if (option == A(priority) && release_has_priority()) continue;
        if (!is_tuple_of(option, 2)) return false;
        Term key = tuple_elements(option)[0], value = tuple_elements(option)[1];
        if (key == A(tag)) {
            options->tag = value;
        } else if (key != A(alias)) {
            return false;
        } else if (value == A(explicit_unalias)) {
            options->alias = ALIAS_EXPLICIT;
        } else if (value == A(demonitor)) {
            options->alias = ALIAS_DEMONITOR;
        } else if (value == A(reply_demonitor)) {
            options->alias = ALIAS_REPLY_DEMONITOR;
        } else {
            return false;
        }
    }
    return is_nil(list);
}

/* ---- Making ---- */

/* Puts the tag's copy behind the node. False: no memory. */
static bool set_tag(LinkNode *node, Term tag)
{
    TermBox box = {A(DOWN), NULL, NULL};
    if (!is_none(tag) && !term_box(tag, &box, false)) return false;
    node->signal.term = box.term;
    signal_fragment(&node->signal)->next = box.fragment;
    node->signal.off_heap = box.off_heap;
    return true;
}

LinkNode *monitor_node_make(Term peer, const uint32_t number[3], const MonitorOptions *options)
{
    LinkNode *node = node_make(SIGNAL_DEMONITOR, peer, number);
    if (!node) return NULL;
    node->signal.mode = MODE_MONITORS;
    if (!set_tag(node, options->tag)) {
        node_free(node);
        return NULL;
    }
    if (options->alias != ALIAS_NONE) {
        node->signal.mode |= MODE_REF;
        node_set_alias(node, options->alias);
    }
    return node;
}

/* There is nothing to monitor: DOWN with noproc comes as if from there. */
static void no_process(Process *p, LinkNode *other, Term target)
{
    other->signal.kind = SIGNAL_DOWN;
    other->signal.from = target;
    other->signal.term = A(noproc);
    if (!signal_push(p, &other->signal)) node_free(other);
}

Term monitor_make(Process *p, Term type, Term target, const MonitorOptions *options)
{
    bool named = is_atom(target);
    Term pid = named ? registry_find(target) : target;
    uint32_t number[3];
    Term *top = heap_reserve(&p->heap, 1 + REF_SIZE);
    if (!top) return TERM_NONE;
    reference_numbers(number);
    Term ref = reference_put(top, number, options->alias && pid != p->pid ? p->pid : TERM_NIL);
    if (pid == p->pid) return ref; /* A process that monitors itself would never learn. */
    LinkNode *other = node_make(SIGNAL_MONITOR, p->pid, number);
    LinkNode *node = other ? monitor_node_make(pid, number, options) : NULL;
    if (!node) {
        if (other) node_free(other);
        return TERM_NONE;
    }
    if (named) node->name = target;
    if (named && type == A(port)) node->signal.mode |= MODE_PORT;
    node_put(p, node);
    if (is_none(pid) || !signal_send(pid, &other->signal)) no_process(p, other, pid);
    return ref;
}

Term alias_make(Process *p, bool reply_only_once)
{
    uint32_t number[3];
    Term *top = heap_reserve(&p->heap, 1 + REF_SIZE);
    if (!top) return TERM_NONE;
    reference_numbers(number);
    LinkNode *node = node_make(SIGNAL_DEMONITOR, p->pid, number);
    if (!node) return TERM_NONE;
    node->signal.mode = MODE_REF;
    node_set_alias(node, reply_only_once ? ALIAS_REPLY : ALIAS_EXPLICIT);
    node_put(p, node);
    return reference_put(top, number, p->pid);
}

/* ---- Ending ---- */

/* The node leaves the table and goes to the monitored process. */
static void demonitor(Process *p, Signal **place)
{
    LinkNode *node = node_take(p, place);
    Term peer = node->signal.from;
    node->signal.from = p->pid;
    signal_post(peer, &node->signal);
}

static LinkNode *find(Process *p, Term reference, Signal ***place)
{
    if (!is_kind(reference, KIND_REF)) return NULL;
    *place = node_place_ref(p, SIGNAL_DEMONITOR, reference_numbers_of(reference));
    return node_at(*place);
}

bool monitor_drop(Process *p, Term reference, bool flush, bool *was_there)
{
    Signal **place = NULL;
    LinkNode *node = find(p, reference, &place);
    *was_there = node && node->signal.mode & MODE_MONITORS;
    if (!*was_there) {
        if (flush && is_kind(reference, KIND_REF)) mailbox_flush_down(p, reference);
        return true;
    }
    if (node_alias(node) != ALIAS_EXPLICIT) {
        demonitor(p, place);
        return true;
    }
    /* The node stays for the alias. */
    LinkNode *other = node_make(SIGNAL_DEMONITOR, p->pid, node->number);
    if (!other) return false;
    node->signal.mode &= (uint16_t)~MODE_MONITORS;
    signal_post(node->signal.from, &other->signal);
    return true;
}

bool alias_drop(Process *p, Term reference)
{
    Signal **place = NULL;
    LinkNode *node = find(p, reference, &place);
    if (!node || node_alias(node) == ALIAS_NONE) return false;
    node_set_alias(node, ALIAS_NONE);
    if (!(node->signal.mode & MODE_MONITORS)) node_free(node_take(p, place));
    return true;
}

/* ---- Received ---- */

bool alias_received(Process *p, Signal *signal)
{
    uint32_t number[3];
    memcpy(number, signal_words(signal), sizeof number);
    Signal **place = node_place_ref(p, SIGNAL_DEMONITOR, number);
    LinkNode *node = node_at(place);
    switch (node ? node_alias(node) : ALIAS_NONE) {
    case ALIAS_NONE: signal_free(signal); return false;
    case ALIAS_REPLY: node_free(node_take(p, place)); break;
    case ALIAS_REPLY_DEMONITOR: demonitor(p, place); break;
    default: break;
    }
    signal->kind = SIGNAL_MESSAGE;
    return true;
}

/* {Tag, Ref, process | port, Pid | {Name, Node}, Reason} in words that the signal keeps for it. */
static void down_message(Process *p, Signal *signal, LinkNode *node)
{
    Term *tuple = signal_words(signal), *ref = tuple + 6, *pair = ref + 1 + REF_SIZE;
    uint32_t number[3];
    memcpy(number, node->number, sizeof number);
    tuple[0] = make_header(KIND_TUPLE, 5);
    tuple[1] = node->signal.term;
    tuple[2] = reference_put(ref, number, node->signal.mode & MODE_REF ? p->pid : TERM_NIL);
    bool is_port = is_local_port(signal->from) || node->signal.mode & MODE_PORT;
    tuple[3] = is_port ? A(port) : A(process);
    tuple[4] = node->signal.from;
    tuple[5] = signal->term;
    Term named = pair_put(pair, node->name, node_self()->name);
    if (!is_none(node->name)) tuple[4] = named;
    message_become(p, signal, make_boxed(tuple), 0);
}

/* The memory of the tag goes to the message that has it. */
static void move_tag(LinkNode *node, Signal *signal)
{
    Fragment **end = &signal_fragment(signal)->next;
    while (*end) end = &(*end)->next;
    *end = signal_fragment(&node->signal)->next;
    signal_fragment(&node->signal)->next = NULL;
    OffHeap **last = &signal->off_heap;
    while (*last) last = &(*last)->next;
    *last = node->signal.off_heap;
    node->signal.off_heap = NULL;
}

static void down_received(Process *p, Signal *signal)
{
    Signal **place = node_place_ref(p, SIGNAL_DEMONITOR, ((LinkNode *)signal)->number);
    LinkNode *node = node_at(place);
    if (!node || !(node->signal.mode & MODE_MONITORS)) {
        signal_free(signal);
        return;
    }
    reason_settle(signal);
    move_tag(node, signal);
    down_message(p, signal, node);
    node->signal.mode &= (uint16_t)~MODE_MONITORS;
    if (node_alias(node) != ALIAS_EXPLICIT) node_free(node_take(p, place));
}

void monitor_received(Process *p, Signal *signal)
{
    if (signal->kind == SIGNAL_MONITOR) {
        node_put(p, (LinkNode *)signal);
    } else if (signal->kind == SIGNAL_DOWN) {
        down_received(p, signal);
    } else {
        Signal **place = node_place_ref(p, SIGNAL_MONITOR, ((LinkNode *)signal)->number);
        if (*place) node_free(node_take(p, place));
        signal_free(signal);
    }
}

void monitor_received_late(Process *p, Signal *signal)
{
    if (signal->kind != SIGNAL_MONITOR) {
        monitor_received(p, signal);
        return;
    }
    Term to = signal->from;
    signal->kind = SIGNAL_DOWN;
    signal->from = p->pid;
    signal->term = A(noproc);
    signal_post(to, signal);
}
