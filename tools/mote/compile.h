/* SPDX-License-Identifier: Apache-2.0 */
/* compile.h - .erl and .ex files to .beam files, in a cache. */
#ifndef TOOLS_MOTE_COMPILE_H
#define TOOLS_MOTE_COMPILE_H

#include <stdbool.h>
#include <stddef.h>

/* Compiles `source` with the erlc of the OTP that was opened (otp.h), unless the cache holds it
   newer than all files it was made of. `folder` receives the folder of the .beam. False: erlc
   has told why. */
bool compile_erlang(const char *source, char *folder, size_t room);
/* The same with the elixirc of the Elixir that was opened (elixir.h). */
bool compile_elixir(const char *source, char *folder, size_t room);

/* The folder of the cache for a source; false after a message. */
bool compile_cache(const char *source, char *folder, size_t room);
/* True if the file `list` of the folder, a rule of make, is newer than all files that it names. */
bool compile_is_fresh(const char *folder, const char *list);

/* Runs a command, NULL behind its last word, in `folder` unless that is NULL, with the tools of
   the OTP and Elixir that were opened. What it prints goes to standard error. False: it failed,
   or the message that it cannot be run was written. */
bool compile_run(const char *folder, const char *const *command);
/* Something is about to be compiled into the folder of the cache: tells a person, and drops what is
   old there. */
void compile_begin(const char *what, const char *folder);

#endif
