/* SPDX-License-Identifier: Apache-2.0 */
/* double.h - the parts of an IEEE 754 double. */
#ifndef BASE_DOUBLE_H
#define BASE_DOUBLE_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

static inline uint64_t double_bits(double d)
{
    uint64_t bits;
    memcpy(&bits, &d, sizeof bits);
    return bits;
}

static inline double double_from_bits(uint64_t bits)
{
    double d;
    memcpy(&d, &bits, sizeof d);
    return d;
}

static inline bool double_is_finite(double d)
{
    return (double_bits(d) >> 52 & 0x7FF) != 0x7FF;
}

/* |d| = result * 2^*exponent, exactly; the result is below 2^53. `d` is finite. */
uint64_t double_split(double d, int *exponent);

/* The double nearest to (mantissa + a little, if `sticky`) * 2^exponent, ties to even; infinite
   where too large. With `sticky` the mantissa must have at least 55 bits. */
double double_make(uint64_t mantissa, bool sticky, int exponent);

#endif
