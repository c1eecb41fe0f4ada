/* SPDX-License-Identifier: Apache-2.0 */
/* inbox.h - a queue that many push to and one empties, without a lock. */
#ifndef BASE_INBOX_H
#define BASE_INBOX_H

/* A stack of nodes linked newest first; taking all of it reverses it, so that nodes come out in the
   order in which they were pushed. Once closed it takes no more: who pushes then learns of it. */

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct InboxNode {
    struct InboxNode *next;
} InboxNode;

typedef struct Inbox {
    _Atomic(InboxNode *) newest;
} Inbox;

#define INBOX_CLOSED ((InboxNode *)(uintptr_t)1)

static inline void inbox_init(Inbox *inbox) { atomic_init(&inbox->newest, NULL); }

/* False: the inbox is closed, the caller keeps the node. */
static inline bool inbox_push(Inbox *inbox, InboxNode *node)
{
    InboxNode *newest = atomic_load_explicit(&inbox->newest, memory_order_relaxed);
    do {
        if (newest == INBOX_CLOSED) return false;
        node->next = newest;
    } while (!atomic_compare_exchange_weak_explicit(&inbox->newest, &newest, node,
                                                    memory_order_seq_cst, memory_order_relaxed));
    return true;
}

static inline bool inbox_is_empty(Inbox *inbox)
{
    return atomic_load_explicit(&inbox->newest, memory_order_seq_cst) == NULL;
}

static inline InboxNode *inbox_replace(Inbox *inbox, InboxNode *by)
{
    /* Only the taker closes, so a closed inbox stays so. */
    if (atomic_load_explicit(&inbox->newest, memory_order_relaxed) == INBOX_CLOSED) return NULL;
    InboxNode *node = atomic_exchange_explicit(&inbox->newest, by, memory_order_acq_rel);
    InboxNode *oldest = NULL;
    while (node) {
        InboxNode *older = node->next;
        node->next = oldest;
        oldest = node;
        node = older;
    }
    return oldest;
}
/* All nodes, oldest first. */
static inline InboxNode *inbox_take_all(Inbox *inbox) { return inbox_replace(inbox, NULL); }
/* The same, and no more from now on. */
static inline InboxNode *inbox_close(Inbox *inbox) { return inbox_replace(inbox, INBOX_CLOSED); }

#endif
