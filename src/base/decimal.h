/* SPDX-License-Identifier: Apache-2.0 */
/* decimal.h - doubles as decimal text and back, exactly. */
#ifndef BASE_DECIMAL_H
#define BASE_DECIMAL_H

/* No rounding error is ever made: where the fast ways cannot decide, arithmetic on limbs does. All
   doubles given must be finite. Texts are not ended by a zero byte. Nothing is allocated; at most
   about 2 KB of stack are used. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define DECIMAL_FIXED_MAX 253      /* decimals of decimal_fixed */
#define DECIMAL_SCIENTIFIC_MAX 249 /* decimals of decimal_scientific */
#define DECIMAL_SHORT_SIZE 26      /* room for decimal_short */
#define DECIMAL_SCIENTIFIC_SIZE(decimals) ((decimals) + 9) /* room for decimal_scientific */
#define DECIMAL_FIXED_SIZE(decimals) ((decimals) + 312)    /* room for decimal_fixed */
#define DECIMAL_DIGITS_MAX 17

/* The fewest digits that read back as `d` (> 0), of these the nearest: writes 1 to 17 digits,
   returns how many. d = 0.DIGITS * 10^*point. */
unsigned decimal_digits(double d, char *digits, int *point);

/* As float_to_list(D, [short]): the shortest form that reads back, "1.0", "1.0e-5". */
size_t decimal_short(double d, char *out);

/* As printf's %.*e, up to DECIMAL_SCIENTIFIC_MAX decimals. float_to_list/1 has 20. */
size_t decimal_scientific(double d, unsigned decimals, char *out);

/* As float_to_list(D, [{decimals, N}]), up to DECIMAL_FIXED_MAX: rounds what is nearest to D's
   fraction in double arithmetic, as OTP does, not the exact value. `compact` drops zeros at the end
   down to one decimal. */
size_t decimal_fixed(double d, unsigned decimals, bool compact, char *out);

/* As printf's %.*f, rounded exactly, up to DECIMAL_FIXED_MAX decimals. */
size_t decimal_fixed_exact(double d, unsigned decimals, char *out);

/* Reads all of `text`: [+-] digits . digits [e|E [+-] digits], as list_to_float. Nearest double,
   ties to even. False: not of this form, or too large for a double. */
bool decimal_parse(const char *text, size_t size, double *d);

#endif
