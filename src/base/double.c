/* SPDX-License-Identifier: Apache-2.0 */
/* double.c - the parts of an IEEE 754 double. */

#include "base/double.h"

uint64_t double_split(double d, int *exponent)
{
    uint64_t bits = double_bits(d), mantissa = bits & (((uint64_t)1 << 52) - 1);
    int biased = (int)(bits >> 52 & 0x7FF);
    if (biased) mantissa |= (uint64_t)1 << 52;
    *exponent = (biased ? biased : 1) - 1075;
    return mantissa;
}

double double_make(uint64_t mantissa, bool sticky, int exponent)
{
    if (mantissa == 0) return 0;
    int bits = 64 - __builtin_clzll(mantissa);
    int top = exponent + bits - 1; /* of the highest bit */
    if (top > 1023) return double_from_bits((uint64_t)0x7FF << 52);
    int keep = top >= -1022 ? 53 : top + 1075;
    int drop = bits - keep;
    uint64_t base = top >= -1022 ? (uint64_t)(top + 1022) << 52 : 0;
    if (drop <= 0) return double_from_bits(base + (mantissa << -drop));
    if (drop > 64) return 0;
    /* The highest bit kept adds one to the exponent's field; so does a carry out of rounding. */
    uint64_t kept = drop < 64 ? mantissa >> drop : 0;
    uint64_t half = (uint64_t)1 << (drop - 1), rest = mantissa & (half | (half - 1));
    if (rest > half || (rest == half && (sticky || (kept & 1)))) kept++;
    return double_from_bits(base + kept);
}
