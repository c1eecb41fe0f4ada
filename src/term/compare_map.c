/* SPDX-License-Identifier: Apache-2.0 */
/* compare_map.c - hash tries inside the machine that compares terms. */
#include "term/comparing.h"
#include "term/exhausted.h"
#include "term/hash.h"
#include "term/map_reader.h"

/* Both maps are walked side by side: equal sets of keys give equal walks, so equal maps need one
   pass and no memory beyond the frame. Where a pair differs, order needs more: the smallest key
   that only one of them has decides (the map that has it is smaller); where none is missing, the
   values of the smallest key with unequal values do. */

typedef enum Phase { PAIR_KEY, PAIR_VALUE, MISSING_KEY, VALUE, VALUE_KEY } Phase;

/* It stands among the words of the worklist, which may move when something is pushed. */
typedef struct __attribute__((may_alias)) MapFrame {
    size_t outer; /* Compare.map of the pair of maps around it */
    Phase phase;
    bool exact;         /* what Compare.exact was outside of the keys */
    bool in_b;          /* MISSING_KEY: b is being walked */
    int order;          /* what the pair at hand decides if its key turns out the smallest */
    int best_order;     /* what `best` decides */
    Term best;          /* the smallest deciding key so far; TERM_NONE: none yet */
    Term maps[2];
    Term keys[2], values[2]; /* of the pair at hand */
    MapWalk walks[2];
} MapFrame;

#define FRAME_WORDS ((sizeof(MapFrame) + sizeof(uintptr_t) - 1) / sizeof(uintptr_t))

static MapFrame *frame_of(const Compare *c) { return (MapFrame *)(c->work.items + c->map); }

static int finish(Compare *c, int order)
{
    const MapFrame *f = frame_of(c);
    c->work.count = c->map;
    c->map = f->outer;
    c->exact = f->exact;
    return order;
}

static int ask(Compare *c, Phase phase, Term a, Term b)
{
    MapFrame *f = frame_of(c);
    f->phase = phase;
    c->exact = phase == PAIR_VALUE || phase == VALUE ? f->exact : true;
    c->a = a;
    c->b = b;
    compare_push(c, 0, 0, FRAME_MAP);
    return PENDING;
}

static int next_pair(Compare *c)
{
    MapFrame *f = frame_of(c);
    bool more = map_reader.next(&f->walks[0], &f->keys[0], &f->values[0]);
    if (!more || !map_reader.next(&f->walks[1], &f->keys[1], &f->values[1])) return finish(c, 0);
    return ask(c, PAIR_KEY, f->keys[0], f->keys[1]);
}

static int next_value(Compare *c)
{
    MapFrame *f = frame_of(c);
    if (!map_reader.next(&f->walks[0], &f->keys[0], &f->values[0])) {
        return finish(c, f->best == TERM_NONE ? 0 : f->best_order);
    }
    return ask(c, VALUE, f->values[0], map_reader.get(f->maps[1], f->keys[0]));
}

/* The key at hand decides `order` if no smaller one decides otherwise. */
static int offer(Compare *c, Phase phase, int order)
{
    MapFrame *f = frame_of(c);
    if (c->equal_only) return finish(c, order);
    f->order = order;
    return ask(c, phase, f->keys[0], f->best == TERM_NONE ? f->keys[0] : f->best);
}

static void take_smaller(MapFrame *f, int order)
{
    if (order >= 0 && f->best != TERM_NONE) return;
    f->best = f->keys[0];
    f->best_order = f->order;
}

static int next_missing(Compare *c)
{
    MapFrame *f = frame_of(c);
    for (;;) {
        while (map_reader.next(&f->walks[0], &f->keys[0], &f->values[0])) {
            if (map_reader.get(f->maps[!f->in_b], f->keys[0]) == TERM_NONE) {
                return offer(c, MISSING_KEY, f->in_b ? 1 : -1);
            }
        }
        if (f->in_b) break;
        f->in_b = true;
        map_reader.start(&f->walks[0], f->maps[1]);
    }
    if (f->best != TERM_NONE) return finish(c, f->best_order);
    map_reader.start(&f->walks[0], f->maps[0]);
    return next_value(c);
}

static int find_missing(Compare *c)
{
    MapFrame *f = frame_of(c);
    map_reader.start(&f->walks[0], f->maps[0]);
    return next_missing(c);
}

int compare_large_maps(Compare *c, Term a, Term b)
{
    size_t outer = c->map;
    if (worklist_claim(&c->work, FRAME_WORDS) == NULL) term_exhausted();
    c->map = c->work.count - FRAME_WORDS;
    MapFrame *f = frame_of(c);
    *f = (MapFrame){.outer = outer, .exact = c->exact, .best = TERM_NONE, .maps = {a, b}};
    map_reader.start(&f->walks[0], a);
    map_reader.start(&f->walks[1], b);
    return next_pair(c);
}

/* Keys of unequal hash at one place of both walks: the sets of keys differ. */
static int keys_differ(Compare *c, int order)
{
    MapFrame *f = frame_of(c);
    if (c->equal_only && term_hash(f->keys[0]) != term_hash(f->keys[1])) return finish(c, order);
    return find_missing(c);
}

int compare_map_resume(Compare *c, int order)
{
    MapFrame *f = frame_of(c);
    switch (f->phase) {
    case PAIR_KEY:
        if (order != 0) return keys_differ(c, order);
        return ask(c, PAIR_VALUE, f->values[0], f->values[1]);
    case PAIR_VALUE:
        if (order == 0) return next_pair(c);
        return c->equal_only ? finish(c, order) : find_missing(c);
    case MISSING_KEY: take_smaller(f, order); return next_missing(c);
    case VALUE: return order == 0 ? next_value(c) : offer(c, VALUE_KEY, order);
    default: take_smaller(f, order); return next_value(c);
    }
}
