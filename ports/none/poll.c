/* SPDX-License-Identifier: Apache-2.0 */
/* poll.c - without an operating system there are no handles. */
#include "mote/os/poll.h"

bool os_poll_arm(OsWatch *watch, OsPollEvent event)
{
    (void)watch;
    (void)event;
    return false;
}

void os_poll_forget(OsWatch *watch) { (void)watch; }
