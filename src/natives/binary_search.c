/* SPDX-License-Identifier: Apache-2.0 */
/* binary_search.c - the searches of binary_pattern.h. */
#include <string.h>
#include "natives/binary_pattern.h"
#include "natives/two_way.h"

/* Candidates that may fail before the first byte counts as a bad guide: some, and one in so many
   bytes. */
enum { FAILURES = 32, FAILURE_BYTES = 16, SHORT = 8 };

/* The first occurrence of a pattern of at most SHORT bytes, which pass by in a word. */
static const uint8_t *find_short(const Pattern *pattern, const uint8_t *data, size_t size)
{
    uint64_t wanted = 0, seen = 0, mask = UINT64_MAX >> (64 - 8 * pattern->size);
    for (size_t i = 0; i < pattern->size; i++) wanted = wanted << 8 | pattern->needle[i];
    for (size_t i = 0; i < size; i++) {
        seen = (seen << 8 | data[i]) & mask;
        if (seen == wanted && i + 1 >= pattern->size) return data + i + 1 - pattern->size;
    }
    return NULL;
}

static const uint8_t *find_long(const Pattern *pattern, const uint8_t *data, size_t size)
{
    TwoWay made;
    const TwoWay *two_way = pattern->two_way;
    if (!two_way) {
        two_way_init(&made, pattern->needle, pattern->size);
        two_way = &made;
    }
    return two_way_find(two_way, pattern->needle, pattern->size, data, size);
}

/* Goes from one place of the pattern's byte number `guide` to the next. NULL: not found, unless
   *rest is set: then it was a bad guide up to there. */
static const uint8_t *find_guided(const Pattern *pattern, size_t guide, const uint8_t *data,
                                  size_t size, const uint8_t **rest)
{
    const uint8_t *needle = pattern->needle, *start = data, *last = data + size - pattern->size;
    size_t failures = 0;
    *rest = NULL;
    while (data <= last) {
        data = memchr(data + guide, needle[guide], (size_t)(last - data) + 1);
        if (!data) return NULL;
        data -= guide;
        if (memcmp(data, needle, pattern->size) == 0) return data;
        data++;
        if (++failures <= FAILURES + (size_t)(data - start) / FAILURE_BYTES) continue;
        *rest = data;
        return NULL;
    }
    return NULL;
}

/* The first occurrence in `size` bytes, or NULL. */
static const uint8_t *find(const Pattern *pattern, const uint8_t *data, size_t size)
{
    const uint8_t *rest, *end = data + size;
    const uint8_t *found = find_guided(pattern, pattern->size - 1, data, size, &rest);
    if (!rest) return found;
    found = find_guided(pattern, 0, rest, (size_t)(end - rest), &rest);
    if (!rest) return found;
    size = (size_t)(end - rest);
    if (size < pattern->size) return NULL;
    return pattern->size <= SHORT ? find_short(pattern, rest, size)
                                  : find_long(pattern, rest, size);
}

/* One pattern: windows overlap by what a match may reach beyond its start. */
static SearchStep next_one(Search *s, size_t *budget)
{
    const Pattern *pattern = s->pattern;
    while (s->end - s->at >= pattern->size) {
        if (*budget == 0) return SEARCH_PAUSE;
        size_t starts = s->end - s->at - pattern->size + 1;
        if (starts > *budget) starts = *budget;
        const uint8_t *data = s->data + s->at, *place;
        place = pattern->kind == PATTERN_BYTE ? memchr(data, pattern->needle[0], starts)
                                              : find(pattern, data, starts + pattern->size - 1);
        size_t seen = place ? (size_t)(place - data) + 1 : starts;
        *budget -= seen;
        s->at += seen;
        if (!place) continue;
        s->found = s->at - 1;
        s->found_size = pattern->size;
        s->at = s->found + pattern->size;
        return SEARCH_FOUND;
    }
    return SEARCH_NONE;
}

static SearchStep next_of_set(Search *s, size_t *budget)
{
    const uint8_t *is_in = s->pattern->automaton.class_of;
    size_t left = s->end - s->at, window = left < *budget ? left : *budget, i = 0;
    const uint8_t *data = s->data + s->at;
    while (i < window && !is_in[data[i]]) i++;
    s->at += i;
    *budget -= i;
    if (i == window) return window == left ? SEARCH_NONE : SEARCH_PAUSE;
    --*budget;
    s->found = s->at++;
    s->found_size = 1;
    return SEARCH_FOUND;
}

static SearchStep found_best(Search *s)
{
    s->found = s->best;
    s->found_size = s->best_size;
    s->at = s->best + s->best_size;
    s->node = 0;
    s->best_size = 0;
    return SEARCH_FOUND;
}

static SearchStep next_of_many(Search *s, size_t *budget)
{
    const Automaton *a = &s->pattern->automaton;
    size_t at = s->at, end = s->end - at < *budget ? s->end : at + *budget;
    uint32_t node = s->node;
    for (; at < end; at++) {
        node = a->next[(size_t)node * a->classes + a->class_of[s->data[at]]];
        /* Whatever is still going on has begun behind the best match. */
        if (s->best_size && at + 1 - a->depth[node] > s->best) break;
        size_t size = a->match[node], start = at + 1 - size;
        if (size == 0) continue;
        if (s->best_size && (start > s->best || (start == s->best && size < s->best_size)))
            continue;
        s->best = start;
        s->best_size = size;
    }
    *budget -= at - s->at;
    bool beaten = at < end;
    s->at = at;
    s->node = node;
    if (!beaten && at < s->end) return SEARCH_PAUSE;
    return s->best_size ? found_best(s) : SEARCH_NONE;
}

SearchStep search_next(Search *search, size_t *budget)
{
    switch (search->pattern->kind) {
    case PATTERN_SET: return next_of_set(search, budget);
    case PATTERN_MANY: return next_of_many(search, budget);
    default: return next_one(search, budget);
    }
}
