/* SPDX-License-Identifier: Apache-2.0 */
/* clock.c - the wall clock and the local time zone. */

#define _GNU_SOURCE
#include <time.h>
#include "mote/port.h"

int64_t port_clock(void)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000000000 + (int64_t)now.tv_nsec;
}

int32_t port_zone(int64_t seconds)
{
    time_t time = (time_t)seconds;
    struct tm local;
    return localtime_r(&time, &local) ? (int32_t)local.tm_gmtoff : 0;
}
