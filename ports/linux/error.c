/* SPDX-License-Identifier: Apache-2.0 */
/* error.c - names of errors. */
#define _GNU_SOURCE
#include "mote/os/error.h"
#include <ctype.h>
#include <errno.h>
#include <string.h>

const char *os_error_name(int error)
{
    static _Thread_local char text[32];
    const char *name = strerrorname_np(error);
    size_t i = 0;
    if (!name) return "unknown";
    for (; i < sizeof text - 1 && name[i]; i++) text[i] = (char)tolower((unsigned char)name[i]);
    text[i] = 0;
    return text;
}
