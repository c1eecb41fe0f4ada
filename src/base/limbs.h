/* SPDX-License-Identifier: Apache-2.0 */
/* limbs.h - arithmetic on magnitudes: arrays of machine words, least significant first. */
#ifndef BASE_LIMBS_H
#define BASE_LIMBS_H

/* Nothing here allocates; results go where the caller says, with the room told. Operands need not
   be normalised unless said; results' sizes are returned normalised (no zero at the top). */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef uintptr_t Limb;
#define LIMB_BITS (8 * (int)sizeof(Limb))
#if UINTPTR_MAX > 0xFFFFFFFF
typedef unsigned __int128 Limb2;
#else
typedef uint64_t Limb2;
#endif

/* Size without zero limbs at the top. */
size_t limbs_size(const Limb *a, size_t n);
int limbs_compare(const Limb *a, size_t n, const Limb *b, size_t m); /* normalised */
/* r: max(n, m) + 1 limbs; may be a or b. */
size_t limbs_add(Limb *r, const Limb *a, size_t n, const Limb *b, size_t m);
/* a >= b. r: n limbs; may be a or b. */
size_t limbs_sub(Limb *r, const Limb *a, size_t n, const Limb *b, size_t m);
/* r: n + m limbs, apart from a and b. scratch: limbs_mul_scratch(n, m) limbs (if 0: NULL). */
size_t limbs_mul(Limb *r, const Limb *a, size_t n, const Limb *b, size_t m, Limb *scratch);
size_t limbs_mul_scratch(size_t n, size_t m);
/* About how many products of two limbs limbs_mul takes, for budgets. */
uint64_t limbs_mul_cost(size_t n, size_t m);
/* a / b: quotient q of n - m + 1 limbs, remainder in r of n + 1 limbs (its first m limbs); b
   normalised, not 0, m <= n. scratch: m limbs. *q_size and *r_size are set. */
void limbs_divide(Limb *q, size_t *q_size, Limb *r, size_t *r_size, const Limb *a, size_t n,
                  const Limb *b, size_t m, Limb *scratch);
/* a / b in place of q (n limbs, may be a); returns the remainder. */
Limb limbs_divide_small(Limb *q, const Limb *a, size_t n, Limb b);
/* a = a * by + plus; returns the carry. */
Limb limbs_mul_small(Limb *a, size_t n, Limb by, Limb plus);
/* r: n + shift / LIMB_BITS + 1 limbs. May not overlap unless r is a and shift < LIMB_BITS. */
size_t limbs_shift_left(Limb *r, const Limb *a, size_t n, size_t shift);
/* r: n limbs; may be a. *lost: a bit that is not 0 went off the end. */
size_t limbs_shift_right(Limb *r, const Limb *a, size_t n, size_t shift, bool *lost);
size_t limbs_bit_length(const Limb *a, size_t n);

/* Text in `base`: at most this many characters. */
size_t limbs_text_size(size_t bits, unsigned base);
/* Writes digits (upper case); destroys a. Returns the length. */
size_t limbs_to_text(char *out, Limb *a, size_t n, unsigned base);
/* Digits 0-9 A-Z a-z, all valid. r: limbs_from_text_size(count, base) limbs. */
size_t limbs_from_text(Limb *r, const char *digits, size_t count, unsigned base);
size_t limbs_from_text_size(size_t count, unsigned base);

/* The highest 64 bits, or all: the magnitude is result * 2^*exponent, and more if *sticky. The
   exponent must fit an int. */
uint64_t limbs_top(const Limb *a, size_t n, int *exponent, bool *sticky);
/* Nearest double, ties to even; infinite where too large. */
double limbs_to_double(const Limb *a, size_t n);

#endif
