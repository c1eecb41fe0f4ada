/* SPDX-License-Identifier: Apache-2.0 */
/* erlang_module.c - erlang:get_module_info: what module_info/0,1 of every module answers. */

#include "heap/binary.h"
#include "natives/support.h"

typedef Term ModuleItem(Process *p, const Module *module); /* TERM_NONE: raised */

static Term module_name(Process *p, const Module *module)
{
    (void)p;
    return module->name;
}

/* [{Name, Arity}] of its functions, in the order of its code. */
static Term functions(Process *p, const Module *module, bool exported_only)
{
    Term list = TERM_NIL;
    for (uint32_t i = module->function_count; i-- > 0;) {
        const Function *f = &module->functions[i];
        if (exported_only && !f->is_exported) continue;
        Term *words = heap_reserve(&p->heap, 5);
        if (!words) return native_memory(p);
        list = cons_put(words + 3, pair_put(words, f->name, make_small((Word)f->arity)), list);
    }
    return list;
}

static Term module_exports(Process *p, const Module *module) { return functions(p, module, true); }
static Term module_functions(Process *p, const Module *module)
{
    return functions(p, module, false);
}

static Term module_attributes(Process *p, const Module *module)
{
    (void)p;
    return module->attributes;
}

static Term module_compile(Process *p, const Module *module)
{
    (void)p;
    return module->compile_info;
}

static Term module_md5(Process *p, const Module *module)
{
    return or_memory(p, binary_from(&p->heap, module->md5, sizeof module->md5));
}

static Term module_native(Process *p, const Module *module)
{
    (void)p, (void)module;
    return A(false);
}

static Term module_nifs(Process *p, const Module *module)
{
    (void)p, (void)module;
    return TERM_NIL;
}

static const struct {
    const char *name;
    ModuleItem *item;
    bool in_all; /* of module_info/0 */
} items[] = {
    {"module", module_name, true},
    {"exports", module_exports, true},
    {"attributes", module_attributes, true},
    {"compile", module_compile, true},
    {"md5", module_md5, true},
    {"functions", module_functions, false},
    {"native", module_native, false},
    {"native_addresses", module_nifs, false},
    {"nifs", module_nifs, false},
};
enum { ITEM_COUNT = sizeof items / sizeof *items };

/* Room for any one item. */
static size_t words_of(const Module *module) { return 5 * (size_t)module->function_count + 64; }

static Term erlang_get_module_info_2(Process *p, Term *args)
{
    const Module *module = is_atom(args[0]) ? module_find(args[0]) : NULL;
    if (!module || !is_atom(args[1])) return badarg(p);
    if (!native_room(p, words_of(module))) return native_need(p, words_of(module));
    for (size_t i = 0; i < ITEM_COUNT; i++) {
        if (atom_is(args[1], items[i].name)) return items[i].item(p, module);
    }
    return badarg(p);
}

static Term erlang_get_module_info_1(Process *p, Term *args)
{
    const Module *module = is_atom(args[0]) ? module_find(args[0]) : NULL;
    if (!module) return badarg(p);
    if (!native_room(p, words_of(module))) return native_need(p, words_of(module));
    Term list = TERM_NIL;
    for (size_t i = ITEM_COUNT; i-- > 0;) {
        if (!items[i].in_all) continue;
        Term name = make_atom_text(p, items[i].name);
        Term value = is_none(name) ? TERM_NONE : items[i].item(p, module);
        Term pair = is_none(value) ? TERM_NONE : make_tuple(p, 2, name, value);
        list = is_none(pair) ? TERM_NONE : make_list(p, &pair, 1, list);
        if (is_none(list)) return TERM_NONE;
    }
    return list;
}

static const Native erlang_module_natives[] = {
    NATIVE(erlang, get_module_info, 1, CONSTANT),
    NATIVE(erlang, get_module_info, 2, CONSTANT),
};
NATIVE_TABLE(erlang_module);
