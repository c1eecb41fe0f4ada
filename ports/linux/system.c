/* SPDX-License-Identifier: Apache-2.0 */
/* system.c - what the VM runs on. */
#define _GNU_SOURCE
#include "mote/os/system.h"
#include <stdio.h>
#include <sys/utsname.h>
#include <time.h>

void os_system(OsSystem *system)
{
    static char architecture[sizeof(((struct utsname *)0)->machine) + 16];
    struct utsname names;
    unsigned version[3] = {0, 0, 0};
    *system = (OsSystem){"unix", "linux", {0, 0, 0}, architecture};
    if (uname(&names) != 0) return;
    sscanf(names.release, "%u.%u.%u", &version[0], &version[1], &version[2]);
    for (int i = 0; i < 3; i++) system->version[i] = version[i];
    snprintf(architecture, sizeof architecture, "%s-pc-linux-gnu", names.machine);
}

uint64_t os_cpu_time(void)
{
    struct timespec used;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
    return (uint64_t)used.tv_sec * 1000000000 + (uint64_t)used.tv_nsec;
}
