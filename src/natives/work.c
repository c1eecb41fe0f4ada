/* SPDX-License-Identifier: Apache-2.0 */
/* work.c - states of natives that yield. */
#include "natives/work.h"

extern inline void work_charge(Process *p, size_t units, unsigned per_reduction);

Term work_yield(Process *p, const Term *state, size_t count)
{
    Term *tuple = heap_reserve(&p->heap, 1 + count);
    if (!tuple) return native_memory(p);
    tuple[0] = make_header(KIND_TUPLE, count);
    memcpy(tuple + 1, state, count * sizeof *state);
    return native_yield(p, make_boxed(tuple));
}

enum { SHELF_WORDS = 512 * SHELF_UNIT };

Term work_shelve(Process *p, const Worklist *list, Term shelf)
{
    size_t tuples = (list->count + SHELF_WORDS - 1) / SHELF_WORDS;
    Term *to = heap_reserve(&p->heap, list->count + 3 * tuples);
    if (!to) return native_memory(p);
    for (size_t from = 0, count; from < list->count; from += count) {
        count = list->count - from < SHELF_WORDS ? list->count - from : SHELF_WORDS;
        shelf = cons_put(to, make_boxed(to + 2), shelf);
        to[2] = make_header(KIND_TUPLE, count);
        memcpy(to + 3, list->items + from, count * sizeof(Term));
        to += 3 + count;
    }
    return shelf;
}

bool work_unshelve(Worklist *list, Term *shelf)
{
    Term words = cons_head(*shelf);
    for (size_t i = 0; i < tuple_arity(words); i++) {
        if (!worklist_push(list, tuple_elements(words)[i])) return false;
    }
    *shelf = cons_tail(*shelf);
    return true;
}
