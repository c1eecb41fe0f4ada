/* SPDX-License-Identifier: Apache-2.0 */
/* otp.c - the installed OTP, and where modules are found. */

#define _GNU_SOURCE
#include "otp.h"
#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include "embedded.h"

/* Where modules are looked for, in this order. Before the first of OTP's come the modules inside
   the command. */
static char **folders;
static size_t folder_count, own_count;
static pthread_rwlock_t folders_lock = PTHREAD_RWLOCK_INITIALIZER;

static char root[PATH_MAX];
static unsigned release;

static void out_of_memory(void)
{
    fputs("mote: out of memory\n", stderr);
    exit(1);
}

static void insert_folder(size_t at, const char *name)
{
    char **more = realloc(folders, (folder_count + 1) * sizeof *folders), *copy = strdup(name);
    if (!more || !copy) out_of_memory();
    folders = more;
    memmove(folders + at + 1, folders + at, (folder_count++ - at) * sizeof *folders);
    folders[at] = copy;
}

void otp_add_path(const char *folder)
{
    insert_folder(0, folder);
    own_count++;
}

const char *otp_root(void) { return root; }
unsigned otp_release(void) { return release; }

/* ---- Opening ---- */

static bool is_folder(const char *path)
{
    struct stat info;
    return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

bool otp_from_path(const char *program, OtpAccept *accept)
{
    char file[PATH_MAX + 32], real[PATH_MAX];
    const char *path = getenv("PATH");
    while (path && *path) {
        size_t length = strcspn(path, ":");
        snprintf(file, sizeof file, "%.*s/%s", (int)length, path, program);
        if (access(file, X_OK) == 0 && realpath(file, real)) {
            for (int i = 0; i < 2; i++) *strrchr(real, '/') = 0;
            if (accept(real)) return true;
        }
        path += length + (path[length] == ':');
    }
    return false;
}

static bool has_folder(const char *parent, const char *name)
{
    char path[PATH_MAX + 32];
    return snprintf(path, sizeof path, "%s/%s", parent, name) < (int)sizeof path &&
           is_folder(path);
}

/* `erl` is a link or a script in <root>/bin, or stands in a prefix's bin beside lib/erlang. */
static bool accept_root(const char *folder)
{
    strcpy(root, folder);
    if (has_folder(folder, "lib/erlang/lib"))
        strcat(root, "/lib/erlang");
    else if (!has_folder(folder, "lib"))
        return false;
    return true;
}

/* The highest number among releases/NUMBER. */
static unsigned find_release(void)
{
    char path[PATH_MAX + 16];
    unsigned found = 0;
    snprintf(path, sizeof path, "%s/releases", root);
    DIR *dir = opendir(path);
    for (struct dirent *entry; dir && (entry = readdir(dir));) {
        unsigned number = (unsigned)atoi(entry->d_name);
        if (number > found) found = number;
    }
    if (dir) closedir(dir);
    return found;
}

/* Most modules are those of these few. */
static int by_use(const void *a, const void *b)
{
    static const char *const first[] = {"/elixir/ebin", "/stdlib-",   "/kernel-",
                                        "/erts-",       "/compiler-", "/logger/ebin"};
    const char *x = *(char *const *)a, *y = *(char *const *)b;
    for (size_t i = 0; i < sizeof first / sizeof *first; i++) {
        bool x_is = strstr(x, first[i]), y_is = strstr(y, first[i]);
        if (x_is != y_is) return x_is ? -1 : 1;
    }
    return strcmp(x, y);
}

/* Adds the ebin of each folder in `parent` whose name begins so. */
static void find_libraries(const char *parent, const char *prefix)
{
    char path[2 * PATH_MAX];
    DIR *dir = opendir(parent);
    for (struct dirent *entry; dir && (entry = readdir(dir));) {
        if (entry->d_name[0] == '.' || strncmp(entry->d_name, prefix, strlen(prefix))) continue;
        snprintf(path, sizeof path, "%s/%s/ebin", parent, entry->d_name);
        if (is_folder(path)) insert_folder(folder_count, path);
    }
    if (dir) closedir(dir);
}

static void sort_libraries(void)
{
    qsort(folders + own_count, folder_count - own_count, sizeof *folders, by_use);
}

void otp_add_libraries(const char *parent)
{
    find_libraries(parent, "");
    sort_libraries();
}

bool otp_open(const char *given, const char **why)
{
    char path[PATH_MAX + 16];
    if (given) {
        if (!realpath(given, root)) root[0] = 0;
        snprintf(path, sizeof path, "%s/lib", root);
        *why = "no OTP there: --otp wants the folder that holds lib/ and releases/";
        if (!root[0] || !is_folder(path)) return false;
    } else if (!otp_from_path("erl", accept_root)) {
        *why =
            "OTP was not found: install Erlang (Debian: apt-get install erlang), or give --otp DIR";
        return false;
    }
    snprintf(path, sizeof path, "%s/lib", root);
    find_libraries(path, "");
    find_libraries(root, "erts-");
    sort_libraries();
    release = find_release();
    *why = "this OTP cannot be used: it has no releases/NUMBER folder, or is older than 25";
    return release >= 25;
}

/* ---- Finding ---- */

static void unmap(MoteFile *file)
{
    if (file->size) munmap((void *)(uintptr_t)file->bytes, file->size);
    free((void *)(uintptr_t)file->path);
}

/* NULL: it is no file, or cannot be read. An empty one has a place, too. */
static const void *map_bytes(int fd, size_t *size)
{
    struct stat info;
    if (fstat(fd, &info) || !S_ISREG(info.st_mode)) return NULL;
    *size = (size_t)info.st_size;
    if (!*size) return "";
    void *bytes = mmap(NULL, *size, PROT_READ, MAP_PRIVATE, fd, 0);
    return bytes == MAP_FAILED ? NULL : bytes;
}

static bool map_file(const char *path, MoteFile *file)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return false;
    *file = (MoteFile){.path = strdup(path), .release = unmap};
    file->bytes = map_bytes(fd, &file->size);
    close(fd);
    if (file->bytes && file->path) return true;
    if (file->bytes) unmap(file);
    else free((void *)(uintptr_t)file->path);
    return false;
}

bool otp_find_in(const char *folder, const char *name, size_t size, MoteFile *file)
{
    char path[2 * PATH_MAX];
    if (memchr(name, '/', size) || memchr(name, 0, size)) return false;
    int length = snprintf(path, sizeof path, "%s/%.*s.beam", folder, (int)size, name);
    return length < (int)sizeof path && map_file(path, file);
}

static bool find_among(size_t first, size_t end, const char *name, size_t size, MoteFile *file)
{
    while (first < end && !otp_find_in(folders[first], name, size, file)) first++;
    return first < end;
}

bool otp_find(const char *name, size_t size, MoteFile *file)
{
    pthread_rwlock_rdlock(&folders_lock);
    bool found = find_among(0, own_count, name, size, file);
    if (!found) {
        *file = (MoteFile){.path = "(mote)"};
        found = embedded_find(name, size, &file->bytes, &file->size) ||
                find_among(own_count, folder_count, name, size, file);
    }
    pthread_rwlock_unlock(&folders_lock);
    return found;
}

bool otp_has_basic(const char *name)
{
    char path[2 * PATH_MAX];
    bool found = false;
    for (size_t i = own_count; i < folder_count && !found; i++) {
        if (!strstr(folders[i], "/stdlib-") && !strstr(folders[i], "/kernel-")) continue;
        snprintf(path, sizeof path, "%s/%s.beam", folders[i], name);
        found = access(path, R_OK) == 0;
    }
    return found;
}

/* ---- Changing where modules are looked for ---- */

void otp_each_folder(void (*visit)(const char *folder, void *context), void *context)
{
    pthread_rwlock_rdlock(&folders_lock);
    for (size_t i = 0; i < folder_count; i++) visit(folders[i], context);
    pthread_rwlock_unlock(&folders_lock);
}

static bool is_library(const char *folder)
{
    return !strncmp(folder, root, strlen(root)) && folder[strlen(root)] == '/';
}

bool otp_set_folders(const char *const *names, size_t count)
{
    char **old = folders, **new = calloc(count + 1, sizeof *new);
    size_t old_count = folder_count, first = 0;
    bool copied = new != NULL;
    for (size_t i = 0; copied && i < count; i++) copied = (new[i] = strdup(names[i])) != NULL;
    while (copied && first < count && !is_library(new[first])) first++;
    if (copied) {
        pthread_rwlock_wrlock(&folders_lock);
        folders = new;
        folder_count = count;
        own_count = first;
        pthread_rwlock_unlock(&folders_lock);
    } else {
        old = new;
        old_count = new ? count : 0;
    }
    for (size_t i = 0; i < old_count; i++) free(old[i]);
    free(old);
    return copied;
}
