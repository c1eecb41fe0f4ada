/* SPDX-License-Identifier: Apache-2.0 */
/* process_info.h - what is known about a process, item by item. */
#ifndef NATIVES_PROCESS_INFO_H
#define NATIVES_PROCESS_INFO_H

#include "process/process.h"

/* True for an atom, or {dictionary, Key}, that process_info/2 takes on this release. */
bool process_info_is_item(Term item);
/* The value, on p's heap, TERM_NONE: no memory. */
Term process_info_value(Process *p, Term item);

#endif
