/* SPDX-License-Identifier: Apache-2.0 */
/* erlang_dt.c - tags of dynamic tracing, which there is none of; OTP's module file asks for
   them. */

#include "mote/native.h"

static Term erlang_dt_put_tag_1(Process *p, Term *args)
{
    (void)p, (void)args;
    return A(undefined);
}

static Term erlang_dt_get_tag_0(Process *p, Term *args)
{
    (void)p, (void)args;
    return A(undefined);
}

static Term erlang_dt_get_tag_data_0(Process *p, Term *args)
{
    (void)p, (void)args;
    return A(undefined);
}

static Term erlang_dt_spread_tag_1(Process *p, Term *args)
{
    return args[0] == A(true) || args[0] == A(false) ? A(true) : badarg(p);
}

static Term erlang_dt_restore_tag_1(Process *p, Term *args)
{
    return args[0] == A(true) ? A(true) : badarg(p);
}

/* Nothing is put before or behind. */
static Term erlang_dt_prepend_vm_tag_data_1(Process *p, Term *args)
{
    (void)p;
    return args[0];
}

static Term erlang_dt_append_vm_tag_data_1(Process *p, Term *args)
{
    (void)p;
    return args[0];
}

static const Native erlang_dt_natives[] = {
    NATIVE(erlang, dt_put_tag, 1, CONSTANT),
    NATIVE(erlang, dt_get_tag, 0, CONSTANT),
    NATIVE(erlang, dt_get_tag_data, 0, CONSTANT),
    NATIVE(erlang, dt_spread_tag, 1, CONSTANT),
    NATIVE(erlang, dt_restore_tag, 1, CONSTANT),
    NATIVE(erlang, dt_prepend_vm_tag_data, 1, CONSTANT),
    NATIVE(erlang, dt_append_vm_tag_data, 1, CONSTANT),
};
NATIVE_TABLE(erlang_dt);
