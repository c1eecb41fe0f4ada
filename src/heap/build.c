/* SPDX-License-Identifier: Apache-2.0 */
/* build.c - the bit syntax: building. */

/* Appending: `<<Acc/binary, ...>>` in a loop is to cost as much as what it adds. The result of an
   append is a writable sub-binary: its block has room behind it, and its end is the block's end.
   The next append to it writes there and advances the block's size. An older value of the same
   block is no longer at the block's end, so that appending to it copies. Only the process that
   built the value may see is_writable: copies of terms and matching clear it. */

#include "base/bitcopy.h"
#include "base/memory.h"
#include "base/utf8.h"
#include "heap/bits.h"
#include "term/atom.h"

static bool fail(BitBuilder *b, Term why)
{
    b->why = why;
    return false;
}

static bool set_result(BitBuilder *b, Term whole, uint8_t *data, uintptr_t bits)
{
    b->data = data;
    b->bit_offset = 0;
    b->bit_end = bits;
    b->result = whole;
    if (bits % 8 == 0) return true;
    SubBin *sub = (SubBin *)heap_reserve(b->heap, 1 + SUB_BIN_SIZE);
    if (!sub) return fail(b, A(system_limit));
    *sub = (SubBin){make_header(KIND_BIN_SUB, SUB_BIN_SIZE), 0, bits, 0, whole};
    b->result = make_boxed((Term *)sub);
    return true;
}

bool builder_start(BitBuilder *b, Heap *heap, uintptr_t bits)
{
    uint8_t *data = NULL;
    b->heap = heap;
    Term whole = binary_make(heap, (bits + 7) / 8, &data);
    if (is_none(whole)) return fail(b, A(system_limit));
    if (bits % 8) data[bits / 8] = 0;
    return set_result(b, whole, data, bits);
}

static Term writable_sub(Heap *heap, Term whole, uintptr_t bits)
{
    SubBin *sub = (SubBin *)heap_reserve(heap, 1 + SUB_BIN_SIZE);
    if (!sub) return TERM_NONE;
    *sub = (SubBin){make_header(KIND_BIN_SUB, SUB_BIN_SIZE), 0, bits, 1, whole};
    return make_boxed((Term *)sub);
}

/* A refc binary over a fresh block of `room` bytes, of which `size` are in use. */
static RefcBin *make_block(Heap *heap, size_t size, size_t room)
{
    Bytes *bytes = bytes_alloc(size, room);
    if (!bytes) return NULL;
    Term whole = binary_from_bytes(heap, bytes);
    return is_none(whole) ? NULL : (RefcBin *)boxed_ptr(whole);
}

/* The refc binary at whose end `sub` may be extended in place by `bytes`, or NULL. */
static RefcBin *extensible(const SubBin *sub, uintptr_t total_bits)
{
    if (!sub->is_writable || sub->bit_offset) return NULL;
    RefcBin *refc = (RefcBin *)boxed_ptr(sub->whole);
    bool at_end = (sub->bit_size + 7) / 8 == refc->bytes->size;
    return at_end && (total_bits + 7) / 8 <= refc->bytes->room ? refc : NULL;
}

static RefcBin *copy_with_room(BitBuilder *b, Term binary, uintptr_t bits, uintptr_t total_bits)
{
    size_t size = (total_bits + 7) / 8;
    RefcBin *refc = make_block(b->heap, size, size < 128 ? 256 : 2 * size);
    if (!refc) return NULL;
    BitSpan span = bitstring_span(binary);
    bits_copy(refc->bytes->data, 0, span.data, span.bit_offset, bits);
    return refc;
}

/* True if `bits` is no multiple of `unit`, which is 8 or 1 nearly always: no division then. */
static bool has_rest(uintptr_t bits, unsigned unit)
{
    if (unit <= 1) return false;
    return unit & (unit - 1) ? bits % unit != 0 : (bits & (unit - 1)) != 0;
}

bool builder_append(BitBuilder *b, Heap *heap, Term binary, uintptr_t extra_bits, unsigned unit)
{
    b->heap = heap;
    if (!is_bitstring(binary)) return fail(b, A(badarg));
    uintptr_t bits = bitstring_bits(binary), total;
    if (has_rest(bits, unit)) return fail(b, A(badarg));
    if (__builtin_add_overflow(bits, extra_bits, &total) || total > (UINTPTR_MAX >> 4))
        return fail(b, A(system_limit));
    RefcBin *refc = NULL;
    if (is_kind(binary, KIND_BIN_SUB)) {
        SubBin *sub = (SubBin *)boxed_ptr(binary);
        refc = extensible(sub, total);
        if (refc) sub->is_writable = 0;
    }
    if (!refc) refc = copy_with_room(b, binary, bits, total);
    if (!refc) return fail(b, A(system_limit));
    refc->bytes->size = refc->size = (total + 7) / 8;
    b->result = writable_sub(heap, make_boxed((Term *)refc), total);
    if (is_none(b->result)) return fail(b, A(system_limit));
    heap_account(heap, extra_bits / 8);
    b->data = refc->bytes->data;
    b->bit_offset = bits;
    b->bit_end = total;
    return true;
}

Term builder_init_writable(Heap *heap, size_t size)
{
    RefcBin *refc = make_block(heap, 0, size < 256 ? 256 : size);
    return refc ? writable_sub(heap, make_boxed((Term *)refc), 0) : TERM_NONE;
}

static void put(BitBuilder *b, const uint8_t *bytes, uintptr_t bit, uintptr_t bits)
{
    bits_copy(b->data, b->bit_offset, bytes, bit, bits);
    b->bit_offset += bits;
}

static bool has_room(BitBuilder *b, uintptr_t bits)
{
    return b->bit_end - b->bit_offset >= bits || fail(b, A(badarg));
}

/* `count` bytes of `value`. */
static void put_whole(uint8_t *to, uint64_t value, unsigned count, bool little)
{
    if (little) {
        for (unsigned i = 0; i < count; i++, value >>= 8) to[i] = (uint8_t)value;
    } else {
        for (unsigned i = count; i-- > 0; value >>= 8) to[i] = (uint8_t)value;
    }
}

/* `bits` low bits of `value`. */
static void put_number(BitBuilder *b, uint64_t value, unsigned bits, bool little)
{
    uint8_t bytes[8];
    unsigned count = (bits + 7) / 8, pad = count * 8 - bits;
    if ((b->bit_offset | bits) % 8 == 0) {
        put_whole(b->data + b->bit_offset / 8, value, count, little);
        b->bit_offset += bits;
        return;
    }
    put_whole(bytes, little ? value : value << pad, count, little);
    if (little && pad) bytes[count - 1] = (uint8_t)(bytes[count - 1] << pad);
    put(b, bytes, 0, bits);
}

static bool put_big(BitBuilder *b, Term value, uintptr_t bits, bool little)
{
    size_t count = (bits + 7) / 8, pad = count * 8 - bits;
    uint8_t *bytes = memory_alloc(count);
    if (!bytes) return fail(b, A(system_limit));
    integer_to_bytes(value, bytes, count * 8, !little);
    if (little) {
        if (pad) bytes[count - 1] = (uint8_t)(bytes[count - 1] << pad);
        put(b, bytes, 0, bits);
    } else {
        put(b, bytes, pad, bits);
    }
    memory_free(bytes, count);
    return true;
}

bool builder_integer(BitBuilder *b, Term value, uintptr_t bits, unsigned flags)
{
    if (!is_integer(value)) return fail(b, A(badarg));
    if (!has_room(b, bits)) return false;
    bool little = flags & BITS_LITTLE;
    if (!is_small(value) || bits > 64) return put_big(b, value, bits, little);
    if (bits == 8 && b->bit_offset % 8 == 0) {
        b->data[b->bit_offset / 8] = (uint8_t)small_value(value);
        b->bit_offset += 8;
    } else {
        put_number(b, (uint64_t)(int64_t)small_value(value), (unsigned)bits, little);
    }
    return true;
}

/* To half precision, to nearest even. */
static uint64_t half_bits(double d)
{
    uint64_t bits;
    memcpy(&bits, &d, 8);
    uint64_t sign = bits >> 63 << 15;
    double value = bits >> 63 ? -d : d, scale = 1;
    int exponent = 15;
    if (value >= 65520) return sign | 0x7C00;
    while (value >= 2 * scale) scale *= 2, exponent++;
    while (value < scale && exponent > 1) scale /= 2, exponent--;
    double units = value / scale * 1024;
    uint64_t whole = (uint64_t)units;
    double rest = units - (double)whole;
    if (rest > 0.5 || (rest == 0.5 && whole & 1)) whole++;
    if (whole < 1024) exponent = 0;
    return sign + ((uint64_t)exponent << 10) + (whole >= 1024 ? whole - 1024 : whole);
}

/* What is too large becomes infinity, as on OTP. */
static uint64_t float_bits(double d, uintptr_t bits)
{
    uint64_t raw;
    uint32_t raw32;
    float single = (float)d;
    if (bits == 16) return half_bits(d);
    if (bits == 32) {
        memcpy(&raw32, &single, 4);
        return raw32;
    }
    memcpy(&raw, &d, 8);
    return raw;
}

bool builder_float(BitBuilder *b, Term value, uintptr_t bits, unsigned flags)
{
    double d;
    if (bits != 64 && bits != 32 && bits != 16) return fail(b, A(badarg));
    if (!is_number(value) || !number_to_double(value, &d)) return fail(b, A(badarg));
    if (!has_room(b, bits)) return false;
    put_number(b, float_bits(d, bits), (unsigned)bits, flags & BITS_LITTLE);
    return true;
}

bool builder_bits(BitBuilder *b, Term bitstring, uintptr_t bits)
{
    if (!is_bitstring(bitstring) || bitstring_bits(bitstring) < bits) return fail(b, A(badarg));
    if (!has_room(b, bits)) return false;
    BitSpan span = bitstring_span(bitstring);
    put(b, span.data, span.bit_offset, bits);
    return true;
}

bool builder_string(BitBuilder *b, const uint8_t *bytes, uintptr_t bits)
{
    if (!has_room(b, bits)) return false;
    put(b, bytes, 0, bits);
    return true;
}

static bool code_point(Term value)
{
    return is_small(value) && small_value(value) >= 0 && small_value(value) <= 0x10FFFF &&
           utf8_is_code_point((uint32_t)small_value(value));
}

unsigned utf8_size_of(Term value)
{
    return code_point(value) ? (unsigned)utf8_bytes((uint32_t)small_value(value)) : 0;
}

unsigned utf16_size_of(Term value)
{
    if (!code_point(value)) return 0;
    return small_value(value) >= 0x10000 ? 4 : 2;
}

bool builder_utf8(BitBuilder *b, Term value)
{
    uint8_t bytes[4];
    unsigned size = utf8_size_of(value);
    if (!size || !has_room(b, size * 8)) return fail(b, A(badarg));
    utf8_encode((uint32_t)small_value(value), bytes);
    put(b, bytes, 0, size * 8);
    return true;
}

bool builder_utf16(BitBuilder *b, Term value, unsigned flags)
{
    unsigned size = utf16_size_of(value);
    if (!size || !has_room(b, size * 8)) return fail(b, A(badarg));
    uint32_t code = (uint32_t)small_value(value);
    bool little = flags & BITS_LITTLE;
    if (size == 4) {
        put_number(b, 0xD800 | (code - 0x10000) >> 10, 16, little);
        code = 0xDC00 | (code & 0x3FF);
    }
    put_number(b, code, 16, little);
    return true;
}

bool builder_utf32(BitBuilder *b, Term value, unsigned flags)
{
    if (!code_point(value) || !has_room(b, 32)) return fail(b, A(badarg));
    put_number(b, (uint64_t)small_value(value), 32, flags & BITS_LITTLE);
    return true;
}

Term builder_finish(BitBuilder *b) { return b->result; }
