/* SPDX-License-Identifier: Apache-2.0 */
/* object.h - tuples in tables. */
#ifndef ETS_OBJECT_H
#define ETS_OBJECT_H

/* One allocation: links of the table, then a copy of the tuple, literals copied too (design D25).
   It is not changed while it is in a table, but for immediates (ets:update_counter), under the
   table's lock. */

#include "heap/copy.h"

typedef struct EtsObject {
    struct EtsObject
        *link[2]; /* hash table: link[0] is next in the chain; tree: smaller and larger */
    OffHeap *off_heap;
    size_t words;
    uint32_t hash;   /* of the key, in hash tables */
    uint8_t height;  /* in trees */
    bool is_deleted; /* in hash tables while they are fixed */
    Term tuple[];
} EtsObject;

/* NULL: out of memory. */
EtsObject *object_make(Term tuple);
void object_free(EtsObject *object);
static inline Term object_term(const EtsObject *object) { return make_boxed(object->tuple); }
static inline size_t object_bytes(size_t words) { return sizeof(EtsObject) + words * WORD_BYTES; }

/* A copy on `heap`, for which object->words suffice. TERM_NONE: out of memory. */
Term object_copy(const EtsObject *object, Heap *heap);
/* [Copy] */
Term object_copy_list(const EtsObject *object, Heap *heap);
/* The same of a part of an object. */
Term part_copy(Term part, Heap *heap);

#endif
