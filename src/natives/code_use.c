/* SPDX-License-Identifier: Apache-2.0 */
/* code_use.c - purging: whether a process uses the code of a module that is to go. */

#include "natives/code_use.h"
#include "natives/support.h"
#include "process/registry.h"

static bool is_in(const Module *module, uintptr_t address)
{
    return address - (uintptr_t)module->base < module->code_words * sizeof(uint32_t);
}

/* Return addresses are raw words. That a small integer looks like one is possible, and then errs
   on the safe side. */
static bool returns_to(const Process *p, const Module *module)
{
    for (const Term *slot = p->heap.stack; slot < p->heap.end; slot++) {
        if (is_in(module, (uintptr_t)*slot)) return true;
    }
    return false;
}

bool code_is_used(const Process *p, const Module *module)
{
    return is_in(module, (uintptr_t)p->pc) || returns_to(p, module);
}

/* erts_internal:check_process_code(Module): of the caller. */
static Term erts_internal_check_process_code_1(Process *p, Term *args)
{
    const Module *module = is_atom(args[0]) ? module_old(args[0]) : NULL;
    if (!is_atom(args[0])) return badarg(p);
    return make_bool(module && returns_to(p, module));
}

static bool is_purger(Process *p)
{
    Term name = registry_name_of(p);
    return !is_none(name) && atom_is(name, "erts_code_purger");
}

/* erts_internal:purge_module(Module, prepare | complete | abort | prepare_on_load). Other
   processes may hold literals of the module: its memory stays. */
static Term erts_internal_purge_module_2(Process *p, Term *args)
{
    if (!is_purger(p)) return raise_error(p, A(notsup));
    if (!is_atom(args[0])) return badarg(p);
    if (atom_is(args[1], "prepare") || atom_is(args[1], "prepare_on_load"))
        return make_bool(module_old(args[0]) != NULL);
    if (atom_is(args[1], "complete")) return make_bool(module_retire(args[0]));
    return atom_is(args[1], "abort") ? A(false) : badarg(p);
}

static const Native code_use_natives[] = {
    NATIVE(erts_internal, purge_module, 2, CONSTANT),
    NATIVE(erts_internal, check_process_code, 1, CONSTANT),
};
NATIVE_TABLE(code_use);
