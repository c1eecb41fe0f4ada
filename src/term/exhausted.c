/* SPDX-License-Identifier: Apache-2.0 */
/* exhausted.c - the end of a walk over a term for which there is no memory at all. */
#include "term/exhausted.h"
#include "mote/port.h"

_Noreturn void term_exhausted(void)
{
    static const char text[] = "mote: out of memory while walking a deeply nested term\n";
    port_write(2, text, sizeof text - 1);
    port_halt(1);
}
