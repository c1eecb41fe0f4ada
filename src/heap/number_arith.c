/* SPDX-License-Identifier: Apache-2.0 */
/* number_arith.c - sums, products and quotients of any two numbers. */

#include "heap/number_parts.h"
#include "base/double.h"
#include "term/release.h"

/* ---- Floats ---- */

static Term float_result(Calc *calc, double d)
{
    if (!double_is_finite(d)) return number_fail(calc, A(badarith));
    Term result = float_make(calc->heap, d);
    if (is_none(result)) calc->why = A(system_limit);
    return result;
}

/* Both as doubles; false, with why: not numbers, or too large. */
static bool to_doubles(Calc *calc, Term a, Term b, double *x, double *y)
{
    bool fine = is_number(a) && is_number(b) && number_to_double(a, x) && number_to_double(b, y);
    if (!fine) calc->why = A(badarith);
    return fine;
}

static inline bool are_integers(Term a, Term b) { return is_integer(a) && is_integer(b); }

/* ---- Sums ---- */

/* |a| + |b| with the sign of a. */
static Term add_magnitudes(Calc *calc, const Magnitude *a, const Magnitude *b)
{
    size_t room = (a->size > b->size ? a->size : b->size) + 1;
    Term *p = big_reserve(calc, room);
    if (!p) return TERM_NONE;
    size_t size = limbs_add(p + 1, a->limbs, a->size, b->limbs, b->size);
    number_charge(calc, room);
    return big_finish(calc, p, 1 + room, size, a->negative);
}

/* |a| - |b| with the sign of a, or the other where |b| is larger. */
static Term subtract_magnitudes(Calc *calc, const Magnitude *a, const Magnitude *b)
{
    bool negative = a->negative;
    int order = limbs_compare(a->limbs, a->size, b->limbs, b->size);
    if (order == 0) return make_small(0);
    if (order < 0) {
        const Magnitude *larger = b;
        b = a;
        a = larger;
        negative = !negative;
    }
    Term *p = big_reserve(calc, a->size);
    if (!p) return TERM_NONE;
    size_t size = limbs_sub(p + 1, a->limbs, a->size, b->limbs, b->size);
    number_charge(calc, a->size);
    return big_finish(calc, p, 1 + a->size, size, negative);
}

static Term sum_of_integers(Calc *calc, Term a, Term b, bool subtract)
{
    Magnitude x, y;
    magnitude_of(a, &x);
    magnitude_of(b, &y);
    if (subtract) y.negative = !y.negative;
    if (x.negative == y.negative) return add_magnitudes(calc, &x, &y);
    return subtract_magnitudes(calc, &x, &y);
}

/* The sum of two small integers fits a word. */
static Term integer_of_word(Calc *calc, Word value)
{
    return integer_of_pair(calc, 0, value < 0 ? 0 - (Limb)value : (Limb)value, value < 0);
}

Term number_add(Calc *calc, Term a, Term b)
{
    double x, y;
    if (are_small(a, b)) return integer_of_word(calc, small_value(a) + small_value(b));
    if (are_integers(a, b)) return sum_of_integers(calc, a, b, false);
    if (!to_doubles(calc, a, b, &x, &y)) return TERM_NONE;
    return float_result(calc, x + y);
}

Term number_sub(Calc *calc, Term a, Term b)
{
    double x, y;
    if (are_small(a, b)) return integer_of_word(calc, small_value(a) - small_value(b));
    if (are_integers(a, b)) return sum_of_integers(calc, a, b, true);
    if (!to_doubles(calc, a, b, &x, &y)) return TERM_NONE;
    return float_result(calc, x - y);
}

static Term negate_integer(Calc *calc, Term a)
{
    Magnitude m;
    magnitude_of(a, &m);
    Term *p = big_reserve(calc, m.size ? m.size : 1);
    if (!p) return TERM_NONE;
    memcpy(p + 1, m.limbs, m.size * sizeof(Limb));
    return big_finish(calc, p, 1 + m.size, m.size, !m.negative);
}

Term number_negate(Calc *calc, Term a)
{
    if (is_small(a)) return integer_of_word(calc, -small_value(a));
    if (is_float(a)) return float_result(calc, -float_value(a));
    if (!is_big(a)) return number_fail(calc, A(badarith));
    return negate_integer(calc, a);
}

Term number_plus(Calc *calc, Term a) { return is_number(a) ? a : number_fail(calc, A(badarith)); }

Term number_abs(Calc *calc, Term a)
{
    if (is_small(a)) return small_value(a) < 0 ? integer_of_word(calc, -small_value(a)) : a;
    if (is_float(a)) {
        double d = float_value(a);
        bool negative = release_has_signed_zeros() ? __builtin_signbit(d) : d < 0;
        return negative ? float_result(calc, -d) : a;
    }
    if (!is_big(a)) return number_fail(calc, A(badarg));
    return big_is_negative(a) ? negate_integer(calc, a) : a;
}

/* ---- Products ---- */

static Term multiply_magnitudes(Calc *calc, const Magnitude *a, const Magnitude *b)
{
    bool negative = a->negative != b->negative;
    if (a->size <= 1 && b->size <= 1) {
        Limb2 product = (Limb2)(a->size ? a->limbs[0] : 0) * (b->size ? b->limbs[0] : 0);
        return integer_of_pair(calc, (Limb)(product >> LIMB_BITS), (Limb)product, negative);
    }
    if (a->size == 0 || b->size == 0) return make_small(0);
    size_t room = a->size + b->size, extra = limbs_mul_scratch(a->size, b->size);
    Term *p = big_reserve(calc, room);
    if (!p) return TERM_NONE;
    Limb *scratch = extra ? memory_alloc(extra * sizeof(Limb)) : NULL;
    if (extra && !scratch) {
        heap_trim(calc->heap, p, p);
        return number_fail(calc, A(system_limit));
    }
    size_t size = limbs_mul(p + 1, a->limbs, a->size, b->limbs, b->size, scratch);
    if (extra) memory_free(scratch, extra * sizeof(Limb));
    number_charge(calc, limbs_mul_cost(a->size, b->size));
    return big_finish(calc, p, 1 + room, size, negative);
}

Term number_mul(Calc *calc, Term a, Term b)
{
    double x, y;
    if (are_integers(a, b)) {
        Magnitude m, n;
        magnitude_of(a, &m);
        magnitude_of(b, &n);
        return multiply_magnitudes(calc, &m, &n);
    }
    if (!to_doubles(calc, a, b, &x, &y)) return TERM_NONE;
    return float_result(calc, x * y);
}

/* ---- Quotients ---- */

Term number_divide(Calc *calc, Term a, Term b)
{
    double x, y;
    if (!to_doubles(calc, a, b, &x, &y)) return TERM_NONE;
    if (y == 0) return number_fail(calc, A(badarith));
    return float_result(calc, x / y);
}

/* Quotient or remainder where |a| >= |b| and a is big. Towards 0: the remainder has a's sign. */
static Term divide_magnitudes(Calc *calc, const Magnitude *a, const Magnitude *b, bool remainder)
{
    size_t n = a->size, m = b->size, q_size, r_size;
    size_t room = remainder ? n + 1 : n - m + 1;
    Term *p = big_reserve(calc, room);
    if (!p) return TERM_NONE;
    Scratch s;
    if (!scratch_take(&s, calc, m + (remainder ? n - m + 1 : n + 1))) {
        heap_trim(calc->heap, p, p);
        return TERM_NONE;
    }
    Limb *other = s.limbs + m;
    Limb *q = remainder ? other : p + 1, *r = remainder ? p + 1 : other;
    limbs_divide(q, &q_size, r, &r_size, a->limbs, n, b->limbs, m, s.limbs);
    scratch_free(&s);
    number_charge(calc, (uint64_t)m * (n - m + 1));
    if (remainder) return big_finish(calc, p, 1 + room, r_size, a->negative);
    return big_finish(calc, p, 1 + room, q_size, a->negative != b->negative);
}

static Term divide_integers(Calc *calc, Term a, Term b, bool remainder)
{
    if (!are_integers(a, b) || b == make_small(0)) return number_fail(calc, A(badarith));
    if (are_small(a, b)) {
        Word x = small_value(a), y = small_value(b); /* SMALL_MIN / -1 fits a Word. */
        return remainder ? make_small(x % y) : integer_of_word(calc, x / y);
    }
    Magnitude x, y;
    magnitude_of(a, &x);
    magnitude_of(b, &y);
    if (limbs_compare(x.limbs, x.size, y.limbs, y.size) < 0) return remainder ? a : make_small(0);
    if (x.size == 1) {
        Limb result = remainder ? x.limbs[0] % y.limbs[0] : x.limbs[0] / y.limbs[0];
        return integer_of_pair(calc, 0, result, x.negative != (y.negative && !remainder));
    }
    return divide_magnitudes(calc, &x, &y, remainder);
}

Term number_div(Calc *calc, Term a, Term b) { return divide_integers(calc, a, b, false); }

Term number_rem(Calc *calc, Term a, Term b) { return divide_integers(calc, a, b, true); }
