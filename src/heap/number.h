/* SPDX-License-Identifier: Apache-2.0 */
/* number.h - integers of any size and floats: building and arithmetic. */
#ifndef HEAP_NUMBER_H
#define HEAP_NUMBER_H

/* All arithmetic of Erlang stands here once (design D30): instructions, guards, match
   specifications and the natives erlang:'+'/2 ... call these. Results are allocated with
   heap_reserve. Failure is a value: TERM_NONE, with the reason in `*why` (an atom: badarith,
   system_limit, or badarg). Limbs come from base/limbs.h. `heap->...` is never collected here.
   Work on big integers is charged: each function adds the number of limb operations / 64 to
   `*cost` where it has that parameter. It cannot be stopped half-way: products take n^1.58 steps,
   quotients n * m; texts, which take longest, have steps (heap/number_steps.h). */

#include "heap/heap.h"

/* Everything an arithmetic function needs beside its operands. */
typedef struct Calc {
    Heap *heap;
    Term why;    /* set where TERM_NONE is returned */
    size_t cost; /* accumulates; the caller charges it as reductions */
} Calc;

typedef Term Arith2(Calc *calc, Term a, Term b);
typedef Term Arith1(Calc *calc, Term a);
Arith2 number_add, number_sub, number_mul, number_divide /* '/' */, number_div, number_rem;
Arith2 number_band, number_bor, number_bxor, number_bsl, number_bsr;
Arith1 number_negate, number_plus, number_bnot, number_abs;
Arith1 number_float, number_trunc, number_round, number_floor, number_ceil;

/* The largest integer has this many bits, rounded down to limbs: as on 64-bit OTP 25. */
#define INTEGER_BITS_MAX ((size_t)524287 * 64)

Term integer_from_i64(Heap *heap, int64_t v); /* TERM_NONE: out of memory */
Term integer_from_u64(Heap *heap, uint64_t v);
/* From and to magnitudes: normalises, makes small what fits. `limbs` little-endian. */
Term integer_from_limbs(Heap *heap, const uintptr_t *limbs, size_t count, bool negative);
/* From `size` bytes of an unsigned or two's complement number. */
Term integer_from_bytes(Heap *heap, const uint8_t *bytes, size_t size, bool is_signed,
                        bool big_endian);
/* False if t is not an integer in range. */
bool integer_to_i64(Term t, int64_t *v);
bool integer_to_u64(Term t, uint64_t *v);
bool integer_to_size(Term t, size_t *v);
/* Low `bits` bits of integer t in two's complement, written at `bytes` (bits/8 rounded up). */
void integer_to_bytes(Term t, uint8_t *bytes, size_t bits, bool big_endian);

Term float_make(Heap *heap, double d); /* TERM_NONE: out of memory */
/* False if the number is too large for a double. */
bool number_to_double(Term t, double *d);

/* Text in base 2..36 with optional sign; TERM_NONE and why = badarg or system_limit. */
Term integer_from_text(Calc *calc, const char *text, size_t size, unsigned base);
/* The value of a digit 0-9 A-Z a-z; 255: it is none. */
static inline unsigned number_digit_value(char c)
{
    if (c >= '0' && c <= '9') return (unsigned)(c - '0');
    char lower = (char)(c | 0x20);
    return lower >= 'a' && lower <= 'z' ? (unsigned)(lower - 'a') + 10 : 255;
}

/* Upper bound of the bytes integer_to_text writes. */
size_t integer_text_size(Term t, unsigned base);
/* Writes without NUL, returns the length; SIZE_MAX: out of memory for scratch. */
size_t integer_to_text(Term t, unsigned base, char *out);

#endif
