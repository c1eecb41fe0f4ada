/* SPDX-License-Identifier: Apache-2.0 */
/* object.h - tuples in tables. */
#ifndef ETS_OBJECT_H
#define ETS_OBJECT_H

/* One allocation: links of the table, then a copy of the tuple, literals copied too (design D25).
   It is changed in a table under the table's lock alone: immediates one by one
   (ets:update_counter), and all of it for another tuple of the same size. */

#include "heap/copy.h"

typedef struct EtsObject {
    struct EtsObject
        *link[2]; /* hash table: link[0] is next in the chain; tree: smaller and larger */
    OffHeap *off_heap;
    uint32_t words : 31;
    uint32_t is_deleted : 1; /* in hash tables while they are fixed */
    union {
        uint32_t hash;   /* of the key, in hash tables */
        uint32_t height; /* in trees */
    };
    Term tuple[];
} EtsObject;

enum { OBJECT_WORDS_MAX = INT32_MAX };

/* NULL: out of memory, or larger than OBJECT_WORDS_MAX. */
EtsObject *object_make(Term tuple);
/* Becomes a copy of `tuple`, which is no part of it. False: has no room for it. */
bool object_overwrite(EtsObject *object, Term tuple);
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
