/* SPDX-License-Identifier: Apache-2.0 */
/* bitcopy.c - ranges of bits. */

#include "base/bitcopy.h"
#include <string.h>
#include "base/bytes.h"

/* `count` (1..8) bits from a bit position, in the high bits of the result. */
static uint8_t take_byte(const uint8_t *from, uintptr_t bit, unsigned count)
{
    from += bit / 8;
    unsigned shift = bit % 8;
    unsigned value = (unsigned)from[0] << shift;
    if (shift + count > 8) value |= (unsigned)from[1] >> (8 - shift);
    return (uint8_t)(value & (0xFF00u >> count));
}

static void put_bits(uint8_t *to, unsigned shift, uint8_t value, unsigned count)
{
    uint8_t mask = (uint8_t)((0xFF00u >> count) & 0xFF) >> shift;
    *to = (uint8_t)((*to & ~mask) | ((value >> shift) & mask));
}

/* Whole bytes from 1 to 7 bits (`shift`) after `from`. */
static void copy_shifted(uint8_t *to, const uint8_t *from, unsigned shift, uintptr_t bytes)
{
    for (; bytes >= 8; bytes -= 8, to += 8, from += 8)
        store_big64(to, load_big64(from) << shift | from[8] >> (8 - shift));
    for (; bytes; bytes--, to++, from++)
        *to = (uint8_t)(from[0] << shift | from[1] >> (8 - shift));
}

void bits_copy(uint8_t *to, uintptr_t to_bit, const uint8_t *from, uintptr_t from_bit,
               uintptr_t count)
{
    to += to_bit / 8;
    to_bit %= 8;
    if (to_bit && count) { /* Up to a byte boundary of the target. */
        unsigned head = (unsigned)(8 - to_bit);
        if (head > count) head = (unsigned)count;
        put_bits(to, (unsigned)to_bit, take_byte(from, from_bit, head), head);
        from_bit += head;
        count -= head;
        to++;
    }
    uintptr_t bytes = count / 8;
    if (from_bit % 8 == 0) {
        memcpy(to, from + from_bit / 8, bytes);
    } else {
        copy_shifted(to, from + from_bit / 8, from_bit % 8, bytes);
    }
    unsigned rest = count % 8;
    if (rest) put_bits(to + bytes, 0, take_byte(from, from_bit + 8 * bytes, rest), rest);
}

int bits_compare(const uint8_t *a, uintptr_t a_bit, const uint8_t *b, uintptr_t b_bit,
                 uintptr_t count)
{
    if (a_bit % 8 == 0 && b_bit % 8 == 0) {
        int order = memcmp(a + a_bit / 8, b + b_bit / 8, count / 8);
        if (order) return order < 0 ? -1 : 1;
        a_bit += count & ~(uintptr_t)7;
        b_bit += count & ~(uintptr_t)7;
        count %= 8;
    }
    while (count) {
        unsigned step = count < 64 ? (unsigned)count : 64;
        uint64_t x = bits_read(a, a_bit, step), y = bits_read(b, b_bit, step);
        if (x != y) return x < y ? -1 : 1;
        a_bit += step;
        b_bit += step;
        count -= step;
    }
    return 0;
}

uint64_t bits_read(const uint8_t *from, uintptr_t from_bit, unsigned count)
{
    if (count == 0) return 0;
    from += from_bit / 8;
    unsigned have = 8 - from_bit % 8;
    uint64_t value = *from & (0xFFu >> (8 - have));
    for (; have + 8 <= count; have += 8) value = value << 8 | *++from;
    if (have >= count) return value >> (have - count);
    unsigned rest = count - have;
    return value << rest | from[1] >> (8 - rest);
}
