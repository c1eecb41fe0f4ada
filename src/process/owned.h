/* SPDX-License-Identifier: Apache-2.0 */
/* owned.h - things of the VM that end with the process that made them. */
#ifndef PROCESS_OWNED_H
#define PROCESS_OWNED_H

/* A resource stays as long as there are references to it, and in any heap. What must end earlier,
   with its owner, such as an open file, carries an Owned: it hangs in the owner's extension, and
   `lose` is called once when the owner dies. Its resource may end first, in any thread; its
   `destroy` calls owned_remove. */

#include "heap/resource.h"
#include "process/process.h"

typedef struct Owned {
    struct Owned *next, **link; /* link NULL: in no list */
    Resource *resource;
    /* The owner is dying: must not block. Called without a lock, the resource being kept. */
    void (*lose)(Resource *resource);
} Owned;

bool owned_init(void);
/* p, which runs, becomes the owner. False: out of memory. */
bool owned_add(Process *p, Owned *owned, Resource *resource, void (*lose)(Resource *resource));
/* From any thread; nothing happens if it was lost or removed. */
void owned_remove(Owned *owned);

#endif
