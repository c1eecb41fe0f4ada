/* SPDX-License-Identifier: Apache-2.0 */
/* checksum.c - CRC-32 and Adler-32. */

#include "base/checksum.h"

/* ---- CRC-32: polynomial 0xEDB88320, lowest bit first ---- */

#define POLYNOMIAL 0xEDB88320u

/* The remainders of four bits; two look-ups a byte keep the table out of a small cache's way. */
#define STEP(x) ((x) & 1 ? (x) >> 1 ^ POLYNOMIAL : (x) >> 1)
#define NIBBLE(x) STEP(STEP(STEP(STEP((uint32_t)(x)))))
static const uint32_t nibbles[16] = {
    NIBBLE(0), NIBBLE(1), NIBBLE(2),  NIBBLE(3),  NIBBLE(4),  NIBBLE(5),  NIBBLE(6),  NIBBLE(7),
    NIBBLE(8), NIBBLE(9), NIBBLE(10), NIBBLE(11), NIBBLE(12), NIBBLE(13), NIBBLE(14), NIBBLE(15),
};

uint32_t crc32_update(uint32_t crc, const void *bytes, size_t size)
{
    const uint8_t *from = bytes;
    crc = ~crc;
    while (size--) {
        crc ^= *from++;
        crc = crc >> 4 ^ nibbles[crc & 15];
        crc = crc >> 4 ^ nibbles[crc & 15];
    }
    return ~crc;
}

/* The product of two polynomials modulo POLYNOMIAL; the highest bit stands for 1. */
static uint32_t multiply(uint32_t a, uint32_t b)
{
    uint32_t product = 0;
    for (uint32_t bit = 0x80000000u; bit; bit >>= 1) {
        if (a & bit) product ^= b;
        b = STEP(b);
    }
    return product;
}

uint32_t crc32_combine(uint32_t first, uint32_t second, uint64_t second_size)
{
    /* Zero bytes after the first piece multiply it by x^8 each: x^(8 * size) by squaring. */
    uint32_t power = 0x80000000u >> 8;
    for (; second_size; second_size >>= 1) {
        if (second_size & 1) first = multiply(first, power);
        power = multiply(power, power);
    }
    return first ^ second;
}

/* ---- Adler-32 (RFC 1950) ---- */

#define PRIME 65521u
#define UNREDUCED 5552 /* bytes until a sum could pass 2^32 */

uint32_t adler32_update(uint32_t adler, const void *bytes, size_t size)
{
    const uint8_t *from = bytes;
    uint32_t a = adler & 0xFFFF, b = adler >> 16;
    while (size) {
        size_t part = size < UNREDUCED ? size : UNREDUCED;
        size -= part;
        while (part--) {
            a += *from++;
            b += a;
        }
        a %= PRIME;
        b %= PRIME;
    }
    return b << 16 | a;
}

uint32_t adler32_combine(uint32_t first, uint32_t second, uint64_t second_size)
{
    uint32_t rest = (uint32_t)(second_size % PRIME);
    uint32_t a = (first & 0xFFFF) + (second & 0xFFFF) + PRIME - 1;
    uint32_t b = (uint32_t)((uint64_t)rest * (first & 0xFFFF) % PRIME);
    b += (first >> 16) + (second >> 16) + PRIME - rest;
    return b % PRIME << 16 | a % PRIME;
}
