/* SPDX-License-Identifier: Apache-2.0 */
/* print_leaf.h - terms without parts as text; used by print.c. */
#ifndef TERM_PRINT_LEAF_H
#define TERM_PRINT_LEAF_H

#include "term/print.h"

/* `t` is a number, an atom, nil, a fun, a pid, a port or a reference. */
void print_leaf(Sink *sink, Term t);

#endif
