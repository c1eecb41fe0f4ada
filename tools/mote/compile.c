/* SPDX-License-Identifier: Apache-2.0 */
/* compile.c - .erl files to .beam files, in a cache. */

#define _GNU_SOURCE
#include "compile.h"
#include <errno.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include "otp.h"

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

/* A folder for each source file and release. */
static bool cache_folder(const char *source, char *folder, size_t room)
{
    char key[PATH_MAX + 16];
    const char *base = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");
    snprintf(key, sizeof key, "%s %u", source, otp_release());
    unsigned long long hash = hash_text(key);
    int length = base && *base ? snprintf(folder, room, "%s/mote/%016llx", base, hash)
                 : home && *home
                     ? snprintf(folder, room, "%s/.cache/mote/%016llx", home, hash)
                     : snprintf(folder, room, "/tmp/mote-%u/%016llx", (unsigned)getuid(), hash);
    if (length < (int)room && make_folders(folder)) return true;
    fprintf(stderr, "mote: cannot make the folder %s: %s\n", folder, strerror(errno));
    return false;
}

static bool newer(const struct stat *a, const struct stat *b)
{
    return a->st_mtim.tv_sec != b->st_mtim.tv_sec ? a->st_mtim.tv_sec > b->st_mtim.tv_sec
                                                  : a->st_mtim.tv_nsec > b->st_mtim.tv_nsec;
}

/* True if the .beam is newer than each file that the list of dependencies (a rule of make)
   names. */
static bool is_fresh(const char *beam, const char *list)
{
    struct stat made, other;
    char word[PATH_MAX];
    if (stat(beam, &made)) return false;
    FILE *in = fopen(list, "r");
    if (!in) return false;
    bool fresh = true, any = false;
    while (fresh && fscanf(in, "%4095s", word) == 1) {
        if (!strcmp(word, "\\") || word[strlen(word) - 1] == ':') continue;
        any = true;
        fresh = stat(word, &other) == 0 && newer(&made, &other);
    }
    fclose(in);
    return fresh && any;
}

static bool run_erlc(const char *source, const char *folder, const char *list)
{
    char erlc[PATH_MAX + 16];
    snprintf(erlc, sizeof erlc, "%s/bin/erlc", otp_root());
    if (isatty(2)) fprintf(stderr, "Compiling %s\n", source);
    pid_t child = fork();
    if (child == 0) {
        dup2(2, 1); /* Its messages are no output of the program. */
        execlp(access(erlc, X_OK) == 0 ? erlc : "erlc", "erlc", "-MMD", "-MF", list, "-o", folder,
               source, (char *)NULL);
        fprintf(stderr, "mote: erlc cannot be run (%s); Debian has it in erlang-base\n",
                strerror(errno));
        _exit(127);
    }
    int status;
    return child > 0 && waitpid(child, &status, 0) == child && WIFEXITED(status) &&
           WEXITSTATUS(status) == 0;
}

bool compile_erlang(const char *source, char *folder, size_t room)
{
    char real[PATH_MAX], beam[2 * PATH_MAX], list[2 * PATH_MAX];
    if (!realpath(source, real)) {
        fprintf(stderr, "mote: %s: %s\n", source, strerror(errno));
        return false;
    }
    if (!cache_folder(real, folder, room)) return false;
    const char *name = strrchr(real, '/') + 1;
    int length = (int)strlen(name) - 4; /* without ".erl" */
    snprintf(beam, sizeof beam, "%s/%.*s.beam", folder, length, name);
    snprintf(list, sizeof list, "%s/%.*s.d", folder, length, name);
    return is_fresh(beam, list) || run_erlc(real, folder, list);
}
