/* SPDX-License-Identifier: Apache-2.0 */
/* binary.h - binaries: building, sharing, parts. */
#ifndef HEAP_BINARY_H
#define HEAP_BINARY_H

#include <stdatomic.h>
#include "heap/heap.h"

/* Up to this many bytes live on the heap, more in a counted block. */
#define BINARY_HEAP_MAX 64

/* A counted block of bytes. Shared between heaps; immutable up to `size` once any other process may
   see it; behind `size` there may be room for the one owner of the writable end (heap/bits.h). */
typedef struct Bytes {
    _Atomic(uintptr_t) count;
    uintptr_t size; /* bytes in use (grows while appended to) */
    uintptr_t room; /* bytes allocated */
    void (*free)(struct Bytes *bytes); /* NULL: memory_free of the block */
    void *owner;                        /* for `free` of foreign memory */
    uint8_t *data;                      /* follows the struct, or foreign memory */
} Bytes;

Bytes *bytes_alloc(size_t size, size_t room); /* count 1; NULL: out of memory */
/* Changes the room of a block that nobody else has; it may move. NULL: out of memory, the old one
   stays as it was. */
Bytes *bytes_resize(Bytes *bytes, size_t room);
/* What all counted blocks take together. */
size_t bytes_in_use(void);
void bytes_retain(Bytes *bytes);
void bytes_release(Bytes *bytes);

/* A new binary of `size` bytes; `*data` (may be NULL) is where the caller writes them before the
   next safe point. TERM_NONE: out of memory. */
Term binary_make(Heap *heap, size_t size, uint8_t **data);
Term binary_from(Heap *heap, const void *bytes, size_t size);
/* Takes over one count of `bytes`. */
Term binary_from_bytes(Heap *heap, Bytes *bytes);
/* A part; shares the bytes (heap binary for small copies). */
Term binary_part(Heap *heap, Term whole, size_t offset, size_t size);
Term bitstring_part(Heap *heap, Term whole, uintptr_t bit_offset, uintptr_t bit_size);
/* Words that binary_make(size) takes. */
#define BINARY_WORDS(size) \
    ((size) <= BINARY_HEAP_MAX ? 2 + ((size) + WORD_BYTES - 1) / WORD_BYTES : 1 + REFC_BIN_SIZE)

/* The counted block that the bits of t stand in; NULL: they stand on a heap. */
Bytes *bitstring_block(Term t);

/* The bytes of a binary that starts at a byte boundary; false for others (use a copy then). */
bool binary_bytes(Term t, const uint8_t **data, size_t *size);
/* The same for any whole-byte binary: unaligned ones are copied into memory_alloc'd `*temporary`,
   which the caller frees with memory_free(*temporary, *size). False: no binary, or no memory. */
bool binary_bytes_aligned(Term t, const uint8_t **data, size_t *size, uint8_t **temporary);

#endif
