/* SPDX-License-Identifier: Apache-2.0 */
/* reason.c - the reason of an exit, shared by all the signals that tell it. */

#include "process/reason.h"
#include "base/memory.h"
#include "term/atom.h"

ExitReason *reason_make(Term *reason)
{
    if (is_literal(*reason)) return NULL;
    ExitReason *shared = memory_alloc(sizeof *shared);
    if (shared && term_box(*reason, &shared->box, false)) {
        atomic_init(&shared->count, 1);
        return shared;
    }
    memory_free(shared, sizeof *shared);
    *reason = A(system_limit);
    return NULL;
}

void reason_release(ExitReason *reason)
{
    if (!reason || atomic_fetch_sub_explicit(&reason->count, 1, memory_order_acq_rel) != 1) return;
    term_box_free(&reason->box);
    memory_free(reason, sizeof *reason);
}

/* The box for one signal: taken from the last count, else copied. */
static bool take_box(ExitReason *reason, TermBox *box)
{
    if (atomic_load_explicit(&reason->count, memory_order_acquire) != 1)
        return term_box(reason->box.term, box, false);
    *box = reason->box;
    reason->box = (TermBox){TERM_NIL, NULL, NULL};
    return true;
}

void reason_settle(Signal *signal)
{
    ExitReason *reason = signal->reason;
    TermBox box;
    if (!reason) return;
    signal->reason = NULL;
    if (take_box(reason, &box)) {
        signal->term = box.term;
        signal_fragment(signal)->next = box.fragment;
        signal->off_heap = box.off_heap;
    } else {
        signal->term = A(system_limit);
    }
    reason_release(reason);
}
