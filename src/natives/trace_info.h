/* SPDX-License-Identifier: Apache-2.0 */
/* trace_info.h - erlang:trace_info/2 of functions. */
#ifndef NATIVES_TRACE_INFO_H
#define NATIVES_TRACE_INFO_H

#include "mote/native.h"

/* `what`: {M, F, A}, on_load, send, 'receive'. TERM_NONE: raised. */
Term trace_function_info(Process *p, Term what, Term item);

#endif
