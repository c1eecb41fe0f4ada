/* SPDX-License-Identifier: Apache-2.0 */
/* path.h - what file names stand for: files, folders, links. */
#ifndef MOTE_OS_PATH_H
#define MOTE_OS_PATH_H

/* All functions may block: they are for jobs (include/mote/os/job.h). They return 0 or an error
   (include/mote/os/error.h). Paths end with a NUL. */

#include "mote/os/file.h"

/* `follow`: of what a link leads to. */
int os_path_info(const char *path, bool follow, OsFileInfo *info);
int os_path_set_mode(const char *path, uint32_t mode);
/* -1: as it is. */
int os_path_set_owner(const char *path, int32_t owner, int32_t group);
/* Seconds since 1970 UTC. */
int os_path_set_times(const char *path, int64_t accessed, int64_t modified);
int os_path_link(const char *existing, const char *fresh);
int os_path_link_symbolic(const char *existing, const char *fresh);
/* Up to `room` bytes of what a link says; `size` is their number. Where it is `room` there may be
   more. */
int os_path_read_link(const char *path, char *text, size_t room, size_t *size);
int os_path_rename(const char *from, const char *to);
int os_path_remove(const char *path);
int os_path_make_folder(const char *path);
int os_path_remove_folder(const char *path);
/* The folder that relative paths start from, for the whole VM. */
int os_path_enter(const char *path);
/* The same, read as a link is. */
int os_path_current(char *path, size_t room, size_t *size);
/* Calls `visit` with each name in a folder but . and .. until it returns an error. */
int os_path_list(const char *path, int (*visit)(const char *name, size_t size, void *context),
                 void *context);

#endif
