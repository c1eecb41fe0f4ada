/* SPDX-License-Identifier: Apache-2.0 */
/* suspension.h - which processes a process has suspended. */
#ifndef NATIVES_SUSPENSION_H
#define NATIVES_SUSPENSION_H

#include "term/term.h"

typedef struct Suspension {
    struct Suspension *next;
    Term pid;
    uint32_t count; /* 0: it was asked for and is not done yet */
} Suspension;

#endif
