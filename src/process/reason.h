/* SPDX-License-Identifier: Apache-2.0 */
/* reason.h - the reason of an exit, shared by all the signals that tell it. */
#ifndef PROCESS_REASON_H
#define PROCESS_REASON_H

#include "process/signal.h"

/* One copy of the term, made when the process exits; each receiver makes its own of it, the last
   one takes it. So telling many needs no memory, and little where nobody looks at the reason. */
typedef struct ExitReason {
    _Atomic(uint32_t) count;
    TermBox box;
} ExitReason;

/* Count 1. NULL: `*reason` needs no memory, or, as there was none, is system_limit now. */
ExitReason *reason_make(Term *reason);
static inline void reason_retain(ExitReason *reason)
{
    if (reason) atomic_fetch_add_explicit(&reason->count, 1, memory_order_relaxed);
}
void reason_release(ExitReason *reason);

/* Gives a signal with a shared reason its own copy in `term` (system_limit where there is no
   memory). */
void reason_settle(Signal *signal);

#endif
