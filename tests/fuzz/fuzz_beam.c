/* SPDX-License-Identifier: Apache-2.0 */
/* fuzz_beam.c - .beam files: read, checked and lowered to code that is sound, or refused with a
   reason. */

#include <string.h>
#include "base/epoch.h"
#include "base/memory.h"
#include "code/disasm.h"
#include "fuzz.h"
#include "mote/os/zlib.h"
#include "term/atom.h"
#include "term/hash.h"
#include "term/node.h"
#include "vm/interp.h"
#include "vm/natives.h"

void fuzz_start(void)
{
    epoch_init();
    epoch_enter(0);
    hash_init();
    FUZZ_CHECK(interp_init() && literal_init((size_t)64 << 20));
    FUZZ_CHECK(atom_init(1 << 20) && export_init(builtin_code.call_missing));
    FUZZ_CHECK(fun_init() && node_init() && module_init() && natives_init());
    memory_limit_set((size_t)512 << 20);
}

bool fuzz_one(const uint8_t *bytes, size_t size)
{
    LoadError error = {.text = ""};
    Module *module = module_prepare(bytes, size, os_inflate, &error);
    if (module) {
        uint32_t offset;
        const char *what;
        FUZZ_CHECK(module_verify(module, &offset, &what));
        module_discard(module);
    } else {
        FUZZ_CHECK(error.text[0] != '\0');
        FUZZ_CHECK(memchr(error.text, 0, sizeof error.text) != NULL);
    }
    epoch_quiescent(0);
    return module != NULL;
}
