/* SPDX-License-Identifier: Apache-2.0 */
/* worklist.h - a stack of words for traversals without C recursion. */
#ifndef BASE_WORKLIST_H
#define BASE_WORKLIST_H

/* The first words stand inside, on the C stack of the traversal; deeper ones are allocated. Growing
   may fail: the traversal then ends with the process's out-of-memory. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define WORKLIST_INLINE 96

typedef struct Worklist {
    uintptr_t *items;
    size_t count, room;
    uintptr_t first[WORKLIST_INLINE];
} Worklist;

static inline void worklist_init(Worklist *w)
{
    w->items = w->first;
    w->count = 0;
    w->room = WORKLIST_INLINE;
}
/* Frees what was allocated; the list may be initialised again. */
void worklist_done(Worklist *w);
bool worklist_push_slow(Worklist *w, uintptr_t word);
/* False: out of memory. */
static inline bool worklist_push(Worklist *w, uintptr_t word)
{
    if (w->count == w->room) return worklist_push_slow(w, word);
    w->items[w->count++] = word;
    return true;
}
static inline uintptr_t worklist_pop(Worklist *w) { return w->items[--w->count]; }
static inline bool worklist_is_empty(const Worklist *w) { return w->count == 0; }

#endif
