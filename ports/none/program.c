/* SPDX-License-Identifier: Apache-2.0 */
/* program.c - without an operating system there are no programs. */
#include "mote/os/program.h"

enum { NOT_SUPPORTED = 1 };

int os_program_start(const OsProgramStart *start, OsProgram *program)
{
    (void)start;
    (void)program;
    return NOT_SUPPORTED;
}

bool os_program_status(int end, int *status)
{
    (void)end;
    (void)status;
    return false;
}

void os_handle_use(int handle) { (void)handle; }

int os_handle_write(int handle, const void *bytes, size_t room, size_t *size)
{
    (void)handle;
    (void)bytes;
    (void)room;
    *size = 0;
    return NOT_SUPPORTED;
}

int os_handle_read(int handle, void *bytes, size_t room, size_t *size, bool *at_end)
{
    (void)handle;
    (void)bytes;
    (void)room;
    *size = 0;
    *at_end = true;
    return NOT_SUPPORTED;
}

void os_handle_close(int handle) { (void)handle; }
