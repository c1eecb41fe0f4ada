/* SPDX-License-Identifier: Apache-2.0 */
/* number_float.c - floats, and integers made of them. */

#include <math.h>
#include "base/double.h"
#include "heap/number_parts.h"

Term float_make(Heap *heap, double d)
{
    Term *p = heap_reserve(heap, 1 + FLOAT_WORDS);
    return p ? float_put(p, d) : TERM_NONE;
}

bool number_to_double(Term t, double *d)
{
    if (is_small(t)) {
        *d = (double)small_value(t);
        return true;
    }
    if (is_float(t)) {
        *d = float_value(t);
        return true;
    }
    double magnitude = limbs_to_double(big_limbs(t), big_size(t));
    *d = big_is_negative(t) ? -magnitude : magnitude;
    return double_is_finite(magnitude);
}

Term integer_from_double(Calc *calc, double d)
{
    if (d > -9.2e18 && d < 9.2e18) {
        Term result = integer_from_i64(calc->heap, (int64_t)d);
        if (is_none(result)) calc->why = A(system_limit);
        return result;
    }
    int exponent;
    uint64_t mantissa = double_split(d, &exponent); /* exponent > 0 */
    Limb limbs[64 / LIMB_BITS] = {(Limb)mantissa};
    if (LIMB_BITS == 32) limbs[64 / LIMB_BITS - 1] = (Limb)(mantissa >> 32);
    size_t count = 64 / LIMB_BITS, room = count + (size_t)exponent / LIMB_BITS + 1;
    Term *p = big_reserve(calc, room);
    if (!p) return TERM_NONE;
    size_t size = limbs_shift_left(p + 1, limbs, count, (size_t)exponent);
    return big_finish(calc, p, 1 + room, size, d < 0);
}

Term number_float(Calc *calc, Term a)
{
    double d;
    if (is_float(a)) return a;
    if (!is_integer(a) || !number_to_double(a, &d)) return number_fail(calc, A(badarg));
    Term result = float_make(calc->heap, d);
    if (is_none(result)) calc->why = A(system_limit);
    return result;
}

Term number_trunc(Calc *calc, Term a)
{
    if (is_integer(a)) return a;
    if (!is_float(a)) return number_fail(calc, A(badarg));
    return integer_from_double(calc, float_value(a));
}

Term number_round(Calc *calc, Term a)
{
    if (is_integer(a)) return a;
    if (!is_float(a)) return number_fail(calc, A(badarg));
    return integer_from_double(calc, round(float_value(a)));
}

Term number_floor(Calc *calc, Term a)
{
    if (is_integer(a)) return a;
    if (!is_float(a)) return number_fail(calc, A(badarg));
    return integer_from_double(calc, floor(float_value(a)));
}

Term number_ceil(Calc *calc, Term a)
{
    if (is_integer(a)) return a;
    if (!is_float(a)) return number_fail(calc, A(badarg));
    return integer_from_double(calc, ceil(float_value(a)));
}
