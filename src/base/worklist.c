/* SPDX-License-Identifier: Apache-2.0 */
/* worklist.c - a stack of words. */

#include "base/worklist.h"
#include <stdatomic.h>
#include <string.h>
#include "base/memory.h"

static uintptr_t reserves[WORKLIST_RESERVES][WORKLIST_RESERVE];
static _Atomic(bool) taken[WORKLIST_RESERVES];

/* Gives back the list's memory, which its words have left. */
static void drop_items(Worklist *w)
{
    for (unsigned i = 0; i < WORKLIST_RESERVES; i++) {
        if (w->items != reserves[i]) continue;
        atomic_store_explicit(&taken[i], false, memory_order_release);
        return;
    }
    if (w->items != w->first) memory_free(w->items, w->room * sizeof *w->items);
}

static void move_items(Worklist *w, uintptr_t *items, size_t room)
{
    memcpy(items, w->items, w->count * sizeof *items);
    drop_items(w);
    w->items = items;
    w->room = room;
}

/* Room for `words` more. False: out of memory. */
static bool grow(Worklist *w, size_t words)
{
    size_t room = w->room;
    while (room - w->count < words) room *= 2;
    uintptr_t *items = memory_alloc(room * sizeof *items);
    if (items) move_items(w, items, room);
    return items;
}

bool worklist_push_slow(Worklist *w, uintptr_t word)
{
    if (!grow(w, 1)) return false;
    w->items[w->count++] = word;
    return true;
}

bool worklist_insist_slow(Worklist *w, size_t words)
{
    if (grow(w, words)) return true;
    if (w->count + words > WORKLIST_RESERVE) return false;
    for (unsigned i = 0; i < WORKLIST_RESERVES; i++) {
        if (atomic_exchange_explicit(&taken[i], true, memory_order_acquire)) continue;
        move_items(w, reserves[i], WORKLIST_RESERVE);
        return true;
    }
    return false;
}

void worklist_done(Worklist *w)
{
    drop_items(w);
    worklist_init(w);
}
