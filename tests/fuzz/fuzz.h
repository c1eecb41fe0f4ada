/* SPDX-License-Identifier: Apache-2.0 */
/* fuzz.h - what a fuzzed decoder defines, for driver.c. */
#ifndef TESTS_FUZZ_FUZZ_H
#define TESTS_FUZZ_FUZZ_H

#include <stddef.h>
#include <stdint.h>

/* Sets up the VM's tables; once in each process. */
void fuzz_start(void);

/* Decodes one input. Must come back, whatever it is, with nothing lost; aborts where a rule is
   broken. */
void fuzz_one(const uint8_t *bytes, size_t size);

/* Called before a rule is broken. */
#define FUZZ_CHECK(condition)        \
    do {                             \
        if (!(condition)) {          \
            fuzz_broken(#condition); \
        }                            \
    } while (0)
_Noreturn void fuzz_broken(const char *condition);

#endif
