/* SPDX-License-Identifier: Apache-2.0 */
/* clock.h - the wall clock. */
#ifndef NATIVES_CLOCK_H
#define NATIVES_CLOCK_H

#include <stdint.h>

/* Nanoseconds since 1970, and how far they are ahead of port_now. */
int64_t clock_system_time(void);
int64_t clock_offset(void);

#endif
