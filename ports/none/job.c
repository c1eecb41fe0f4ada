/* SPDX-License-Identifier: Apache-2.0 */
/* job.c - no threads for work that blocks. */

#include "mote/os/job.h"

bool os_job_start(OsJob *job)
{
    (void)job;
    return false;
}
