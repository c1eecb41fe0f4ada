/* SPDX-License-Identifier: Apache-2.0 */
/* resource.h - things of the VM that programs hold through magic references. */
#ifndef HEAP_RESOURCE_H
#define HEAP_RESOURCE_H

#include <stdatomic.h>
#include "heap/heap.h"

/* Counted; `destroy` runs when the last reference is gone and frees the resource's memory. A
   Resource is the first member of what it stands for. */
typedef struct Resource {
    _Atomic(uintptr_t) count;
    const struct ResourceType *type;
} Resource;

typedef struct ResourceType {
    const char *name;
    void (*destroy)(Resource *resource);
} ResourceType;

void resource_init(Resource *resource, const ResourceType *type); /* count 1 */
void resource_retain(Resource *resource);
/* False: its last reference is gone, it is about to be destroyed. */
bool resource_try_retain(Resource *resource);
void resource_release(Resource *resource);
/* A new reference to it on `heap`; takes a count of its own. TERM_NONE: out of memory. */
Term resource_make_ref(Heap *heap, Resource *resource);
/* The resource of `type` that t refers to, or NULL. Borrowed: t keeps it alive. */
static inline Resource *resource_of(Term t, const ResourceType *type)
{
    Resource *resource =
        is_kind(t, KIND_RESOURCE) ? ((ResourceRef *)boxed_ptr(t))->resource : NULL;
    return resource && resource->type == type ? resource : NULL;
}

/* A fresh reference of this node on `heap`. TERM_NONE: out of memory. */
Term reference_make(Heap *heap);
/* Numbers for one; also used for what only needs to be unique. */
void reference_numbers(uint32_t number[3]);
/* Writes a reference at p (1 + REF_SIZE words); owner: pid of an alias, or TERM_NIL. */
Term reference_put(Term *p, const uint32_t number[3], Term owner);
/* The numbers of a reference of this node (KIND_REF or KIND_RESOURCE). */
const uint32_t *reference_numbers_of(Term t);

#endif
