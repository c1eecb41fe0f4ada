/* SPDX-License-Identifier: Apache-2.0 */
/* mailbox.c - a process's queue of messages. */

#include "process/mailbox.h"
#include "heap/number.h"
#include "heap/resource.h"
#include "mote/port.h"
#include "process/extension.h"
#include "process/handle.h"
#include "process/marker.h"
#include "process/timer.h"
#include "term/atom.h"

#define COPY_WORDS_MAX 64 /* larger messages are adopted */
#define WAIT_MAX 0xFFFFFFFFu
#define NANOSECONDS_IN_MS 1000000u

void mailbox_init(Process *p)
{
    inbox_init(&p->inbox);
    p->messages = NULL;
    p->last = p->save = &p->messages;
    p->message_count = 0;
}

bool mailbox_fetch(Process *p)
{
    if (!inbox_is_empty(&p->inbox)) {
        InboxNode *next;
        for (InboxNode *node = inbox_take_all(&p->inbox); node; node = next) {
            Signal *signal = (Signal *)node;
            next = node->next;
            /* What comes behind a fatal signal finds no process: it is answered at the end. */
            if (signal->kind == SIGNAL_MESSAGE || p->flags & PROCESS_KILLED) {
                message_append(p, signal);
            } else {
                signal_handle(p, signal);
            }
        }
    }
    return !(p->flags & PROCESS_KILLED);
}

/* ---- Copies ---- */

static bool points_into(Term t, const Term *start, size_t words)
{
    return !is_immediate(t) && (t & ~(Term)3) - (Term)start < words * WORD_BYTES;
}

/* Moves the words of a message, whose terms point at each other and at literals, to `to`. */
static Term relocate(const Term *from, size_t words, Term *to, Term t)
{
    Term delta = (Term)to - (Term)from;
    for (size_t i = 0; i < words;) {
        Term word = from[i];
        if (!is_header(word) || kind_is_plain(header_kind(word))) {
            to[i++] = points_into(word, from, words) ? word + delta : word;
            continue;
        }
        size_t size = 1 + header_size(word);
        memcpy(to + i, from + i, size * WORD_BYTES);
        if (header_kind(word) == KIND_BIN_SUB) {
            SubBin *sub = (SubBin *)(to + i);
            if (points_into(sub->whole, from, words)) sub->whole += delta;
        }
        i += size;
    }
    return t + delta;
}

/* The message's copy on the heap; TERM_NONE where it is to be looked at where it lies. */
static Term copy_message(Process *p, Signal *signal)
{
    const Fragment *fragment = signal_fragment(signal);
    const Term *words = signal_words(signal) + signal->number;
    size_t count = (size_t)(fragment->words + fragment->used - words);
    if (count > COPY_WORDS_MAX || fragment->next || signal->off_heap ||
        signal->flags & SIGNAL_SEEN ||
        (size_t)(p->heap.stack - p->heap.top) < count + STACK_RESERVE)
        return TERM_NONE;
    Term copy = relocate(words, count, p->heap.top, signal->term);
    p->heap.top += count;
    signal->flags |= SIGNAL_COPIED;
    return copy;
}

/* ---- The save pointer ---- */

Term mailbox_peek(Process *p)
{
    if (p->flags & PROCESS_MESSAGE_HELD) return p->roots[ROOT_MESSAGE];
    if (!*p->save) {
        mailbox_fetch(p);
        if (!*p->save || p->flags & PROCESS_KILLED) return TERM_NONE;
    }
    Signal *signal = *p->save;
    Term message = signal->term;
    if (is_literal(message)) return message;
    if (p->save == &p->messages) {
        Term copy = copy_message(p, signal);
        if (!is_none(copy)) return copy;
    }
    p->flags |= PROCESS_PEEKING;
    return p->roots[ROOT_MESSAGE] = message;
}

static void look_away(Process *p)
{
    p->flags &= ~(uint32_t)(PROCESS_PEEKING | PROCESS_MESSAGE_HELD);
    p->roots[ROOT_MESSAGE] = TERM_NONE;
}

void mailbox_hold(Process *p)
{
    Signal *signal = *p->save;
    p->flags = (p->flags & ~(uint32_t)PROCESS_PEEKING) | PROCESS_MESSAGE_HELD;
    marker_forget(p, &signal->next, p->save);
    *p->save = signal->next;
    if (!signal->next) p->last = p->save;
    signal_adopt(p, signal);
}

/* A message that a collection took out goes back to its place. Without memory the process ends. */
static void put_back(Process *p)
{
    Signal *signal = signal_make(SIGNAL_MESSAGE, p->pid, p->roots[ROOT_MESSAGE]);
    if (!signal) {
        p->flags |= PROCESS_KILLED;
        p->exception_class = CLASS_EXIT;
        p->roots[ROOT_REASON] = A(system_limit);
        p->message_count--;
        return;
    }
    signal->flags = SIGNAL_SEEN;
    signal->next = *p->save;
    if (!signal->next) p->last = &signal->next;
    *p->save = signal;
}

void mailbox_next(Process *p)
{
    if (p->flags & (PROCESS_PEEKING | PROCESS_MESSAGE_HELD)) {
        if (p->flags & PROCESS_MESSAGE_HELD) put_back(p);
        look_away(p);
        if (!*p->save) return;
    }
    Signal *signal = *p->save;
    signal->flags = SIGNAL_SEEN;
    p->save = &signal->next;
}

static Signal *unlink_message(Process *p, Signal **place)
{
    Signal *signal = *place;
    if (p->extension) marker_forget(p, &signal->next, place);
    *place = signal->next;
    if (!signal->next) p->last = place;
    p->message_count--;
    return signal;
}

void mailbox_remove(Process *p)
{
    if (p->flags & PROCESS_MESSAGE_HELD) {
        p->message_count--;
        look_away(p);
    } else {
        Signal *signal = unlink_message(p, p->save);
        if (p->flags & PROCESS_PEEKING) {
            look_away(p);
            signal_adopt(p, signal);
        } else {
            signal_free(signal);
        }
    }
    mailbox_rewind(p);
}

void mailbox_rewind(Process *p)
{
    p->save = &p->messages;
    if (p->flags & (PROCESS_TIMER_SET | PROCESS_TIMED_OUT)) timer_receive_stop(p);
    p->flags &= ~(uint32_t)PROCESS_WAITS_FOREVER;
}

bool mailbox_wait_until(Process *p, Term milliseconds, bool *bad)
{
    uint64_t wait;
    *bad = false;
    /* After a wake-up the register that had the time may hold anything. */
    if (p->flags & PROCESS_TIMED_OUT) return true;
    if (p->flags & (PROCESS_TIMER_SET | PROCESS_WAITS_FOREVER)) return false;
    if (milliseconds == make_small(0)) return true;
    if (milliseconds == A(infinity)) {
        p->flags |= PROCESS_WAITS_FOREVER;
        return false;
    }
    *bad = !integer_to_u64(milliseconds, &wait) || wait > WAIT_MAX;
    if (*bad) return true;
    if (timer_receive_start(p, port_now() + wait * NANOSECONDS_IN_MS)) return false;
    p->flags |= PROCESS_TIMED_OUT; /* No memory to wait with. */
    return true;
}

/* ---- All of them ---- */

void mailbox_flush_down(Process *p, Term reference)
{
    const uint32_t *number = reference_numbers_of(reference);
    if (!mailbox_fetch(p)) return; /* What is no message may stand in the queue, too. */
    for (Signal **place = &p->messages; *place; place = &(*place)->next) {
        Term message = (*place)->term;
        if (!is_tuple_of(message, 5)) continue;
        Term second = tuple_elements(message)[1];
        if (!is_kind(second, KIND_REF) ||
            memcmp(reference_numbers_of(second), number, 3 * sizeof *number) != 0)
            continue;
        if (p->save == &(*place)->next) p->save = place;
        signal_free(unlink_message(p, place));
        return;
    }
}

size_t mailbox_words(const Process *p)
{
    size_t words = 0;
    for (Signal *signal = p->messages; signal; signal = signal->next) {
        const Fragment *f = signal->kind == SIGNAL_MESSAGE ? signal_fragment(signal) : NULL;
        for (; f; f = f->next) words += f->room;
    }
    return words;
}

void mailbox_each(Process *p, bool (*visit)(Term message, void *context), void *context)
{
    for (const Signal *signal = p->messages; signal; signal = signal->next) {
        if (!visit(signal->term, context)) return;
    }
}
