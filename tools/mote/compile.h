/* SPDX-License-Identifier: Apache-2.0 */
/* compile.h - .erl files to .beam files, in a cache. */
#ifndef TOOLS_MOTE_COMPILE_H
#define TOOLS_MOTE_COMPILE_H

#include <stdbool.h>
#include <stddef.h>

/* Compiles `source` with the erlc of the OTP that was opened (otp.h), unless the cache holds it
   newer than all files it was made of. `folder` receives the folder of the .beam. False: erlc
   has told why. */
bool compile_erlang(const char *source, char *folder, size_t room);

#endif
