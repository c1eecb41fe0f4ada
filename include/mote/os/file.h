/* SPDX-License-Identifier: Apache-2.0 */
/* file.h - open files. */
#ifndef MOTE_OS_FILE_H
#define MOTE_OS_FILE_H

/* All functions may block: they are for jobs (include/mote/os/job.h). They return 0 or an error
   (include/mote/os/error.h). One file is used by one job at a time. Sizes and offsets are bytes.
   Where there are no files, opening fails with enotsup. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* As module file has them: WRITE makes the file where it is missing, WRITE alone empties it. */
typedef enum OsFileMode {
    OS_FILE_READ = 1,
    OS_FILE_WRITE = 2,
    OS_FILE_APPEND = 4,
    OS_FILE_EXCLUSIVE = 8, /* fails if it is there */
    OS_FILE_SYNC = 16,     /* writes last */
    OS_FILE_FOLDER = 32,   /* fails unless it is a folder, which it may not be otherwise */
    OS_FILE_ANY_TYPE = 64
} OsFileMode;

typedef enum OsSeek { OS_SEEK_START, OS_SEEK_HERE, OS_SEEK_END } OsSeek;

typedef enum OsAdvice {
    OS_ADVICE_NORMAL, OS_ADVICE_RANDOM, OS_ADVICE_SEQUENTIAL,
    OS_ADVICE_WILL_NEED, OS_ADVICE_DONT_NEED, OS_ADVICE_NO_REUSE
} OsAdvice;

typedef enum OsFileType {
    OS_TYPE_DEVICE, OS_TYPE_FOLDER, OS_TYPE_REGULAR, OS_TYPE_LINK, OS_TYPE_OTHER
} OsFileType;

typedef struct OsFileInfo {
    uint64_t size;
    uint8_t type;                        /* OsFileType */
    bool readable, writable;             /* by this program */
    int64_t accessed, modified, changed; /* seconds since 1970 UTC */
    uint32_t mode, links, owner, group;
    uint32_t device, special, number;    /* of the file system, of a device, of the file in it */
} OsFileInfo;

typedef struct OsPart {
    const void *bytes;
    size_t size;
} OsPart;

/* At the file's own position, instead of an offset. */
#define OS_FILE_HERE INT64_C(-1)

int os_file_open(const char *path, unsigned modes, int *file);
/* Takes over what the system knows as `descriptor`. */
int os_file_adopt(int descriptor, int *file);
int os_file_close(int file);
/* Reads until `room` bytes are there or the file ends: their number. */
int os_file_read(int file, int64_t offset, void *bytes, size_t room, size_t *size);
/* Writes all of the parts; `written` also tells how many bytes were out when it failed. Changes
   `parts`. */
int os_file_write(int file, int64_t offset, OsPart *parts, size_t count, size_t *written);
int os_file_seek(int file, OsSeek from, int64_t offset, int64_t *position);
int os_file_sync(int file, bool data_only);
/* The file ends at its position. */
int os_file_truncate(int file);
/* Room for what is going to be written. */
int os_file_allocate(int file, int64_t offset, int64_t size);
int os_file_advise(int file, int64_t offset, int64_t size, OsAdvice advice);
int os_file_info(int file, OsFileInfo *info);

#endif
