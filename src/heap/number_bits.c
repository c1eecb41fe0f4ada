/* SPDX-License-Identifier: Apache-2.0 */
/* number_bits.c - integers as rows of bits without end, in two's complement. */

#include "heap/number_parts.h"

/* ---- And, or, xor ---- */

typedef enum BitOperator { BIT_AND, BIT_OR, BIT_XOR } BitOperator;

static inline Limb combine(BitOperator op, Limb a, Limb b)
{
    if (op == BIT_AND) return a & b;
    return op == BIT_OR ? a | b : a ^ b;
}

/* Limb `i` of an integer in two's complement: of a negative one, ~(magnitude - 1). */
static inline Limb twos_limb(const Magnitude *m, size_t i, Limb *borrow)
{
    Limb limb = i < m->size ? m->limbs[i] : 0, taken = limb - *borrow;
    *borrow = *borrow && limb == 0;
    return m->negative ? ~taken : taken;
}

/* Limbs that the result can have. */
static size_t result_limbs(BitOperator op, const Magnitude *a, const Magnitude *b)
{
    size_t most = (a->size > b->size ? a->size : b->size) + 1;
    if (op == BIT_AND) {
        if (!a->negative) most = a->size;
        if (!b->negative && b->size < most) most = b->size;
    }
    return most;
}

static Term combine_magnitudes(Calc *calc, BitOperator op, const Magnitude *a, const Magnitude *b)
{
    size_t count = result_limbs(op, a, b);
    if (count == 0) return make_small(0);
    bool negative = combine(op, a->negative, b->negative);
    Limb a_borrow = a->negative, b_borrow = b->negative, carry = negative;
    if (count == 1) {
        Limb limb = combine(op, twos_limb(a, 0, &a_borrow), twos_limb(b, 0, &b_borrow));
        return integer_of_pair(calc, 0, negative ? 0 - limb : limb, negative);
    }
    Term *p = big_reserve(calc, count);
    if (!p) return TERM_NONE;
    for (size_t i = 0; i < count; i++) {
        Limb limb = combine(op, twos_limb(a, i, &a_borrow), twos_limb(b, i, &b_borrow));
        if (negative) limb = ~limb + carry;
        carry = carry && limb == 0;
        p[1 + i] = limb;
    }
    number_charge(calc, count);
    return big_finish(calc, p, 1 + count, limbs_size(p + 1, count), negative);
}

static inline Term combine_integers(Calc *calc, BitOperator op, Term a, Term b)
{
    if (!is_integer(a) || !is_integer(b)) return number_fail(calc, A(badarith));
    if (are_small(a, b)) return combine(op, a, b);
    Magnitude x, y;
    magnitude_of(a, &x);
    magnitude_of(b, &y);
    return combine_magnitudes(calc, op, &x, &y);
}

Term number_band(Calc *calc, Term a, Term b) { return combine_integers(calc, BIT_AND, a, b); }

Term number_bor(Calc *calc, Term a, Term b) { return combine_integers(calc, BIT_OR, a, b); }

Term number_bxor(Calc *calc, Term a, Term b) { return combine_integers(calc, BIT_XOR, a, b); }

Term number_bnot(Calc *calc, Term a)
{
    if (is_small(a)) return make_small(~small_value(a));
    if (!is_big(a)) return number_fail(calc, A(badarith));
    return combine_integers(calc, BIT_XOR, a, make_small(-1));
}

/* ---- Shifts ---- */

static Term shift_left(Calc *calc, Term a, size_t shift)
{
    Magnitude m;
    magnitude_of(a, &m);
    if (m.size == 0) return a;
    if (shift > INTEGER_BITS_MAX) return number_fail(calc, A(system_limit));
    size_t room = m.size + shift / LIMB_BITS + 1;
    Term *p = big_reserve(calc, room);
    if (!p) return TERM_NONE;
    size_t size = limbs_shift_left(p + 1, m.limbs, m.size, shift);
    number_charge(calc, room);
    return big_finish(calc, p, 1 + room, size, m.negative);
}

/* Towards minus infinity. */
static Term shift_right(Calc *calc, Term a, size_t shift)
{
    if (is_small(a)) {
        unsigned by = shift < (size_t)WORD_BITS ? (unsigned)shift : (unsigned)WORD_BITS - 1;
        return make_small(small_value(a) >> by);
    }
    Magnitude m;
    magnitude_of(a, &m);
    size_t whole = shift / LIMB_BITS;
    if (whole >= m.size) return make_small(m.negative ? -1 : 0);
    Term *p = big_reserve(calc, m.size + 1);
    if (!p) return TERM_NONE;
    bool lost;
    size_t size = limbs_shift_right(p + 1, m.limbs, m.size, shift, &lost);
    Limb one = 1;
    if (m.negative && lost) size = limbs_add(p + 1, p + 1, size, &one, 1);
    number_charge(calc, m.size);
    return big_finish(calc, p, 2 + m.size, size, m.negative);
}

/* A count of bits that no integer has, where it is too large for a size. */
static size_t shift_count(Term by)
{
    Magnitude m;
    magnitude_of(by, &m);
    if (m.size == 0) return 0;
    return m.size == 1 ? m.limbs[0] : SIZE_MAX;
}

static Term shift_by(Calc *calc, Term a, Term by, bool left)
{
    if (!is_integer(a) || !is_integer(by)) return number_fail(calc, A(badarith));
    bool negative = is_small(by) ? small_value(by) < 0 : big_is_negative(by);
    size_t count = shift_count(by);
    return left != negative ? shift_left(calc, a, count) : shift_right(calc, a, count);
}

Term number_bsl(Calc *calc, Term a, Term b) { return shift_by(calc, a, b, true); }

Term number_bsr(Calc *calc, Term a, Term b) { return shift_by(calc, a, b, false); }
