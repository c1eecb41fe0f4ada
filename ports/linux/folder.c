/* SPDX-License-Identifier: Apache-2.0 */
/* folder.c - the current folder. */

#include "mote/os/folder.h"
#include <string.h>
#include <unistd.h>

size_t os_folder(char *path, size_t room) { return getcwd(path, room) ? strlen(path) : 0; }
