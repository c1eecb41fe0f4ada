/* SPDX-License-Identifier: Apache-2.0 */
/* math.c - natives of module math. */

#include <math.h>
#include "base/double.h"
#include "heap/number.h"
#include "mote/native.h"

/* Arguments are any numbers that fit a double. One that does not is badarith, and so is what has no
   finite result; what is no number is badarg. */

typedef double Function1(double x);
typedef double Function2(double x, double y);

/* False: raised. */
static bool to_double(Process *p, Term t, double *d)
{
    if (is_number(t) && number_to_double(t, d)) return true;
    raise_error(p, is_number(t) ? A(badarith) : A(badarg));
    return false;
}

static Term result_of(Process *p, double d)
{
    if (!double_is_finite(d)) return raise_error(p, A(badarith));
    Term result = float_make(&p->heap, d);
    return is_none(result) ? native_memory(p) : result;
}

static Term call1(Process *p, const Term *args, Function1 *function)
{
    double x;
    if (!to_double(p, args[0], &x)) return TERM_NONE;
    return result_of(p, function(x));
}

static Term call2(Process *p, const Term *args, Function2 *function)
{
    double x, y;
    if (!to_double(p, args[0], &x) || !to_double(p, args[1], &y)) return TERM_NONE;
    return result_of(p, function(x, y));
}

#define MATH1(name, function) \
    static Term math_##name##_1(Process *p, Term *args) { return call1(p, args, function); }
#define MATH2(name, function) \
    static Term math_##name##_2(Process *p, Term *args) { return call2(p, args, function); }
MATH1(sin, sin)
MATH1(cos, cos)
MATH1(tan, tan)
MATH1(asin, asin)
MATH1(acos, acos)
MATH1(atan, atan)
MATH1(sinh, sinh)
MATH1(cosh, cosh)
MATH1(tanh, tanh)
MATH1(asinh, asinh)
MATH1(acosh, acosh)
MATH1(atanh, atanh)
MATH1(exp, exp)
MATH1(log, log)
MATH1(log2, log2)
MATH1(log10, log10)
MATH1(sqrt, sqrt)
MATH1(erf, erf)
MATH1(erfc, erfc)
MATH1(floor, floor)
MATH1(ceil, ceil)
MATH2(pow, pow)
MATH2(atan2, atan2)
MATH2(fmod, fmod)

static const Native math_natives[] = {
    NATIVE(math, sin, 1, CONSTANT),   NATIVE(math, cos, 1, CONSTANT),
    NATIVE(math, tan, 1, CONSTANT),   NATIVE(math, asin, 1, CONSTANT),
    NATIVE(math, acos, 1, CONSTANT),  NATIVE(math, atan, 1, CONSTANT),
    NATIVE(math, sinh, 1, CONSTANT),  NATIVE(math, cosh, 1, CONSTANT),
    NATIVE(math, tanh, 1, CONSTANT),  NATIVE(math, asinh, 1, CONSTANT),
    NATIVE(math, acosh, 1, CONSTANT), NATIVE(math, atanh, 1, CONSTANT),
    NATIVE(math, exp, 1, CONSTANT),   NATIVE(math, log, 1, CONSTANT),
    NATIVE(math, log2, 1, CONSTANT),  NATIVE(math, log10, 1, CONSTANT),
    NATIVE(math, sqrt, 1, CONSTANT),  NATIVE(math, erf, 1, CONSTANT),
    NATIVE(math, erfc, 1, CONSTANT),  NATIVE(math, floor, 1, CONSTANT),
    NATIVE(math, ceil, 1, CONSTANT),  NATIVE(math, pow, 2, CONSTANT),
    NATIVE(math, atan2, 2, CONSTANT), NATIVE(math, fmod, 2, CONSTANT),
};
NATIVE_TABLE(math);
