/* SPDX-License-Identifier: Apache-2.0 */
/* signal.h - what processes send each other. */
#ifndef PROCESS_SIGNAL_H
#define PROCESS_SIGNAL_H

/* One allocation per signal: a Signal stands in the first words of a Fragment (heap/heap.h) whose
   later words are the signal's terms. The receiver adopts the fragment whole. Links and monitors are
   nodes that turn into the signal they will send one day, so that a process can always die without
   allocating (design D26).
   Sending copies on the sender's side and takes no lock of the receiver: inbox_push, and a wake-up
   if it waits. Signals from one sender to one receiver arrive in the order of sending. A signal to
   a process that is gone, or dies meanwhile, is dropped (or answered with noproc, where it must). */

#include "heap/copy.h"
#include "process/process.h"

typedef enum SignalKind {
    SIGNAL_MESSAGE,
    SIGNAL_EXIT,       /* exit/2 */
    SIGNAL_EXIT_LINK,  /* a linked process has exited */
    SIGNAL_LINK, SIGNAL_UNLINK, SIGNAL_UNLINK_ACK,
    SIGNAL_MONITOR, SIGNAL_DEMONITOR, SIGNAL_DOWN,
    SIGNAL_GROUP_LEADER,
    SIGNAL_CALL        /* run `function` in the receiver: process_info of others, garbage_collect,
                          check_process_code, alias messages, timers ... */
} SignalKind;

typedef struct Signal {
    InboxNode node;         /* first */
    struct Signal *next;    /* in the private queue */
    uint8_t kind;
    uint8_t is_on_heap;     /* message: its fragment was adopted already */
    uint16_t flags;
    Term from;              /* pid or port */
    Term term;              /* message, reason, reference ... */
    OffHeap *off_heap;      /* of the terms in the fragment */
    void (*function)(struct Process *receiver, struct Signal *signal); /* SIGNAL_CALL: owns signal */
} Signal;
#define SIGNAL_WORDS ((sizeof(Signal) + WORD_BYTES - 1) / WORD_BYTES)
Fragment *signal_fragment(Signal *signal);

/* A signal whose `term` is a copy of t. NULL: out of memory. */
Signal *signal_make(SignalKind kind, Term from, Term t);
void signal_free(Signal *signal);
/* Hands over to the process `to` (pid of this node). False: no such process; the caller still owns. */
bool signal_send(Term to, Signal *signal);

/* ---- What natives call ---- */

/* Sends a message to a local pid, a registered name's pid or an alias. Result of dead receivers is
   true. False: out of memory. */
bool message_send(Term from, Term to, Term message);
/* exit(Pid, Reason) from `from`. */
bool exit_send(Term from, Term to, Term reason);

#endif
