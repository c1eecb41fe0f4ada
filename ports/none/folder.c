/* SPDX-License-Identifier: Apache-2.0 */
/* folder.c - a machine without folders. */

#include "mote/os/folder.h"

size_t os_folder(char *path, size_t room)
{
    (void)path, (void)room;
    return 0;
}
