/* SPDX-License-Identifier: Apache-2.0 */
/* object.c - tuples in tables. */

#include "ets/object.h"
#include "base/memory.h"

EtsObject *object_make(Term tuple)
{
    size_t words = term_size_with_literals(tuple);
    EtsObject *object = words == SIZE_MAX ? NULL : memory_alloc(object_bytes(words));
    if (!object) return NULL;
    CopyTarget target = {object->tuple, NULL, 0, true};
    term_copy(tuple, &target);
    object->link[0] = object->link[1] = NULL;
    object->off_heap = target.off_heap;
    object->words = words;
    object->height = 1;
    object->is_deleted = false;
    return object;
}

void object_free(EtsObject *object)
{
    off_heap_release(object->off_heap);
    memory_free(object, object_bytes(object->words));
}

/* There are no literals in tables, so that a copy of all of a term is what is wanted. */
static Term copy_words(Term t, size_t words, Heap *heap)
{
    Term *top = heap_reserve(heap, words);
    if (!top) return TERM_NONE;
    CopyTarget target = {top, heap->off_heap, 0, false};
    Term copy = term_copy(t, &target);
    heap->off_heap = target.off_heap;
    if (target.off_heap_bytes) heap_account(heap, target.off_heap_bytes);
    return copy;
}

Term object_copy(const EtsObject *object, Heap *heap)
{
    return copy_words(object_term(object), object->words, heap);
}

Term part_copy(Term part, Heap *heap)
{
    return is_immediate(part) ? part : term_copy_to_heap(heap, part);
}
