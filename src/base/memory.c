/* SPDX-License-Identifier: Apache-2.0 */
/* memory.c - the one way to allocate. */

#include "base/memory.h"
#include <stdatomic.h>
#include <stdint.h>
#include "mote/port.h"

#define RESERVE_MAX ((size_t)4 << 20)

static _Atomic(size_t) used;
static _Atomic(size_t) limit = SIZE_MAX;
static _Atomic(size_t) reserve;
static _Atomic(size_t) fail_after;

static bool may_grow(size_t bytes, size_t kept)
{
    size_t left = atomic_load_explicit(&fail_after, memory_order_relaxed);
    if (left && atomic_fetch_sub(&fail_after, 1) == 1) return false;
    size_t before = atomic_fetch_add_explicit(&used, bytes, memory_order_relaxed);
    if (before + bytes >= before &&
        before + bytes <= atomic_load_explicit(&limit, memory_order_relaxed) + kept)
        return true;
    atomic_fetch_sub_explicit(&used, bytes, memory_order_relaxed);
    return false;
}

static void *alloc(size_t bytes, size_t kept)
{
    if (!may_grow(bytes, kept)) return NULL;
    void *block = port_alloc(bytes ? bytes : 1);
    if (!block) atomic_fetch_sub_explicit(&used, bytes, memory_order_relaxed);
    return block;
}

void *memory_alloc(size_t bytes) { return alloc(bytes, 0); }

void *memory_alloc_kept(size_t bytes) { return alloc(bytes, atomic_load(&reserve)); }

void *memory_realloc(void *block, size_t old_bytes, size_t new_bytes)
{
    if (!block) return memory_alloc(new_bytes);
    if (new_bytes > old_bytes && !may_grow(new_bytes - old_bytes, 0)) return NULL;
    void *moved = port_realloc(block, new_bytes ? new_bytes : 1);
    if (moved ? new_bytes < old_bytes : new_bytes > old_bytes) {
        size_t less = moved ? old_bytes - new_bytes : new_bytes - old_bytes;
        atomic_fetch_sub_explicit(&used, less, memory_order_relaxed);
    }
    return moved;
}

void memory_free(void *block, size_t bytes)
{
    if (!block) return;
    port_free(block);
    atomic_fetch_sub_explicit(&used, bytes, memory_order_relaxed);
}

void memory_limit_set(size_t bytes)
{
    size_t kept = bytes == SIZE_MAX ? 0 : bytes / 8;
    if (kept > RESERVE_MAX) kept = RESERVE_MAX;
    atomic_store(&reserve, kept);
    atomic_store(&limit, bytes - kept);
}

void memory_reserve_open(void) { atomic_fetch_add(&limit, atomic_exchange(&reserve, 0)); }

size_t memory_used(void) { return atomic_load_explicit(&used, memory_order_relaxed); }

size_t memory_fail_after(size_t n) { return atomic_exchange(&fail_after, n); }
