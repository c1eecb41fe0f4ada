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
#include "cache.h"
#include "elixir.h"
#include "otp.h"

static const char *variable(const char *name)
{
    const char *value = getenv(name);
    return value ? value : "";
}

/* Each source and what compiles it has one of its own. */
bool compile_cache(const char *source, char *folder, size_t room)
{
    char key[4 * PATH_MAX];
    snprintf(key, sizeof key, "%s %u%s %s %s %s", source, otp_release(), elixir_root(),
             variable("MIX_ENV"), variable("MIX_TARGET"), variable("REBAR_PROFILE"));
    return cache_folder(key, folder, room);
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

void compile_begin(const char *what, const char *folder)
{
    if (isatty(2)) fprintf(stderr, "Compiling %s\n", what);
    cache_drop_old(folder);
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

/* The name in an attribute `-module(NAME).` that begins the line; its length, 0: none. */
static int module_attribute(const char *line, const char **name)
{
    static const char word[] = "-module(";
    if (strncmp(line, word, sizeof word - 1)) return 0;
    const char *at = line + sizeof word - 1;
    bool quoted = *at == '\'';
    *name = at + quoted;
    const char *end = strpbrk(*name, quoted ? "'\n" : ") ,\n");
    return end && *end != '\n' ? (int)(end - *name) : 0;
}

/* erlc tells of a module whose file has another name by its place in the cache, which nobody
   knows. False after a better message. */
static bool check_name(const char *source, const char *name, int length)
{
    char line[512];
    const char *found = NULL;
    int size = 0;
    FILE *in = fopen(source, "r");
    while (in && !size && fgets(line, sizeof line, in)) size = module_attribute(line, &found);
    if (in) fclose(in);
    if (!size || (size == length && !strncmp(found, name, (size_t)size))) return true;
    fprintf(stderr, "mote: %s: the module in it is '%.*s', which has to stand in a file %.*s.erl\n",
            source, size, found, size, found);
    return false;
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
    if (!check_name(source, name, length)) return false;
    compile_begin(source, folder);
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
    compile_begin(source, folder);
    remove_beams(folder);
    return compile_run(NULL, (const char *const[]){"elixirc", "-o", folder, real, NULL}) &&
           write_rule(list, real);
}
