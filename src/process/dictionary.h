/* SPDX-License-Identifier: Apache-2.0 */
/* dictionary.h - the process dictionary: roots[ROOT_DICTIONARY], a map term or nil. */
#ifndef PROCESS_DICTIONARY_H
#define PROCESS_DICTIONARY_H

#include "process/process.h"

Term dictionary_get(Process *p, Term key);               /* TERM_NONE: not there */
/* Puts; the old value, or `undefined`, or TERM_NONE: out of memory. */
Term dictionary_put(Process *p, Term key, Term value);
Term dictionary_erase(Process *p, Term key);             /* the old value or undefined */
Term dictionary_list(Process *p);                        /* [{Key, Value}], or TERM_NONE: no memory */
Term dictionary_keys(Process *p, Term value_or_none);    /* keys (of value); TERM_NONE: no memory */
void dictionary_clear(Process *p);

#endif
