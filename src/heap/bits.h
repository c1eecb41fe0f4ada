/* SPDX-License-Identifier: Apache-2.0 */
/* bits.h - the bit syntax: building and matching. */
#ifndef HEAP_BITS_H
#define HEAP_BITS_H

#include "heap/binary.h"
#include "heap/number.h"

enum { BITS_LITTLE = 2, BITS_SIGNED = 4, BITS_NATIVE = 16 }; /* as in .beam flags */

/* ---- Matching ---- */

/* A context for bitstring `t`, or `t` itself if it is one already. TERM_NONE: `t` is no bitstring,
   or else out of memory. */
Term match_start(Heap *heap, Term t);
static inline MatchContext *match_context(Term t) { return (MatchContext *)boxed_ptr(t); }
static inline uintptr_t match_left(const MatchContext *m) { return m->bit_end - m->bit_offset; }

/* Each takes bits from the context and advances it on success; TERM_NONE: no match (then nothing is
   consumed). Out of memory: TERM_NONE and *oom set (may not be NULL). */
Term match_integer(Heap *heap, MatchContext *m, uintptr_t bits, unsigned flags, bool *oom);
Term match_float(Heap *heap, MatchContext *m, uintptr_t bits, unsigned flags, bool *oom);
Term match_binary(Heap *heap, MatchContext *m, uintptr_t bits, bool *oom);
Term match_tail(Heap *heap, MatchContext *m, bool *oom); /* all that is left, not consumed */
Term match_utf8(MatchContext *m);                        /* small or TERM_NONE */
Term match_utf16(MatchContext *m, unsigned flags);
Term match_utf32(MatchContext *m, unsigned flags);
bool match_skip(MatchContext *m, uintptr_t bits);
bool match_bytes(MatchContext *m, const uint8_t *bytes, uintptr_t bits); /* constant string */

/* ---- Building (bs_create_bin and the older instructions) ---- */

/* A builder writes into a binary whose final size is known, or at the end of a writable one. */
typedef struct BitBuilder {
    Heap *heap;
    uint8_t *data;
    uintptr_t bit_offset; /* next bit to write */
    uintptr_t bit_end;
    Term result;          /* the binary under construction */
    Term why;             /* reason of a failure */
} BitBuilder;
/* A fresh bitstring of `bits`. False: out of memory / system_limit (builder->why). */
bool builder_start(BitBuilder *b, Heap *heap, uintptr_t bits);
/* Appends to `binary` (with the writable-binary optimisation; copies where it must not be extended
   in place). `extra_bits` is what will be added. False: badarg / system_limit / out of memory. */
bool builder_append(BitBuilder *b, Heap *heap, Term binary, uintptr_t extra_bits, unsigned unit);
/* Each writes the next bits. False, with why: badarg (a wrong type, or more bits than there is room
   for) or system_limit (out of memory). */
bool builder_integer(BitBuilder *b, Term value, uintptr_t bits, unsigned flags);
bool builder_float(BitBuilder *b, Term value, uintptr_t bits, unsigned flags);
bool builder_bits(BitBuilder *b, Term bitstring, uintptr_t bits);  /* first `bits` of it */
bool builder_utf8(BitBuilder *b, Term value);
bool builder_utf16(BitBuilder *b, Term value, unsigned flags);
bool builder_utf32(BitBuilder *b, Term value, unsigned flags);
bool builder_string(BitBuilder *b, const uint8_t *bytes, uintptr_t bits);
Term builder_finish(BitBuilder *b);
/* Bytes of a code point, 0 if it is none. */
unsigned utf8_size_of(Term value);
unsigned utf16_size_of(Term value);
/* An empty binary with room for appending (bs_init_writable). */
Term builder_init_writable(Heap *heap, size_t size);

#endif
