/* SPDX-License-Identifier: Apache-2.0 */
/* erlang_code.c - erlang: which modules and functions are there. */

#include "mote/native.h"

static Term erlang_module_loaded_1(Process *p, Term *args)
{
    if (!is_atom(args[0])) return badarg(p);
    return make_bool(module_find(args[0]) != NULL);
}

/* Natives count as exported, whether their module is loaded or not. */
static Term erlang_function_exported_3(Process *p, Term *args)
{
    if (!is_atom(args[0]) || !is_atom(args[1]) || !is_small(args[2])) return badarg(p);
    if (small_value(args[2]) < 0 || small_value(args[2]) > UINT8_MAX) return A(false);
    const Export *e = export_find(args[0], args[1], (unsigned)small_value(args[2]));
    return make_bool(e && export_is_callable(e));
}

typedef struct Names {
    Term *cells; /* NULL: count only */
    size_t count, limit;
    Term list;
} Names;

static bool add_name(Module *module, void *context)
{
    Names *names = context;
    /* Others may have been loaded since the names were counted. */
    if (names->count == names->limit) return false;
    names->count++;
    if (names->cells) {
        names->list = cons_put(names->cells, module->name, names->list);
        names->cells += 2;
    }
    return true;
}

static Term erlang_loaded_0(Process *p, Term *args)
{
    (void)args;
    Names names = {NULL, 0, SIZE_MAX, TERM_NIL};
    module_each(add_name, &names);
    if (!native_room(p, 2 * names.count)) return native_need(p, 2 * names.count);
    names = (Names){heap_reserve(&p->heap, 2 * names.count), 0, names.count, TERM_NIL};
    if (!names.cells) return native_memory(p);
    module_each(add_name, &names);
    return names.list;
}

static Term erlang_delete_module_1(Process *p, Term *args)
{
    if (!is_atom(args[0])) return badarg(p);
    if (!module_find(args[0])) return A(undefined);
    return module_delete(args[0]) ? A(true) : badarg(p);
}

/* OTP differs: calls are counted by what the module cover adds to code, not by the VM. */
static Term code_coverage_support_0(Process *p, Term *args)
{
    (void)p;
    (void)args;
    return A(false);
}

static const Native erlang_code_natives[] = {
    NATIVE(erlang, module_loaded, 1, CONSTANT),
    NATIVE(erlang, function_exported, 3, CONSTANT),
    NATIVE(erlang, loaded, 0, CONSTANT),
    NATIVE(erlang, delete_module, 1, CONSTANT),
    NATIVE(code, coverage_support, 0, CONSTANT | SINCE_OTP(27)),
};
NATIVE_TABLE(erlang_code);
