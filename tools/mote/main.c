/* SPDX-License-Identifier: Apache-2.0 */
/* main.c - the command `mote`. */

#include <stdio.h>
#include <string.h>
#include "command.h"
#include "version.h"

typedef struct Command {
    const char *name;
    int (*main)(int argc, char **argv);
    const char *arguments, *purpose;
} Command;

static const Command commands[] = {
    {"run", command_run,
     "PATH [-pa DIR] [--schedulers N] [--memory SIZE] [--otp DIR] [--elixir DIR] [-- ARGS]",
     "runs a .erl, .ex or .beam file (start/0, else main/1 with ARGS), a script (.exs), or the\n"
     "      applications of a project: a folder with a mix.exs or a rebar.config"},
    {"check", command_check, "FILE|DIR...", "loads and lowers .beam files, counts instructions"},
    {"dis", command_dis, "FILE [FUNCTION]", "shows generic and lowered code side by side"},
    {"natives", command_natives, "[--untested]", "lists the functions that are written in C"},
};
enum { COMMAND_COUNT = sizeof commands / sizeof *commands };

/* Part of the plan, not of this version. */
static const char *const planned[] = {"build", "flash",   "monitor", "shell", "push",
                                      "top",   "observe", "erl",     "iex",   "board"};

static int help(FILE *out)
{
    fputs("Mote runs Erlang on microcontrollers and small Linux boards.\n\nUsage:\n", out);
    for (int i = 0; i < COMMAND_COUNT; i++)
        fprintf(out, "  mote %s %s\n      %s\n", commands[i].name, commands[i].arguments,
                commands[i].purpose);
    fputs("  mote help | --version\n\n"
          "Exit status: 0 the program returned, 1 it failed, 2 a mistake in the command line.\n",
          out);
    return out == stdout ? EXIT_OK : EXIT_USAGE;
}

static int unknown(const char *name)
{
    for (size_t i = 0; i < sizeof planned / sizeof *planned; i++) {
        if (strcmp(name, planned[i])) continue;
        fprintf(stderr, "mote: '%s' is not there yet; 'mote help' lists what is\n", name);
        return EXIT_USAGE;
    }
    fprintf(stderr, "mote: unknown command '%s'; 'mote help' lists the commands\n", name);
    return EXIT_USAGE;
}

int main(int argc, char **argv)
{
    if (argc < 2) return help(stderr);
    const char *name = argv[1];
    if (!strcmp(name, "help") || !strcmp(name, "--help") || !strcmp(name, "-h"))
        return help(stdout);
    if (!strcmp(name, "--version")) {
        puts("mote " MOTE_VERSION);
        return EXIT_OK;
    }
    for (int i = 0; i < COMMAND_COUNT; i++) {
        if (!strcmp(name, commands[i].name)) return commands[i].main(argc - 1, argv + 1);
    }
    return unknown(name);
}
