/* SPDX-License-Identifier: Apache-2.0 */
/* name.h - text for the operating system. */
#ifndef NATIVES_NAME_H
#define NATIVES_NAME_H

#include "natives/output.h"

/* Appends a string, or a binary as it is, as UTF-8 with a NUL behind, which must stand nowhere else
   in it. False: it is none (or out of memory). */
bool name_put(Output *out, Term name);

#endif
