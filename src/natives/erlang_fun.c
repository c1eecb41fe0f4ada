/* SPDX-License-Identifier: Apache-2.0 */
/* erlang_fun.c - erlang: what funs are made of. */

#include "heap/binary.h"
#include "heap/guard.h"
#include "natives/support.h"
#include "term/fun.h"

static bool arity_of(Term t, unsigned *arity)
{
    if (!is_natural(t) || small_value(t) > UINT8_MAX) return false;
    *arity = (unsigned)small_value(t);
    return true;
}

static Term erlang_make_fun_3(Process *p, Term *args)
{
    unsigned arity;
    if (!is_atom(args[0]) || !is_atom(args[1]) || !arity_of(args[2], &arity)) return badarg(p);
    Export *function = export_intern(args[0], args[1], arity);
    Term *words = heap_reserve(&p->heap, 2);
    if (!function || !words) return native_memory(p);
    words[0] = make_header(KIND_EXPORT, 1);
    words[1] = (Term)function;
    return make_boxed(words);
}

static Term erlang_is_builtin_3(Process *p, Term *args)
{
    unsigned arity;
    if (!is_atom(args[0]) || !is_atom(args[1]) || !is_small(args[2])) return badarg(p);
    if (!arity_of(args[2], &arity)) return A(false);
    if (args[0] == A(erlang) && args[1] == A(apply) && (arity == 2 || arity == 3)) return A(true);
    if (args[0] == A(erlang) && guard_find(args[1], arity) >= 0) return A(true);
    const Export *e = export_find(args[0], args[1], arity);
    return make_bool(e && e->native);
}

/* The name of a fun whose module is not loaded is not known. */
static Term name_of(const FunEntry *entry)
{
    return is_none(entry->function) ? A(undefined) : entry->function;
}

static Term erlang_fun_info_mfa_1(Process *p, Term *args)
{
    if (is_export_fun(args[0])) return make_mfa(p, export_of(args[0]));
    if (!is_local_fun(args[0])) return badarg(p);
    const FunEntry *entry = fun_ptr(args[0])->entry;
    return make_tuple(p, 3, entry->module, name_of(entry), make_small((Word)entry->arity));
}

/* ---- fun_info/2 ---- */

typedef Term FunItem(Process *p, Term fun); /* TERM_NONE: raised */

static Term fun_module(Process *p, Term fun)
{
    (void)p;
    return is_export_fun(fun) ? export_of(fun)->module : fun_ptr(fun)->entry->module;
}

static Term fun_name(Process *p, Term fun)
{
    (void)p;
    return is_export_fun(fun) ? export_of(fun)->function : name_of(fun_ptr(fun)->entry);
}

static Term fun_arity(Process *p, Term fun)
{
    (void)p;
    uint32_t arity = is_export_fun(fun) ? export_of(fun)->arity : fun_ptr(fun)->entry->arity;
    return make_small((Word)arity);
}

static Term fun_env(Process *p, Term fun)
{
    if (is_export_fun(fun)) return TERM_NIL;
    return make_list(p, fun_ptr(fun)->env, fun_free_count(fun), TERM_NIL);
}

static Term fun_type(Process *p, Term fun)
{
    return make_atom_text(p, is_export_fun(fun) ? "external" : "local");
}

/* These are undefined of `fun M:F/A`. */
static Term fun_pid(Process *p, Term fun)
{
    (void)p;
    return fun_ptr(fun)->creator;
}

static Term fun_new_index(Process *p, Term fun)
{
    return make_unsigned(p, fun_ptr(fun)->entry->index);
}

static Term fun_new_uniq(Process *p, Term fun)
{
    return or_memory(p, binary_from(&p->heap, fun_ptr(fun)->entry->uniq, 16));
}

static Term fun_index(Process *p, Term fun)
{
    return make_unsigned(p, fun_ptr(fun)->entry->old_index);
}

static Term fun_uniq(Process *p, Term fun)
{
    return make_unsigned(p, fun_ptr(fun)->entry->old_uniq);
}

static Term erlang_fun_info_2(Process *p, Term *args)
{
    static const struct {
        const char *name;
        FunItem *item;
        bool is_local; /* of local funs only */
    } items[] = {
        {"module", fun_module, false},      {"name", fun_name, false},
        {"arity", fun_arity, false},        {"env", fun_env, false},
        {"type", fun_type, false},          {"pid", fun_pid, true},
        {"new_index", fun_new_index, true}, {"new_uniq", fun_new_uniq, true},
        {"index", fun_index, true},         {"uniq", fun_uniq, true},
    };
    if (!is_fun(args[0]) || !is_atom(args[1])) return badarg(p);
    if (is_local_fun(args[0]) && !native_room(p, 2 * fun_free_count(args[0]) + 16))
        return native_need(p, 2 * fun_free_count(args[0]) + 16);
    for (size_t i = 0; i < sizeof items / sizeof *items; i++) {
        if (!atom_is(args[1], items[i].name)) continue;
        bool is_undefined = items[i].is_local && is_export_fun(args[0]);
        Term value = is_undefined ? A(undefined) : items[i].item(p, args[0]);
        return is_none(value) ? TERM_NONE : make_tuple(p, 2, args[1], value);
    }
    return badarg(p);
}

static const Native erlang_fun_natives[] = {
    NATIVE(erlang, make_fun, 3, CONSTANT),
    NATIVE(erlang, is_builtin, 3, CONSTANT),
    NATIVE(erlang, fun_info_mfa, 1, CONSTANT),
    NATIVE(erlang, fun_info, 2, CONSTANT),
};
NATIVE_TABLE(erlang_fun);
