/* SPDX-License-Identifier: Apache-2.0 */
/* worklist.c - a stack of words. */

#include "base/worklist.h"
#include <string.h>
#include "base/memory.h"

bool worklist_push_slow(Worklist *w, uintptr_t word)
{
    size_t bytes = w->room * sizeof *w->items;
    uintptr_t *items;
    if (w->items == w->first) {
        items = memory_alloc(2 * bytes);
        if (items) memcpy(items, w->first, bytes);
    } else {
        items = memory_realloc(w->items, bytes, 2 * bytes);
    }
    if (!items) return false;
    w->items = items;
    w->room *= 2;
    w->items[w->count++] = word;
    return true;
}

void worklist_done(Worklist *w)
{
    if (w->items != w->first) memory_free(w->items, w->room * sizeof *w->items);
    w->items = w->first;
    w->count = 0;
    w->room = WORKLIST_INLINE;
}
