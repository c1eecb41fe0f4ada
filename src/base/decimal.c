/* SPDX-License-Identifier: Apache-2.0 */
/* decimal.c - the forms of doubles in text: short, scientific, fixed. */

#include "base/decimal.h"
#include <float.h>
#include <string.h>
#include "base/decimal_exact.h"
#include "base/double.h"

/* Doubles below this are apart by 1 or less. */
#define INTEGRAL 9007199254740992.0

static const double powers[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
#define POWER_MAX 22 /* higher powers of ten are not doubles */

static unsigned write_u64(uint64_t value, char *out)
{
    char digits[20];
    unsigned count = 0;
    do digits[count++] = (char)('0' + value % 10);
    while (value /= 10);
    for (unsigned i = 0; i < count; i++) out[i] = digits[count - 1 - i];
    return count;
}

static size_t write_sign(double d, char *out)
{
    *out = '-';
    return double_bits(d) >> 63;
}

static size_t write_zeros(size_t count, char *out)
{
    memset(out, '0', count);
    return count;
}

static size_t write_text(const char *text, size_t count, char *out)
{
    memcpy(out, text, count);
    return count;
}

/* ---- The fewest digits ---- */

#define FEW 1000000000000000 /* 15 digits */

/* Up to 15 digits are one double's alone, and times or by a power of ten that is exact, reading
   them back is one rounding: so where that gives `d`, these are its digits. */
static uint64_t few_digits(double d, int *scale)
{
    if (FLT_EVAL_METHOD != 0) return 0;
    int shift = 15 - exact_magnitude(d);
    if (shift < -POWER_MAX || shift > POWER_MAX) return 0;
    uint64_t digits =
        (uint64_t)((shift < 0 ? d / powers[-shift] : d * powers[shift]) + 0.5);
    if (digits >= FEW) {
        shift--;
        if (shift < -POWER_MAX) return 0;
        digits = (uint64_t)((shift < 0 ? d / powers[-shift] : d * powers[shift]) + 0.5);
    }
    double back = shift < 0 ? (double)digits * powers[-shift] : (double)digits / powers[shift];
    *scale = -shift;
    return back == d && digits <= FEW ? digits : 0;
}

unsigned decimal_digits(double d, char *digits, int *point)
{
    int scale;
    uint64_t few = few_digits(d, &scale);
    if (few == 0) return exact_shortest(d, digits, point);
    unsigned count = write_u64(few, digits);
    *point = (int)count + scale;
    while (digits[count - 1] == '0') count--;
    return count;
}

/* ---- [short] ---- */

static size_t write_exponent(int exponent, unsigned least, char *out)
{
    size_t length = 0;
    out[length++] = 'e';
    if (exponent < 0)
        out[length++] = '-';
    else if (least > 1)
        out[length++] = '+';
    unsigned value = (unsigned)(exponent < 0 ? -exponent : exponent);
    if (value < 10 && least > 1) out[length++] = '0';
    return length + write_u64(value, out + length);
}

/* D.DDDeX */
static size_t write_short_exponent(const char *digits, unsigned count, int point, char *out)
{
    size_t length = 0;
    out[length++] = digits[0];
    out[length++] = '.';
    if (count == 1) out[length++] = '0';
    length += write_text(digits + 1, count - 1, out + length);
    return length + write_exponent(point - 1, 1, out + length);
}

/* Zeros are written out where that is not longer than an exponent. */
static bool is_plain_shorter(unsigned count, int point)
{
    char exponent[8];
    int cost = (int)write_exponent(point - 1, 1, exponent) + (count == 1 ? 2 : 1);
    if (point <= 0) return 2 - point <= cost;
    return point - (int)count + 2 <= cost;
}

size_t decimal_short(double d, char *out)
{
    char digits[DECIMAL_DIGITS_MAX];
    int point;
    size_t length = write_sign(d, out);
    if (length) d = -d;
    if (d == 0) return length + write_text("0.0", 3, out + length);
    unsigned count = decimal_digits(d, digits, &point);
    out += length;
    bool plain = point > 0 && point < (int)count;
    if (d >= INTEGRAL || (!plain && !is_plain_shorter(count, point)))
        return length + write_short_exponent(digits, count, point, out);
    size_t whole = 0;
    if (point <= 0) {
        whole = write_text("0.", 2, out);
        whole += write_zeros((size_t)-point, out + whole);
        return length + whole + write_text(digits, count, out + whole);
    }
    size_t before = plain ? (size_t)point : count;
    whole = write_text(digits, before, out);
    whole += write_zeros((size_t)point - before, out + whole);
    out[whole++] = '.';
    if (plain) return length + whole + write_text(digits + before, count - before, out + whole);
    out[whole++] = '0';
    return length + whole;
}

/* ---- Scientific ---- */

size_t decimal_scientific(double d, unsigned decimals, char *out)
{
    char digits[EXACT_DIGITS_MAX];
    int point = 1;
    size_t length = write_sign(d, out);
    if (length) d = -d;
    size_t count = 0;
    if (d != 0) count = exact_digits(d, digits, &point);
    count = exact_round(digits, count, decimals + 1, &point);
    out[length++] = count ? digits[0] : '0';
    if (decimals) out[length++] = '.';
    size_t given = count ? count - 1 : 0;
    length += write_text(digits + 1, given, out + length);
    length += write_zeros(decimals - given, out + length);
    return length + write_exponent(point - 1, 2, out + length);
}

/* ---- Fixed ---- */

size_t decimal_fixed_exact(double d, unsigned decimals, char *out)
{
    char digits[EXACT_DIGITS_MAX];
    int point = 0;
    size_t length = write_sign(d, out), count = 0;
    if (length) d = -d;
    if (d != 0) count = exact_digits(d, digits, &point);
    count = exact_round(digits, count, (int)decimals + point, &point);
    size_t before = count && point > 0 ? (size_t)point : 0;
    if (before == 0) out[length++] = '0';
    size_t given = before < count ? before : count;
    length += write_text(digits, given, out + length);
    length += write_zeros(before - given, out + length);
    if (decimals) out[length++] = '.';
    size_t zeros = count && point < 0 ? (size_t)-point : 0;
    if (count == 0) zeros = decimals;
    length += write_zeros(zeros, out + length);
    length += write_text(digits + given, count - given, out + length);
    return length + write_zeros(decimals - zeros - (count - given), out + length);
}

#define FIXED_FAST_MAX 18 /* decimals; OTP prints more of them exactly */

/* d < 2^53. OTP differs from C's printf here: the fraction is scaled and rounded as a double. */
static size_t write_fixed_fast(double d, unsigned decimals, char *out)
{
    uint64_t whole = (uint64_t)d, unit = 1;
    for (unsigned i = 0; i < decimals; i++) unit *= 10;
    volatile double scaled = (d - (double)whole) * (double)unit;
    uint64_t fraction = (uint64_t)scaled;
    if (scaled - (double)fraction >= 0.5) fraction++;
    if (fraction >= unit) {
        fraction -= unit;
        whole++;
    }
    size_t length = write_u64(whole, out);
    if (decimals == 0) return length;
    out[length++] = '.';
    for (unsigned i = decimals; i-- > 0; fraction /= 10)
        out[length + i] = (char)('0' + fraction % 10);
    return length + decimals;
}

size_t decimal_fixed(double d, unsigned decimals, bool compact, char *out)
{
    size_t length;
    if (decimals > FIXED_FAST_MAX || d > INTEGRAL || d < -INTEGRAL) {
        length = decimal_fixed_exact(d, decimals, out);
    } else {
        length = write_sign(d, out);
        length += write_fixed_fast(length ? -d : d, decimals, out + length);
    }
    /* OTP differs: with no decimals it may drop zeros of an integer above 2^53. */
    if (compact && decimals) {
        while (out[length - 1] == '0' && out[length - 2] != '.') length--;
    }
    return length;
}

/* ---- Reading ---- */

typedef struct Reader {
    const char *next, *end;
} Reader;

static bool read_char(Reader *r, char a, char b)
{
    if (r->next == r->end || (*r->next != a && *r->next != b)) return false;
    r->next++;
    return true;
}

/* At least one digit. */
static bool read_digits(Reader *r)
{
    const char *start = r->next;
    while (r->next < r->end && *r->next >= '0' && *r->next <= '9') r->next++;
    return r->next > start;
}

#define EXPONENT_LIMIT ((int64_t)1 << 48) /* no text is long enough to make up for it */

static bool read_exponent(Reader *r, int64_t *exponent)
{
    *exponent = 0;
    if (!read_char(r, 'e', 'E')) return true;
    bool negative = read_char(r, '-', '-');
    if (!negative) read_char(r, '+', '+');
    const char *digit = r->next;
    if (!read_digits(r)) return false;
    for (; digit < r->next && *exponent < EXPONENT_LIMIT; digit++)
        *exponent = *exponent * 10 + (*digit - '0');
    if (negative) *exponent = -*exponent;
    return true;
}

static bool parse_fast(const ExactNumber *number, double *d)
{
    if (FLT_EVAL_METHOD != 0 || number->digits > 15) return false;
    if (number->exponent < -POWER_MAX || number->exponent > POWER_MAX) return false;
    uint64_t value = 0;
    const char *digit = number->text;
    for (size_t i = 0; i < number->digits; digit++) {
        if (*digit < '0') continue; /* The point. */
        value = value * 10 + (uint64_t)(*digit - '0');
        i++;
    }
    int64_t exponent = number->exponent;
    *d = exponent < 0 ? (double)value / powers[-exponent] : (double)value * powers[exponent];
    return true;
}

bool decimal_parse(const char *text, size_t size, double *d)
{
    Reader r = {text, text + size};
    bool negative = read_char(&r, '-', '-');
    if (!negative) read_char(&r, '+', '+');
    ExactNumber number = {.text = r.next};
    if (!read_digits(&r)) return false;
    size_t whole = (size_t)(r.next - number.text);
    if (!read_char(&r, '.', ',') || !read_digits(&r)) return false;
    number.digits = (size_t)(r.next - number.text) - 1;
    if (!read_exponent(&r, &number.exponent) || r.next != r.end) return false;
    number.exponent -= (int64_t)(number.digits - whole);
    while (number.digits && *number.text <= '0') {
        if (*number.text++ == '0') number.digits--;
    }
    if (!parse_fast(&number, d)) *d = exact_parse(&number);
    if (!double_is_finite(*d)) return false;
    if (negative) *d = -*d;
    return true;
}
