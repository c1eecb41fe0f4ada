/* SPDX-License-Identifier: Apache-2.0 */
/* compare_number.c - numbers by value, exactly. */
#include "term/compare.h"

static int sign_of(bool less, bool greater)
{
    return less ? -1 : greater;
}

static int magnitude_compare(Term a, Term b)
{
    size_t size = big_size(a);
    if (size != big_size(b)) return sign_of(size < big_size(b), true);
    const uintptr_t *x = big_limbs(a), *y = big_limbs(b);
    while (size-- > 0) {
        if (x[size] != y[size]) return sign_of(x[size] < y[size], true);
    }
    return 0;
}

static bool is_negative(Term integer)
{
    return is_small(integer) ? small_value(integer) < 0 : big_is_negative(integer);
}

static int integer_compare(Term a, Term b)
{
    if (are_small(a, b)) return sign_of((Word)a < (Word)b, (Word)a > (Word)b);
    bool negative = is_negative(a);
    if (negative != is_negative(b)) return negative ? -1 : 1;
    /* A big integer is further from 0 than any small one. */
    int order = is_small(a) ? -1 : is_small(b) ? 1 : magnitude_compare(a, b);
    return negative ? -order : order;
}

/* `d` against a small integer: outside of 64 bits the sign of the float decides. */
static int small_float_compare(Word value, double d)
{
    if (d >= 0x1p63) return -1;
    if (d < -0x1p63) return 1;
    int64_t whole = (int64_t)d;
    if (value != whole) return sign_of(value < whole, true);
    double fraction = d - (double)whole;
    return sign_of(fraction > 0, fraction < 0);
}

/* The 64 bits from the highest set bit of a magnitude on; *exact: all below them are 0. */
static uint64_t leading_bits(Term big, uint64_t *length, bool *exact)
{
    const uintptr_t *limbs = big_limbs(big);
    size_t size = big_size(big), i = size;
    unsigned high_zeros = WORD_BITS == 64 ? (unsigned)__builtin_clzll(limbs[size - 1])
                                          : (unsigned)__builtin_clz((unsigned)limbs[size - 1]);
    *length = (uint64_t)size * WORD_BITS - high_zeros;
    uint64_t bits = 0;
    int room = 64;
    while (i > 0 && room > 0) {
        uint64_t limb = limbs[--i];
        int used = i == size - 1 ? WORD_BITS - (int)high_zeros : WORD_BITS;
        int kept = used < room ? used : room;
        uint64_t low_mask = ~(uint64_t)0 >> (64 - used);
        limb &= low_mask;
        bits |= (limb >> (used - kept)) << (room - kept);
        if (kept < used && (limb & (low_mask >> kept)) != 0) *exact = false;
        room -= kept;
    }
    while (i > 0) {
        if (limbs[--i] != 0) *exact = false;
    }
    return bits;
}

static int big_float_magnitudes(Term big, double d)
{
    uint64_t word;
    memcpy(&word, &d, sizeof word);
    int exponent = (int)(word >> 52 & 0x7FF) - 1022; /* |d| lies in [2^(e-1), 2^e) */
    uint64_t length;
    bool exact = true;
    uint64_t bits = leading_bits(big, &length, &exact);
    if (exponent <= 0 || length != (uint64_t)exponent) {
        return sign_of(exponent > 0 && length < (uint64_t)exponent, true);
    }
    uint64_t mantissa = (word << 11) | (uint64_t)1 << 63;
    if (bits != mantissa) return sign_of(bits < mantissa, true);
    return exact ? 0 : 1;
}

static int integer_float_compare(Term integer, double d)
{
    if (is_small(integer)) return small_float_compare(small_value(integer), d);
    bool negative = big_is_negative(integer);
    if (negative != (d < 0)) return negative ? -1 : 1;
    int order = big_float_magnitudes(integer, d);
    return negative ? -order : order;
}

int number_compare(Term a, Term b)
{
    bool a_float = is_float(a), b_float = is_float(b);
    if (!a_float && !b_float) return integer_compare(a, b);
    if (!b_float) return -integer_float_compare(b, float_value(a));
    if (!a_float) return integer_float_compare(a, float_value(b));
    double x = float_value(a), y = float_value(b);
    return sign_of(x < y, x > y);
}
