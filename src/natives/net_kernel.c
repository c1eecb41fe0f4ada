/* SPDX-License-Identifier: Apache-2.0 */
/* net_kernel.c - module net_kernel: what other nodes can do. */

#include "mote/native.h"

/* Whether the node of a process knows Unicode in the I/O protocol: all since R13 do. */
static Term net_kernel_dflag_unicode_io_1(Process *p, Term *args)
{
    return is_pid(args[0]) ? A(true) : badarg(p);
}

static const Native net_kernel_natives[] = {
    NATIVE(net_kernel, dflag_unicode_io, 1, CONSTANT),
};
NATIVE_TABLE(net_kernel);
