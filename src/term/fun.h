/* SPDX-License-Identifier: Apache-2.0 */
/* fun.h - the table of local funs: what a closure runs. */
#ifndef TERM_FUN_H
#define TERM_FUN_H

/* One FunEntry per (module, index, old_uniq, uniq) that was loaded or received. Entries are
   never freed; loading a module points its entries at the code, purging it at
   `export_missing_code()`-like code that calls error_handler:undefined_lambda. code[-1] is an
   entry word (code/module.h). */

#include <stdatomic.h>
#include "term/term.h"

typedef struct FunEntry {
    _Atomic(const uint32_t *) code; /* NULL while no code is loaded. */
    Term module;   /* atom */
    Term function; /* atom: name of the lifted function; TERM_NONE while not loaded */
    uint32_t arity; /* of the fun itself, without free variables */
    uint32_t free_count;
    uint32_t index;
    uint32_t old_index;
    uint32_t old_uniq;
    uint8_t uniq[16]; /* MD5 of the module */
} FunEntry;

bool fun_init(void);
/* The entry, made if it is not there. NULL: out of memory. */
FunEntry *fun_intern(Term module, uint32_t index, uint32_t old_uniq, const uint8_t uniq[16]);

#endif
