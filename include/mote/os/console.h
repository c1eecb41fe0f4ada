/* SPDX-License-Identifier: Apache-2.0 */
/* console.h - the program's standard input and output without waiting. */
#ifndef MOTE_OS_CONSOLE_H
#define MOTE_OS_CONSOLE_H

#include <stdbool.h>
#include <stddef.h>

/* Blocks until there is input: reads up to `room` bytes, returns their number; 0: the end. For
   jobs. */
size_t os_console_read(void *bytes, size_t room);

/* Writes what stream 1 or 2 takes at once: *written bytes, 0 where it takes none now. False: it
   takes none any more, as the disc is full, or nobody reads it. One that was closed before the
   start takes everything. */
bool os_console_write_some(int stream, const void *bytes, size_t size, size_t *written);

/* Blocks until the stream takes bytes again. For jobs. */
void os_console_wait(int stream);

/* True if a person sits at stream 0, 1 or 2. */
bool os_console_is_terminal(int stream);

#endif
