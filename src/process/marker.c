/* SPDX-License-Identifier: Apache-2.0 */
/* marker.c - receive markers: where a queue ended when a reference was made. */

#include "process/marker.h"
#include "heap/resource.h"
#include "process/mailbox.h"
#include "term/atom.h"

/* A marker that was never cleared, because an exception went past, is taken by a later one: they go
   round. A taken or unknown marker costs its owner only time. */

Term mailbox_marker_reserve(Process *p)
{
    Extension *extension = process_extend(p);
    if (!extension) return A(undefined);
    /* What is in the inbox is older than the reference, too. */
    mailbox_fetch(p);
    unsigned index = extension->next_marker++ % MARKER_COUNT;
    Marker *marker = &extension->markers[index];
    if (marker->use == MARKER_FREE) extension->markers_used++;
    marker->use = MARKER_RESERVED;
    marker->place = p->last;
    return make_small((Word)index);
}

static Marker *marker_of(Process *p, Term marker)
{
    if (!p->extension || !is_small(marker)) return NULL;
    return &p->extension->markers[small_value(marker) % MARKER_COUNT];
}

void mailbox_marker_bind(Process *p, Term marker, Term reference)
{
    Marker *m = marker_of(p, marker);
    if (!m || m->use != MARKER_RESERVED || !is_kind(reference, KIND_REF)) return;
    m->use = MARKER_BOUND;
    memcpy(m->number, reference_numbers_of(reference), sizeof m->number);
}

static void release(Process *p, Marker *marker)
{
    if (marker->use == MARKER_FREE) return;
    marker->use = MARKER_FREE;
    p->extension->markers_used--;
}

static Marker *find(Process *p, Term reference)
{
    if (!p->extension || !p->extension->markers_used || !is_kind(reference, KIND_REF)) return NULL;
    const uint32_t *number = reference_numbers_of(reference);
    for (Marker *m = p->extension->markers; m < p->extension->markers + MARKER_COUNT; m++) {
        if (m->use == MARKER_BOUND && memcmp(m->number, number, sizeof m->number) == 0) return m;
    }
    return NULL;
}

/* The program names the marker by what reserve gave, or by the reference it is bound to. */
void mailbox_marker_clear(Process *p, Term marker)
{
    Marker *m = is_small(marker) ? marker_of(p, marker) : find(p, marker);
    if (m) release(p, m);
}

void mailbox_marker_use(Process *p, Term reference)
{
    Marker *m = find(p, reference);
    if (m && p->save == &p->messages) p->save = m->place;
}

void marker_forget_slow(Process *p, Signal **gone, Signal **place)
{
    for (Marker *m = p->extension->markers; m < p->extension->markers + MARKER_COUNT; m++) {
        if (m->use != MARKER_FREE && m->place == gone) m->place = place;
    }
}
