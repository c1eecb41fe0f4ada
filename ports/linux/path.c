/* SPDX-License-Identifier: Apache-2.0 */
/* path.c - what file names stand for. Where Linux and POSIX name an error differently from what
   programs know from OTP, OTP's is given. */
#define _GNU_SOURCE
#define _FILE_OFFSET_BITS 64
#include "mote/os/path.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <utime.h>
#include "stat.h"

int os_path_info(const char *path, bool follow, OsFileInfo *info)
{
    struct stat from;
    if ((follow ? stat(path, &from) : lstat(path, &from)) < 0) return errno;
    stat_info(&from, info);
    info->readable = access(path, R_OK) == 0;
    info->writable = access(path, W_OK) == 0;
    return 0;
}

int os_path_set_mode(const char *path, uint32_t mode)
{
    if (chmod(path, mode & 07777 & ~(uint32_t)S_ISVTX) == 0) return 0;
    return error_of(chmod(path, mode & 0777));
}

int os_path_set_owner(const char *path, int32_t owner, int32_t group)
{
    return error_of(chown(path, (uid_t)owner, (gid_t)group));
}

int os_path_set_times(const char *path, int64_t accessed, int64_t modified)
{
    struct utimbuf times = {(time_t)accessed, (time_t)modified};
    return error_of(utime(path, &times));
}

int os_path_link(const char *existing, const char *fresh)
{
    return error_of(link(existing, fresh));
}

int os_path_link_symbolic(const char *existing, const char *fresh)
{
    return error_of(symlink(existing, fresh));
}

int os_path_read_link(const char *path, char *text, size_t room, size_t *size)
{
    ssize_t length = readlink(path, text, room);
    *size = length < 0 ? 0 : (size_t)length;
    return error_of(length);
}

int os_path_rename(const char *from, const char *to)
{
    if (rename(from, to) == 0) return 0;
    if (errno == ENOTEMPTY) return EEXIST;
    return strcmp(from, "/") == 0 ? EINVAL : errno;
}

int os_path_remove(const char *path)
{
    int error = error_of(unlink(path));
    return error == EISDIR ? EPERM : error;
}

int os_path_make_folder(const char *path) { return error_of(mkdir(path, 0777)); }

static bool is_current(const char *path)
{
    struct stat a, b;
    return stat(path, &a) == 0 && stat(".", &b) == 0 && a.st_ino == b.st_ino &&
           a.st_dev == b.st_dev;
}

int os_path_remove_folder(const char *path)
{
    int error = error_of(rmdir(path));
    if (error == ENOTEMPTY) error = EEXIST;
    return error == EEXIST && is_current(path) ? EINVAL : error;
}

int os_path_enter(const char *path) { return error_of(chdir(path)); }

int os_path_current(char *path, size_t room, size_t *size)
{
    bool fits = getcwd(path, room) != NULL;
    *size = fits ? strlen(path) : room;
    return fits || errno == ERANGE ? 0 : errno;
}

int os_path_list(const char *path, int (*visit)(const char *name, size_t size, void *context),
                 void *context)
{
    DIR *folder = opendir(path);
    if (!folder) return errno;
    int error = 0;
    for (struct dirent *entry; error == 0 && (entry = readdir(folder));) {
        const char *name = entry->d_name;
        if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0) continue;
        error = visit(name, strlen(name), context);
    }
    closedir(folder);
    return error;
}
