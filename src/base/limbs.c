/* SPDX-License-Identifier: Apache-2.0 */
/* limbs.c - arithmetic on magnitudes. */

#include "base/limbs.h"
#include <string.h>
#include "base/double.h"

#define KARATSUBA 40 /* limbs; measured: below it the plain product is faster */

static unsigned leading_zeros(Limb a)
{
    if (LIMB_BITS == 64) return (unsigned)__builtin_clzll(a);
    return (unsigned)__builtin_clz((unsigned)a);
}

size_t limbs_size(const Limb *a, size_t n)
{
    while (n && a[n - 1] == 0) n--;
    return n;
}

int limbs_compare(const Limb *a, size_t n, const Limb *b, size_t m)
{
    if (n != m) return n < m ? -1 : 1;
    while (n--) {
        if (a[n] != b[n]) return a[n] < b[n] ? -1 : 1;
    }
    return 0;
}

size_t limbs_add(Limb *r, const Limb *a, size_t n, const Limb *b, size_t m)
{
    if (n < m) return limbs_add(r, b, m, a, n);
    Limb carry = 0;
    size_t i = 0;
    for (; i < m; i++) {
        Limb sum = a[i] + b[i], result = sum + carry;
        carry = (sum < a[i]) | (result < sum);
        r[i] = result;
    }
    for (; i < n && carry; i++) {
        r[i] = a[i] + 1;
        carry = r[i] == 0;
    }
    if (r != a) memmove(r + i, a + i, (n - i) * sizeof *r);
    r[n] = carry;
    return limbs_size(r, n + 1);
}

size_t limbs_sub(Limb *r, const Limb *a, size_t n, const Limb *b, size_t m)
{
    Limb borrow = 0;
    size_t i = 0;
    if (m > n) m = n; /* What is above is 0. */
    for (; i < m; i++) {
        Limb left = a[i] - b[i], result = left - borrow;
        borrow = (a[i] < b[i]) | (left < borrow);
        r[i] = result;
    }
    for (; i < n && borrow; i++) {
        borrow = a[i] == 0;
        r[i] = a[i] - 1;
    }
    if (r != a) memmove(r + i, a + i, (n - i) * sizeof *r);
    return limbs_size(r, n);
}

/* ---- Products ---- */

/* r = a * by; the limb above. */
static Limb mul_row(Limb *r, const Limb *a, size_t n, Limb by)
{
    Limb carry = 0;
    for (size_t i = 0; i < n; i++) {
        Limb2 t = (Limb2)a[i] * by + carry;
        r[i] = (Limb)t;
        carry = (Limb)(t >> LIMB_BITS);
    }
    return carry;
}

/* r += a * by; the limb above. */
static Limb add_row(Limb *r, const Limb *a, size_t n, Limb by)
{
    Limb carry = 0;
    for (size_t i = 0; i < n; i++) {
        Limb2 t = (Limb2)a[i] * by + r[i] + carry;
        r[i] = (Limb)t;
        carry = (Limb)(t >> LIMB_BITS);
    }
    return carry;
}

/* Rows as long as a, so a should be the longer one; m > 0. */
static void mul_plain(Limb *r, const Limb *a, size_t n, const Limb *b, size_t m)
{
    r[n] = mul_row(r, a, n, b[0]);
    for (size_t i = 1; i < m; i++) r[n + i] = add_row(r + i, a, n, b[i]);
}

/* r[0..] += a, in place; the carry runs on. */
static void add_into(Limb *r, const Limb *a, size_t n)
{
    Limb carry = 0;
    for (size_t i = 0; i < n || carry; i++) {
        Limb2 sum = (Limb2)r[i] + (i < n ? a[i] : 0) + carry;
        r[i] = (Limb)sum;
        carry = (Limb)(sum >> LIMB_BITS);
    }
}

static void sub_from(Limb *r, const Limb *a, size_t n)
{
    Limb borrow = 0;
    for (size_t i = 0; i < n || borrow; i++) {
        Limb take = i < n ? a[i] : 0, left = r[i] - take, result = left - borrow;
        borrow = (r[i] < take) | (left < borrow);
        r[i] = result;
    }
}

/* Karatsuba for two numbers of n limbs: three products of half the size. */
static void mul_equal(Limb *r, const Limb *a, const Limb *b, size_t n, Limb *scratch)
{
    if (n < KARATSUBA) {
        mul_plain(r, a, n, b, n);
        return;
    }
    size_t low = n / 2, high = n - low, sum = high + 1;
    Limb *sa = scratch, *sb = sa + sum, *middle = sb + sum, *rest = middle + 2 * sum;
    mul_equal(r, a, b, low, rest);
    mul_equal(r + 2 * low, a + low, b + low, high, rest);
    memset(sa, 0, 2 * sum * sizeof *sa);
    limbs_add(sa, a + low, high, a, low);
    limbs_add(sb, b + low, high, b, low);
    mul_equal(middle, sa, sb, sum, rest);
    sub_from(middle, r, 2 * low);
    sub_from(middle, r + 2 * low, 2 * high);
    add_into(r + low, middle, limbs_size(middle, 2 * sum));
}

size_t limbs_mul_scratch(size_t n, size_t m)
{
    size_t least = n < m ? n : m;
    return least < KARATSUBA ? 0 : 14 * least + 256;
}

uint64_t limbs_mul_cost(size_t n, size_t m)
{
    size_t least = n < m ? n : m, most = n < m ? m : n;
    uint64_t times = 1;
    if (least < KARATSUBA) return (uint64_t)n * m;
    times = (most + least - 1) / least;
    for (; least >= KARATSUBA; least = (least + 1) / 2) times *= 3;
    return times * least * least;
}

size_t limbs_mul(Limb *r, const Limb *a, size_t n, const Limb *b, size_t m, Limb *scratch)
{
    if (n < m) return limbs_mul(r, b, m, a, n, scratch);
    if (m == 0) return 0;
    if (m < KARATSUBA) {
        mul_plain(r, a, n, b, m);
        return limbs_size(r, n + m);
    }
    /* Pieces of a as long as b, and a shorter one. Their lengths go down as in Euclid's algorithm,
       so the scratch of all depths together stays below 8 * m. */
    memset(r, 0, (n + m) * sizeof *r);
    Limb *product = scratch, *rest = scratch + 2 * m;
    for (size_t i = 0; i < n; i += m) {
        size_t size;
        if (n - i >= m) {
            mul_equal(product, a + i, b, m, rest);
            size = limbs_size(product, 2 * m);
        } else {
            size = limbs_mul(product, b, m, a + i, n - i, rest);
        }
        add_into(r + i, product, size);
    }
    return limbs_size(r, n + m);
}

Limb limbs_mul_small(Limb *a, size_t n, Limb by, Limb plus)
{
    for (size_t i = 0; i < n; i++) {
        Limb2 t = (Limb2)a[i] * by + plus;
        a[i] = (Limb)t;
        plus = (Limb)(t >> LIMB_BITS);
    }
    return plus;
}

/* ---- Quotients ---- */

/* Division by multiplication with an inverse (Moeller and Granlund, 2011): a machine's division of
   two limbs by one is slow, or a function's. The divisor has its top bit set. */

/* floor((B^2 - 1) / by) - B, where B is 2^LIMB_BITS */
static Limb inverse_of(Limb by) { return (Limb)(((Limb2)~by << LIMB_BITS | (Limb)-1) / by); }

/* (high, low) / by, where high < by. */
static Limb divide_pair(Limb high, Limb low, Limb by, Limb inverse, Limb *rest)
{
    Limb2 guess = (Limb2)inverse * high + ((Limb2)high << LIMB_BITS | low);
    Limb digit = (Limb)(guess >> LIMB_BITS) + 1, left = low - digit * by;
    if (left > (Limb)guess) {
        digit--;
        left += by;
    }
    if (left >= by) {
        digit++;
        left -= by;
    }
    *rest = left;
    return digit;
}

Limb limbs_divide_small(Limb *q, const Limb *a, size_t n, Limb b)
{
    unsigned shift = leading_zeros(b);
    Limb by = b << shift, inverse = inverse_of(by);
    Limb rest = shift && n ? a[n - 1] >> (LIMB_BITS - shift) : 0;
    while (n--) {
        Limb low = a[n] << shift;
        if (shift && n) low |= a[n - 1] >> (LIMB_BITS - shift);
        q[n] = divide_pair(rest, low, by, inverse, &rest);
    }
    return rest >> shift;
}

/* r (m + 1 limbs) -= digit * b; true if it is negative then. */
static bool subtract_product(Limb *r, const Limb *b, size_t m, Limb digit)
{
    Limb carry = 0; /* with the borrow: a product's upper half is never all ones */
    for (size_t i = 0; i < m; i++) {
        Limb2 t = (Limb2)digit * b[i] + carry;
        Limb take = (Limb)t, old = r[i];
        r[i] = old - take;
        carry = (Limb)(t >> LIMB_BITS) + (old < take);
    }
    Limb top = r[m];
    r[m] = top - carry;
    return top < carry;
}

/* r (m + 1 limbs) += b; true if it carries out: r is no longer negative. */
static bool add_back(Limb *r, const Limb *b, size_t m)
{
    Limb carry = 0;
    for (size_t i = 0; i < m; i++) {
        Limb2 sum = (Limb2)r[i] + b[i] + carry;
        r[i] = (Limb)sum;
        carry = (Limb)(sum >> LIMB_BITS);
    }
    r[m] += carry;
    return r[m] < carry;
}

/* An estimate of the next quotient digit, at most 2 too large (Knuth, algorithm D). */
static Limb estimate(const Limb *r, const Limb *b, size_t m, Limb inverse)
{
    Limb rest;
    if (r[m] >= b[m - 1]) return (Limb)-1;
    Limb digit = divide_pair(r[m], r[m - 1], b[m - 1], inverse, &rest);
    while ((Limb2)digit * b[m - 2] > ((Limb2)rest << LIMB_BITS | r[m - 2])) {
        digit--;
        rest += b[m - 1];
        if (rest < b[m - 1]) break;
    }
    return digit;
}

void limbs_divide(Limb *q, size_t *q_size, Limb *r, size_t *r_size, const Limb *a, size_t n,
                  const Limb *b, size_t m, Limb *scratch)
{
    if (m == 1) {
        r[0] = limbs_divide_small(q, a, n, b[0]);
        *q_size = limbs_size(q, n);
        *r_size = r[0] != 0;
        return;
    }
    unsigned shift = leading_zeros(b[m - 1]);
    memset(r, 0, (n + 1) * sizeof *r);
    limbs_shift_left(r, a, n, shift);
    for (size_t i = m; i-- > 0;)
        scratch[i] = shift ? b[i] << shift | (i ? b[i - 1] >> (LIMB_BITS - shift) : 0) : b[i];
    Limb inverse = inverse_of(scratch[m - 1]);
    for (size_t i = n - m + 1; i-- > 0;) {
        Limb digit = estimate(r + i, scratch, m, inverse);
        if (subtract_product(r + i, scratch, m, digit)) {
            do digit--;
            while (!add_back(r + i, scratch, m));
        }
        q[i] = digit;
    }
    *q_size = limbs_size(q, n - m + 1);
    bool lost;
    *r_size = limbs_shift_right(r, r, m, shift, &lost);
}

/* ---- Shifts ---- */

size_t limbs_shift_left(Limb *r, const Limb *a, size_t n, size_t shift)
{
    size_t whole = shift / LIMB_BITS;
    unsigned bits = shift % LIMB_BITS;
    Limb carry = bits && n ? a[n - 1] >> (LIMB_BITS - bits) : 0;
    r[n + whole] = carry;
    for (size_t i = n; i-- > 0;)
        r[i + whole] = bits ? a[i] << bits | (i ? a[i - 1] >> (LIMB_BITS - bits) : 0) : a[i];
    if (whole) memset(r, 0, whole * sizeof *r);
    return limbs_size(r, n + whole + 1);
}

size_t limbs_shift_right(Limb *r, const Limb *a, size_t n, size_t shift, bool *lost)
{
    size_t whole = shift / LIMB_BITS;
    unsigned bits = shift % LIMB_BITS;
    *lost = false;
    for (size_t i = 0; i < n && i < whole; i++) *lost |= a[i] != 0;
    if (whole >= n) return 0;
    if (bits) *lost |= (a[whole] << (LIMB_BITS - bits)) != 0;
    for (size_t i = 0; i + whole < n; i++) {
        Limb above = i + whole + 1 < n ? a[i + whole + 1] : 0;
        r[i] = bits ? a[i + whole] >> bits | above << (LIMB_BITS - bits) : a[i + whole];
    }
    return limbs_size(r, n - whole);
}

size_t limbs_bit_length(const Limb *a, size_t n)
{
    n = limbs_size(a, n);
    return n ? n * LIMB_BITS - leading_zeros(a[n - 1]) : 0;
}

/* ---- Text ---- */

/* The largest power of base that fits a limb, and its exponent. */
static Limb chunk_of(unsigned base, unsigned *digits)
{
    Limb power = base;
    *digits = 1;
    while (power <= (Limb)-1 / base) {
        power *= base;
        ++*digits;
    }
    return power;
}

static unsigned bits_per_digit_floor(unsigned base) { return 31 - (unsigned)__builtin_clz(base); }

size_t limbs_text_size(size_t bits, unsigned base) { return bits / bits_per_digit_floor(base) + 2; }

size_t limbs_to_text(char *out, Limb *a, size_t n, unsigned base)
{
    unsigned digits;
    Limb chunk = chunk_of(base, &digits);
    size_t length = 0;
    n = limbs_size(a, n);
    do {
        Limb part = limbs_divide_small(a, a, n, chunk);
        n = limbs_size(a, n);
        for (unsigned i = 0; i < digits && (n || part || (length == 0 && i == 0)); i++) {
            out[length++] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"[part % base];
            part /= base;
        }
    } while (n);
    for (size_t i = 0; i < length / 2; i++) {
        char c = out[i];
        out[i] = out[length - 1 - i];
        out[length - 1 - i] = c;
    }
    return length;
}

static unsigned digit_value(char c)
{
    if (c <= '9') return (unsigned)(c - '0');
    return (unsigned)((c | 0x20) - 'a') + 10;
}

size_t limbs_from_text_size(size_t count, unsigned base)
{
    size_t bits = bits_per_digit_floor(base) + 1;
    return count * bits / LIMB_BITS + 2;
}

size_t limbs_from_text(Limb *r, const char *digits, size_t count, unsigned base)
{
    unsigned per_chunk;
    size_t n = 0;
    chunk_of(base, &per_chunk);
    while (count) {
        Limb part = 0, power = 1;
        for (unsigned i = 0; i < per_chunk && count; i++, count--) {
            part = part * base + digit_value(*digits++);
            power *= base;
        }
        Limb carry = limbs_mul_small(r, n, power, part);
        if (n == 0) carry = part;
        if (carry) r[n++] = carry;
    }
    return n;
}

uint64_t limbs_top(const Limb *a, size_t n, int *exponent, bool *sticky)
{
    size_t bits = limbs_bit_length(a, n), low = bits > 64 ? bits - 64 : 0;
    size_t whole = low / LIMB_BITS;
    unsigned shift = low % LIMB_BITS;
    uint64_t top = 0;
    *exponent = (int)low;
    *sticky = shift && (a[whole] << (LIMB_BITS - shift)) != 0;
    for (size_t i = 0; i < whole && !*sticky; i++) *sticky = a[i] != 0;
    n = limbs_size(a, n);
    for (size_t i = whole; i < n; i++) {
        int place = (int)(i - whole) * LIMB_BITS - (int)shift;
        top |= place < 0 ? (uint64_t)a[i] >> -place : (uint64_t)a[i] << place;
    }
    return top;
}

double limbs_to_double(const Limb *a, size_t n)
{
    int exponent;
    bool sticky;
    if (limbs_bit_length(a, n) > 1024) return double_make(1, false, 1024);
    uint64_t top = limbs_top(a, n, &exponent, &sticky);
    return double_make(top, sticky, exponent);
}
