/* SPDX-License-Identifier: Apache-2.0 */
/* clock.h - the wall clock. */
#ifndef PROCESS_CLOCK_H
#define PROCESS_CLOCK_H

#include <stdint.h>

/* Nanoseconds since 1970, and how far they are ahead of port_now. */
int64_t clock_system_time(void);
int64_t clock_offset(void);
/* Microseconds since 1970, and more than at the last call. */
int64_t clock_now(void);

#endif
