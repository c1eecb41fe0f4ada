/* SPDX-License-Identifier: Apache-2.0 */
/* stat.h - what Linux tells of a file, and of a call that failed. */
#ifndef LINUX_STAT_H
#define LINUX_STAT_H

#include <errno.h>
#include <sys/stat.h>
#include "mote/os/file.h"

static inline int error_of(long result) { return result < 0 ? errno : 0; }

/* All but who may read and write. */
static inline void stat_info(const struct stat *from, OsFileInfo *info)
{
    mode_t mode = from->st_mode;
    *info = (OsFileInfo){
        .size = (uint64_t)from->st_size,
        .type = S_ISCHR(mode) || S_ISBLK(mode) ? OS_TYPE_DEVICE
                : S_ISDIR(mode)                ? OS_TYPE_FOLDER
                : S_ISREG(mode)                ? OS_TYPE_REGULAR
                : S_ISLNK(mode)                ? OS_TYPE_LINK
                                               : OS_TYPE_OTHER,
        .accessed = from->st_atime,
        .modified = from->st_mtime,
        .changed = from->st_ctime,
        .mode = mode,
        .links = (uint32_t)from->st_nlink,
        .owner = from->st_uid,
        .group = from->st_gid,
        .device = (uint32_t)from->st_dev,
        .special = (uint32_t)from->st_rdev,
        .number = (uint32_t)from->st_ino,
    };
}

#endif
