/* SPDX-License-Identifier: Apache-2.0 */
/* system.c - no operating system. */
#include "mote/os/system.h"

void os_system(OsSystem *system)
{
    *system = (OsSystem){"mote", "mote", {0, 0, 0}, "mote"};
}

uint64_t os_cpu_time(void) { return 0; }
