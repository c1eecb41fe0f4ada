/* SPDX-License-Identifier: Apache-2.0 */
/* process_info.h - what is known about a process, item by item. */
#ifndef NATIVES_PROCESS_INFO_H
#define NATIVES_PROCESS_INFO_H

#include "process/process.h"

/* True for an atom, or {dictionary, Key}, that process_info/2 takes on this release. */
bool process_info_is_item(Term item);
/* True for an item that needs the return address of the running native on the stack. */
bool process_info_is_stack(Term item);
/* What Process.pc has to be where a process asks about itself: while it runs there is no other use for
   that field. */
const uint32_t *process_info_self_pc(void);
/* The value, on p's heap, with p at rest or asking about itself. TERM_NONE: no memory. */
Term process_info_value(Process *p, Term item);

#endif
