/* SPDX-License-Identifier: Apache-2.0 */
/* dictionary.c - the process dictionary. */

#include "process/dictionary.h"
#include "base/memory.h"
#include "term/atom.h"
#include "term/compare.h"
#include "term/hash.h"

/* Open addressing, linear probing; removal moves back what probing left behind, so that there
   are no marks. Places are pairs of words, key TERM_NONE where free. At most three quarters are
   used. */
typedef struct Dictionary {
    uint32_t count, mask;
    Term words[]; /* 2 * (mask + 1) */
} Dictionary;

#define LEAST 8

static uint32_t key_hash(Term key)
{
    if (!is_immediate(key)) return term_hash(key);
    uint32_t h = (uint32_t)(key >> 2) * 2654435769u;
    return h ^ h >> 15;
}

static bool same_key(Term a, Term b)
{
    return a == b || (!is_immediate(a) && !is_immediate(b) && term_equal_exact(a, b));
}

static size_t bytes_of(uint32_t places) { return sizeof(Dictionary) + 2 * places * WORD_BYTES; }

/* The place of `key`, or the free one where it belongs. */
static Term *find(Dictionary *d, Term key)
{
    for (uint32_t at = key_hash(key);; at++) {
        Term *place = d->words + 2 * (size_t)(at & d->mask);
        if (is_none(place[0]) || same_key(place[0], key)) return place;
    }
}

static Dictionary *make(uint32_t places)
{
    Dictionary *d = memory_alloc(bytes_of(places));
    if (!d) return NULL;
    d->count = 0;
    d->mask = places - 1;
    for (uint32_t i = 0; i < 2 * places; i++) d->words[i] = TERM_NONE;
    return d;
}

static bool grow(Process *p)
{
    Dictionary *old = p->dictionary, *d = make(old ? 2 * (old->mask + 1) : LEAST);
    if (!d) return false;
    for (uint32_t i = 0; old && i <= old->mask; i++) {
        if (is_none(old->words[2 * i])) continue;
        Term *place = find(d, old->words[2 * i]);
        place[0] = old->words[2 * i];
        place[1] = old->words[2 * i + 1];
        d->count++;
    }
    dictionary_clear(p);
    p->dictionary = d;
    return true;
}

Term dictionary_get(Process *p, Term key)
{
    return p->dictionary ? find(p->dictionary, key)[1] : TERM_NONE;
}

Term dictionary_put(Process *p, Term key, Term value)
{
    Dictionary *d = p->dictionary;
    Term *place = d ? find(d, key) : NULL;
    if (place && !is_none(place[0])) {
        Term old = place[1];
        place[1] = value;
        return old;
    }
    if (!d || 4 * (d->count + 1) > 3 * (d->mask + 1)) {
        if (!grow(p)) return TERM_NONE;
        d = p->dictionary;
        place = find(d, key);
    }
    place[0] = key;
    place[1] = value;
    d->count++;
    return A(undefined);
}

/* Fills the gap at `at` with what stands behind it for lack of room, and so on. */
static void close_gap(Dictionary *d, uint32_t gap)
{
    for (uint32_t at = (gap + 1) & d->mask; !is_none(d->words[2 * at]); at = (at + 1) & d->mask) {
        uint32_t home = key_hash(d->words[2 * at]) & d->mask;
        if (((at - home) & d->mask) < ((at - gap) & d->mask)) continue;
        memcpy(d->words + 2 * gap, d->words + 2 * at, 2 * WORD_BYTES);
        gap = at;
    }
    d->words[2 * gap] = d->words[2 * gap + 1] = TERM_NONE;
}

Term dictionary_erase(Process *p, Term key)
{
    Dictionary *d = p->dictionary;
    Term *place = d ? find(d, key) : NULL;
    if (!place || is_none(place[0])) return A(undefined);
    Term old = place[1];
    close_gap(d, (uint32_t)(place - d->words) / 2);
    d->count--;
    return old;
}

Term dictionary_list(Process *p)
{
    Dictionary *d = p->dictionary;
    Term list = TERM_NIL;
    Term *top = heap_reserve(&p->heap, 5 * dictionary_count(p));
    if (!top) return TERM_NONE;
    for (uint32_t i = 0; d && i <= d->mask; i++) {
        if (is_none(d->words[2 * i])) continue;
        list = cons_put(top + 3, pair_put(top, d->words[2 * i], d->words[2 * i + 1]), list);
        top += 5;
    }
    return list;
}

Term dictionary_keys(Process *p, Term value)
{
    Dictionary *d = p->dictionary;
    Term list = TERM_NIL;
    Term *start = heap_reserve(&p->heap, 2 * dictionary_count(p)), *top = start;
    if (!top) return TERM_NONE;
    for (uint32_t i = 0; d && i <= d->mask; i++) {
        if (is_none(d->words[2 * i])) continue;
        if (!is_none(value) && !same_key(value, d->words[2 * i + 1])) continue;
        list = cons_put(top, d->words[2 * i], list);
        top += 2;
    }
    if (d) heap_trim(&p->heap, start, top);
    return list;
}

size_t dictionary_count(const Process *p) { return p->dictionary ? p->dictionary->count : 0; }

void dictionary_clear(Process *p)
{
    if (p->dictionary) memory_free(p->dictionary, bytes_of(p->dictionary->mask + 1));
    p->dictionary = NULL;
}

RootSet dictionary_roots(Process *p)
{
    Dictionary *d = p->dictionary;
    return d ? (RootSet){d->words, 2 * ((size_t)d->mask + 1)} : (RootSet){NULL, 0};
}
