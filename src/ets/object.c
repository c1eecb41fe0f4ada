/* SPDX-License-Identifier: Apache-2.0 */
/* object.c - tuples in tables. */

#include "ets/object.h"
#include "base/memory.h"

EtsObject *object_make(Term tuple)
{
    size_t words = term_size_with_literals(tuple);
    EtsObject *object = words > OBJECT_WORDS_MAX ? NULL : memory_alloc(object_bytes(words));
    if (!object) return NULL;
    CopyTarget target = {object->tuple, NULL, 0, true};
    term_copy(tuple, &target);
    object->link[0] = object->link[1] = NULL;
    object->off_heap = target.off_heap;
    object->words = (uint32_t)words & OBJECT_WORDS_MAX;
    object->height = 1;
    object->is_deleted = false;
    return object;
}

/* What is off the heap is linked through the words. */
bool object_overwrite(EtsObject *object, Term tuple)
{
    if (object->off_heap || term_size_with_literals(tuple) != object->words) return false;
    CopyTarget target = {object->tuple, NULL, 0, true};
    term_copy(tuple, &target);
    object->off_heap = target.off_heap;
    return true;
}

void object_free(EtsObject *object)
{
    off_heap_release(object->off_heap);
    memory_free(object, object_bytes(object->words));
}

/* There are no literals in tables, so that a copy of all of a term is what is wanted. */
Term object_copy(const EtsObject *object, Heap *heap)
{
    if (object->off_heap) return term_copy_sized(heap, object_term(object), object->words);
    Term *to = heap_reserve(heap, object->words);
    if (!to) return TERM_NONE;
    term_copy_block(to, object->tuple, object->words);
    return make_boxed(to);
}

Term object_copy_list(const EtsObject *object, Heap *heap)
{
    Term *cell = heap_reserve(heap, 2), copy = cell ? object_copy(object, heap) : TERM_NONE;
    return is_none(copy) ? copy : cons_put(cell, copy, TERM_NIL);
}

Term part_copy(Term part, Heap *heap)
{
    return is_immediate(part) ? part : term_copy_to_heap(heap, part);
}
