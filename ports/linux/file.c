/* SPDX-License-Identifier: Apache-2.0 */
/* file.c - open files. */
#define _GNU_SOURCE
#define _FILE_OFFSET_BITS 64
#include "mote/os/file.h"
#include <errno.h>
#include <fcntl.h>
#include <sys/uio.h>
#include <unistd.h>
#include "stat.h"

enum { PARTS_MAX = 64 };

static int open_flags(unsigned modes)
{
    int flags = O_CLOEXEC;
    bool read = modes & OS_FILE_READ, write = modes & OS_FILE_WRITE;
    if (write) flags |= O_CREAT | (read ? O_RDWR : O_WRONLY);
    if (write && !read && !(modes & OS_FILE_APPEND)) flags |= O_TRUNC;
    if (modes & OS_FILE_APPEND) flags |= O_APPEND;
    if (modes & OS_FILE_EXCLUSIVE) flags |= O_EXCL;
    if (modes & OS_FILE_SYNC) flags |= O_SYNC;
    if (modes & OS_FILE_FOLDER) flags |= O_DIRECTORY;
    return flags;
}

int os_file_open(const char *path, unsigned modes, int *file)
{
    struct stat info;
    do {
        *file = open(path, open_flags(modes), 0666);
    } while (*file < 0 && errno == EINTR);
    if (*file < 0) return errno;
    if (modes & (OS_FILE_FOLDER | OS_FILE_ANY_TYPE)) return 0;
    if (fstat(*file, &info) < 0 || !S_ISDIR(info.st_mode)) return 0;
    close(*file);
    return EISDIR;
}

int os_file_adopt(int descriptor, int *file)
{
    *file = descriptor;
    return fcntl(descriptor, F_GETFL) < 0 && errno == EBADF ? EBADF : 0;
}

/* Linux closes it even where it says that it was interrupted. */
int os_file_close(int file) { return error_of(close(file)); }

int os_file_read(int file, int64_t offset, void *bytes, size_t room, size_t *size)
{
    *size = 0;
    for (;;) {
        char *to = (char *)bytes + *size;
        ssize_t some = offset == OS_FILE_HERE
                           ? read(file, to, room - *size)
                           : pread(file, to, room - *size, offset + (int64_t)*size);
        if (some < 0 && errno != EINTR) return errno;
        if (some > 0) *size += (size_t)some;
        if (some == 0 || *size == room) return 0;
    }
}

/* Forgets `bytes` at the front; returns how many parts that finishes. */
static size_t advance(OsPart *parts, size_t count, size_t bytes)
{
    size_t done = 0;
    while (done < count && bytes >= parts[done].size) bytes -= parts[done++].size;
    if (bytes) {
        parts[done].bytes = (const char *)parts[done].bytes + bytes;
        parts[done].size -= bytes;
    }
    return done;
}

int os_file_write(int file, int64_t offset, OsPart *parts, size_t count, size_t *written)
{
    struct iovec vector[PARTS_MAX];
    *written = 0;
    for (size_t out = 0;;) {
        size_t done = advance(parts, count, out);
        parts += done;
        count -= done;
        if (count == 0) return 0;
        int some = count < PARTS_MAX ? (int)count : PARTS_MAX;
        for (int i = 0; i < some; i++)
            vector[i] = (struct iovec){(void *)(uintptr_t)parts[i].bytes, parts[i].size};
        ssize_t result = offset == OS_FILE_HERE
                             ? writev(file, vector, some)
                             : pwritev(file, vector, some, offset + (int64_t)*written);
        if (result < 0 && errno != EINTR) return errno;
        out = result < 0 ? 0 : (size_t)result;
        *written += out;
    }
}

int os_file_seek(int file, OsSeek from, int64_t offset, int64_t *position)
{
    static const int whence[] = {SEEK_SET, SEEK_CUR, SEEK_END};
    *position = lseek(file, offset, whence[from]);
    return error_of(*position < 0 ? -1 : 0);
}

int os_file_sync(int file, bool data_only)
{
    return error_of(data_only ? fdatasync(file) : fsync(file));
}

int os_file_truncate(int file)
{
    off_t end = lseek(file, 0, SEEK_CUR);
    return end < 0 ? errno : error_of(ftruncate(file, end));
}

int os_file_allocate(int file, int64_t offset, int64_t size)
{
    while (fallocate(file, 0, offset, size) < 0) {
        if (errno != EINTR) return posix_fallocate(file, offset, size);
    }
    return 0;
}

int os_file_advise(int file, int64_t offset, int64_t size, OsAdvice advice)
{
    static const int advices[] = {POSIX_FADV_NORMAL,   POSIX_FADV_RANDOM,   POSIX_FADV_SEQUENTIAL,
                                  POSIX_FADV_WILLNEED, POSIX_FADV_DONTNEED, POSIX_FADV_NOREUSE};
    /* Pipes and sockets take no advice, which is no failure on OTP. */
    (void)posix_fadvise(file, offset, size, advices[advice]);
    return 0;
}

int os_file_info(int file, OsFileInfo *info)
{
    struct stat from;
    if (fstat(file, &from) < 0) return errno;
    stat_info(&from, info);
    mode_t mode = from.st_uid == geteuid()   ? from.st_mode >> 6
                  : from.st_gid == getegid() ? from.st_mode >> 3
                                             : from.st_mode;
    info->readable = mode & S_IROTH;
    info->writable = mode & S_IWOTH;
    return 0;
}
