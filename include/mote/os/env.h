/* SPDX-License-Identifier: Apache-2.0 */
/* env.h - the environment of the operating system's process that the VM is. */
#ifndef MOTE_OS_ENV_H
#define MOTE_OS_ENV_H

/* Names and values end with a NUL. Where there is no operating system the environment is empty and
   cannot be changed. Any thread may call; changes are seen by programs started later. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Copies up to `room` bytes of the value of `name`, without NUL. Returns the value's size, which
   may be more; SIZE_MAX: there is no such name. */
size_t os_env_get(const char *name, char *value, size_t room);
/* False: refused, or out of memory. */
bool os_env_set(const char *name, const char *value);
bool os_env_unset(const char *name);
/* Calls `visit` with each "name=value". No function of this header may be called meanwhile. */
void os_env_each(void (*visit)(const char *entry, void *context), void *context);

/* The number that the operating system knows the VM by. */
uint32_t os_process_id(void);

#endif
