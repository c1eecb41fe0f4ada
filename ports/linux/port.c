/* SPDX-License-Identifier: Apache-2.0 */
/* port.c - Mote on Linux: time, memory, console, random numbers. */

#define _GNU_SOURCE
#include "mote/port.h"
#include <errno.h>
#include <malloc.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <time.h>
#include <unistd.h>
#include "board.h"

uint64_t port_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

/* Blocks of heaps come and go with each collection. By default glibc gives the end of its memory
   back to the kernel whenever 128 KB of it are free: page faults took 2/3 of the time of
   programs with heaps of that size. */
enum { KEPT_BYTES = 8 << 20, MAPPED_BYTES = 4 << 20 };
static __attribute__((constructor)) void keep_free_memory(void)
{
#ifdef M_TRIM_THRESHOLD
    mallopt(M_TRIM_THRESHOLD, KEPT_BYTES);
    mallopt(M_MMAP_THRESHOLD, MAPPED_BYTES);
#endif
}

/* A large block is made of large pages: filling it, which a collection does, is then mostly
   copying, and no longer mostly page faults. */
static void *in_large_pages(void *block, size_t bytes)
{
    enum { PAGE = 2 << 20 };
    uintptr_t start = ((uintptr_t)block + PAGE - 1) & ~(uintptr_t)(PAGE - 1);
    uintptr_t end = ((uintptr_t)block + bytes) & ~(uintptr_t)(PAGE - 1);
    if (block && start < end) madvise((void *)start, end - start, MADV_HUGEPAGE);
    return block;
}

void *port_alloc(size_t bytes)
{
    void *block = malloc(bytes);
    return bytes < MAPPED_BYTES ? block : in_large_pages(block, bytes);
}

void *port_realloc(void *block, size_t bytes) { return realloc(block, bytes); }
void port_free(void *block) { free(block); }

void *port_reserve(size_t bytes)
{
    /* Pages come on first use. The kernel aligns large mappings to pages; 64 KB are asked for. */
    size_t align = 65536;
    char *range = mmap(NULL, bytes + align, PROT_READ | PROT_WRITE,
                       MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (range == MAP_FAILED) return NULL;
    return (void *)(((uintptr_t)range + align - 1) & ~(uintptr_t)(align - 1));
}

void port_write(int stream, const void *bytes, size_t size)
{
    const char *next = bytes;
    size_t total = size;
    bool has_board = board_before_output();
    while (size > 0) {
        ssize_t n = write(stream, next, size);
        if (n < 0 && errno != EINTR && errno != EAGAIN) break;
        if (n <= 0) continue;
        next += n;
        size -= (size_t)n;
    }
    if (has_board) board_after_output(bytes, total);
}

void port_random(void *bytes, size_t size)
{
    char *next = bytes;
    while (size > 0) {
        ssize_t n = getrandom(next, size, 0);
        if (n <= 0) continue;
        next += n;
        size -= (size_t)n;
    }
}

void port_halt(int status)
{
    board_leave();
    _exit(status);
}
