/* SPDX-License-Identifier: Apache-2.0 */
/* decimal_exact.h - decimal.c's slow ways: exact, for any double. */
#ifndef BASE_DECIMAL_EXACT_H
#define BASE_DECIMAL_EXACT_H

#include <stddef.h>
#include <stdint.h>

#define EXACT_DIGITS_MAX 784 /* a double has at most 767 digits */

/* The decimal exponent of `d` (> 0), or one more. */
int exact_magnitude(double d);

/* All digits of `d` (> 0), the first and last not 0; d = 0.DIGITS * 10^*point. Returns how many. */
size_t exact_digits(double d, char *digits, int *point);

/* Rounds to `keep` digits (negative: to nothing), ties to even; what is left has no zeros at the
   end. Returns how many are left, 0 for zero. */
size_t exact_round(char *digits, size_t count, int keep, int *point);

/* As decimal_digits. */
unsigned exact_shortest(double d, char *digits, int *point);

/* A number in text: `digits` digits from `text` on, the first not 0, and maybe a point among them
   (the character '.' or ','). */
typedef struct ExactNumber {
    const char *text;
    size_t digits;
    int64_t exponent; /* the last digit counts 10^exponent */
} ExactNumber;

/* The nearest double, ties to even; infinite where too large. */
double exact_parse(const ExactNumber *number);

#endif
