/* SPDX-License-Identifier: Apache-2.0 */
/* support.c - what of a port the unit tests of the lower layers need. */

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <time.h>
#include "mote/os/zlib.h"
#include "mote/port.h"

_Static_assert(sizeof(pthread_mutex_t) <= sizeof(PortMutex), "a PortMutex holds a mutex");

void *port_alloc(size_t bytes) { return malloc(bytes); }
void *port_realloc(void *block, size_t bytes) { return realloc(block, bytes); }
void port_free(void *block) { free(block); }

void *port_reserve(size_t bytes)
{
    void *range = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return range == MAP_FAILED ? NULL : range;
}

static pthread_mutex_t *mutex_of(PortMutex *mutex) { return (pthread_mutex_t *)(void *)mutex; }

void port_mutex_init(PortMutex *mutex) { pthread_mutex_init(mutex_of(mutex), NULL); }
void port_mutex_lock(PortMutex *mutex) { pthread_mutex_lock(mutex_of(mutex)); }
bool port_mutex_try_lock(PortMutex *mutex) { return pthread_mutex_trylock(mutex_of(mutex)) == 0; }
void port_mutex_unlock(PortMutex *mutex) { pthread_mutex_unlock(mutex_of(mutex)); }
void port_yield(void) {}

uint64_t port_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

/* The same bytes in each run, so that a failure comes again. */
void port_random(void *bytes, size_t size)
{
    static uint32_t state = 1;
    for (size_t i = 0; i < size; i++)
        ((uint8_t *)bytes)[i] = (uint8_t)((state = state * 1664525 + 1013904223) >> 24);
}

void port_write(int stream, const void *bytes, size_t size)
{
    fwrite(bytes, 1, size, stream == 2 ? stderr : stdout);
}

_Noreturn void port_halt(int status) { exit(status); }

/* Like a machine without zlib. */
bool os_inflate(const uint8_t *src, size_t size, uint8_t *dst, size_t want)
{
    (void)src, (void)size, (void)dst, (void)want;
    return false;
}

size_t os_deflate(const uint8_t *src, size_t size, uint8_t *dst, size_t room, int level)
{
    (void)src, (void)size, (void)dst, (void)room, (void)level;
    return 0;
}
