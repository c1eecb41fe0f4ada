/* SPDX-License-Identifier: Apache-2.0 */
/* binary.c - binaries: building, sharing, parts. */

#include "heap/binary.h"
#include "base/bitcopy.h"
#include "base/memory.h"

static _Atomic(size_t) in_use;

size_t bytes_in_use(void) { return atomic_load_explicit(&in_use, memory_order_relaxed); }

Bytes *bytes_alloc(size_t size, size_t room)
{
    if (room > (SIZE_MAX >> 4)) return NULL;
    Bytes *bytes = memory_alloc(sizeof *bytes + room);
    if (!bytes) return NULL;
    atomic_init(&bytes->count, 1);
    bytes->size = size;
    bytes->room = room;
    bytes->free = NULL;
    bytes->owner = NULL;
    bytes->data = (uint8_t *)(bytes + 1);
    atomic_fetch_add_explicit(&in_use, sizeof *bytes + room, memory_order_relaxed);
    return bytes;
}

Bytes *bytes_resize(Bytes *bytes, size_t room)
{
    size_t old = bytes->room;
    if (room > (SIZE_MAX >> 4)) return NULL;
    bytes = memory_realloc(bytes, sizeof *bytes + old, sizeof *bytes + room);
    if (!bytes) return NULL;
    bytes->data = (uint8_t *)(bytes + 1);
    bytes->room = room;
    atomic_fetch_add_explicit(&in_use, room - old, memory_order_relaxed);
    return bytes;
}

void bytes_retain(Bytes *bytes)
{
    atomic_fetch_add_explicit(&bytes->count, 1, memory_order_relaxed);
}

void bytes_release(Bytes *bytes)
{
    if (atomic_fetch_sub_explicit(&bytes->count, 1, memory_order_acq_rel) != 1) return;
    if (bytes->free) {
        bytes->free(bytes);
    } else {
        size_t size = sizeof *bytes + bytes->room;
        atomic_fetch_sub_explicit(&in_use, size, memory_order_relaxed);
        memory_free(bytes, size);
    }
}

Term binary_from_bytes(Heap *heap, Bytes *bytes)
{
    RefcBin *refc = (RefcBin *)heap_reserve(heap, 1 + REFC_BIN_SIZE);
    if (!refc) {
        bytes_release(bytes);
        return TERM_NONE;
    }
    refc->header = make_header(KIND_BIN_REFC, REFC_BIN_SIZE);
    refc->bytes = bytes;
    refc->data = bytes->data;
    refc->size = bytes->size;
    heap_link_off_heap(heap, (OffHeap *)refc, bytes->size);
    return make_boxed((Term *)refc);
}

Term binary_make(Heap *heap, size_t size, uint8_t **data)
{
    if (size > BINARY_HEAP_MAX) {
        Bytes *bytes = bytes_alloc(size, size);
        if (!bytes) return TERM_NONE;
        if (data) *data = bytes->data;
        return binary_from_bytes(heap, bytes);
    }
    size_t words = 1 + (size + WORD_BYTES - 1) / WORD_BYTES;
    Term *p = heap_reserve(heap, 1 + words);
    if (!p) return TERM_NONE;
    p[words] = 0; /* Padding is defined. */
    p[0] = make_header(KIND_BIN_HEAP, words);
    p[1] = size;
    if (data) *data = (uint8_t *)(p + 2);
    return make_boxed(p);
}

Term binary_from(Heap *heap, const void *bytes, size_t size)
{
    uint8_t *data;
    Term t = binary_make(heap, size, &data);
    if (!is_none(t) && size) memcpy(data, bytes, size);
    return t;
}

/* The heap or refc binary under t, and where t starts in it. */
static Term whole_of(Term t, uintptr_t *bit_offset)
{
    Term *p = boxed_ptr(t);
    *bit_offset = 0;
    if (header_kind(*p) != KIND_BIN_SUB) return t;
    *bit_offset = ((SubBin *)p)->bit_offset;
    return ((SubBin *)p)->whole;
}

Term bitstring_part(Heap *heap, Term whole, uintptr_t bit_offset, uintptr_t bit_size)
{
    uintptr_t start;
    if (bit_offset == 0 && bit_size == bitstring_bits(whole)) return whole;
    whole = whole_of(whole, &start);
    start += bit_offset;
    /* What is small and whole bytes is cheaper as a heap binary. */
    if (bit_size % 8 == 0 && bit_size / 8 <= SUB_BIN_SIZE * WORD_BYTES - WORD_BYTES) {
        uint8_t *data;
        Term t = binary_make(heap, bit_size / 8, &data);
        BitSpan span = bitstring_span(whole);
        if (!is_none(t)) bits_copy(data, 0, span.data, start, bit_size);
        return t;
    }
    SubBin *sub = (SubBin *)heap_reserve(heap, 1 + SUB_BIN_SIZE);
    if (!sub) return TERM_NONE;
    sub->header = make_header(KIND_BIN_SUB, SUB_BIN_SIZE);
    sub->bit_offset = start;
    sub->bit_size = bit_size;
    sub->is_writable = 0;
    sub->whole = whole;
    return make_boxed((Term *)sub);
}

Term binary_part(Heap *heap, Term whole, size_t offset, size_t size)
{
    return bitstring_part(heap, whole, (uintptr_t)offset * 8, (uintptr_t)size * 8);
}

Bytes *bitstring_block(Term t)
{
    uintptr_t start;
    Term *p = boxed_ptr(whole_of(t, &start));
    return header_kind(*p) == KIND_BIN_REFC ? ((RefcBin *)p)->bytes : NULL;
}

bool binary_bytes(Term t, const uint8_t **data, size_t *size)
{
    if (!is_bitstring(t)) return false;
    BitSpan span = bitstring_span(t);
    if (span.bit_offset || span.bit_size % 8) return false;
    *data = span.data;
    *size = span.bit_size / 8;
    return true;
}

bool binary_bytes_aligned(Term t, const uint8_t **data, size_t *size, uint8_t **temporary)
{
    *temporary = NULL;
    if (binary_bytes(t, data, size)) return true;
    if (!is_binary(t)) return false;
    BitSpan span = bitstring_span(t);
    *size = span.bit_size / 8;
    *temporary = memory_alloc(*size);
    if (!*temporary) return false;
    bits_copy(*temporary, 0, span.data, span.bit_offset, span.bit_size);
    *data = *temporary;
    return true;
}
