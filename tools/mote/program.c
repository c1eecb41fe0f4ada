/* SPDX-License-Identifier: Apache-2.0 */
/* program.c - what `mote run` was given, made ready to be run. */

#define _GNU_SOURCE
#include "program.h"
#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "command.h"
#include "compile.h"
#include "elixir.h"
#include "file.h"
#include "otp.h"

/* The folder of a program that was given as a source. Modules in it do not take the place of OTP's:
   it may hold anything. */
static char beside[PATH_MAX];

static int failed(const char *path, const char *why)
{
    fprintf(stderr, "mote run: %s: %s\n", path, why);
    return EXIT_FAILED;
}

static const char *name_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static void set_target(Program *program, const char *kind, const char *path)
{
    const char *name = name_of(path), *dot = strrchr(name, '.');
    program->kind = kind;
    snprintf(program->target, sizeof program->target, "%.*s", (int)(dot - name), name);
}

static void folder_of(const char *path, char *folder, size_t room)
{
    int length = snprintf(folder, room, "%.*s", (int)(name_of(path) - path), path);
    while (length > 1 && folder[length - 1] == '/') folder[--length] = 0;
    if (!length) strcpy(folder, ".");
}

/* erl refuses those that it has loaded already. */
static void warn_of_name(const char *path, const Program *program)
{
    if (!otp_has_basic(program->target)) return;
    fprintf(stderr,
            "mote run: %s takes the place of OTP's own module %s, which other modules may need\n",
            path, program->target);
}

static int open_erlang(const char *path, Program *program)
{
    char folder[PATH_MAX], real[PATH_MAX];
    set_target(program, "run", path);
    warn_of_name(path, program);
    if (!compile_erlang(path, folder, sizeof folder)) return EXIT_FAILED;
    otp_add_path(folder);
    if (realpath(path, real)) folder_of(real, beside, sizeof beside);
    return EXIT_OK;
}

static int open_beam(const char *path, Program *program)
{
    char folder[PATH_MAX];
    set_target(program, strncmp(name_of(path), "Elixir.", 7) ? "run" : "elixir", path);
    warn_of_name(path, program);
    folder_of(path, folder, sizeof folder);
    otp_add_path(folder);
    return EXIT_OK;
}

/* A source beside the program is compiled when its module is called first. One at a time, as two
   may ask for the same. */
static bool compile_beside(const char *name, size_t size, MoteFile *file)
{
    static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    char path[2 * PATH_MAX], folder[PATH_MAX];
    int length = snprintf(path, sizeof path, "%s/%.*s.erl", beside, (int)size, name);
    if (memchr(name, '/', size) || length >= (int)sizeof path || access(path, R_OK)) return false;
    pthread_mutex_lock(&lock);
    bool found =
        compile_erlang(path, folder, sizeof folder) && otp_find_in(folder, name, size, file);
    pthread_mutex_unlock(&lock);
    return found;
}

bool program_find(const char *name, size_t size, MoteFile *file)
{
    if (otp_find(name, size, file)) return true;
    return beside[0] && (compile_beside(name, size, file) || otp_find_in(beside, name, size, file));
}

/* Adds "Elixir.NAME" to the target if that module was compiled. */
static void add_candidate(Program *program, const char *folder, const char *name, size_t size)
{
    char path[2 * PATH_MAX];
    size_t used = strlen(program->target);
    snprintf(path, sizeof path, "%s/Elixir.%.*s.beam", folder, (int)size, name);
    if (size == 0 || access(path, R_OK)) return;
    int length = snprintf(program->target + used, sizeof program->target - used, "%sElixir.%.*s",
                          used ? "," : "", (int)size, name);
    if (length >= (int)(sizeof program->target - used)) program->target[used] = 0;
}

/* The modules of a source in its order: which of them starts is seen when they are loaded. */
static void find_candidates(Program *program, const char *folder, const char *text)
{
    static const char word[] = "defmodule ";
    for (const char *at = text; (at = strstr(at, word)); at += sizeof word - 1) {
        const char *name = at + sizeof word - 1;
        size_t size = 0;
        while (isalnum((unsigned char)name[size]) || name[size] == '_' || name[size] == '.') size++;
        add_candidate(program, folder, name, size);
    }
}

static int open_elixir(const char *path, Program *program)
{
    char folder[PATH_MAX];
    File file;
    program->kind = "elixir";
    if (!compile_elixir(path, folder, sizeof folder)) return EXIT_FAILED;
    if (!file_read(path, &file)) return failed(path, strerror(errno));
    file.bytes[file.size] = 0;
    find_candidates(program, folder, (const char *)file.bytes);
    file_release(&file);
    if (!program->target[0])
        return failed(path, "it defines no module; a script without modules is a .exs file");
    otp_add_path(folder);
    return EXIT_OK;
}

static int open_script(const char *path, Program *program)
{
    program->kind = "script";
    snprintf(program->target, sizeof program->target, "%s", path);
    return EXIT_OK;
}

typedef struct Kind {
    const char *ending;
    bool is_elixir;
    int (*open)(const char *path, Program *program);
} Kind;

static const Kind kinds[] = {
    {".erl", false, open_erlang},
    {".beam", false, open_beam},
    {".ex", true, open_elixir},
    {".exs", true, open_script},
};

static const Kind *kind_of(const char *path)
{
    const char *ending = strrchr(name_of(path), '.');
    for (size_t i = 0; ending && i < sizeof kinds / sizeof *kinds; i++) {
        if (!strcmp(ending, kinds[i].ending)) return &kinds[i];
    }
    return NULL;
}

int program_open(const char *path, const char *elixir, Program *program)
{
    struct stat info;
    const char *why;
    memset(program, 0, sizeof *program);
    if (stat(path, &info) == 0 && S_ISDIR(info.st_mode)) return project_open(path, elixir, program);
    const Kind *kind = kind_of(path);
    if (!kind) {
        fprintf(stderr,
                "mote run: a .erl, .ex, .exs or .beam file, or a folder with a mix.exs or "
                "rebar.config was expected, not %s\n",
                path);
        return EXIT_USAGE;
    }
    if (access(path, R_OK)) return failed(path, strerror(errno));
    if ((kind->is_elixir || !strncmp(name_of(path), "Elixir.", 7)) && !elixir_open(elixir, &why))
        return failed(path, why);
    return kind->open(path, program);
}
