/* SPDX-License-Identifier: Apache-2.0 */
/* atomic.c - what a Cortex-M has no instruction for: atomic words of 64 bits. For one core: with
   interrupts off nothing comes between. */

#include <stdbool.h>
#include <stdint.h>

static inline uint32_t lock(void)
{
    uint32_t mask;
    __asm__ volatile("mrs %0, primask\n cpsid i" : "=r"(mask)::"memory");
    return mask;
}

static inline void unlock(uint32_t mask)
{
    __asm__ volatile("msr primask, %0" ::"r"(mask) : "memory");
}

/* The compiler knows these names with types of its own: ours go by other names. */
uint64_t atomic_load_8(const volatile uint64_t *word, int order) __asm__("__atomic_load_8");
void atomic_store_8(volatile uint64_t *word, uint64_t value, int order) __asm__("__atomic_store_8");
uint64_t atomic_add_8(volatile uint64_t *word, uint64_t value,
                      int order) __asm__("__atomic_fetch_add_8");
bool atomic_exchange_8(volatile uint64_t *word, uint64_t *expected, uint64_t value, bool weak,
                       int success, int failure) __asm__("__atomic_compare_exchange_8");

uint64_t atomic_swap_8(volatile uint64_t *word, uint64_t value,
                       int order) __asm__("__atomic_exchange_8");

uint64_t atomic_load_8(const volatile uint64_t *word, int order)
{
    (void)order;
    uint32_t mask = lock();
    uint64_t value = *word;
    unlock(mask);
    return value;
}

void atomic_store_8(volatile uint64_t *word, uint64_t value, int order)
{
    (void)order;
    uint32_t mask = lock();
    *word = value;
    unlock(mask);
}

uint64_t atomic_add_8(volatile uint64_t *word, uint64_t value, int order)
{
    (void)order;
    uint32_t mask = lock();
    uint64_t old = *word;
    *word = old + value;
    unlock(mask);
    return old;
}

bool atomic_exchange_8(volatile uint64_t *word, uint64_t *expected, uint64_t value, bool weak,
                       int success, int failure)
{
    (void)weak, (void)success, (void)failure;
    uint32_t mask = lock();
    uint64_t old = *word;
    bool same = old == *expected;
    if (same) {
        *word = value;
    } else {
        *expected = old;
    }
    unlock(mask);
    return same;
}

uint64_t atomic_swap_8(volatile uint64_t *word, uint64_t value, int order)
{
    (void)order;
    uint32_t mask = lock();
    uint64_t old = *word;
    *word = value;
    unlock(mask);
    return old;
}
