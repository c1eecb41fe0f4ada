/* SPDX-License-Identifier: Apache-2.0 */
/* crash.h - tells the world that a process has failed. */
#ifndef VM_CRASH_H
#define VM_CRASH_H

#include "process/process.h"

/* p ended by an exception that nobody caught, its reason in ROOT_REASON. Errors and throws are
   sent to the process registered as `logger`, as {log, error, Format, Arguments, Metadata};
   where there is none they are printed. exit/1 is no news. */
void crash_report(Process *p);

#endif
