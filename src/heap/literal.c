/* SPDX-License-Identifier: Apache-2.0 */
/* literal.c - the range of addresses of literals (design D25). */

/* First fit over a list of free blocks in order of address; neighbours are joined when freed.
   Blocks are few (modules, persistent terms) and large. */

#include "base/lock.h"
#include "heap/heap.h"

uintptr_t literal_start, literal_bytes;

typedef struct Free {
    struct Free *next;
    size_t bytes;
} Free;

static Free *free_list;
static Lock lock;
static size_t used;

size_t literal_used(void) { return used; }

bool literal_init(size_t bytes)
{
    lock_init(&lock);
    void *range = port_reserve(bytes);
    if (!range) return false;
    literal_start = (uintptr_t)range;
    literal_bytes = bytes;
    free_list = range;
    *free_list = (Free){NULL, bytes};
    return true;
}

static size_t round_up(size_t bytes)
{
    return (bytes + LITERAL_ALIGN - 1) & ~(size_t)(LITERAL_ALIGN - 1);
}

static void *take(size_t bytes)
{
    for (Free **link = &free_list; *link; link = &(*link)->next) {
        Free *block = *link;
        if (block->bytes < bytes) continue;
        Free *rest = block->next;
        if (block->bytes > bytes) {
            rest = (Free *)((char *)block + bytes);
            *rest = (Free){block->next, block->bytes - bytes};
        }
        *link = rest;
        return block;
    }
    return NULL;
}

void *literal_alloc(size_t bytes)
{
    if (bytes > literal_bytes) return NULL;
    bytes = round_up(bytes ? bytes : 1);
    lock_acquire(&lock);
    void *block = take(bytes);
    if (block) used += bytes;
    lock_release(&lock);
    if (block) memset(block, 0, bytes);
    return block;
}

static void join_next(Free *block)
{
    Free *next = block->next;
    if (!next || (char *)block + block->bytes != (char *)next) return;
    block->bytes += next->bytes;
    block->next = next->next;
}

void literal_free(void *start, size_t bytes)
{
    if (!start) return;
    Free *block = start, *before = NULL;
    lock_acquire(&lock);
    for (Free *f = free_list; f && f < block; f = f->next) before = f;
    used -= round_up(bytes ? bytes : 1);
    *block = (Free){before ? before->next : free_list, round_up(bytes ? bytes : 1)};
    if (before) {
        before->next = block;
    } else {
        free_list = block;
    }
    join_next(block);
    if (before) join_next(before);
    lock_release(&lock);
}
