/* SPDX-License-Identifier: Apache-2.0 */
/* two_way.c - the two-way algorithm for one pattern (Crochemore and Perrin, 1991). */

/* The pattern is cut at a critical place: where a repetition across the cut is as long as the
   period of the whole. The right part is compared forwards: a mismatch there shifts by what was
   compared. Then the left part is compared backwards: a mismatch shifts by the period, and for a
   periodic pattern remembers how much of it is known to match. The last byte is looked at first:
   a table tells how far to shift if it stands elsewhere in the pattern, or nowhere. */

#include "natives/two_way.h"

/* Where the suffix that is greatest by the order of bytes, or by its reverse, begins; and its
   period. */
static size_t greatest_suffix(const uint8_t *needle, size_t size, bool reverse, size_t *period)
{
    size_t suffix = 0, other = 1, equal = 0;
    *period = 1;
    while (other + equal < size) {
        uint8_t a = needle[suffix + equal], b = needle[other + equal];
        if (a == b) {
            if (++equal < *period) continue;
            other += *period;
            equal = 0;
        } else if (reverse ? b > a : b < a) {
            other += equal + 1;
            equal = 0;
            *period = other - suffix;
        } else {
            suffix = other++;
            equal = 0;
            *period = 1;
        }
    }
    return suffix;
}

void two_way_init(TwoWay *t, const uint8_t *needle, size_t size)
{
    size_t period, other_period;
    size_t cut = greatest_suffix(needle, size, false, &period);
    size_t other = greatest_suffix(needle, size, true, &other_period);
    if (other > cut) {
        cut = other;
        period = other_period;
    }
    t->critical = cut;
    t->periodic = memcmp(needle, needle + period, cut) == 0;
    t->period = t->periodic ? period : (cut > size - cut ? cut : size - cut) + 1;
    uint32_t far = size > UINT32_MAX ? UINT32_MAX : (uint32_t)size;
    for (size_t i = 0; i < 256; i++) t->shifts[i] = far;
    size_t first = size > UINT32_MAX ? size - UINT32_MAX : 0;
    for (size_t i = first; i < size; i++) t->shifts[needle[i]] = (uint32_t)(size - 1 - i);
}

const uint8_t *two_way_find(const TwoWay *t, const uint8_t *needle, size_t size,
                            const uint8_t *data, size_t data_size)
{
    size_t known = 0; /* bytes at the start of the pattern that match already */
    for (size_t at = 0; at + size <= data_size;) {
        const uint8_t *here = data + at;
        size_t shift = t->shifts[here[size - 1]];
        if (shift) {
            /* The byte breaks the period, so that no match can reach over it. */
            if (known && shift < t->period) shift = size - t->period;
            known = 0;
            at += shift;
            continue;
        }
        size_t i = known > t->critical ? known : t->critical;
        while (i < size - 1 && needle[i] == here[i]) i++;
        if (i < size - 1) {
            at += i - t->critical + 1;
            known = 0;
            continue;
        }
        i = t->critical;
        while (i > known && needle[i - 1] == here[i - 1]) i--;
        if (i <= known) return here;
        at += t->period;
        known = t->periodic ? size - t->period : 0;
    }
    return NULL;
}
