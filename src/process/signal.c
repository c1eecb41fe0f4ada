/* SPDX-License-Identifier: Apache-2.0 */
/* signal.c - making and sending signals. */

#include "process/signal.h"
#include "base/memory.h"
#include "process/handle.h"
#include "process/link_node.h"
#include "process/reason.h"
#include "process/run_queue.h"
#include "term/atom.h"

/* ---- Memory ---- */

Signal *signal_alloc(SignalKind kind, Term from, size_t words)
{
    Fragment *fragment = fragment_make(SIGNAL_WORDS + words);
    if (!fragment) return NULL;
    fragment->used = fragment->room;
    Signal *signal = (Signal *)fragment->words;
    signal->kind = (uint8_t)kind;
    signal->flags = 0;
    signal->mode = 0;
    signal->number = 0;
    signal->from = from;
    signal->term = TERM_NIL;
    signal->off_heap = NULL;
    signal->function = NULL;
    return signal;
}

Signal *signal_make_with(SignalKind kind, Term from, Term t, size_t extra)
{
    size_t words = term_size(t);
    Signal *signal = words == SIZE_MAX ? NULL : signal_alloc(kind, from, extra + words);
    if (!signal) return NULL;
    signal->number = (uint32_t)extra;
    if (words == 0) {
        signal->term = t;
        return signal;
    }
    CopyTarget target = {signal_words(signal) + extra, NULL, 0, false};
    signal->term = term_copy(t, &target);
    signal->off_heap = target.off_heap;
    return signal;
}

Signal *signal_make(SignalKind kind, Term from, Term t)
{
    return signal_make_with(kind, from, t, 0);
}

void signal_free(Signal *signal)
{
    if (signal->kind == SIGNAL_TIMEOUT) return; /* Part of an extension. */
    if (signal->kind == SIGNAL_EXIT_LINK || signal->kind == SIGNAL_DOWN)
        reason_release(signal->reason);
    if (signal->off_heap) off_heap_release(signal->off_heap);
    fragment_free_all(signal_fragment(signal));
}

void signal_adopt(Process *p, Signal *signal)
{
    size_t words = 0;
    for (const Fragment *f = signal_fragment(signal); f; f = f->next) words += f->room;
    heap_adopt(&p->heap, signal_fragment(signal), signal->off_heap, words);
}

/* ---- Sending ---- */

bool signal_push(Process *receiver, Signal *signal)
{
    if (!inbox_push(&receiver->inbox, &signal->node)) return false;
    process_signalled(receiver);
    return true;
}

bool signal_send(Term to, Signal *signal)
{
    Process *receiver = process_find(to);
    return receiver && signal_push(receiver, signal);
}

void signal_post(Term to, Signal *signal)
{
    if (!signal_send(to, signal)) signal_free(signal);
}

/* To an alias: the receiver decides whether it still is one. */
static bool alias_send(Term from, const Ref *ref, Term message)
{
    enum { NUMBER_WORDS = (sizeof ref->number + WORD_BYTES - 1) / WORD_BYTES };
    Signal *signal = signal_make_with(SIGNAL_ALIAS, from, message, NUMBER_WORDS);
    if (!signal) return false;
    memcpy(signal_words(signal), ref->number, sizeof ref->number);
    signal_post(ref->owner, signal);
    return true;
}

bool message_send(Term from, Term to, Term message)
{
    if (!is_local_pid(to) && !is_local_port(to)) {
        const Ref *ref = is_kind(to, KIND_REF) ? (const Ref *)boxed_ptr(to) : NULL;
        return !ref || !ref->is_alias || alias_send(from, ref, message);
    }
    Process *receiver = process_find(to);
    if (!receiver) return true;
    Signal *signal = signal_make(SIGNAL_MESSAGE, from, message);
    if (!signal) return false;
    if (!signal_push(receiver, signal)) signal_free(signal);
    return true;
}

/* In the process that an alias led to. */
static void exit_by_alias(Process *p, Signal *signal)
{
    if (process_is_exiting(p)) signal_free(signal);
    else if (alias_received(p, signal)) {
        signal->kind = SIGNAL_EXIT;
        signal_handle(p, signal);
    }
}

bool exit_send(Term from, Term to, Term reason)
{
    const Ref *ref = is_kind(to, KIND_REF) ? (const Ref *)boxed_ptr(to) : NULL;
    if (ref && !ref->is_alias) return true;
    SignalKind kind = ref ? SIGNAL_CALL : SIGNAL_EXIT;
    Signal *signal = signal_make_with(kind, from, reason, EXIT_WORDS);
    if (!signal) return false;
    if (ref) {
        memcpy(signal_words(signal), ref->number, sizeof ref->number);
        signal->function = exit_by_alias;
    }
    signal_post(ref ? ref->owner : to, signal);
    return true;
}

bool group_leader_send(Term from, Term to, Term leader)
{
    Signal *signal = signal_make(SIGNAL_GROUP_LEADER, from, leader);
    if (!signal) return false;
    signal_post(to, signal);
    return true;
}
