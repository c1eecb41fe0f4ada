/* SPDX-License-Identifier: Apache-2.0 */
/* signal.h - what processes send each other. */
#ifndef PROCESS_SIGNAL_H
#define PROCESS_SIGNAL_H

/* One allocation per signal: a Signal stands in the first words of a Fragment (heap/heap.h)
   whose later words are the signal's terms. The receiver adopts the fragment whole. Links and
   monitors are nodes that turn into the signal they will send one day, so that a process can
   always die without allocating (design D26). Sending copies on the sender's side and takes no
   lock of the receiver: inbox_push, and a wake-up if it waits. Signals from one sender to one
   receiver arrive in the order of sending. A signal to a process that is gone, or dies
   meanwhile, is dropped (or answered with noproc, where it must). The terms of a signal stand in
   its fragment and in the fragments behind it (Fragment.next). */

#include "heap/copy.h"
#include "process/process.h"

typedef enum SignalKind {
    SIGNAL_MESSAGE,
    SIGNAL_ALIAS,      /* a message to an alias: the reference's numbers, then the terms */
    SIGNAL_EXIT,       /* exit/2 */
    SIGNAL_EXIT_LINK,  /* a linked process has exited */
    SIGNAL_LINK, SIGNAL_UNLINK, SIGNAL_UNLINK_ACK,
    SIGNAL_MONITOR, SIGNAL_DEMONITOR, SIGNAL_DOWN,
    SIGNAL_GROUP_LEADER, /* term: the new one */
    SIGNAL_TIMEOUT,    /* of the receive timer; stands in the receiver's extension */
    SIGNAL_CALL        /* run `function` in the receiver: process_info of others, garbage_collect,
                          check_process_code ... */
} SignalKind;

typedef struct Signal {
    union {
        InboxNode node;        /* first: in an inbox */
        struct Signal *next;   /* in the private queue */
        struct Signal *lesser; /* in a LinkTable (process/link_node.h) */
    };
    uint8_t kind;
    uint8_t flags;          /* SIGNAL_* below */
    uint16_t mode;          /* of links and monitors: process/link_node.h */
    uint32_t number;        /* of an unlink; of a message: words between signal and terms */
    Term from;              /* pid or port */
    Term term;              /* message, reason, reference ... */
    OffHeap *off_heap;      /* of the terms in the fragments */
    union {
        void (*function)(struct Process *receiver, struct Signal *signal); /* owns signal */
        struct ExitReason *reason; /* of EXIT_LINK and DOWN, shared by many: then term is unset */
        struct Signal *greater;    /* in a LinkTable */
    };
} Signal;
enum {
    SIGNAL_COPIED = 1, /* the message was copied to the heap when it was looked at */
    SIGNAL_SEEN = 2    /* it was looked at and did not match */
};
#define SIGNAL_WORDS ((sizeof(Signal) + WORD_BYTES - 1) / WORD_BYTES)
static inline Fragment *signal_fragment(Signal *signal)
{
    return (Fragment *)((char *)signal - offsetof(Fragment, words));
}
/* What follows the signal in its fragment. */
static inline Term *signal_words(Signal *signal) { return (Term *)signal + SIGNAL_WORDS; }

/* A signal with room for `words` behind it; `term` is TERM_NIL. NULL: out of memory. */
Signal *signal_alloc(SignalKind kind, Term from, size_t words);
/* A signal whose `term` is a copy of t. NULL: out of memory. */
Signal *signal_make(SignalKind kind, Term from, Term t);
/* The same with `extra` words for the receiver between signal and terms. */
Signal *signal_make_with(SignalKind kind, Term from, Term t, size_t extra);
void signal_free(Signal *signal);
/* Hands over to the process `to` (pid of this node). False: no such process; the caller still
   owns. */
bool signal_send(Term to, Signal *signal);
/* The same where the receiver was found already. */
bool signal_push(Process *receiver, Signal *signal);
/* Hands over, or frees where there is no such process. */
void signal_post(Term to, Signal *signal);
/* The signal's memory becomes the heap's; its `term` stays valid. */
void signal_adopt(Process *p, Signal *signal);

/* ---- What natives call ---- */

/* Sends a message to a local pid, a registered name's pid or an alias. Result of dead receivers is
   true. False: out of memory. */
bool message_send(Term from, Term to, Term message);
/* exit(Pid, Reason) from `from`. */
bool exit_send(Term from, Term to, Term reason);
/* group_leader(Leader, Pid) of another process. False: out of memory. */
bool group_leader_send(Term from, Term to, Term leader);

#endif
