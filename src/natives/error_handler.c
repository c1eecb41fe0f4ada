/* SPDX-License-Identifier: Apache-2.0 */
/* error_handler.c - what handlers of a program's own fall back on: the VM's own handling. */

#include "natives/support.h"

/* error_handler:undefined_function(Module, Function, Arguments) */
static Term error_handler_undefined_function_3(Process *p, Term *args)
{
    if (!is_atom(args[0]) || !is_atom(args[1])) return badarg(p);
    Export *handler = export_intern(A(mote), A(undefined_function), 3);
    return handler ? native_trap(p, handler, args, 3) : native_memory(p);
}

static const Native error_handler_natives[] = {
    NATIVE(error_handler, undefined_function, 3, CONSTANT | IN_ERLANG),
};
NATIVE_TABLE(error_handler);
