/* SPDX-License-Identifier: Apache-2.0 */
/* owned.c - things that end with the process that made them. */

/* One lock for all lists: it is held for a few instructions. A resource whose last reference goes
   while its owner dies is seen by both: the owner leaves it to the other, which waits for the
   lock. */

#include "process/owned.h"
#include "base/lock.h"
#include "process/extension.h"

static Lock lock;

static void take_out(Owned *owned)
{
    *owned->link = owned->next;
    if (owned->next) owned->next->link = owned->link;
    owned->link = NULL;
}

/* The next that is to be told, retained. */
static Owned *pop(Extension *extension)
{
    Owned *owned;
    lock_acquire(&lock);
    while ((owned = extension->owned)) {
        take_out(owned);
        if (resource_try_retain(owned->resource)) break;
    }
    lock_release(&lock);
    return owned;
}

static bool lose_all(Process *p)
{
    Owned *owned;
    while (p->extension && (owned = pop(p->extension))) {
        Resource *resource = owned->resource;
        owned->lose(resource);
        resource_release(resource);
        if (--p->reductions <= 0) return false;
    }
    return true;
}

bool owned_init(void)
{
    lock_init(&lock);
    process_exit_hook_add(lose_all);
    return true;
}

bool owned_add(Process *p, Owned *owned, Resource *resource, void (*lose)(Resource *resource))
{
    Extension *extension = process_extend(p);
    if (!extension) return false;
    *owned = (Owned){NULL, &extension->owned, resource, lose};
    lock_acquire(&lock);
    owned->next = extension->owned;
    if (owned->next) owned->next->link = &owned->next;
    extension->owned = owned;
    lock_release(&lock);
    return true;
}

void owned_remove(Owned *owned)
{
    lock_acquire(&lock);
    if (owned->link) take_out(owned);
    lock_release(&lock);
}
