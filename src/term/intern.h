/* SPDX-License-Identifier: Apache-2.0 */
/* intern.h - sets of entries that are only ever added: atoms, exports, fun entries, nodes. */
#ifndef TERM_INTERN_H
#define TERM_INTERN_H

/* An open-addressing index of words that name entries; 0 is an empty slot. Readers take no lock:
   an entry is complete before its word is stored (release), and words are never removed. A full
   index is replaced by one of twice the size; the old one stays allocated, because a reader may
   still be in it - all old ones together are smaller than the current one. A reader that misses an
   entry in an old index only fails to see what was added after its search began.
   Lock order: no other lock is taken while an intern table's is held, except memory's. */

#include <stdatomic.h>
#include "base/lock.h"
#include "term/term.h"

struct InternIndex;

typedef struct InternKind {
    bool (*matches)(uintptr_t entry, const void *key);
    uint32_t (*hash)(uintptr_t entry);
    /* Makes the entry of `key`, called under the lock. 0: out of memory or full. */
    uintptr_t (*make)(const void *key);
} InternKind;

typedef struct InternTable {
    const InternKind *kind;
    _Atomic(struct InternIndex *) index;
    uint32_t count;
    Lock lock;
} InternTable;

/* `slots`: first size of the index, a power of two. False: out of memory. */
bool intern_init(InternTable *table, const InternKind *kind, uint32_t slots);
/* The entry that matches `key`, whose hash is `hash`; 0 if there is none. Takes no lock. */
uintptr_t intern_find(InternTable *table, uint32_t hash, const void *key);
/* The same, made if it is not there. 0: out of memory or full. */
uintptr_t intern_get(InternTable *table, uint32_t hash, const void *key);
/* Calls `visit` for each entry, in no order, until it returns false. */
void intern_each(InternTable *table, bool (*visit)(uintptr_t entry, void *context), void *context);

/* Spreads `a` and `b` over 32 bits: the hash of entries that are named by several words. */
uint32_t intern_hash(uint32_t a, uint32_t b);

#endif
