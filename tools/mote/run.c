/* SPDX-License-Identifier: Apache-2.0 */
/* run.c - mote run: runs a program here. */

#define _GNU_SOURCE
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "command.h"
#include "elixir.h"
#include "mote/mote.h"
#include "otp.h"
#include "program.h"

typedef struct RunOptions {
    const char *path, *otp, *elixir;
    const char *folders[64];
    unsigned folder_count;
    unsigned schedulers;
    size_t memory;
    char **arguments; /* behind -- */
    int argument_count;
} RunOptions;

static int usage(const char *what, const char *which)
{
    fprintf(stderr, "mote run: %s%s; 'mote help' shows how\n", what, which);
    return EXIT_USAGE;
}

/* A number with an optional K, M or G. */
static bool parse_size(const char *text, size_t *size)
{
    char *end;
    errno = 0;
    unsigned long long n = strtoull(text, &end, 10);
    unsigned shift = *end == 'K' || *end == 'k'   ? 10
                     : *end == 'M' || *end == 'm' ? 20
                     : *end == 'G' || *end == 'g' ? 30
                                                  : 0;
    if (shift) end++;
    if (end == text || *end || errno || *text == '-' || n > (SIZE_MAX >> shift)) return false;
    *size = (size_t)n << shift;
    return true;
}

/* EXIT_OK, or EXIT_USAGE after a message. */
static int parse(int argc, char **argv, RunOptions *o)
{
    size_t n;
    for (int i = 1; i < argc; i++) {
        const char *option = argv[i], *value = i + 1 < argc ? argv[i + 1] : NULL;
        if (!strcmp(option, "--")) {
            o->arguments = argv + i + 1;
            o->argument_count = argc - i - 1;
            break;
        }
        if (option[0] != '-') {
            if (o->path)
                return usage("more than one program; the program's own arguments come behind --: ",
                             option);
            o->path = option;
            continue;
        }
        if (!value) return usage("a value is missing behind ", option);
        i++;
        if (!strcmp(option, "-pa")) {
            if (o->folder_count == sizeof o->folders / sizeof *o->folders)
                return usage("too many -pa", "");
            o->folders[o->folder_count++] = value;
        } else if (!strcmp(option, "--otp")) {
            o->otp = value;
        } else if (!strcmp(option, "--elixir")) {
            o->elixir = value;
        } else if (!strcmp(option, "--schedulers")) {
            if (!parse_size(value, &n) || n < 1 || n > 32)
                return usage("--schedulers wants a number from 1 to 32, not ", value);
            o->schedulers = (unsigned)n;
        } else if (!strcmp(option, "--memory")) {
            if (!parse_size(value, &o->memory))
                return usage("--memory wants a size such as 64M, not ", value);
        } else {
            return usage("unknown option ", option);
        }
    }
    return o->path ? EXIT_OK : usage("which program?", "");
}

static int run_program(const RunOptions *o, const Program *program)
{
    size_t count = (size_t)o->argument_count + 2;
    const char **arguments = malloc(count * sizeof *arguments);
    if (!arguments) return EXIT_FAILED;
    arguments[0] = program->kind;
    arguments[1] = program->target;
    for (int i = 0; i < o->argument_count; i++) arguments[i + 2] = o->arguments[i];
    MoteConfig config = {
        .schedulers = o->schedulers,
        .memory = o->memory,
        .release = otp_release(),
        .finder = otp_find,
        .folders = {otp_each_folder, otp_set_folders},
        .arguments = arguments,
        .argument_count = count,
    };
    int status = mote_run(&config);
    coverage_write();
    free(arguments);
    return status;
}

int command_run(int argc, char **argv)
{
    RunOptions options = {0};
    static Program program;
    const char *why;
    int status = parse(argc, argv, &options);
    if (status != EXIT_OK) return status;
    if (!otp_open(options.otp, &why) || (options.elixir && !elixir_open(options.elixir, &why))) {
        fprintf(stderr, "mote run: %s\n", why);
        return EXIT_FAILED;
    }
    for (unsigned i = 0; i < options.folder_count; i++) otp_add_path(options.folders[i]);
    status = program_open(options.path, options.elixir, &program);
    return status == EXIT_OK ? run_program(&options, &program) : status;
}
