/* SPDX-License-Identifier: Apache-2.0 */
/* identifier.h - what pids, ports and references are made of, whatever node they are of. */
#ifndef TERM_IDENTIFIER_H
#define TERM_IDENTIFIER_H

#include "term/node.h"

/* How the number of a local pid shows to the outside, as on OTP 25: 15 bits, the rest the
   serial. External terms have 32 bits for that: no pid of a process may need more. */
enum {
    PID_ID_BITS = 15,
    PID_NUMBER_BITS = PID_BITS < PID_ID_BITS + 32 ? PID_BITS : PID_ID_BITS + 32
};
/* References have at most this many words of number. */
enum { REF_MAX_WORDS = 5 };

typedef struct Identifier {
    const Node *node;
    uint32_t words[REF_MAX_WORDS]; /* pid: id, serial; port: low, high; reference: its number */
    uint32_t count;                /* words in use; those behind are 0 */
} Identifier;

/* `t` is a pid, a port or a reference. */
Identifier identifier_of(Term t);

/* -1, 0 or 1 by node: name, then creation. */
int node_compare(const Node *a, const Node *b);

#endif
