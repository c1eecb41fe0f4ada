/* SPDX-License-Identifier: Apache-2.0 */
/* console.h - the program's standard input. */
#ifndef MOTE_OS_CONSOLE_H
#define MOTE_OS_CONSOLE_H

#include <stddef.h>

/* Blocks until there is input: reads up to `room` bytes, returns their number; 0: the end. For jobs. */
size_t os_console_read(void *bytes, size_t room);

#endif
