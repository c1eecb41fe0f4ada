/* SPDX-License-Identifier: Apache-2.0 */
/* dictionary.h - the process dictionary: a hash table in memory of its own. */
#ifndef PROCESS_DICTIONARY_H
#define PROCESS_DICTIONARY_H

/* Keys and values are terms of the process's heap; all of them are roots of its collections.
   Putting is done in place, so that it needs no heap. */

#include "process/process.h"

Term dictionary_get(Process *p, Term key);               /* TERM_NONE: not there */
/* Puts; the old value, or `undefined`, or TERM_NONE: out of memory. */
Term dictionary_put(Process *p, Term key, Term value);
Term dictionary_erase(Process *p, Term key);             /* the old value or undefined */
Term dictionary_list(Process *p);                        /* [{Key, Value}]; TERM_NONE: no memory */
Term dictionary_keys(Process *p, Term value_or_none);    /* keys (of value); TERM_NONE: no memory */
size_t dictionary_count(const Process *p);
void dictionary_clear(Process *p);
RootSet dictionary_roots(Process *p);

#endif
