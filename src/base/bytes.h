/* SPDX-License-Identifier: Apache-2.0 */
/* bytes.h - numbers in memory at any address, in either order of bytes. */
#ifndef BASE_BYTES_H
#define BASE_BYTES_H

/* Written so that compilers make one load or store (and a swap) of each, where there is one. */

#include <stdint.h>

static inline uint16_t load_big16(const uint8_t *p) { return (uint16_t)(p[0] << 8 | p[1]); }
static inline uint32_t load_big32(const uint8_t *p)
{
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}
static inline uint64_t load_big64(const uint8_t *p)
{
    return (uint64_t)load_big32(p) << 32 | load_big32(p + 4);
}

static inline uint32_t load_little32(const uint8_t *p)
{
    return (uint32_t)p[3] << 24 | (uint32_t)p[2] << 16 | (uint32_t)p[1] << 8 | p[0];
}

static inline void store_big16(uint8_t *p, uint16_t value)
{
    p[0] = (uint8_t)(value >> 8);
    p[1] = (uint8_t)value;
}
static inline void store_big32(uint8_t *p, uint32_t value)
{
    store_big16(p, (uint16_t)(value >> 16));
    store_big16(p + 2, (uint16_t)value);
}
static inline void store_big64(uint8_t *p, uint64_t value)
{
    store_big32(p, (uint32_t)(value >> 32));
    store_big32(p + 4, (uint32_t)value);
}

static inline void store_little32(uint8_t *p, uint32_t value)
{
    p[0] = (uint8_t)value;
    p[1] = (uint8_t)(value >> 8);
    p[2] = (uint8_t)(value >> 16);
    p[3] = (uint8_t)(value >> 24);
}
static inline void store_little64(uint8_t *p, uint64_t value)
{
    store_little32(p, (uint32_t)value);
    store_little32(p + 4, (uint32_t)(value >> 32));
}

#endif
