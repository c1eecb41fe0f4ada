/* SPDX-License-Identifier: Apache-2.0 */
/* prepare.c - modules as the VM would load them. */

#include "prepare.h"
#include "base/epoch.h"
#include "mote/os/zlib.h"
#include "term/atom.h"
#include "term/hash.h"
#include "term/node.h"
#include "term/release.h"
#include "vm/interp.h"
#include "vm/natives.h"

enum { ATOMS_MAX = 4000000 };
#define LITERAL_BYTES ((size_t)1 << 28)

bool prepare_init(void)
{
    epoch_init();
    hash_init();
    release_set(RELEASE_MAX); /* Whatever release a file is for, its natives are there. */
    return interp_init() && literal_init(LITERAL_BYTES) && atom_init(ATOMS_MAX) &&
           export_init(builtin_code.call_missing) && fun_init() && node_init() && module_init() &&
           natives_init();
}

Module *prepare_module(const File *file, LoadError *error)
{
    return module_prepare(file->bytes, file->size, os_inflate, error);
}
