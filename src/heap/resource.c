/* SPDX-License-Identifier: Apache-2.0 */
/* resource.c - resources and references. */

#include "heap/resource.h"

void resource_init(Resource *resource, const ResourceType *type)
{
    atomic_init(&resource->count, 1);
    resource->type = type;
}

void resource_retain(Resource *resource)
{
    atomic_fetch_add_explicit(&resource->count, 1, memory_order_relaxed);
}

bool resource_try_retain(Resource *resource)
{
    uintptr_t count = atomic_load_explicit(&resource->count, memory_order_relaxed);
    while (count && !atomic_compare_exchange_weak_explicit(&resource->count, &count, count + 1,
                                                           memory_order_acquire,
                                                           memory_order_relaxed)) {
    }
    return count != 0;
}

void resource_release(Resource *resource)
{
    if (atomic_fetch_sub_explicit(&resource->count, 1, memory_order_acq_rel) == 1)
        resource->type->destroy(resource);
}

Term resource_make_ref(Heap *heap, Resource *resource)
{
    ResourceRef *ref = (ResourceRef *)heap_reserve(heap, 1 + RESOURCE_REF_SIZE);
    if (!ref) return TERM_NONE;
    ref->header = make_header(KIND_RESOURCE, RESOURCE_REF_SIZE);
    ref->resource = resource;
    ref->unused = 0;
    reference_numbers(ref->number);
    resource_retain(resource);
    heap_link_off_heap(heap, (OffHeap *)ref, 0);
    return make_boxed((Term *)ref);
}

void reference_numbers(uint32_t number[3])
{
    static _Atomic(uint64_t) last;
    uint64_t n = atomic_fetch_add_explicit(&last, 1, memory_order_relaxed) + 1;
    number[0] = (uint32_t)(n & 0x3FFFF);
    number[1] = (uint32_t)(n >> 18);
    number[2] = (uint32_t)(n >> 50);
}

Term reference_put(Term *p, const uint32_t number[3], Term owner)
{
    Ref *ref = (Ref *)p;
    ref->header = make_header(KIND_REF, REF_SIZE);
    memcpy(ref->number, number, sizeof ref->number);
    ref->is_alias = !is_nil(owner);
    ref->owner = owner;
    return make_boxed(p);
}

Term reference_make(Heap *heap)
{
    Term *p = heap_reserve(heap, 1 + REF_SIZE);
    uint32_t number[3];
    if (!p) return TERM_NONE;
    reference_numbers(number);
    return reference_put(p, number, TERM_NIL);
}

const uint32_t *reference_numbers_of(Term t)
{
    const Term *p = boxed_ptr(t);
    if (header_kind(*p) == KIND_RESOURCE) return ((const ResourceRef *)p)->number;
    return ((const Ref *)p)->number;
}
