/* SPDX-License-Identifier: Apache-2.0 */
/* report.h - tells the world what has happened to a process. */
#ifndef VM_REPORT_H
#define VM_REPORT_H

/* Reports go to the process registered as `logger`: {log, error, Format, Arguments, Metadata}. */

#include "process/process.h"

/* p ended by an exception that nobody caught, its reason in ROOT_REASON. Where there is no logger
   errors and throws are printed. exit/1 is no news. */
void report_crash(Process *p);
/* p has reached its max_heap_size with `words`. */
void report_max_heap(Process *p, size_t words);

/* What process_info's garbage_collection_info tells of `heap`, on `to`. TERM_NONE: no memory. */
Term report_heap_figures(const Heap *heap, Heap *to);

#endif
