/* SPDX-License-Identifier: Apache-2.0 */
/* random.h - numbers that look random, for the VM's own use and for tests. */
#ifndef BASE_RANDOM_H
#define BASE_RANDOM_H

/* SplitMix64: one word of state, any seed will do. Nobody's secrets may depend on it. */

#include <stdint.h>

typedef struct Random {
    uint64_t state;
} Random;

static inline void random_seed(Random *random, uint64_t seed) { random->state = seed; }
uint64_t random_next(Random *random);
/* From 0 to n - 1, n > 0; each as likely as the others but for one in 2^32. */
uint32_t random_below(Random *random, uint32_t n);

#endif
