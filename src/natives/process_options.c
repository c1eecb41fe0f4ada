/* SPDX-License-Identifier: Apache-2.0 */
/* process_options.c - settings that spawn_opt, process_flag and process_info share. */

#include "natives/process_options.h"
#include "heap/map.h"
#include "heap/number.h"
#include "term/release.h"

bool option_size(Term t, size_t max, size_t *size)
{
    return integer_to_size(t, size) && *size <= max;
}

static const Term priorities[] = {[PRIORITY_LOW] = A(low),
                                  [PRIORITY_NORMAL] = A(normal),
                                  [PRIORITY_HIGH] = A(high),
                                  [PRIORITY_MAX] = A(max)};

bool option_priority(Term t, int *priority)
{
    for (int i = PRIORITY_LOW; i <= PRIORITY_MAX; i++) {
        if (priorities[i] != t) continue;
        *priority = i;
        return true;
    }
    return false;
}

Term priority_atom(int priority) { return priorities[priority]; }

static bool read_flag(Term map, Term key, bool *flag)
{
    Term value = map_get(map, key);
    if (is_none(value)) return true;
    *flag = value == A(true);
    return value == A(true) || value == A(false);
}

bool option_max_heap(Term t, size_t least, MaxHeap *max)
{
    bool shared = false;
    Term size = t;
    *max = (MaxHeap){0, true, true};
    if (is_map(t)) {
        size = map_get(t, A(size));
        if (is_none(size) || !read_flag(t, A(kill), &max->kill) ||
            !read_flag(t, A(error_logger), &max->log) ||
            !read_flag(t, A(include_shared_binaries), &shared))
            return false;
    }
    return option_size(size, HEAP_WORDS_MAX, &max->size) && (max->size == 0 || max->size >= least);
}

Term max_heap_term(Process *p, const MaxHeap *max)
{
    Term pairs[8] = {A(error_logger), make_bool(max->log),        A(kill), make_bool(max->kill),
                     A(size),         make_small((Word)max->size)};
    size_t count = 3;
    if (release_has_async_dist()) { /* Since then there is this one, too. */
        pairs[6] = A(include_shared_binaries);
        pairs[7] = A(false);
        count++;
    }
    return map_from_pairs(&p->heap, pairs, count, NULL);
}
