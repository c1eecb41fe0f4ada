/* SPDX-License-Identifier: Apache-2.0 */
/* fun.h - the table of local funs: what a closure runs. */
#ifndef TERM_FUN_H
#define TERM_FUN_H

/* One FunEntry per (module, index, old_uniq, uniq) that was loaded or received. Entries are
   never freed; loading a module points its entries at the code, purging it sets that to NULL: a
   call then goes by error_handler:undefined_lambda/3. code[-1] is an entry word (code/module.h).

   A fun may have been received with any number of free variables: whoever gives them to the code
   compares with free_count. */

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
/* The entry with `like`'s module, index, old_uniq and uniq; where there is none, one is made with
   its arity, free_count and old_index as well. NULL: out of memory. */
FunEntry *fun_intern(const FunEntry *like);

#endif
