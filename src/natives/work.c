/* SPDX-License-Identifier: Apache-2.0 */
/* work.c - states of natives that yield. */
#include "natives/work.h"

Term work_yield(Process *p, const Term *state, size_t count)
{
    Term *tuple = heap_reserve(&p->heap, 1 + count);
    if (!tuple) return native_memory(p);
    tuple[0] = make_header(KIND_TUPLE, count);
    memcpy(tuple + 1, state, count * sizeof *state);
    return native_yield(p, make_boxed(tuple));
}
