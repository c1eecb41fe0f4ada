/* SPDX-License-Identifier: Apache-2.0 */
/* fuzz.h - what a fuzzed decoder defines, for driver.c and libfuzzer.c. */
#ifndef TESTS_FUZZ_FUZZ_H
#define TESTS_FUZZ_FUZZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Sets up the VM's tables; once in each process. */
void fuzz_start(void);

/* Decodes one input: true if it was accepted. Must come back, whatever it is, with nothing lost;
   aborts where a rule is broken. */
bool fuzz_one(const uint8_t *bytes, size_t size);

/* The same twice: the second time it ends alike and leaves no memory behind. The first time names
   may be new. */
bool fuzz_twice(const uint8_t *bytes, size_t size);

/* Called before a rule is broken. */
#define FUZZ_CHECK(condition)        \
    do {                             \
        if (!(condition)) {          \
            fuzz_broken(#condition); \
        }                            \
    } while (0)
_Noreturn void fuzz_broken(const char *condition);

#endif
