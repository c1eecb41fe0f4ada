/* SPDX-License-Identifier: Apache-2.0 */
/* module.c - loaded modules: by name, by address; generations. */

#include "code/module.h"
#include "base/epoch.h"
#include "base/lock.h"
#include "base/memory.h"
#include "heap/record.h"
#include "term/intern.h"

/* ---- By name: one slot per name, never freed ---- */

typedef struct Slot {
    Term name;
    _Atomic(Module *) current, old, pending;
} Slot;

static InternTable slots;
static Lock lock; /* the code lock: of all changes below */

static bool slot_matches(uintptr_t entry, const void *key)
{
    return ((Slot *)entry)->name == *(const Term *)key;
}
static uint32_t name_hash(Term name) { return intern_hash(atom_index(name), 0); }
static uint32_t slot_hash(uintptr_t entry) { return name_hash(((Slot *)entry)->name); }

static uintptr_t slot_make(const void *key)
{
    Slot *slot = memory_alloc(sizeof *slot);
    if (!slot) return 0;
    slot->name = *(const Term *)key;
    atomic_init(&slot->current, NULL);
    atomic_init(&slot->old, NULL);
    atomic_init(&slot->pending, NULL);
    return (uintptr_t)slot;
}

static const InternKind slot_kind = {slot_matches, slot_hash, slot_make};

static Slot *find_slot(Term name) { return (Slot *)intern_find(&slots, name_hash(name), &name); }

static Module *load(_Atomic(Module *) *field)
{
    return atomic_load_explicit(field, memory_order_acquire);
}
static void store(_Atomic(Module *) *field, Module *module)
{
    atomic_store_explicit(field, module, memory_order_release);
}

Module *module_find(Term name)
{
    Slot *slot = find_slot(name);
    return slot ? load(&slot->current) : NULL;
}

Module *module_old(Term name)
{
    Slot *slot = find_slot(name);
    return slot ? load(&slot->old) : NULL;
}

Term module_record(const Module *module, Term name)
{
    for (Term list = module->records; is_cons(list); list = cons_tail(list)) {
        Term definition = tuple_elements(cons_head(list))[0];
        if (tuple_elements(definition)[DEFINITION_NAME] == name) return cons_head(list);
    }
    return TERM_NONE;
}

Module *module_pending(Term name)
{
    Slot *slot = find_slot(name);
    return slot ? load(&slot->pending) : NULL;
}

typedef struct Visit {
    bool (*visit)(Module *module, void *context);
    void *context;
} Visit;

static bool visit_slot(uintptr_t entry, void *context)
{
    Visit *v = context;
    Module *module = load(&((Slot *)entry)->current);
    return !module || v->visit(module, v->context);
}

void module_each(bool (*visit)(Module *module, void *context), void *context)
{
    Visit v = {visit, context};
    intern_each(&slots, visit_slot, &v);
}

/* ---- By address: an array in order of address, replaced as a whole ---- */

typedef struct Ranges {
    Retired retired;
    size_t count;
    Module *modules[];
} Ranges;

static _Atomic(Ranges *) ranges;

static size_t ranges_bytes(size_t count) { return sizeof(Ranges) + count * sizeof(Module *); }

static void free_ranges(Retired *retired)
{
    Ranges *old = (Ranges *)retired;
    memory_free(old, ranges_bytes(old->count));
}

/* Index of the first module whose code starts behind `pc`. */
static size_t ranges_behind(const Ranges *r, const uint32_t *pc)
{
    size_t low = 0, high = r ? r->count : 0;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if ((uintptr_t)r->modules[middle]->base <= (uintptr_t)pc) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

Module *module_at(const uint32_t *pc)
{
    const Ranges *r = atomic_load_explicit(&ranges, memory_order_acquire);
    size_t i = ranges_behind(r, pc);
    if (i == 0) return NULL;
    Module *module = r->modules[i - 1];
    return (uintptr_t)pc < (uintptr_t)(module->base + module->code_words) ? module : NULL;
}

static void replace_ranges(Ranges *new, Ranges *old)
{
    atomic_store_explicit(&ranges, new, memory_order_release);
    if (old) epoch_retire(&old->retired, free_ranges);
}

static bool add_range(Module *module)
{
    Ranges *old = atomic_load_explicit(&ranges, memory_order_relaxed);
    size_t count = old ? old->count : 0, at = ranges_behind(old, module->base);
    Ranges *new = memory_alloc(ranges_bytes(count + 1));
    if (!new) return false;
    new->count = count + 1;
    if (at) memcpy(new->modules, old->modules, at * sizeof *new->modules);
    new->modules[at] = module;
    if (at < count)
        memcpy(new->modules + at + 1, old->modules + at, (count - at) * sizeof *new->modules);
    replace_ranges(new, old);
    return true;
}

static bool remove_range(const Module *module)
{
    Ranges *old = atomic_load_explicit(&ranges, memory_order_relaxed);
    size_t at = ranges_behind(old, module->base) - 1;
    Ranges *new = memory_alloc(ranges_bytes(old->count - 1));
    if (!new) return false;
    new->count = old->count - 1;
    memcpy(new->modules, old->modules, at * sizeof *new->modules);
    memcpy(new->modules + at, old->modules + at + 1, (new->count - at) * sizeof *new->modules);
    replace_ranges(new, old);
    return true;
}

/* ---- Inside a module ---- */

const Point *module_point(const Module *module, const uint32_t *pc)
{
    uint32_t offset = (uint32_t)(pc - module->base), low = 0, high = module->point_count;
    while (low < high) {
        uint32_t middle = (low + high) / 2;
        if (module->points[middle].offset <= offset) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low ? &module->points[low - 1] : NULL;
}

#define FUNC_INFO_WORDS 2 /* it and the entry word, before a function's first instruction */

const Function *module_function_at(const Module *module, const uint32_t *pc)
{
    uint32_t offset = (uint32_t)(pc - module->base), low = 0, high = module->function_count;
    while (low < high) {
        uint32_t middle = (low + high) / 2;
        if (module->functions[middle].offset - FUNC_INFO_WORDS <= offset) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low ? &module->functions[low - 1] : NULL;
}

/* ---- Generations ---- */

static Export *export_of_function(const Module *module, const Function *f)
{
    return f->is_exported ? export_find(module->name, f->name, f->arity) : NULL;
}

static void unmark_exports(const Module *module)
{
    for (uint32_t i = 0; i < module->function_count; i++) {
        Export *e = export_of_function(module, &module->functions[i]);
        if (e) e->flags &= ~(uint32_t)EXPORT_LOADED;
    }
}

/* Exports of `module` that no current module has. */
static void clear_unmarked(const Module *module)
{
    for (uint32_t i = 0; i < module->function_count; i++) {
        Export *e = export_of_function(module, &module->functions[i]);
        if (!e || e->flags & EXPORT_LOADED) continue;
        const uint32_t *code = export_is_native(e) ? e->stub : export_missing_code();
        atomic_store_explicit(&e->code, code, memory_order_release);
    }
}

static void set_exports(const Module *module)
{
    for (uint32_t i = 0; i < module->function_count; i++) {
        Export *e = export_of_function(module, &module->functions[i]);
        if (!e) continue;
        e->flags |= EXPORT_LOADED;
        if (export_is_native(e)) continue;
        const uint32_t *code = module->base + module->functions[i].offset;
        atomic_store_explicit(&e->code, code, memory_order_release);
    }
}

static const uint32_t *fun_code(const Module *module, const LoadedFun *f)
{
    return module->base + module->functions[f->function].offset;
}

static void set_funs(const Module *module)
{
    for (uint32_t i = 0; i < module->fun_count; i++) {
        const LoadedFun *f = &module->funs[i];
        f->entry->function = module->functions[f->function].name;
        f->entry->arity = f->arity;
        f->entry->free_count = f->free_count;
        f->entry->old_index = f->entry->index;
        atomic_store_explicit(&f->entry->code, fun_code(module, f), memory_order_release);
    }
}

/* Takes back what clear_funs has done. */
static void restore_funs(const Module *module)
{
    for (uint32_t i = 0; i < module->fun_count; i++) {
        const LoadedFun *f = &module->funs[i];
        const uint32_t *none = NULL;
        atomic_compare_exchange_strong(&f->entry->code, &none, fun_code(module, f));
    }
}

/* Funs whose code is still this module's: the same module loaded anew has taken its own over. */
static void clear_funs(const Module *module)
{
    for (uint32_t i = 0; i < module->fun_count; i++) {
        FunEntry *entry = module->funs[i].entry;
        uintptr_t code = (uintptr_t)atomic_load_explicit(&entry->code, memory_order_relaxed);
        if (code - (uintptr_t)module->base < module->code_words * sizeof(uint32_t))
            atomic_store_explicit(&entry->code, NULL, memory_order_release);
    }
}

static bool can_age(Slot *slot) { return !load(&slot->current) || !load(&slot->old); }

static void make_current(Slot *slot, Module *module)
{
    Module *before = load(&slot->current);
    if (before) {
        store(&slot->old, before);
        unmark_exports(before);
    }
    set_exports(module);
    store(&slot->current, module);
    if (before) clear_unmarked(before);
}

static bool commit(Slot *slot, Module *module)
{
    if (load(&slot->pending) || !can_age(slot) || !add_range(module)) return false;
    set_funs(module);
    if (module->on_load) {
        store(&slot->pending, module);
    } else {
        make_current(slot, module);
    }
    return true;
}

bool module_commit(Module *module)
{
    Slot *slot = (Slot *)intern_get(&slots, name_hash(module->name), &module->name);
    if (!slot) return false;
    lock_acquire(&lock);
    bool done = commit(slot, module);
    lock_release(&lock);
    return done;
}

bool module_keep(Term name)
{
    Slot *slot = find_slot(name);
    if (!slot) return false;
    lock_acquire(&lock);
    Module *module = load(&slot->pending);
    bool can = module && can_age(slot);
    if (can) {
        make_current(slot, module);
        store(&slot->pending, NULL);
    }
    lock_release(&lock);
    return can;
}

void module_discard(Module *module) { literal_free(module->block, module->block_bytes); }

bool module_delete(Term name)
{
    Slot *slot = find_slot(name);
    if (!slot) return false;
    lock_acquire(&lock);
    Module *module = load(&slot->current);
    bool can = module && !load(&slot->old);
    if (can) {
        unmark_exports(module);
        clear_unmarked(module);
        store(&slot->old, module);
        store(&slot->current, NULL);
    }
    lock_release(&lock);
    return can;
}

/* ---- Purges, one at a time ---- */

static _Atomic(Module *) *purging; /* the field of the module that is to go; under the lock */

static bool is_purging(Term name) { return purging && load(purging)->name == name; }

bool module_is_purging(Term name)
{
    lock_acquire(&lock);
    bool is = is_purging(name);
    lock_release(&lock);
    return is;
}

Module *module_leaving(Term name)
{
    lock_acquire(&lock);
    Module *module = is_purging(name) ? load(purging) : module_old(name);
    lock_release(&lock);
    return module;
}

bool module_purge_begin(Term name, bool pending)
{
    Slot *slot = find_slot(name);
    if (!slot) return false;
    lock_acquire(&lock);
    _Atomic(Module *) *field = pending ? &slot->pending : &slot->old;
    Module *module = load(field);
    bool can = module && !purging;
    if (can) {
        purging = field;
        clear_funs(module);
    }
    lock_release(&lock);
    return can;
}

bool module_purge_end(Term name, bool complete)
{
    lock_acquire(&lock);
    Module *module = is_purging(name) ? load(purging) : NULL;
    bool can = module && (!complete || remove_range(module));
    if (can && complete) {
        store(purging, NULL);
    } else if (can) {
        restore_funs(module);
    }
    if (can) purging = NULL;
    lock_release(&lock);
    return can;
}

bool module_init(void)
{
    lock_init(&lock);
    return intern_init(&slots, &slot_kind, 64);
}
