/* SPDX-License-Identifier: Apache-2.0 */
/* exhausted.c - what happens when the worklist of a walk over a term cannot grow. */
#include "term/exhausted.h"
#include "mote/port.h"

static _Noreturn void report_and_halt(void)
{
    static const char text[] = "mote: out of memory while walking a deeply nested term\n";
    port_write(2, text, sizeof text - 1);
    port_halt(1);
}

__attribute__((noreturn)) void (*term_exhausted)(void) = report_and_halt;
