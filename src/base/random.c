/* SPDX-License-Identifier: Apache-2.0 */
/* random.c - numbers that look random. */

#include "base/random.h"

uint64_t random_next(Random *random)
{
    uint64_t x = random->state += 0x9E3779B97F4A7C15u;
    x = (x ^ x >> 30) * 0xBF58476D1CE4E5B9u;
    x = (x ^ x >> 27) * 0x94D049BB133111EBu;
    return x ^ x >> 31;
}

uint32_t random_below(Random *random, uint32_t n)
{
    return (uint32_t)((random_next(random) >> 32) * n >> 32);
}
