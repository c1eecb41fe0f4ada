/* SPDX-License-Identifier: Apache-2.0 */
/* md5.c - the MD5 digest (RFC 1321). */

#include "base/md5.h"
#include <string.h>
#include "base/bytes.h"

/* floor(2^32 * |sin(i + 1)|), section 3.4. */
static const uint32_t sines[64] = {
    0xD76AA478, 0xE8C7B756, 0x242070DB, 0xC1BDCEEE, 0xF57C0FAF, 0x4787C62A,
    0xA8304613, 0xFD469501, 0x698098D8, 0x8B44F7AF, 0xFFFF5BB1, 0x895CD7BE,
    0x6B901122, 0xFD987193, 0xA679438E, 0x49B40821, 0xF61E2562, 0xC040B340,
    0x265E5A51, 0xE9B6C7AA, 0xD62F105D, 0x02441453, 0xD8A1E681, 0xE7D3FBC8,
    0x21E1CDE6, 0xC33707D6, 0xF4D50D87, 0x455A14ED, 0xA9E3E905, 0xFCEFA3F8,
    0x676F02D9, 0x8D2A4C8A, 0xFFFA3942, 0x8771F681, 0x6D9D6122, 0xFDE5380C,
    0xA4BEEA44, 0x4BDECFA9, 0xF6BB4B60, 0xBEBFBC70, 0x289B7EC6, 0xEAA127FA,
    0xD4EF3085, 0x04881D05, 0xD9D4D039, 0xE6DB99E5, 0x1FA27CF8, 0xC4AC5665,
    0xF4292244, 0x432AFF97, 0xAB9423A7, 0xFC93A039, 0x655B59C3, 0x8F0CCC92,
    0xFFEFF47D, 0x85845DD1, 0x6FA87E4F, 0xFE2CE6E0, 0xA3014314, 0x4E0811A1,
    0xF7537E82, 0xBD3AF235, 0x2AD7D2BB, 0xEB86D391,
};

static const uint8_t rotations[4][4] = {
    {7, 12, 17, 22}, {5, 9, 14, 20}, {4, 11, 16, 23}, {6, 10, 15, 21}};

/* The round's function of three words, and the word of the block that step `i` takes. */
static uint32_t mix(unsigned i, uint32_t b, uint32_t c, uint32_t d, unsigned *word)
{
    switch (i / 16) {
    case 0: *word = i; return (b & c) | (~b & d);
    case 1: *word = (5 * i + 1) % 16; return (d & b) | (~d & c);
    case 2: *word = (3 * i + 5) % 16; return b ^ c ^ d;
    default: *word = 7 * i % 16; return c ^ (b | ~d);
    }
}

static void take_block(uint32_t state[4], const uint8_t *block)
{
    uint32_t words[16], a = state[0], b = state[1], c = state[2], d = state[3];
    for (unsigned i = 0; i < 16; i++) words[i] = load_little32(block + 4 * i);
    for (unsigned i = 0; i < 64; i++) {
        unsigned word, rotation = rotations[i / 16][i % 4];
        uint32_t sum = a + mix(i, b, c, d, &word) + sines[i];
        sum += words[word];
        a = d;
        d = c;
        c = b;
        b += sum << rotation | sum >> (32 - rotation);
    }
    state[0] += a;
    state[1] += b;
    state[2] += c;
    state[3] += d;
}

void md5_init(Md5 *md5)
{
    static const uint32_t start[4] = {0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476};
    memset(md5, 0, sizeof *md5);
    memcpy(md5->state, start, sizeof start);
}

void md5_update(Md5 *md5, const void *bytes, size_t size)
{
    const uint8_t *from = bytes;
    size_t held = md5->size_low % sizeof md5->block;
    uint64_t total = ((uint64_t)md5->size_high << 32 | md5->size_low) + size;
    md5->size_low = (uint32_t)total;
    md5->size_high = (uint32_t)(total >> 32);
    if (size == 0) return;
    if (held) {
        size_t room = sizeof md5->block - held, part = size < room ? size : room;
        memcpy(md5->block + held, from, part);
        from += part;
        size -= part;
        if (part < room) return;
        take_block(md5->state, md5->block);
    }
    for (; size >= sizeof md5->block; from += 64, size -= 64) take_block(md5->state, from);
    memcpy(md5->block, from, size);
}

void md5_final(Md5 *md5, uint8_t digest[MD5_SIZE])
{
    static const uint8_t padding[64] = {0x80};
    uint8_t bits[8];
    store_little64(bits, ((uint64_t)md5->size_high << 32 | md5->size_low) * 8);
    md5_update(md5, padding, 1 + (119 - md5->size_low % 64) % 64);
    md5_update(md5, bits, sizeof bits);
    for (unsigned i = 0; i < 4; i++) store_little32(digest + 4 * i, md5->state[i]);
}
