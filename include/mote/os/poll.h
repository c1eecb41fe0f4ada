/* SPDX-License-Identifier: Apache-2.0 */
/* poll.h - learning that a handle of the operating system can be read or written. */
#ifndef MOTE_OS_POLL_H
#define MOTE_OS_POLL_H

/* One thread beside the schedulers waits for all handles; it is a member of the epochs
   (base/epoch.h). A watch is part of its owner's memory. */

#include <stdbool.h>
#include <stdint.h>

typedef enum OsPollEvent { OS_POLL_READ = 1, OS_POLL_WRITE = 2 } OsPollEvent;

typedef struct OsWatch {
    /* Called on the thread, once for each time that it was armed: must not block, nor call a
       function of this header. */
    void (*ready)(struct OsWatch *watch);
    int handle;
    uint32_t id; /* the system's; 0: never armed */
} OsWatch;

/* The member of the epochs that the thread is. */
enum { OS_POLL_MEMBER = 59 };

/* Calls `ready` when the handle can be read, or written, or has failed. False: out of memory, or
   there is nothing like it here. */
bool os_poll_arm(OsWatch *watch, OsPollEvent event);
/* `ready` is not running and will not be called any more. To be called before the handle is closed
   and before the watch's memory is freed. */
void os_poll_forget(OsWatch *watch);

#endif
