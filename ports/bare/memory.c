/* SPDX-License-Identifier: Apache-2.0 */
/* memory.c - memory on a bare board: newlib's malloc, and what is set aside above it. */

#include <stdint.h>
#include <stdlib.h>
#include "mote/port.h"

/* Set by the linker script. malloc takes from below, port_reserve from above. */
extern char memory_start[], memory_end[];
static char *low = memory_start, *high = memory_end;

/* Called by malloc: memory_start grows to `low`. */
void *_sbrk(intptr_t bytes);
void *_sbrk(intptr_t bytes)
{
    if (bytes > high - low) return (void *)-1;
    char *block = low;
    low += bytes;
    return block;
}

void *port_alloc(size_t bytes) { return malloc(bytes); }
void *port_realloc(void *block, size_t bytes) { return realloc(block, bytes); }
void port_free(void *block) { free(block); }

/* No more than half of what is left: the rest is the processes'. */
void *port_reserve(size_t bytes)
{
    const size_t align = 65536;
    if (bytes > (size_t)(high - low) / 2) return NULL;
    char *range = (char *)((uintptr_t)(high - bytes) & ~(uintptr_t)(align - 1));
    if (range < low) return NULL;
    high = range;
    return range;
}
