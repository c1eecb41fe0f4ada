/* SPDX-License-Identifier: Apache-2.0 */
/* trace_point.c - functions whose calls are traced: setting and dropping their points. */

#include "vm/trace_point.h"
#include "base/lock.h"
#include "base/memory.h"
#include "base/table.h"
#include "vm/trace_call.h"

TracePoint trace_on_load;

/* ---- Points ---- */

static TracePoint *make_point(Export *function)
{
    TracePoint *point = memory_alloc(sizeof *point);
    if (!point) return NULL;
    memset(point, 0, sizeof *point);
    point->function = function;
    point->meta_tracer = TERM_NIL;
    return point;
}

static void set_program(MatchProgram **place, MatchProgram *program)
{
    if (program) resource_retain(&program->resource);
    if (*place) resource_release(&(*place)->resource);
    *place = program;
}

static void clear(TracePoint *point, unsigned kinds)
{
    point->kinds &= (uint8_t)~kinds;
    if (!(point->kinds & (TRACES_GLOBAL | TRACES_LOCAL))) set_program(&point->calls, NULL);
    if (kinds & TRACES_META) set_program(&point->meta, NULL);
}

static void set(TracePoint *point, const TraceChange *change)
{
    if (change->kinds & (TRACES_GLOBAL | TRACES_LOCAL)) set_program(&point->calls, change->program);
    if (change->kinds & TRACES_META) {
        set_program(&point->meta, change->program);
        point->meta_tracer = change->meta_tracer;
    }
    if (change->kinds & TRACES_COUNT) {
        atomic_store(&point->count, 0);
        point->kinds &= (uint8_t)~TRACES_NO_COUNT;
    }
    point->kinds |= change->kinds;
}

/* `breaks`: the kinds that exclude global ones. */
static void apply(TracePoint *point, const TraceChange *change)
{
    const unsigned breaks = TRACES_LOCAL | TRACES_META | TRACES_COUNT | TRACES_NO_COUNT;
    bool counts = point->kinds & change->kinds & TRACES_COUNT;
    switch (change->how) {
    case CHANGE_OFF:
        clear(point, change->kinds | (change->kinds & TRACES_COUNT ? TRACES_NO_COUNT : 0));
        break;
    case CHANGE_ON:
        clear(point, change->kinds & TRACES_GLOBAL ? breaks : TRACES_GLOBAL);
        set(point, change);
        break;
    case CHANGE_PAUSE:
        if (counts) point->kinds |= TRACES_NO_COUNT;
        break;
    case CHANGE_RESTART:
        if (counts) atomic_store(&point->count, 0);
        if (counts) point->kinds &= (uint8_t)~TRACES_NO_COUNT;
        break;
    }
}

/* ---- Points of exports, which are never freed: a process may rest at the stub of one ---- */

static uint32_t point_hash(const void *entry)
{
    return (uint32_t)((uintptr_t)((const TracePoint *)entry)->function / sizeof(Export)) *
           2654435761u;
}
static bool point_matches(const void *entry, const void *key)
{
    return ((const TracePoint *)entry)->function == key;
}
static const TableKind point_kind = {point_hash, point_matches};
static Table export_points = {.kind = &point_kind};

static TracePoint *find_export_point(Export *e)
{
    TracePoint key = {.function = e};
    return table_get(&export_points, e, point_hash(&key));
}

static TracePoint *export_point(Export *e)
{
    TracePoint *point = find_export_point(e);
    if (point) return point;
    point = make_point(e);
    if (!point) return NULL;
    uint64_t address = (uintptr_t)point;
    point->stub[0] = entry_word(0, e->arity);
    point->stub[1] = TRACE_INSN(TRACE_CALLED);
    point->stub[2] = (uint32_t)address;
    point->stub[3] = (uint32_t)(address >> 32);
    if (table_put(&export_points, point)) return point;
    memory_free(point, sizeof *point);
    return NULL;
}

static const uint32_t *code_of(const Export *e)
{
    return atomic_load_explicit(&e->code, memory_order_acquire);
}

static bool is_native_point(const Export *e) { return e->native->function == trace_native; }

static void link_native(TracePoint *point)
{
    Export *e = point->function;
    bool is_linked = is_native_point(e);
    if (!is_linked && point->kinds) {
        point->original = e->native;
        point->native = *e->native;
        point->native.function = trace_native;
        e->native = &point->native;
    } else if (is_linked && !point->kinds) {
        e->native = point->original;
    }
}

static void link_export(TracePoint *point)
{
    Export *e = point->function;
    const uint32_t *code = code_of(e);
    bool is_linked = code == point->stub + 1;
    if (!is_linked && point->kinds) {
        point->code = code;
        atomic_store_explicit(&e->code, point->stub + 1, memory_order_release);
    } else if (is_linked && !point->kinds) {
        atomic_store_explicit(&e->code, point->code, memory_order_release);
    }
}

/* A point whose module was replaced is as good as none. */
static void wake_export(TracePoint *point)
{
    if (point->kinds && code_of(point->function) != point->stub + 1) clear(point, TRACES_GLOBAL);
}

/* ---- Points of functions ---- */

static uint8_t *token_at(const Module *module, const Function *f)
{
    return (uint8_t *)(uintptr_t)(module->base + f->offset);
}

static TracePoint *function_point(Module *module, uint32_t i)
{
    const Function *f = &module->functions[i];
    if (!module->traced) {
        module->traced = memory_alloc(module->function_count * sizeof *module->traced);
        if (!module->traced) return NULL;
        memset(module->traced, 0, module->function_count * sizeof *module->traced);
    }
    TracePoint *point = module->traced[i];
    if (point) return point;
    Export *name = export_intern(module->name, f->name, f->arity);
    point = name ? make_point(name) : NULL;
    if (!point) return NULL;
    point->token = *token_at(module, f);
    *token_at(module, f) = INSN_breakpoint;
    return module->traced[i] = point;
}

static void free_if_empty(Module *module, uint32_t i)
{
    TracePoint *point = module->traced ? module->traced[i] : NULL;
    if (!point || point->kinds) return;
    *token_at(module, &module->functions[i]) = point->token;
    module->traced[i] = NULL;
    memory_free(point, sizeof *point);
}

TracePoint *trace_point_at(const uint32_t *base, const uint32_t *pc)
{
    const Module *module = module_of(base);
    return module->traced[module_function_at(module, pc) - module->functions];
}

/* ---- Changing ---- */

typedef struct Change {
    const TracePattern *pattern;
    const TraceChange *change;
    size_t count;
    bool failed;
} Change;

static bool matches(const TracePattern *pattern, Term module, Term function, unsigned arity)
{
    return (is_none(pattern->module) || pattern->module == module) &&
           (is_none(pattern->function) || pattern->function == function) &&
           (pattern->arity < 0 || (unsigned)pattern->arity == arity);
}

/* `point` is NULL where there is none, for lack of memory if the change wants one. */
static bool change_point(Change *c, TracePoint *point, const TraceChange *change)
{
    if (point) apply(point, change);
    else if (change->how == CHANGE_ON) c->failed = true;
    return point != NULL;
}

static bool change_native(Export *e, void *context)
{
    Change *c = context;
    if (!e->native || !matches(c->pattern, e->module, e->function, e->arity)) return true;
    c->count++;
    bool on = c->change->how == CHANGE_ON;
    TracePoint *point = on ? export_point(e) : find_export_point(e);
    if (change_point(c, point, c->change)) link_native(point);
    return true;
}

static void change_export(Change *c, Export *e, const TraceChange *change)
{
    bool on = change->how == CHANGE_ON;
    TracePoint *point = on ? export_point(e) : find_export_point(e);
    if (point) wake_export(point);
    if (change_point(c, point, change)) link_export(point);
}

static void change_function(Change *c, Module *module, uint32_t i, const TraceChange *change)
{
    bool on = change->how == CHANGE_ON;
    TracePoint *point = on ? function_point(module, i)
                           : module->traced ? module->traced[i] : NULL;
    change_point(c, point, change);
    free_if_empty(module, i);
}

/* Tracing of global calls and all other tracing exclude each other. */
static void change_one(Change *c, Module *module, uint32_t i)
{
    static const TraceChange none_global = {CHANGE_OFF, TRACES_GLOBAL, NULL, TERM_NIL};
    static const TraceChange no_breaks = {
        CHANGE_OFF, TRACES_LOCAL | TRACES_META | TRACES_COUNT, NULL, TERM_NIL};
    const Function *f = &module->functions[i];
    Export *e = f->is_exported ? export_find(module->name, f->name, f->arity) : NULL;
    bool is_global = c->change->kinds & TRACES_GLOBAL, on = c->change->how == CHANGE_ON;
    if ((e && e->native) || !matches(c->pattern, module->name, f->name, f->arity)) return;
    if (e || !is_global) c->count++;
    if (is_global) {
        if (on) change_function(c, module, i, &no_breaks);
        if (e) change_export(c, e, c->change);
    } else {
        if (on && e) change_export(c, e, &none_global);
        change_function(c, module, i, c->change);
    }
}

static bool change_module(Module *module, void *context)
{
    Change *c = context;
    if (!is_none(c->pattern->module) && c->pattern->module != module->name) return true;
    for (uint32_t i = 0; i < module->function_count; i++) change_one(c, module, i);
    return true;
}

static size_t change_all(const TracePattern *pattern, const TraceChange *change)
{
    Change c = {pattern, change, 0, false};
    export_each(change_native, &c);
    module_each(change_module, &c);
    return c.failed ? SIZE_MAX : c.count;
}

size_t trace_points_change(Scheduler *s, const TracePattern *pattern, const TraceChange *change)
{
    scheduler_block_others(s);
    size_t count = change_all(pattern, change);
    scheduler_resume_others();
    return count;
}

/* ---- Asking ---- */

TracePoint *trace_point_of(Term module, Term function, unsigned arity)
{
    Export *e = export_find(module, function, arity);
    TracePoint *point = e ? find_export_point(e) : NULL;
    if (e && e->native) return point;
    if (point && point->kinds && code_of(e) == point->stub + 1) return point;
    const Module *m = module_find(module);
    for (uint32_t i = 0; m && m->traced && i < m->function_count; i++) {
        const Function *f = &m->functions[i];
        if (f->name == function && f->arity == arity) return m->traced[i];
    }
    return NULL;
}

bool trace_function_exists(Term module, Term function, unsigned arity)
{
    Export *e = export_find(module, function, arity);
    if (e && e->native) return true;
    const Module *m = module_find(module);
    for (uint32_t i = 0; m && i < m->function_count; i++) {
        if (m->functions[i].name == function && m->functions[i].arity == arity) return true;
    }
    return false;
}

/* ---- New modules ---- */

void trace_module_loaded(Scheduler *s, Term module)
{
    const TracePattern pattern = {module, TERM_NONE, -1};
    const TracePoint *wanted = &trace_on_load;
    if (!wanted->kinds) return;
    scheduler_block_others(s);
    const unsigned kinds[] = {TRACES_GLOBAL | TRACES_LOCAL, TRACES_META, TRACES_COUNT};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (!(wanted->kinds & kinds[i])) continue;
        TraceChange change = {CHANGE_ON, (uint8_t)(wanted->kinds & kinds[i]),
                              kinds[i] & TRACES_META ? wanted->meta : wanted->calls,
                              wanted->meta_tracer};
        change_all(&pattern, &change);
    }
    scheduler_resume_others();
}

void trace_on_load_change(Scheduler *s, const TraceChange *change)
{
    scheduler_block_others(s);
    apply(&trace_on_load, change);
    scheduler_resume_others();
}
