/* SPDX-License-Identifier: Apache-2.0 */
/* file.c - a machine without files. */
#include "mote/os/file.h"

enum { NOT_SUPPORTED = 1 };

int os_file_open(const char *path, unsigned modes, int *file)
{
    (void)path;
    (void)modes;
    (void)file;
    return NOT_SUPPORTED;
}

int os_file_adopt(int descriptor, int *file)
{
    (void)descriptor;
    (void)file;
    return NOT_SUPPORTED;
}

int os_file_close(int file)
{
    (void)file;
    return NOT_SUPPORTED;
}

int os_file_read(int file, int64_t offset, void *bytes, size_t room, size_t *size)
{
    (void)file;
    (void)offset;
    (void)bytes;
    (void)room;
    (void)size;
    return NOT_SUPPORTED;
}

int os_file_write(int file, int64_t offset, OsPart *parts, size_t count, size_t *written)
{
    (void)file;
    (void)offset;
    (void)parts;
    (void)count;
    (void)written;
    return NOT_SUPPORTED;
}

int os_file_seek(int file, OsSeek from, int64_t offset, int64_t *position)
{
    (void)file;
    (void)from;
    (void)offset;
    (void)position;
    return NOT_SUPPORTED;
}

int os_file_sync(int file, bool data_only)
{
    (void)file;
    (void)data_only;
    return NOT_SUPPORTED;
}

int os_file_truncate(int file)
{
    (void)file;
    return NOT_SUPPORTED;
}

int os_file_allocate(int file, int64_t offset, int64_t size)
{
    (void)file;
    (void)offset;
    (void)size;
    return NOT_SUPPORTED;
}

int os_file_advise(int file, int64_t offset, int64_t size, OsAdvice advice)
{
    (void)file;
    (void)offset;
    (void)size;
    (void)advice;
    return NOT_SUPPORTED;
}

int os_file_info(int file, OsFileInfo *info)
{
    (void)file;
    (void)info;
    return NOT_SUPPORTED;
}
