/* SPDX-License-Identifier: Apache-2.0 */
/* worklist.h - a stack of words for traversals without C recursion. */
#ifndef BASE_WORKLIST_H
#define BASE_WORKLIST_H

/* The first words stand inside, on the C stack of the traversal; deeper ones are allocated. Growing
   may fail: the traversal then ends with the process's out-of-memory.

   Some traversals have no way to say that (term/exhausted.h). They insist: where there is no more
   memory, a list goes on in a reserve of WORKLIST_RESERVE words, which WORKLIST_RESERVES lists can
   have at a time. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define WORKLIST_INLINE 96
#if UINTPTR_MAX > 0xFFFFFFFF
enum { WORKLIST_RESERVE = 1 << 15, WORKLIST_RESERVES = 4 };
#else
enum { WORKLIST_RESERVE = 1 << 10, WORKLIST_RESERVES = 1 };
#endif

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
bool worklist_insist_slow(Worklist *w, size_t words);
/* The same by all means. False: the reserve is used up, too. */
static inline bool worklist_insist(Worklist *w, uintptr_t word)
{
    if (w->count == w->room && !worklist_insist_slow(w, 1)) return false;
    w->items[w->count++] = word;
    return true;
}
/* Pushes `words` words that the caller fills, insisting; where the first of them stands, until
   something else is pushed. NULL: the reserve is used up, too. */
static inline uintptr_t *worklist_claim(Worklist *w, size_t words)
{
    if (w->room - w->count < words && !worklist_insist_slow(w, words)) return NULL;
    w->count += words;
    return w->items + w->count - words;
}
static inline uintptr_t worklist_pop(Worklist *w) { return w->items[--w->count]; }
static inline bool worklist_is_empty(const Worklist *w) { return w->count == 0; }

#endif
