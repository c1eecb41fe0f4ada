/* SPDX-License-Identifier: Apache-2.0 */
/* binary_list.h - lists of the bytes of binaries, in steps. */
#ifndef NATIVES_BINARY_LIST_H
#define NATIVES_BINARY_LIST_H

#include "natives/work.h"

/* For the end of a native: the whole bytes of the span before `tail`. `state` is what work_state
   gave. */
Term binary_list(Process *p, Term state, BitSpan span, Term tail);

#endif
