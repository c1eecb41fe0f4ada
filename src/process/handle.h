/* SPDX-License-Identifier: Apache-2.0 */
/* handle.h - what signals do to the process that receives them. */
#ifndef PROCESS_HANDLE_H
#define PROCESS_HANDLE_H

#include "process/signal.h"
#include "process/trace.h"

/* Takes the signal; a message, or what becomes one, goes to the end of the private queue. May set
   PROCESS_KILLED. */
void signal_handle(Process *p, Signal *signal);
/* The same for a process that is exiting: answers what must be answered, frees the rest. */
void signal_handle_late(Process *p, Signal *signal);

static inline void message_append(Process *p, Signal *signal)
{
    signal->next = NULL;
    *p->last = signal;
    p->last = &signal->next;
    p->message_count++;
    if (p->flags & PROCESS_TRACED) trace_received(p, signal->term);
}
/* As message_append, for a signal whose `term` is to be the message {'EXIT', From, Reason}, ... */
void message_become(Process *p, Signal *signal, Term message, size_t first);

#endif
