/* SPDX-License-Identifier: Apache-2.0 */
/* limit.h - collections of processes that may have a max_heap_size. */
#ifndef VM_LIMIT_H
#define VM_LIMIT_H

#include "process/process.h"

/* heap_collect for p. Before it the heap and, unless they are kept off it, the messages count, as
   on OTP; after it the blocks. A process over its limit is reported; false with PROCESS_KILLED: it
   is to end. */
bool limit_collect(Process *p, size_t need, const RootSet *sets, size_t count, size_t *cost);

#endif
