/* SPDX-License-Identifier: Apache-2.0 */
/* all.c - the tables of natives that are linked in. */
#include "mote/native.h"

#define MODULE(file) extern const NativeModule native_module_##file;
#include "natives/all.def"
#undef MODULE

const NativeModule *const native_modules[] = {
#define MODULE(file) &native_module_##file,
#include "natives/all.def"
#undef MODULE
    NULL,
};
