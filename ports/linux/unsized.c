/* SPDX-License-Identifier: Apache-2.0 */
/* unsized.c - memory for libraries that free without saying the size. */
#include "unsized.h"
#include <stdint.h>
#include "base/memory.h"

/* The size stands before the block. */
typedef union Block {
    size_t bytes;
    max_align_t align;
} Block;

void *unsized_alloc(size_t bytes)
{
    if (bytes > SIZE_MAX - sizeof(Block)) return NULL;
    Block *block = memory_alloc(sizeof *block + bytes);
    if (!block) return NULL;
    block->bytes = bytes;
    return block + 1;
}

void unsized_free(void *data)
{
    if (!data) return;
    Block *block = (Block *)data - 1;
    memory_free(block, sizeof *block + block->bytes);
}
