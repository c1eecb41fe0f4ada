/* SPDX-License-Identifier: Apache-2.0 */
/* epoch.h - freeing what other threads may still be reading. */
#ifndef BASE_EPOCH_H
#define BASE_EPOCH_H

/* Each thread that follows shared pointers without a lock is a member. Between slices, when it
   holds no such pointer, it calls epoch_quiescent. What is retired is freed once every member has
   passed a quiescent point (or was asleep: epoch_leave) after the retirement (design D21). */

#include <stdbool.h>
#include <stddef.h>

#define EPOCH_MEMBERS_MAX 64

/* What is retired carries this as part of its own memory, so that retiring never allocates. */
typedef struct Retired {
    struct Retired *next;
    void (*free)(struct Retired *retired);
    size_t epoch;
} Retired;

void epoch_init(void);
/* Member `id` begins to read; ends (sleeps, exits). */
void epoch_enter(unsigned id);
void epoch_leave(unsigned id);
/* Member `id` holds no shared pointer right now. Frees what has become free. */
void epoch_quiescent(unsigned id);
/* Frees `retired` by `free` when no member can be reading it. */
void epoch_retire(Retired *retired, void (*free)(Retired *retired));

#endif
