/* SPDX-License-Identifier: Apache-2.0 */
/* limit.c - max_heap_size. */

#include "vm/limit.h"
#include "process/mailbox.h"
#include "vm/exception.h"
#include "vm/report.h"

static size_t words_before(const Process *p)
{
    size_t words = heap_words_used(&p->heap);
    return p->flags & PROCESS_OFF_HEAP_MESSAGES ? words : words + mailbox_words(p);
}

/* What is over the limit: false, the process ends. */
static bool exceed(Process *p, size_t words)
{
    MaxHeap max = process_max_heap(p);
    if (max.log) report_max_heap(p, words);
    p->heap.flags &= ~(uint32_t)HEAP_OVER_MAX;
    if (max.kill) exception_kill(p);
    return !max.kill;
}

bool limit_collect(Process *p, size_t need, const RootSet *sets, size_t count, size_t *cost)
{
    if (!p->heap.max_size) return heap_collect(&p->heap, need, sets, count, cost);
    size_t words = words_before(p);
    bool done = heap_collect(&p->heap, need, sets, count, cost);
    if (p->heap.flags & HEAP_OVER_MAX) {
        words = heap_memory(&p->heap) / WORD_BYTES;
        done = true;
    }
    return words > p->heap.max_size ? exceed(p, words) && done : done;
}
