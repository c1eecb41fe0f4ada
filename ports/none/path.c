/* SPDX-License-Identifier: Apache-2.0 */
/* path.c - a machine without files has no names for them. */
#include "mote/os/path.h"

enum { NOT_SUPPORTED = 1 };

int os_path_info(const char *path, bool follow, OsFileInfo *info)
{
    (void)path;
    (void)follow;
    (void)info;
    return NOT_SUPPORTED;
}

int os_path_set_mode(const char *path, uint32_t mode)
{
    (void)path;
    (void)mode;
    return NOT_SUPPORTED;
}

int os_path_set_owner(const char *path, int32_t owner, int32_t group)
{
    (void)path;
    (void)owner;
    (void)group;
    return NOT_SUPPORTED;
}

int os_path_set_times(const char *path, int64_t accessed, int64_t modified)
{
    (void)path;
    (void)accessed;
    (void)modified;
    return NOT_SUPPORTED;
}

int os_path_link(const char *existing, const char *fresh)
{
    (void)existing;
    (void)fresh;
    return NOT_SUPPORTED;
}

int os_path_link_symbolic(const char *existing, const char *fresh)
{
    (void)existing;
    (void)fresh;
    return NOT_SUPPORTED;
}

int os_path_read_link(const char *path, char *text, size_t room, size_t *size)
{
    (void)path;
    (void)text;
    (void)room;
    (void)size;
    return NOT_SUPPORTED;
}

int os_path_rename(const char *from, const char *to)
{
    (void)from;
    (void)to;
    return NOT_SUPPORTED;
}

int os_path_remove(const char *path)
{
    (void)path;
    return NOT_SUPPORTED;
}

int os_path_make_folder(const char *path)
{
    (void)path;
    return NOT_SUPPORTED;
}

int os_path_remove_folder(const char *path)
{
    (void)path;
    return NOT_SUPPORTED;
}

int os_path_enter(const char *path)
{
    (void)path;
    return NOT_SUPPORTED;
}

int os_path_current(char *path, size_t room, size_t *size)
{
    (void)path;
    (void)room;
    (void)size;
    return NOT_SUPPORTED;
}

int os_path_list(const char *path, int (*visit)(const char *name, size_t size, void *context),
                 void *context)
{
    (void)path;
    (void)visit;
    (void)context;
    return NOT_SUPPORTED;
}
