/* SPDX-License-Identifier: Apache-2.0 */
/* term.c - what of the layout is too long to stand in the header. */
#define INLINE extern inline
#include "term/term.h"

static BitSpan whole_span(const Term *p)
{
    if (header_kind(p[0]) == KIND_BIN_HEAP) {
        return (BitSpan){(const uint8_t *)(p + 2), 0, p[1] * 8};
    }
    const RefcBin *binary = (const RefcBin *)p;
    return (BitSpan){binary->data, 0, binary->size * 8};
}

BitSpan bitstring_span(Term t)
{
    const Term *p = boxed_ptr(t);
    if (header_kind(p[0]) != KIND_BIN_SUB) return whole_span(p);
    const SubBin *part = (const SubBin *)p;
    BitSpan span = whole_span(boxed_ptr(part->whole));
    span.data += part->bit_offset / 8;
    span.bit_offset = part->bit_offset % 8;
    span.bit_size = part->bit_size;
    return span;
}

bool list_length(Term t, size_t *length)
{
    size_t n = 0;
    for (; is_cons(t); t = cons_tail(t)) n++;
    *length = n;
    return is_nil(t);
}
