/* SPDX-License-Identifier: Apache-2.0 */
/* cache.c - the folder of a person's cache where what was compiled is kept. */

#define _GNU_SOURCE
#include "cache.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { KEPT_SECONDS = 30 * 24 * 3600, NAME_DIGITS = 16 };

/* FNV-1a, 64 bit. */
static uint64_t hash_text(const char *text)
{
    uint64_t hash = 0xCBF29CE484222325u;
    for (; *text; text++) hash = (hash ^ (uint8_t)*text) * 0x100000001B3u;
    return hash;
}

static bool make_folders(char *path)
{
    for (char *slash = path + 1; (slash = strchr(slash, '/')); slash++) {
        *slash = 0;
        bool made = mkdir(path, 0777) == 0 || errno == EEXIST;
        *slash = '/';
        if (!made) return false;
    }
    return mkdir(path, 0777) == 0 || errno == EEXIST;
}

/* What is used now is not old. */
static bool open_entry(char *path)
{
    return make_folders(path) && access(path, W_OK) == 0 && utimensat(AT_FDCWD, path, NULL, 0) == 0;
}

/* Anybody may write where this folder stands: it has to be ours, and closed to others. */
static bool make_private(const char *path)
{
    struct stat info;
    mkdir(path, 0700);
    return lstat(path, &info) == 0 && S_ISDIR(info.st_mode) && info.st_uid == geteuid() &&
           ((info.st_mode & 0777) == 0700 || chmod(path, 0700) == 0);
}

static bool open_personal(const char *base, const char *below, uint64_t hash, char *folder,
                          size_t room)
{
    if (!base || base[0] != '/') return false;
    int length = snprintf(folder, room, "%s%s/mote/%016llx", base, below, (unsigned long long)hash);
    return length < (int)room && open_entry(folder);
}

static bool open_temporary(const char *base, uint64_t hash, char *folder, size_t room)
{
    if (!base || base[0] != '/') return false;
    int length = snprintf(folder, room, "%s/mote-%u", base, (unsigned)geteuid());
    if (length + NAME_DIGITS + 2 > (int)room || !make_private(folder)) return false;
    snprintf(folder + length, room - (size_t)length, "/%016llx", (unsigned long long)hash);
    return open_entry(folder);
}

bool cache_folder(const char *key, char *folder, size_t room)
{
    uint64_t hash = hash_text(key);
    const char *cache = getenv("XDG_CACHE_HOME");
    bool opened = cache && *cache ? open_personal(cache, "", hash, folder, room)
                                  : open_personal(getenv("HOME"), "/.cache", hash, folder, room);
    if (opened || open_temporary(getenv("TMPDIR"), hash, folder, room) ||
        open_temporary("/tmp", hash, folder, room))
        return true;
    fprintf(stderr, "mote: there is no folder for what is compiled: neither XDG_CACHE_HOME, "
                    "HOME/.cache, TMPDIR nor /tmp can be written\n");
    return false;
}

/* ---- What is old ---- */

static int remove_one(const char *path, const struct stat *info, int kind, struct FTW *walk)
{
    (void)info, (void)kind, (void)walk;
    remove(path);
    return 0;
}

static bool is_entry(const char *name)
{
    return strlen(name) == NAME_DIGITS && strspn(name, "0123456789abcdef") == NAME_DIGITS;
}

void cache_drop_old(const char *folder)
{
    char parent[PATH_MAX], path[PATH_MAX + NAME_MAX + 2];
    struct stat info;
    time_t now = time(NULL);
    snprintf(parent, sizeof parent, "%s", folder);
    *strrchr(parent, '/') = 0;
    DIR *dir = opendir(parent);
    for (struct dirent *entry; dir && (entry = readdir(dir));) {
        if (!is_entry(entry->d_name)) continue;
        snprintf(path, sizeof path, "%s/%s", parent, entry->d_name);
        if (lstat(path, &info) == 0 && S_ISDIR(info.st_mode) && now - info.st_mtime > KEPT_SECONDS)
            nftw(path, remove_one, 16, FTW_DEPTH | FTW_PHYS);
    }
    if (dir) closedir(dir);
}
