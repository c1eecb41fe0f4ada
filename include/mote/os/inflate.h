/* SPDX-License-Identifier: Apache-2.0 */
/* inflate.h - zlib's format, at once, on machines that have zlib. */
#ifndef MOTE_OS_INFLATE_H
#define MOTE_OS_INFLATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Inflates a zlib stream at the start of `src`, which must give exactly `want` bytes. False: it is
   damaged, gives another size, or there is no memory. Machines without zlib always return false. */
bool os_inflate(const uint8_t *src, size_t size, uint8_t *dst, size_t want);

/* Deflates at `level` 1..9 into at most `room` bytes: their number, 0 where it does not fit or
   there is no zlib. */
size_t os_deflate(const uint8_t *src, size_t size, uint8_t *dst, size_t room, int level);

#endif
