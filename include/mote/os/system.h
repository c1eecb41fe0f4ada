/* SPDX-License-Identifier: Apache-2.0 */
/* system.h - what the VM runs on. */
#ifndef MOTE_OS_SYSTEM_H
#define MOTE_OS_SYSTEM_H

#include <stdint.h>

typedef struct OsSystem {
    const char *family, *name;  /* erlang:system_info(os_type): unix, linux */
    uint32_t version[3];        /* of the operating system; zeros where it has none */
    const char *architecture;   /* as OTP names it: x86_64-pc-linux-gnu */
} OsSystem;

void os_system(OsSystem *system);
/* Nanoseconds of processors that the program has used; 0: unknown. */
uint64_t os_cpu_time(void);

#endif
