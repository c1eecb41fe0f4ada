/* SPDX-License-Identifier: Apache-2.0 */
/* table.h - the process table, seen from spawning and exiting. */
#ifndef PROCESS_TABLE_H
#define PROCESS_TABLE_H

#include "process/process.h"

bool process_table_init(size_t limit);
/* A pid for a new process, not yet found by it. TERM_NONE: there are as many as there may be. */
Term process_table_reserve(void);
/* Gives a pid back that no process was put under. */
void process_table_release(Term pid);
/* From now on p is found. */
void process_table_put(Process *p);
void process_table_remove(Process *p);
/* Frees what p owns, at once, and its memory when no one can be looking at it. */
void process_done(Process *p);

#endif
