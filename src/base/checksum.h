/* SPDX-License-Identifier: Apache-2.0 */
/* checksum.h - CRC-32 and Adler-32, as zlib has them. */
#ifndef BASE_CHECKSUM_H
#define BASE_CHECKSUM_H

#include <stddef.h>
#include <stdint.h>

#define CRC32_START 0u
#define ADLER32_START 1u

/* The checksum of what `crc` is the checksum of, followed by `bytes`. */
uint32_t crc32_update(uint32_t crc, const void *bytes, size_t size);
uint32_t adler32_update(uint32_t adler, const void *bytes, size_t size);

/* The checksum of two pieces from the checksums of each; the second is `second_size` bytes long. */
uint32_t crc32_combine(uint32_t first, uint32_t second, uint64_t second_size);
uint32_t adler32_combine(uint32_t first, uint32_t second, uint64_t second_size);

#endif
