/* SPDX-License-Identifier: Apache-2.0 */
/* node.h - the table of nodes named by pids, ports and references. */
#ifndef TERM_NODE_H
#define TERM_NODE_H

#include "term/term.h"

/* Never freed: terms point at it without counting. */
typedef struct Node {
    Term name; /* atom */
    uint32_t creation;
} Node;

bool node_init(void);
/* The entry, made if it is not there. NULL: out of memory. */
Node *node_intern(Term name, uint32_t creation);
/* This node: nonode@nohost, creation 0, until distribution starts. */
Node *node_self(void);
void node_self_set(Node *node);

#endif
