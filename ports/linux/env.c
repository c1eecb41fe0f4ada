/* SPDX-License-Identifier: Apache-2.0 */
/* env.c - the environment. */
#include "mote/os/env.h"
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

extern char **environ;

/* What getenv returns is good until the next change only. */
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

size_t os_env_get(const char *name, char *value, size_t room)
{
    size_t size = SIZE_MAX;
    pthread_mutex_lock(&mutex);
    const char *text = getenv(name);
    if (text) {
        size = strlen(text);
        memcpy(value, text, size < room ? size : room);
    }
    pthread_mutex_unlock(&mutex);
    return size;
}

bool os_env_set(const char *name, const char *value)
{
    pthread_mutex_lock(&mutex);
    bool done = setenv(name, value, 1) == 0;
    pthread_mutex_unlock(&mutex);
    return done;
}

bool os_env_unset(const char *name)
{
    pthread_mutex_lock(&mutex);
    bool done = unsetenv(name) == 0;
    pthread_mutex_unlock(&mutex);
    return done;
}

void os_env_each(void (*visit)(const char *entry, void *context), void *context)
{
    pthread_mutex_lock(&mutex);
    for (char **entry = environ; entry && *entry; entry++) visit(*entry, context);
    pthread_mutex_unlock(&mutex);
}

uint32_t os_process_id(void) { return (uint32_t)getpid(); }
