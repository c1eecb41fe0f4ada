/* SPDX-License-Identifier: Apache-2.0 */
/* embedded.h - the modules of lib/erlang, inside the command. */
#ifndef TOOLS_MOTE_EMBEDDED_H
#define TOOLS_MOTE_EMBEDDED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The .beam of module `name` (`size` characters): where it stands, for ever, and how long it is. */
bool embedded_find(const char *name, size_t size, const uint8_t **bytes, size_t *count);

#endif
