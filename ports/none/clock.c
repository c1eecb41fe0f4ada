/* SPDX-License-Identifier: Apache-2.0 */
/* clock.c - no clock of the wall. */

#include "mote/port.h"

int64_t port_clock(void) { return 0; }

int32_t port_zone(int64_t seconds)
{
    (void)seconds;
    return 0;
}
