/* SPDX-License-Identifier: Apache-2.0 */
/* marker.h - keeps receive markers right when a message leaves the queue. */
#ifndef PROCESS_MARKER_H
#define PROCESS_MARKER_H

#include "process/extension.h"

/* The message whose link `gone` is leaves; `place` is the link to it. */
void marker_forget_slow(Process *p, Signal **gone, Signal **place);
static inline void marker_forget(Process *p, Signal **gone, Signal **place)
{
    if (p->extension && p->extension->markers_used) marker_forget_slow(p, gone, place);
}

#endif
