/* SPDX-License-Identifier: Apache-2.0 */
/* code_use.h - whether a process uses the code of a module that is to go. */
#ifndef NATIVES_CODE_USE_H
#define NATIVES_CODE_USE_H

#include "process/process.h"

/* True if p runs the code or will return to it. Funs do not count: once the module is purged they
   fail. p is between two slices, or asks about itself: then its pc may be an earlier one, which
   errs on the safe side. */
bool code_is_used(const Process *p, const Module *module);

#endif
