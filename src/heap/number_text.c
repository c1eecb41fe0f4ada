/* SPDX-License-Identifier: Apache-2.0 */
/* number_text.c - integers as text and back. */

#include "heap/number_parts.h"

/* ---- Reading ---- */

/* Digits of which so many are below 2^63 in any base: 12 in base 36. */
#define FEW_DIGITS 12

static int64_t few_digits(const char *digits, size_t count, unsigned base)
{
    int64_t value = 0;
    for (size_t i = 0; i < count; i++) value = value * base + number_digit_value(digits[i]);
    return value;
}

static Term many_digits(Calc *calc, const char *digits, size_t count, unsigned base, bool negative)
{
    size_t room = limbs_from_text_size(count, base);
    if (count > INTEGER_BITS_MAX || room > INTEGER_LIMBS_MAX + INTEGER_LIMBS_MAX / 2)
        return number_fail(calc, A(system_limit));
    Scratch s;
    if (!scratch_take(&s, calc, room)) return TERM_NONE;
    size_t size = limbs_from_text(s.limbs, digits, count, base);
    number_charge(calc, (uint64_t)size * size);
    Term result = integer_from_limbs(calc->heap, s.limbs, size, negative);
    scratch_free(&s);
    if (is_none(result)) calc->why = A(system_limit);
    return result;
}

Term integer_from_text(Calc *calc, const char *text, size_t size, unsigned base)
{
    bool negative = size && *text == '-';
    if (size && (*text == '-' || *text == '+')) {
        text++;
        size--;
    }
    if (size == 0) return number_fail(calc, A(badarg));
    for (size_t i = 0; i < size; i++) {
        if (number_digit_value(text[i]) >= base) return number_fail(calc, A(badarg));
    }
    while (size > 1 && *text == '0') {
        text++;
        size--;
    }
    if (size > FEW_DIGITS) return many_digits(calc, text, size, base, negative);
    int64_t value = few_digits(text, size, base);
    Term result = integer_from_i64(calc->heap, negative ? -value : value);
    if (is_none(result)) calc->why = A(system_limit);
    return result;
}

/* ---- Writing ---- */

size_t integer_text_size(Term t, unsigned base)
{
    if (is_small(t) && base >= 10) return 21; /* sign and 20 digits */
    Magnitude m;
    magnitude_of(t, &m);
    return limbs_text_size(limbs_bit_length(m.limbs, m.size), base) + 1;
}

static size_t small_to_text(Word value, unsigned base, char *out)
{
    char digits[WORD_BITS];
    size_t count = 0, length = 0;
    uintptr_t magnitude = value < 0 ? 0 - (uintptr_t)value : (uintptr_t)value;
    if (base == 10) {
        do digits[count++] = (char)('0' + magnitude % 10);
        while (magnitude /= 10);
    } else {
        do digits[count++] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"[magnitude % base];
        while (magnitude /= base);
    }
    if (value < 0) out[length++] = '-';
    while (count) out[length++] = digits[--count];
    return length;
}

size_t integer_to_text(Term t, unsigned base, char *out)
{
    if (is_small(t)) return small_to_text(small_value(t), base, out);
    Calc unused = {NULL, TERM_NIL, 0};
    Scratch s;
    size_t size = big_size(t), sign = 0;
    if (!scratch_take(&s, &unused, size)) return SIZE_MAX;
    memcpy(s.limbs, big_limbs(t), size * sizeof(Limb));
    if (big_is_negative(t)) out[sign++] = '-';
    size_t length = limbs_to_text(out + sign, s.limbs, size, base);
    scratch_free(&s);
    return sign + length;
}
