/* SPDX-License-Identifier: Apache-2.0 */
/* compare.h - Erlang's order and equality of terms. */
#ifndef TERM_COMPARE_H
#define TERM_COMPARE_H

/* Number < atom < reference < fun < port < pid < tuple < map < list < bitstring.
   No C recursion: nested terms go on a worklist; the first levels live on the C stack, a deeper one
   allocates. There is always an answer: see term/exhausted.h. Class *charged* of design D27. */

#include "term/term.h"

/* -1, 0 or 1; integers and floats compare by value (==). */
int term_compare(Term a, Term b);
/* -1, 0 or 1 in the total order in which integers are smaller than floats (=:=; map keys). */
int term_compare_exact(Term a, Term b);
bool term_equal(Term a, Term b); /* == */
bool term_equal_exact_slow(Term a, Term b);
/* =:= */
INLINE bool term_equal_exact(Term a, Term b)
{
    if (a == b) return true;
    if (is_immediate(a) || is_immediate(b)) return false;
    return term_equal_exact_slow(a, b);
}

/* Compares two numbers by value; exact for integer against float of any size. */
int number_compare(Term a, Term b);

#endif
