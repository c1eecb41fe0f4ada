/* SPDX-License-Identifier: Apache-2.0 */
/* prim_tty.c - module prim_tty, since release 26: what is asked without a terminal of its own. */

#include "mote/os/console.h"
#include "natives/support.h"

/* prim_tty:isatty(stdin | stdout | stderr) -> boolean() */
static Term prim_tty_isatty_1(Process *p, Term *args)
{
    static const char *const streams[] = {"stdin", "stdout", "stderr"};
    for (int i = 0; i < 3; i++) {
        if (is_atom(args[0]) && atom_is(args[0], streams[i]))
            return make_bool(os_console_is_terminal(i));
    }
    return badarg(p);
}

static const Native prim_tty_natives[] = {
    NATIVE(prim_tty, isatty, 1, CONSTANT | SINCE_OTP(26)),
};
NATIVE_TABLE(prim_tty);
