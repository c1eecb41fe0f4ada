/* SPDX-License-Identifier: Apache-2.0 */
/* number_parts.h - what the files of number.h share: integers as sign and magnitude. */
#ifndef HEAP_NUMBER_PARTS_H
#define HEAP_NUMBER_PARTS_H

/* Operations read any integer as a Magnitude, write their result's limbs behind a header that is
   reserved large enough, and finish: the result becomes small where it fits, unused words go
   back to the heap. Only heap/number*.c include this. */

#include "base/limbs.h"
#include "base/memory.h"
#include "heap/number.h"
#include "term/atom.h"

#define INTEGER_LIMBS_MAX (INTEGER_BITS_MAX / LIMB_BITS)

typedef struct Magnitude {
    const Limb *limbs; /* `one`, or inside the term */
    size_t size;       /* normalised: 0 for 0 */
    bool negative;
    Limb one;
} Magnitude;

/* `t` is an integer. The result may not be copied: it can point into itself. */
static inline void magnitude_of(Term t, Magnitude *m)
{
    if (is_small(t)) {
        Word value = small_value(t);
        m->negative = value < 0;
        m->one = value < 0 ? 0 - (Limb)value : (Limb)value;
        m->size = value != 0;
        m->limbs = &m->one;
    } else {
        Term header = boxed_header(t);
        m->negative = header_kind(header) == KIND_BIG_NEG;
        m->size = header_size(header);
        m->limbs = big_limbs(t);
    }
}

static inline Term number_fail(Calc *calc, Term why)
{
    calc->why = why;
    return TERM_NONE;
}

/* Work on that many limbs. What one operation may cost is limited, so that sums do not overflow. */
#define COST_MAX 1000000
static inline void number_charge(Calc *calc, uint64_t limbs)
{
    calc->cost += limbs / 64 < COST_MAX ? (size_t)(limbs / 64) : COST_MAX;
}

/* The integer of one limb. */
static inline bool limb_is_small(Limb limb, bool negative)
{
    return limb <= (Limb)SMALL_MAX + negative;
}
static inline Term small_of_limb(Limb limb, bool negative)
{
    return make_small(negative ? (Word)(0 - limb) : (Word)limb);
}

/* Header and `limbs` limbs behind it; NULL: too large or out of memory, with calc->why. */
Term *big_reserve(Calc *calc, size_t limbs);
/* The integer whose limbs stand at p + 1, of `reserved` words with the header, of which `size`
   limbs are used, normalised. TERM_NONE: larger than any integer may be. */
Term big_finish(Calc *calc, Term *p, size_t reserved, size_t size, bool negative);
/* An integer of two limbs or one. */
Term integer_of_pair(Calc *calc, Limb high, Limb low, bool negative);

/* Limbs for a while: on the C stack while they are few. */
#define SCRATCH_LIMBS 96
typedef struct Scratch {
    Limb *limbs; /* NULL: out of memory, with calc->why */
    size_t count;
    Limb few[SCRATCH_LIMBS];
} Scratch;
static inline Limb *scratch_take(Scratch *s, Calc *calc, size_t count)
{
    s->count = count;
    s->limbs = count <= SCRATCH_LIMBS ? s->few : memory_alloc(count * sizeof(Limb));
    if (!s->limbs) calc->why = A(system_limit);
    return s->limbs;
}
static inline void scratch_free(Scratch *s)
{
    if (s->limbs != s->few) memory_free(s->limbs, s->count * sizeof(Limb));
}

/* The integer nearest to 0 between 0 and `d`, which is finite. */
Term integer_from_double(Calc *calc, double d);

#endif
