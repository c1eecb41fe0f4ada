/* SPDX-License-Identifier: Apache-2.0 */
/* program.h - what `mote run` was given, made ready to be run. */
#ifndef TOOLS_MOTE_PROGRAM_H
#define TOOLS_MOTE_PROGRAM_H

#include <stdbool.h>
#include <stddef.h>
#include "mote/mote.h"

/* What mote_boot:start/1 gets first: how to start, and what. */
typedef struct Program {
    const char *kind; /* run, elixir, script, project */
    char target[4096];
} Program;

/* Finds out what `path` is, compiles it where that is needed, and adds its folders to those that
   are searched (otp.h). `elixir`: what elixir_open gets. EXIT_OK, or another status of command.h
   after a message. */
int program_open(const char *path, const char *elixir, Program *program);

/* The same for the folder of a project of mix or rebar3. */
int project_open(const char *path, const char *elixir, Program *program);

/* A MoteFinder: otp_find, or else what stands beside a program that is given as a source: sources
   of Erlang, which are compiled, and .beam files. */
bool program_find(const char *name, size_t size, MoteFile *file);

#endif
