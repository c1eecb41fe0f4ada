/* SPDX-License-Identifier: Apache-2.0 */
/* span.c - reading bit strings byte by byte at any bit offset. */
#include "term/span.h"

/* The `bits` (1..7) bits behind byte `i`, in the high bits. */
static uint8_t partial_byte(BitSpan span, size_t i, unsigned bits)
{
    uint8_t byte = (uint8_t)(span.data[i] << span.bit_offset);
    if (span.bit_offset + bits > 8) byte |= (uint8_t)(span.data[i + 1] >> (8 - span.bit_offset));
    return byte & (uint8_t)(0xFF00 >> bits);
}

uint8_t span_tail(BitSpan span)
{
    unsigned bits = span.bit_size % 8;
    return bits == 0 ? 0 : partial_byte(span, span.bit_size / 8, bits);
}

void span_copy(BitSpan span, uint8_t *out, size_t size)
{
    if (span.bit_offset == 0) {
        if (size > 0) memcpy(out, span.data, size);
        return;
    }
    for (size_t i = 0; i < size; i++) out[i] = span_byte(span, i);
}

static int bytes_compare(BitSpan a, BitSpan b, size_t size)
{
    if (size == 0) return 0;
    if (a.bit_offset == 0 && b.bit_offset == 0) return memcmp(a.data, b.data, size);
    for (size_t i = 0; i < size; i++) {
        int difference = (int)span_byte(a, i) - (int)span_byte(b, i);
        if (difference != 0) return difference;
    }
    return 0;
}

int span_compare(BitSpan a, BitSpan b)
{
    uintptr_t common = a.bit_size < b.bit_size ? a.bit_size : b.bit_size;
    int order = bytes_compare(a, b, common / 8);
    unsigned rest = common % 8;
    if (order == 0 && rest != 0) {
        order = (int)partial_byte(a, common / 8, rest) - (int)partial_byte(b, common / 8, rest);
    }
    if (order != 0) return order < 0 ? -1 : 1;
    return a.bit_size < b.bit_size ? -1 : a.bit_size > b.bit_size;
}
