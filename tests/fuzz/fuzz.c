/* SPDX-License-Identifier: Apache-2.0 */
/* fuzz.c - rules that hold for every decoder. */

#include "fuzz.h"
#include <stdio.h>
#include <stdlib.h>
#include "base/memory.h"

_Noreturn void fuzz_broken(const char *condition)
{
    fprintf(stderr, "broken: %s\n", condition);
    abort();
}

bool fuzz_twice(const uint8_t *bytes, size_t size)
{
    bool accepted = fuzz_one(bytes, size);
    size_t used = memory_used();
    FUZZ_CHECK(fuzz_one(bytes, size) == accepted);
    FUZZ_CHECK(memory_used() == used);
    return accepted;
}
