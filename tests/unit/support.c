/* SPDX-License-Identifier: Apache-2.0 */
/* support.c - what of a port the unit tests of the lower layers need. */

#include <pthread.h>
#include <stdlib.h>
#include "mote/port.h"

_Static_assert(sizeof(pthread_mutex_t) <= sizeof(PortMutex), "a PortMutex holds a mutex");

void *port_alloc(size_t bytes) { return malloc(bytes); }
void *port_realloc(void *block, size_t bytes) { return realloc(block, bytes); }
void port_free(void *block) { free(block); }

static pthread_mutex_t *mutex_of(PortMutex *mutex) { return (pthread_mutex_t *)(void *)mutex; }

void port_mutex_init(PortMutex *mutex) { pthread_mutex_init(mutex_of(mutex), NULL); }
void port_mutex_lock(PortMutex *mutex) { pthread_mutex_lock(mutex_of(mutex)); }
bool port_mutex_try_lock(PortMutex *mutex) { return pthread_mutex_trylock(mutex_of(mutex)) == 0; }
void port_mutex_unlock(PortMutex *mutex) { pthread_mutex_unlock(mutex_of(mutex)); }
