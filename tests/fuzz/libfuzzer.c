/* SPDX-License-Identifier: Apache-2.0 */
/* libfuzzer.c - the decoders as libFuzzer calls them, in place of driver.c. */

#include "fuzz.h"

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc, (void)argv;
    fuzz_start();
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    fuzz_twice(bytes, size);
    return 0;
}
