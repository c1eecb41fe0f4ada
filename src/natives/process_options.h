/* SPDX-License-Identifier: Apache-2.0 */
/* process_options.h - settings that spawn_opt, process_flag and process_info share. */
#ifndef NATIVES_PROCESS_OPTIONS_H
#define NATIVES_PROCESS_OPTIONS_H

#include "mote/native.h"

/* The most words that a heap is made of at first, and the bytes / WORD_BYTES of off-heap
   binaries. */
#define HEAP_WORDS_MAX ((size_t)SMALL_MAX / 8)

/* An integer from 0 to `max`. */
bool option_size(Term t, size_t max, size_t *size);
/* low | normal | high | max */
bool option_priority(Term t, int *priority);
Term priority_atom(int priority);

/* max_heap_size: a number of words, or #{size, kill, error_logger, include_shared_binaries}; those
   that are not mentioned are true. At least `least` words, or 0. */
bool option_max_heap(Term t, size_t least, MaxHeap *max);
/* The map. TERM_NONE: no memory. */
Term max_heap_term(Process *p, const MaxHeap *max);

#endif
