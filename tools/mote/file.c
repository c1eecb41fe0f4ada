/* SPDX-License-Identifier: Apache-2.0 */
/* file.c - a whole file in memory. */

#include "file.h"
#include <stdio.h>
#include <stdlib.h>

static bool read_all(FILE *in, File *file)
{
    if (fseek(in, 0, SEEK_END)) return false;
    long size = ftell(in);
    if (size < 0 || fseek(in, 0, SEEK_SET)) return false;
    file->size = (size_t)size;
    file->bytes = malloc(file->size + 1);
    if (file->bytes && fread(file->bytes, 1, file->size, in) == file->size) return true;
    file_release(file);
    return false;
}

bool file_read(const char *path, File *file)
{
    *file = (File){NULL, 0};
    FILE *in = fopen(path, "rb");
    if (!in) return false;
    bool done = read_all(in, file);
    fclose(in);
    return done;
}

void file_release(File *file)
{
    free(file->bytes);
    *file = (File){NULL, 0};
}
