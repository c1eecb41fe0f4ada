/* SPDX-License-Identifier: Apache-2.0 */
/* cache.h - the folder of a person's cache where what was compiled is kept. */
#ifndef TOOLS_MOTE_CACHE_H
#define TOOLS_MOTE_CACHE_H

#include <stdbool.h>
#include <stddef.h>

/* The folder for what `key` names, made where it is missing: in $XDG_CACHE_HOME/mote or
   ~/.cache/mote; where that cannot be written, in a folder of the temporary ones that nobody else
   can enter. False after a message. */
bool cache_folder(const char *key, char *folder, size_t room);

/* Removes the folders beside this one that nobody has asked for in a month. */
void cache_drop_old(const char *folder);

#endif
