/* SPDX-License-Identifier: Apache-2.0 */
/* memory.h - the one way to allocate: sized, counted, limited. */
#ifndef BASE_MEMORY_H
#define BASE_MEMORY_H

/* Every block of the VM comes from here, so that --memory caps all of it and that tests can make
   any allocation fail. The caller gives the size back when it frees: nothing is stored beside
   blocks. */

#include <stdbool.h>
#include <stddef.h>

/* NULL: the machine or the limit has no more. */
void *memory_alloc(size_t bytes);
/* As realloc; the old block stays valid where NULL is returned. */
void *memory_realloc(void *block, size_t old_bytes, size_t new_bytes);
void memory_free(void *block, size_t bytes);

/* No more than `bytes` in use from now on. SIZE_MAX: no limit. An eighth, at most 4 MB, is kept
   back until memory_reserve_open: what tells how all ended must have room. */
void memory_limit_set(size_t bytes);
void memory_reserve_open(void);
/* As memory_alloc, but from what is kept back if need be. */
void *memory_alloc_kept(size_t bytes);
size_t memory_used(void);

/* Fault injection: the `n`-th allocation from now fails (0: none does). Returns what was left of
   the earlier order: 0 if that allocation has failed. */
size_t memory_fail_after(size_t n);

#endif
