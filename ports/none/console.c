/* SPDX-License-Identifier: Apache-2.0 */
/* console.c - output through port_write, no input. */

#include "mote/os/console.h"
#include "mote/port.h"

size_t os_console_read(void *bytes, size_t room)
{
    (void)bytes, (void)room;
    return 0;
}

bool os_console_write_some(int stream, const void *bytes, size_t size, size_t *written)
{
    port_write(stream, bytes, size);
    *written = size;
    return true;
}

void os_console_wait(int stream) { (void)stream; }

bool os_console_is_terminal(int stream)
{
    (void)stream;
    return false;
}
