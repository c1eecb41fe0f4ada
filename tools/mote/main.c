/* SPDX-License-Identifier: Apache-2.0 */
/* main.c - the command `mote`. */

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include "command.h"
#include "version.h"

typedef struct Command {
    const char *name;
    int (*main)(int argc, char **argv);
    const char *arguments, *purpose, *details;
} Command;

static const Command commands[] = {
    {"run", command_run,
     "PATH [-pa DIR] [--schedulers N] [--memory SIZE] [--otp DIR] [--elixir DIR] [-- ARGS]",
     "runs a .erl, .ex or .beam file (start/0, else main/1 with ARGS), a script (.exs), or the\n"
     "      applications of a project: a folder with a mix.exs or a rebar.config",
     "  -pa DIR         a folder with .beam files, searched before OTP's; may be repeated, the "
     "last\n"
     "                  one is searched first\n"
     "  --schedulers N  how many cores run processes: 1 to 32; without it all that there are\n"
     "  --memory SIZE   the most memory that the VM takes, in bytes or with K, M or G: 64M;\n"
     "                  without it there is no limit\n"
     "  --otp DIR       the OTP to use: the folder that holds lib/ and releases/; without it the "
     "one\n"
     "                  of the erl in PATH\n"
     "  --elixir DIR    the Elixir to use: the folder that holds bin/ and lib/elixir; without it "
     "the\n"
     "                  one of the elixir in PATH\n"
     "  -- ARGS         what the program gets as its arguments\n\n"
     "Other modules of Erlang that stand beside a .erl file are compiled when they are called; "
     "those\n"
     "beside a .beam file have to be .beam files.\n"},
    {"check", command_check, "[--pairs] FILE|DIR...",
     "loads and lowers .beam files, counts instructions",
     "  --pairs         counts pairs of instructions, too\n"},
    {"dis", command_dis, "FILE [FUNCTION[/ARITY]]", "shows generic and lowered code side by side",
     ""},
    {"natives", command_natives, "[--untested]", "lists the functions that are written in C",
     "  --untested      only those that no test calls\n"},
};
enum { COMMAND_COUNT = sizeof commands / sizeof *commands };

static const Command *find_command(const char *name)
{
    for (int i = 0; i < COMMAND_COUNT; i++) {
        if (!strcmp(name, commands[i].name)) return &commands[i];
    }
    return NULL;
}

int command_usage(const char *command, const char *what, const char *which)
{
    fprintf(stderr, "mote %s: %s%s; 'mote help %s' shows how\n", command, what, which, command);
    return EXIT_USAGE;
}

/* Part of the plan, not of this version. */
static const char *const planned[] = {"build", "flash",   "monitor", "shell", "push",
                                      "top",   "observe", "erl",     "iex",   "board"};

static void print_command(FILE *out, const Command *command)
{
    fprintf(out, "  mote %s %s\n      %s\n", command->name, command->arguments, command->purpose);
}

static int help(FILE *out)
{
    fputs("Mote runs Erlang and Elixir on microcontrollers and small Linux boards.\n\nUsage:\n",
          out);
    for (int i = 0; i < COMMAND_COUNT; i++) print_command(out, &commands[i]);
    fputs("  mote help [COMMAND] | --version\n\n"
          "Exit status: what the program halts with; 0 it returned, 1 it failed or could not be "
          "read,\n"
          "compiled or started, 2 a mistake in the command line.\n",
          out);
    return out == stdout ? EXIT_OK : EXIT_USAGE;
}

static int help_command(const Command *command)
{
    puts("Usage:");
    print_command(stdout, command);
    if (command->details[0]) printf("\n%s", command->details);
    return EXIT_OK;
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

static bool is_help(const char *word) { return !strcmp(word, "--help") || !strcmp(word, "-h"); }

static int run_command(int argc, char **argv)
{
    const Command *command = find_command(argv[0]);
    if (!command) return unknown(argv[0]);
    return argc > 1 && is_help(argv[1]) ? help_command(command) : command->main(argc, argv);
}

/* `help` and --version: what is neither file nor command. */
static int tell(int argc, char **argv)
{
    bool version = !strcmp(argv[0], "--version");
    if (argc > (version ? 1 : 2)) {
        fprintf(stderr, "mote: unexpected '%s' behind %s\n", argv[argc - 1], argv[0]);
        return EXIT_USAGE;
    }
    if (argc == 2) {
        const Command *command = find_command(argv[1]);
        return command ? help_command(command) : unknown(argv[1]);
    }
    if (!version) return help(stdout);
    puts("mote " MOTE_VERSION);
    return EXIT_OK;
}

/* What could not be printed has not been told. */
static int flushed(int status)
{
    if (fflush(stdout) == 0 && !ferror(stdout)) return status;
    fprintf(stderr, "mote: standard output: %s\n", strerror(errno));
    return status == EXIT_OK ? EXIT_FAILED : status;
}

int main(int argc, char **argv)
{
    if (argc < 2) return help(stderr);
    bool tells = is_help(argv[1]) || !strcmp(argv[1], "help") || !strcmp(argv[1], "--version");
    return flushed(tells ? tell(argc - 1, argv + 1) : run_command(argc - 1, argv + 1));
}
