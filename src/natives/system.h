/* SPDX-License-Identifier: Apache-2.0 */
/* system.h - settings of the VM that system_flag changes and system_info tells. */
#ifndef NATIVES_SYSTEM_H
#define NATIVES_SYSTEM_H

#include <stdatomic.h>
#include "natives/process_options.h"

typedef struct SystemSettings {
    _Atomic(Term) logger;          /* who gets {log, Level, ...}: pid, logger, undefined */
    _Atomic(size_t) request_limit; /* outstanding_system_requests_limit */
    _Atomic(size_t) trace_depth;   /* backtrace_depth */
    _Atomic(bool) measures;        /* scheduler_wall_time */
} SystemSettings;
extern SystemSettings system_settings;

#endif
