/* SPDX-License-Identifier: Apache-2.0 */
/* env.c - no operating system, no environment. */
#include "mote/os/env.h"

size_t os_env_get(const char *name, char *value, size_t room)
{
    (void)name;
    (void)value;
    (void)room;
    return SIZE_MAX;
}

bool os_env_set(const char *name, const char *value)
{
    (void)name;
    (void)value;
    return false;
}

bool os_env_unset(const char *name)
{
    (void)name;
    return false;
}

void os_env_each(void (*visit)(const char *entry, void *context), void *context)
{
    (void)visit;
    (void)context;
}

uint32_t os_process_id(void) { return 1; }
