/* SPDX-License-Identifier: Apache-2.0 */
/* folder.h - the folder that the program runs in. */
#ifndef MOTE_OS_FOLDER_H
#define MOTE_OS_FOLDER_H

#include <stddef.h>

/* The path of the current folder in `path`, which has `room` bytes; its size. 0: there is none, or
   it does not fit. */
size_t os_folder(char *path, size_t room);

#endif
