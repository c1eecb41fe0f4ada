/* SPDX-License-Identifier: Apache-2.0 */
/* decimal_exact.c - decimal.c's slow ways: exact, for any double. */

#include "base/decimal_exact.h"
#include <string.h>
#include "base/double.h"
#include "base/limbs.h"

/* a *= base^count, `base` small. */
static size_t multiply_power(Limb *a, size_t n, Limb base, unsigned count)
{
    while (count) {
        Limb factor = base;
        for (count--; count && factor <= (Limb)-1 / base; count--) factor *= base;
        Limb carry = limbs_mul_small(a, n, factor, 0);
        if (carry) a[n++] = carry;
    }
    return n;
}

static size_t set_u64(Limb *a, uint64_t value)
{
    size_t n = 0;
    for (; value; value = LIMB_BITS == 64 ? 0 : value >> (LIMB_BITS % 64)) a[n++] = (Limb)value;
    return n;
}

int exact_magnitude(double d)
{
    int exponent;
    uint64_t mantissa = double_split(d, &exponent);
    int64_t bits = exponent + 64 - __builtin_clzll(mantissa);
    return (int)((bits * 1292913986) >> 32); /* log10(2) * 2^32 */
}

/* ---- All digits ---- */

#define DIGITS_ROOM (2752 / LIMB_BITS) /* 2^53 * 5^1074 or what exact_parse needs, and some more */

size_t exact_digits(double d, char *digits, int *point)
{
    Limb number[DIGITS_ROOM];
    int exponent;
    uint64_t mantissa = double_split(d, &exponent);
    int zeros = __builtin_ctzll(mantissa);
    exponent += zeros;
    size_t n = set_u64(number, mantissa >> zeros);
    if (exponent < 0)
        n = multiply_power(number, n, 5, (unsigned)-exponent);
    else
        n = multiply_power(number, n, 2, (unsigned)exponent);
    size_t count = limbs_to_text(digits, number, n, 10);
    *point = (int)count + (exponent < 0 ? exponent : 0);
    while (digits[count - 1] == '0') count--;
    return count;
}

/* True if the digits from `keep` on make the one before them one more. */
static bool rounds_up(const char *digits, size_t count, size_t keep)
{
    if (digits[keep] != '5') return digits[keep] > '5';
    if (keep + 1 < count) return true;
    return keep > 0 && (digits[keep - 1] & 1);
}

size_t exact_round(char *digits, size_t count, int keep, int *point)
{
    if (keep < 0) return 0;
    if ((size_t)keep < count) {
        bool up = rounds_up(digits, count, (size_t)keep);
        count = (size_t)keep;
        while (up && count && digits[count - 1] == '9') count--;
        if (up && count) {
            digits[count - 1]++;
        } else if (up) {
            digits[count++] = '1';
            ++*point;
        }
    }
    while (count && digits[count - 1] == '0') count--;
    return count;
}

/* ---- The fewest digits (Steele and White, as improved by Burger and Dybvig) ---- */

#define SHORTEST_ROOM (1280 / LIMB_BITS)

typedef struct Number {
    size_t size;
    Limb limbs[SHORTEST_ROOM];
} Number;

/* d = rest / unit; half the ways to the next doubles are low / unit and high / unit. */
typedef struct Shortest {
    Number rest, unit, low, high;
    bool even; /* what lies just half-way reads back as d */
} Shortest;

static void number_set(Number *a, uint64_t value, unsigned twos)
{
    a->size = multiply_power(a->limbs, set_u64(a->limbs, value), 2, twos);
}

static void number_scale(Number *a, unsigned tens)
{
    a->size = multiply_power(a->limbs, a->size, 10, tens);
}

static int number_compare(const Number *a, const Number *b)
{
    return limbs_compare(a->limbs, a->size, b->limbs, b->size);
}

/* rest + high reaches the unit: rounding up is within bounds. */
static bool high_reaches(const Shortest *s)
{
    Number sum;
    sum.size = limbs_add(sum.limbs, s->rest.limbs, s->rest.size, s->high.limbs, s->high.size);
    return number_compare(&sum, &s->unit) >= !s->even;
}

static void shortest_start(Shortest *s, double d)
{
    int exponent;
    uint64_t mantissa = double_split(d, &exponent);
    /* Below a power of two doubles are twice as dense; not so at the smallest exponent. */
    unsigned uneven = mantissa == (uint64_t)1 << 52 && exponent > -1074;
    unsigned twos = exponent > 0 ? (unsigned)exponent : 0;
    number_set(&s->rest, mantissa, twos + 1 + uneven);
    number_set(&s->unit, 1, (exponent < 0 ? (unsigned)-exponent : 0) + 1 + uneven);
    number_set(&s->high, 1, twos + uneven);
    number_set(&s->low, 1, twos);
    s->even = mantissa % 2 == 0;
}

/* rest / unit is below 1 from here on. */
static int shortest_scale(Shortest *s, double d)
{
    int point = exact_magnitude(d);
    if (point > 0) {
        number_scale(&s->unit, (unsigned)point);
    } else {
        number_scale(&s->rest, (unsigned)-point);
        number_scale(&s->low, (unsigned)-point);
        number_scale(&s->high, (unsigned)-point);
    }
    for (; high_reaches(s); point++) number_scale(&s->unit, 1);
    return point;
}

static unsigned next_digit(Shortest *s)
{
    unsigned digit = 0;
    number_scale(&s->rest, 1);
    number_scale(&s->low, 1);
    number_scale(&s->high, 1);
    for (; number_compare(&s->rest, &s->unit) >= 0; digit++)
        s->rest.size = limbs_sub(s->rest.limbs, s->rest.limbs, s->rest.size, s->unit.limbs,
                                 s->unit.size);
    return digit;
}

/* The last digit may be rounded either way: true if up is nearer. */
static bool up_is_nearer(Shortest *s, unsigned digit)
{
    s->high.size = limbs_add(s->high.limbs, s->rest.limbs, s->rest.size, s->rest.limbs,
                             s->rest.size);
    int order = number_compare(&s->high, &s->unit);
    return order > 0 || (order == 0 && digit % 2);
}

unsigned exact_shortest(double d, char *digits, int *point)
{
    Shortest s;
    unsigned count = 0;
    shortest_start(&s, d);
    *point = shortest_scale(&s, d);
    for (;;) {
        unsigned digit = next_digit(&s);
        bool down = number_compare(&s.rest, &s.low) < (int)s.even;
        bool up = high_reaches(&s);
        if (down && up) up = up_is_nearer(&s, digit);
        digits[count++] = (char)('0' + digit + up);
        if (down || up) return count;
    }
}

/* ---- Reading ---- */

#define PARSE_DIGITS 770 /* what comes after them decides ties only */

/* The number's digits, those after PARSE_DIGITS as one 1 if they are not all 0. */
static size_t take_digits(Limb *a, const ExactNumber *number, int64_t *exponent)
{
    size_t n = 0, taken = 0;
    const char *next = number->text;
    Limb part = 0, factor = 1;
    for (; taken < number->digits && taken < PARSE_DIGITS; next++) {
        if (*next < '0') continue; /* The point. */
        part = part * 10 + (Limb)(*next - '0');
        factor *= 10;
        if (++taken < number->digits && taken < PARSE_DIGITS && factor <= (Limb)-1 / 10) continue;
        Limb carry = limbs_mul_small(a, n, factor, part);
        if (n == 0) carry = part;
        if (carry) a[n++] = carry;
        part = 0;
        factor = 1;
    }
    *exponent = number->exponent + (int64_t)(number->digits - taken);
    for (; taken < number->digits; next++) {
        taken += *next >= '0';
        if (*next <= '0') continue;
        Limb carry = limbs_mul_small(a, n, 10, 1);
        if (carry) a[n++] = carry;
        --*exponent;
        break;
    }
    return n;
}

/* a / 5^fives * 2^-fives; a has DIGITS_ROOM limbs. */
static double divide_power(Limb *a, size_t n, unsigned fives)
{
    Limb rest[DIGITS_ROOM + 1], by[DIGITS_ROOM], scratch[DIGITS_ROOM];
    Limb quotient[128 / LIMB_BITS + 2];
    by[0] = 1;
    size_t m = multiply_power(by, 1, 5, fives);
    /* Such that the quotient has 65 or 66 bits. */
    int shift = 65 - (int)limbs_bit_length(a, n) + (int)limbs_bit_length(by, m);
    bool lost = false;
    if (shift < 0) {
        n = limbs_shift_right(a, a, n, (size_t)-shift, &lost);
    } else {
        memcpy(rest, a, n * sizeof *a);
        n = limbs_shift_left(a, rest, n, (size_t)shift);
    }
    size_t size, rest_size;
    limbs_divide(quotient, &size, rest, &rest_size, a, n, by, m, scratch);
    int top;
    bool sticky;
    uint64_t mantissa = limbs_top(quotient, size, &top, &sticky);
    return double_make(mantissa, sticky || lost || rest_size, top - shift - (int)fives);
}

double exact_parse(const ExactNumber *number)
{
    Limb a[DIGITS_ROOM];
    int64_t exponent;
    if (number->digits == 0) return 0;
    if (number->exponent + (int64_t)number->digits > 310) return double_make(1, false, 1024);
    if (number->exponent + (int64_t)number->digits < -330) return 0;
    size_t n = take_digits(a, number, &exponent);
    if (exponent < 0) return divide_power(a, n, (unsigned)-exponent);
    n = multiply_power(a, n, 5, (unsigned)exponent);
    int top;
    bool sticky;
    uint64_t mantissa = limbs_top(a, n, &top, &sticky);
    return double_make(mantissa, sticky, top + (int)exponent);
}
