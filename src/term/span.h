/* SPDX-License-Identifier: Apache-2.0 */
/* span.h - reading bit strings byte by byte at any bit offset. */
#ifndef TERM_SPAN_H
#define TERM_SPAN_H

#include "term/term.h"

/* Byte `i` of the span, all of whose bits lie inside it. */
static inline uint8_t span_byte(BitSpan span, size_t i)
{
    const uint8_t *p = span.data + i;
    if (span.bit_offset == 0) return p[0];
    return (uint8_t)(p[0] << span.bit_offset | p[1] >> (8 - span.bit_offset));
}

/* The bits behind the last whole byte, in the high bits of the result, zeros below. */
uint8_t span_tail(BitSpan span);

/* Copies the first `size` whole bytes. */
void span_copy(BitSpan span, uint8_t *out, size_t size);

/* -1, 0 or 1: by the bits both have, then by length. */
int span_compare(BitSpan a, BitSpan b);

#endif
