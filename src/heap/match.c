/* SPDX-License-Identifier: Apache-2.0 */
/* match.c - the bit syntax: matching. */

#include "base/bitcopy.h"
#include "base/memory.h"
#include "base/utf8.h"
#include "heap/bits.h"

#define MATCH_WORDS (1 + MATCH_SIZE)

Term match_start(Heap *heap, Term t)
{
    if (is_kind(t, KIND_MATCH)) return t;
    if (!is_bitstring(t)) return TERM_NONE;
    MatchContext *m = (MatchContext *)heap_reserve(heap, MATCH_WORDS);
    if (!m) return TERM_NONE;
    Term *p = boxed_ptr(t);
    m->header = make_header(KIND_MATCH, MATCH_SIZE);
    m->whole = t;
    m->bit_offset = 0;
    m->bit_end = bitstring_bits(t);
    if (header_kind(*p) == KIND_BIN_SUB) {
        SubBin *sub = (SubBin *)p;
        sub->is_writable = 0;
        m->whole = sub->whole;
        m->bit_offset = sub->bit_offset;
        m->bit_end += sub->bit_offset;
    }
    m->data = bitstring_span(m->whole).data;
    return make_boxed((Term *)m);
}

/* A 64-bit value of `bits` bits with the flags' byte order and sign. */
static int64_t read_signed(const MatchContext *m, unsigned bits, unsigned flags, uint64_t *raw)
{
    uint64_t value = bits_read(m->data, m->bit_offset, bits);
    if (flags & BITS_LITTLE && bits > 8) {
        unsigned rest = bits % 8;
        uint64_t swapped = 0;
        /* Bytes come least significant first; an odd rest is the most significant part. */
        for (unsigned i = 0; i < bits / 8; i++)
            swapped |= (value >> (bits - 8 * (i + 1)) & 0xFF) << (8 * i);
        if (rest) swapped |= (value & ((1u << rest) - 1)) << (bits - rest);
        value = swapped;
    }
    *raw = value;
    if (bits == 0 || bits == 64) return (int64_t)value;
    uint64_t sign = (uint64_t)1 << (bits - 1);
    return flags & BITS_SIGNED ? (int64_t)((value ^ sign) - sign) : (int64_t)value;
}

static Term match_big(Heap *heap, MatchContext *m, uintptr_t bits, unsigned flags, bool *oom)
{
    size_t bytes = (bits + 7) / 8, pad = bytes * 8 - bits;
    uint8_t *buffer = memory_alloc(bytes);
    if (!buffer) {
        *oom = true;
        return TERM_NONE;
    }
    bool little = flags & BITS_LITTLE;
    buffer[0] = buffer[bytes - 1] = 0;
    if (little) { /* Whole bytes first, then the odd bits, low in the last byte. */
        bits_copy(buffer, 0, m->data, m->bit_offset, bits);
        if (pad) buffer[bytes - 1] >>= pad;
    } else {
        bits_copy(buffer, pad, m->data, m->bit_offset, bits);
    }
    uint8_t *top = little ? buffer + bytes - 1 : buffer;
    if (pad && flags & BITS_SIGNED && *top >> (7 - pad) & 1) *top |= (uint8_t)(0xFF00u >> pad);
    Term t = integer_from_bytes(heap, buffer, bytes, flags & BITS_SIGNED, !little);
    memory_free(buffer, bytes);
    if (is_none(t)) {
        *oom = true;
    } else {
        m->bit_offset += bits;
    }
    return t;
}

Term match_integer(Heap *heap, MatchContext *m, uintptr_t bits, unsigned flags, bool *oom)
{
    if (match_left(m) < bits) return TERM_NONE;
    if (bits > 64) return match_big(heap, m, bits, flags, oom);
    uint64_t raw;
    int64_t value = read_signed(m, (unsigned)bits, flags, &raw);
    bool is_signed = flags & BITS_SIGNED;
    Term t = is_signed ? integer_from_i64(heap, value) : integer_from_u64(heap, raw);
    if (is_none(t)) {
        *oom = true;
    } else {
        m->bit_offset += bits;
    }
    return t;
}

/* IEEE half precision, widened exactly: (1.m or 0.m) * 2^(exponent - 15). */
static double half_value(uint16_t half)
{
    int exponent = half >> 10 & 0x1F;
    double value = half & 0x3FF;
    if (exponent) {
        value += 1024;
    } else {
        exponent = 1;
    }
    for (int i = exponent; i > 25; i--) value *= 2;
    for (int i = exponent; i < 25; i++) value /= 2;
    return half & 0x8000 ? -value : value;
}

static bool read_float(uint64_t raw, uintptr_t bits, double *value)
{
    if (bits == 64) {
        memcpy(value, &raw, 8);
        return (raw >> 52 & 0x7FF) != 0x7FF;
    }
    if (bits == 32) {
        uint32_t raw32 = (uint32_t)raw;
        float single;
        memcpy(&single, &raw32, 4);
        *value = single;
        return (raw32 >> 23 & 0xFF) != 0xFF;
    }
    *value = half_value((uint16_t)raw);
    return (raw >> 10 & 0x1F) != 0x1F;
}

Term match_float(Heap *heap, MatchContext *m, uintptr_t bits, unsigned flags, bool *oom)
{
    uint64_t raw;
    double value;
    if (bits != 64 && bits != 32 && bits != 16 && bits != 0) return TERM_NONE; /* 0: 0.0 */
    if (match_left(m) < bits) return TERM_NONE;
    read_signed(m, (unsigned)bits, flags & BITS_LITTLE, &raw);
    if (!read_float(raw, bits, &value)) return TERM_NONE;
    Term t = float_make(heap, value);
    if (is_none(t)) {
        *oom = true;
    } else {
        m->bit_offset += bits;
    }
    return t;
}

static Term part_of(Heap *heap, const MatchContext *m, uintptr_t bits, bool *oom)
{
    Term t = bitstring_part(heap, m->whole, m->bit_offset, bits);
    if (is_none(t)) *oom = true;
    return t;
}

Term match_binary(Heap *heap, MatchContext *m, uintptr_t bits, bool *oom)
{
    if (match_left(m) < bits) return TERM_NONE;
    Term t = part_of(heap, m, bits, oom);
    if (!is_none(t)) m->bit_offset += bits;
    return t;
}

Term match_tail(Heap *heap, MatchContext *m, bool *oom)
{
    return part_of(heap, m, match_left(m), oom);
}

bool match_skip(MatchContext *m, uintptr_t bits)
{
    if (match_left(m) < bits) return false;
    m->bit_offset += bits;
    return true;
}

bool match_bytes(MatchContext *m, const uint8_t *bytes, uintptr_t bits)
{
    if (match_left(m) < bits || bits_compare(m->data, m->bit_offset, bytes, 0, bits)) return false;
    m->bit_offset += bits;
    return true;
}

Term match_utf8(MatchContext *m)
{
    uint8_t buffer[4];
    uint32_t code;
    uintptr_t left = match_left(m) / 8;
    size_t size = left < 4 ? left : 4;
    bits_copy(buffer, 0, m->data, m->bit_offset, size * 8);
    size_t used = utf8_decode(buffer, size, &code);
    if (!used) return TERM_NONE;
    m->bit_offset += used * 8;
    return make_small((Word)code);
}

static uint32_t read_unit(MatchContext *m, unsigned bits, unsigned flags)
{
    uint64_t raw;
    read_signed(m, bits, flags & BITS_LITTLE, &raw);
    m->bit_offset += bits;
    return (uint32_t)raw;
}

Term match_utf16(MatchContext *m, unsigned flags)
{
    uintptr_t start = m->bit_offset;
    if (match_left(m) < 16) return TERM_NONE;
    uint32_t code = read_unit(m, 16, flags);
    if (code >= 0xD800 && code <= 0xDFFF) {
        uint32_t low = code < 0xDC00 && match_left(m) >= 16 ? read_unit(m, 16, flags) : 0;
        if (low < 0xDC00 || low > 0xDFFF) {
            m->bit_offset = start;
            return TERM_NONE;
        }
        code = 0x10000 + ((code & 0x3FF) << 10 | (low & 0x3FF));
    }
    return make_small((Word)code);
}

Term match_utf32(MatchContext *m, unsigned flags)
{
    uintptr_t start = m->bit_offset;
    if (match_left(m) < 32) return TERM_NONE;
    uint32_t code = read_unit(m, 32, flags);
    if (utf8_is_code_point(code)) return make_small((Word)code);
    m->bit_offset = start;
    return TERM_NONE;
}
