/* SPDX-License-Identifier: Apache-2.0 */
/* inflate.c - no zlib. */

#include "mote/os/inflate.h"

bool os_inflate(const uint8_t *src, size_t size, uint8_t *dst, size_t want)
{
    (void)src, (void)size, (void)dst, (void)want;
    return false;
}

size_t os_deflate(const uint8_t *src, size_t size, uint8_t *dst, size_t room, int level)
{
    (void)src, (void)size, (void)dst, (void)room, (void)level;
    return 0;
}
