/* SPDX-License-Identifier: Apache-2.0 */
/* file.h - a whole file in memory. */
#ifndef TOOLS_MOTE_FILE_H
#define TOOLS_MOTE_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct File {
    uint8_t *bytes;
    size_t size;
} File;

/* False: not to be read; errno tells why. */
bool file_read(const char *path, File *file);
void file_release(File *file);

#endif
