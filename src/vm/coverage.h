/* SPDX-License-Identifier: Apache-2.0 */
/* coverage.h - which natives a run has called, and whether they gave a result or failed. */
#ifndef VM_COVERAGE_H
#define VM_COVERAGE_H

/* Only in builds with MOTE_COVERAGE: the tests' proof that each native is called both ways. */

#include <stdbool.h>

struct Native;
void coverage_note(const struct Native *native, bool good);
/* Calls `visit` for each native that was called. */
void coverage_each(void (*visit)(const struct Native *native, bool good, bool bad, void *context),
                   void *context);

#endif
