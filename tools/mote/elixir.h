/* SPDX-License-Identifier: Apache-2.0 */
/* elixir.h - the installed Elixir. */
#ifndef TOOLS_MOTE_ELIXIR_H
#define TOOLS_MOTE_ELIXIR_H

#include <stdbool.h>

/* Finds Elixir: in `root` if that is not NULL, else through `elixir` in PATH, and adds its modules
   to OTP's (otp.h). False: *why says what to do. */
bool elixir_open(const char *root, const char **why);
/* The folder that holds bin/ and lib/; empty before elixir_open. */
const char *elixir_root(void);

#endif
