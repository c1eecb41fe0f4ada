/* SPDX-License-Identifier: Apache-2.0 */
/* number.c - integers: building them and taking them apart. */

#include "heap/number_parts.h"

/* ---- Results ---- */

Term *big_reserve(Calc *calc, size_t limbs)
{
    /* One limb of slack: a sum, product or shift may need less than it reserves. */
    Term *p = limbs <= INTEGER_LIMBS_MAX + 1 ? heap_reserve(calc->heap, 1 + limbs) : NULL;
    if (!p) calc->why = A(system_limit);
    return p;
}

Term big_finish(Calc *calc, Term *p, size_t reserved, size_t size, bool negative)
{
    if (size <= 1) {
        Limb limb = size ? p[1] : 0;
        if (limb_is_small(limb, negative)) {
            heap_trim(calc->heap, p, p);
            return small_of_limb(limb, negative);
        }
    }
    if (size > INTEGER_LIMBS_MAX) {
        heap_trim(calc->heap, p, p);
        return number_fail(calc, A(system_limit));
    }
    if (size + 1 < reserved) heap_trim(calc->heap, p, p + 1 + size);
    p[0] = make_header(negative ? KIND_BIG_NEG : KIND_BIG_POS, size);
    return make_boxed(p);
}

Term integer_of_pair(Calc *calc, Limb high, Limb low, bool negative)
{
    if (!high && limb_is_small(low, negative)) return small_of_limb(low, negative);
    size_t size = high ? 2 : 1;
    Term *p = heap_reserve(calc->heap, 1 + size);
    if (!p) return number_fail(calc, A(system_limit));
    p[0] = make_header(negative ? KIND_BIG_NEG : KIND_BIG_POS, size);
    p[1] = low;
    if (high) p[2] = high;
    return make_boxed(p);
}

/* ---- 64 bits ---- */

/* Limbs of a 64-bit magnitude. */
static size_t put_u64(Limb *limbs, uint64_t value)
{
    limbs[0] = (Limb)value;
    if (LIMB_BITS == 64 || value >> 32 == 0) return 1;
    limbs[1] = (Limb)(value >> 32);
    return 2;
}

static Term make_big64(Heap *heap, uint64_t magnitude, bool negative)
{
    Limb limbs[2];
    size_t size = put_u64(limbs, magnitude);
    Term *p = heap_reserve(heap, 1 + size);
    if (!p) return TERM_NONE;
    p[0] = make_header(negative ? KIND_BIG_NEG : KIND_BIG_POS, size);
    memcpy(p + 1, limbs, size * sizeof(Limb));
    return make_boxed(p);
}

Term integer_from_i64(Heap *heap, int64_t v)
{
    if (v >= SMALL_MIN && v <= SMALL_MAX) return make_small((Word)v);
    return make_big64(heap, v < 0 ? 0 - (uint64_t)v : (uint64_t)v, v < 0);
}

Term integer_from_u64(Heap *heap, uint64_t v)
{
    if (v <= (uint64_t)SMALL_MAX) return make_small((Word)v);
    return make_big64(heap, v, false);
}

/* The magnitude, if it has at most 64 bits. */
static bool magnitude_to_u64(Term t, uint64_t *value, bool *negative)
{
    Magnitude m;
    if (!is_integer(t)) return false;
    magnitude_of(t, &m);
    if (m.size > 64 / LIMB_BITS) return false;
    *value = m.size ? m.limbs[0] : 0;
    if (LIMB_BITS == 32 && m.size == 2) *value |= (uint64_t)m.limbs[1] << 32;
    *negative = m.negative;
    return true;
}

bool integer_to_i64(Term t, int64_t *v)
{
    uint64_t magnitude;
    bool negative;
    if (is_small(t)) {
        *v = small_value(t);
        return true;
    }
    if (!magnitude_to_u64(t, &magnitude, &negative)) return false;
    if (magnitude > (uint64_t)INT64_MAX + negative) return false;
    *v = negative ? (int64_t)(0 - magnitude) : (int64_t)magnitude;
    return true;
}

bool integer_to_u64(Term t, uint64_t *v)
{
    bool negative;
    if (is_small(t)) {
        *v = (uint64_t)small_value(t);
        return small_value(t) >= 0;
    }
    return magnitude_to_u64(t, v, &negative) && !negative;
}

bool integer_to_size(Term t, size_t *v)
{
    uint64_t value;
    if (!integer_to_u64(t, &value) || value > SIZE_MAX) return false;
    *v = (size_t)value;
    return true;
}

/* ---- Limbs and bytes ---- */

Term integer_from_limbs(Heap *heap, const uintptr_t *limbs, size_t count, bool negative)
{
    Calc calc = {heap, A(badarg), 0};
    size_t size = limbs_size(limbs, count);
    if (size == 0 || (size == 1 && limb_is_small(limbs[0], negative)))
        return small_of_limb(size ? limbs[0] : 0, negative);
    Term *p = big_reserve(&calc, size);
    if (!p) return TERM_NONE;
    memcpy(p + 1, limbs, size * sizeof(Limb));
    return big_finish(&calc, p, 1 + size, size, negative);
}

/* limbs = -limbs in two's complement */
static void negate_limbs(Limb *limbs, size_t count)
{
    Limb carry = 1;
    for (size_t i = 0; i < count; i++) {
        limbs[i] = ~limbs[i] + carry;
        carry = carry && limbs[i] == 0;
    }
}

/* Limb `index` of `size` bytes, least significant limb first, filled up with `fill`. */
static Limb load_limb(const uint8_t *bytes, size_t size, size_t index, bool big_endian,
                      uint8_t fill)
{
    size_t start = index * WORD_BYTES;
    Limb limb = 0;
    for (size_t i = WORD_BYTES; i-- > 0;) {
        size_t at = start + i;
        uint8_t byte = fill;
        if (at < size) byte = big_endian ? bytes[size - 1 - at] : bytes[at];
        limb = (Limb)(limb << 8) | byte;
    }
    return limb;
}

/* Without bytes at the top that say nothing: what is long may be a number of moderate size. */
static size_t without_fill(const uint8_t *bytes, size_t size, uint8_t fill, bool big_endian,
                           const uint8_t **start)
{
    size_t kept = size;
    for (; kept > 1; kept--) {
        const uint8_t *top = big_endian ? bytes + size - kept : bytes + kept - 1;
        uint8_t next = big_endian ? top[1] : top[-1];
        if (*top != fill || (fill && !(next & 0x80))) break;
    }
    *start = big_endian ? bytes + size - kept : bytes;
    return kept;
}

Term integer_from_bytes(Heap *heap, const uint8_t *bytes, size_t size, bool is_signed,
                        bool big_endian)
{
    Calc calc = {heap, A(badarg), 0};
    if (size == 0) return make_small(0);
    bool negative = is_signed && (big_endian ? bytes[0] : bytes[size - 1]) >> 7;
    uint8_t fill = negative ? 0xFF : 0;
    size = without_fill(bytes, size, fill, big_endian, &bytes);
    if (size <= WORD_BYTES) {
        Limb limb = load_limb(bytes, size, 0, big_endian, fill);
        return integer_of_pair(&calc, 0, negative ? 0 - limb : limb, negative);
    }
    size_t count = (size + WORD_BYTES - 1) / WORD_BYTES;
    Term *p = big_reserve(&calc, count);
    if (!p) return TERM_NONE;
    for (size_t i = 0; i < count; i++) p[1 + i] = load_limb(bytes, size, i, big_endian, fill);
    if (negative) negate_limbs(p + 1, count);
    return big_finish(&calc, p, 1 + count, limbs_size(p + 1, count), negative);
}

void integer_to_bytes(Term t, uint8_t *bytes, size_t bits, bool big_endian)
{
    Magnitude m;
    magnitude_of(t, &m);
    size_t size = (bits + 7) / 8, at = 0;
    Limb borrow = m.negative, mask = m.negative ? (Limb)-1 : 0;
    for (size_t index = 0; at < size; index++) {
        Limb limb = index < m.size ? m.limbs[index] : 0, taken = limb - borrow;
        borrow = borrow && limb == 0;
        taken ^= mask; /* ~(magnitude - 1) is -magnitude. */
        for (size_t i = 0; i < WORD_BYTES && at < size; i++, at++, taken >>= 8)
            bytes[big_endian ? size - 1 - at : at] = (uint8_t)taken;
    }
    if (bits % 8) {
        uint8_t *top = big_endian ? bytes : bytes + size - 1;
        *top &= (uint8_t)((1u << bits % 8) - 1);
    }
}
