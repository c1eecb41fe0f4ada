/* SPDX-License-Identifier: Apache-2.0 */
/* compile.c - .erl and .ex files to .beam files, in a cache. */

#define _GNU_SOURCE
#include "compile.h"
#include <dirent.h>
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
#include "elixir.h"
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

static const char *variable(const char *name)
{
    const char *value = getenv(name);
    return value ? value : "";
}

/* Each source and what compiles it has one of its own. */
bool compile_cache(const char *source, char *folder, size_t room)
{
    char key[4 * PATH_MAX];
    const char *base = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");
    snprintf(key, sizeof key, "%s %u%s %s %s %s", source, otp_release(), elixir_root(),
             variable("MIX_ENV"), variable("MIX_TARGET"), variable("REBAR_PROFILE"));
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

/* True if `result` is newer than each file that the list of dependencies (a rule of make)
   names. */
static bool is_fresh(const char *result, const char *list)
{
    struct stat made, other;
    char word[PATH_MAX];
    if (stat(result, &made)) return false;
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

bool compile_is_fresh(const char *folder, const char *list)
{
    char path[2 * PATH_MAX];
    snprintf(path, sizeof path, "%s/%s", folder, list);
    return is_fresh(path, path);
}

/* The installed tools find each other through PATH. */
static void prepend_path(const char *folder)
{
    char path[4 * PATH_MAX];
    const char *old = getenv("PATH");
    if (snprintf(path, sizeof path, "%s/bin:%s", folder, old ? old : "") < (int)sizeof path)
        setenv("PATH", path, 1);
}

bool compile_run(const char *folder, const char *const *command)
{
    pid_t child = fork();
    if (child == 0) {
        dup2(2, 1); /* Its messages are no output of the program. */
        if (folder && chdir(folder)) _exit(127);
        if (elixir_root()[0]) prepend_path(elixir_root());
        prepend_path(otp_root());
        execvp(command[0], (char *const *)(uintptr_t)command);
        fprintf(stderr, "mote: %s cannot be run (%s); Debian has it in %s\n", command[0],
                strerror(errno),
                !strcmp(command[0], "erlc")     ? "erlang-base"
                : !strcmp(command[0], "rebar3") ? "rebar3"
                                                : "elixir");
        _exit(127);
    }
    int status;
    return child > 0 && waitpid(child, &status, 0) == child && WIFEXITED(status) &&
           WEXITSTATUS(status) == 0;
}

void compile_tell(const char *what)
{
    if (isatty(2)) fprintf(stderr, "Compiling %s\n", what);
}

/* The source's real path, its folder in the cache, and its name without the ending. */
static bool find_source(const char *source, char *real, char *folder, size_t room)
{
    if (!realpath(source, real)) {
        fprintf(stderr, "mote: %s: %s\n", source, strerror(errno));
        return false;
    }
    return compile_cache(real, folder, room);
}

bool compile_erlang(const char *source, char *folder, size_t room)
{
    char real[PATH_MAX], beam[2 * PATH_MAX], list[2 * PATH_MAX];
    if (!find_source(source, real, folder, room)) return false;
    const char *name = strrchr(real, '/') + 1;
    int length = (int)strlen(name) - 4; /* without ".erl" */
    snprintf(beam, sizeof beam, "%s/%.*s.beam", folder, length, name);
    snprintf(list, sizeof list, "%s/%.*s.d", folder, length, name);
    if (is_fresh(beam, list)) return true;
    compile_tell(source);
    return compile_run(
        NULL, (const char *const[]){"erlc", "-MMD", "-MF", list, "-o", folder, real, NULL});
}

static void remove_beams(const char *folder)
{
    char path[2 * PATH_MAX];
    DIR *dir = opendir(folder);
    for (struct dirent *entry; dir && (entry = readdir(dir));) {
        const char *end = strrchr(entry->d_name, '.');
        if (!end || strcmp(end, ".beam")) continue;
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        unlink(path);
    }
    if (dir) closedir(dir);
}

/* The rule of make that erlc would have written. */
static bool write_rule(const char *list, const char *source)
{
    FILE *out = fopen(list, "w");
    if (!out) return false;
    fprintf(out, "modules: %s\n", source);
    return fclose(out) == 0;
}

bool compile_elixir(const char *source, char *folder, size_t room)
{
    char real[PATH_MAX], list[2 * PATH_MAX];
    if (!find_source(source, real, folder, room)) return false;
    if (compile_is_fresh(folder, "modules.d")) return true;
    snprintf(list, sizeof list, "%s/modules.d", folder);
    compile_tell(source);
    remove_beams(folder);
    return compile_run(NULL, (const char *const[]){"elixirc", "-o", folder, real, NULL}) &&
           write_rule(list, real);
}
