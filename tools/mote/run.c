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

typedef struct Option {
    const char *name, *wants;
    bool (*set)(RunOptions *o, const char *value); /* false: not what it wants */
} Option;

static bool set_folder(RunOptions *o, const char *value)
{
    if (o->folder_count == sizeof o->folders / sizeof *o->folders) return false;
    o->folders[o->folder_count++] = value;
    return true;
}

static bool set_otp(RunOptions *o, const char *value) { return (o->otp = value); }
static bool set_elixir(RunOptions *o, const char *value) { return (o->elixir = value); }

static bool set_schedulers(RunOptions *o, const char *value)
{
    size_t n;
    if (!parse_size(value, &n) || n < 1 || n > 32) return false;
    o->schedulers = (unsigned)n;
    return true;
}

static bool set_memory(RunOptions *o, const char *value)
{
    return parse_size(value, &o->memory) && o->memory;
}

static const Option option_list[] = {
    {"-pa", "a folder, at most 64 times", set_folder},
    {"--otp", "a folder", set_otp},
    {"--elixir", "a folder", set_elixir},
    {"--schedulers", "a number from 1 to 32", set_schedulers},
    {"--memory", "a size such as 64M", set_memory},
};

static int set_option(RunOptions *o, const char *name, const char *value)
{
    char text[100];
    size_t i = 0, count = sizeof option_list / sizeof *option_list;
    while (i < count && strcmp(option_list[i].name, name)) i++;
    if (i == count) return command_usage("run", "unknown option ", name);
    if (value && option_list[i].set(o, value)) return EXIT_OK;
    snprintf(text, sizeof text, "%s wants %s%s", name, option_list[i].wants, value ? ", not " : "");
    return command_usage("run", text, value ? value : "");
}

/* EXIT_OK, or EXIT_USAGE after a message. */
static int parse(int argc, char **argv, RunOptions *o)
{
    for (int i = 1; i < argc; i++) {
        if (!strcmp(argv[i], "--")) {
            o->arguments = argv + i + 1;
            o->argument_count = argc - i - 1;
            break;
        }
        if (argv[i][0] == '-') {
            int status = set_option(o, argv[i], i + 1 < argc ? argv[i + 1] : NULL);
            if (status != EXIT_OK) return status;
            i++;
        } else if (o->path) {
            return command_usage(
                "run",
                "more than one program; the program's own arguments come behind --: ", argv[i]);
        } else {
            o->path = argv[i];
        }
    }
    return o->path ? EXIT_OK : command_usage("run", "which program?", "");
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
        .finder = program_find,
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
