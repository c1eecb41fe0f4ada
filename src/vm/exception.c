/* SPDX-License-Identifier: Apache-2.0 */
/* exception.c - raising, catching, stack traces. */

/* A raw trace is a tuple on the raising process's heap:
       {Class, RaisedBy, Args, Info, PC, PC, ...}
   Class a small integer; RaisedBy an Export * (0: none); Args a list, those of RaisedBy, or else
   of the first PC's function (0: its arity is shown); PC addresses of code: raw aligned
   pointers, which look like small integers. It becomes a list when somebody asks for the stack
   trace. */

#include "vm/exception.h"
#include "mote/native.h"
#include "vm/bodies.h"
#include "vm/trace_call.h"

enum { TRACE_DEPTH = 8, STACK_LIMIT = 64 };
enum { RAW_CLASS, RAW_BY, RAW_ARGS, RAW_INFO, RAW_FIXED };

static bool is_raw_trace(Term trace) { return is_tuple(trace) && tuple_arity(trace) >= RAW_FIXED; }

int exception_class_of(Term trace)
{
    if (is_raw_trace(trace)) return (int)small_value(tuple_elements(trace)[RAW_CLASS]);
    if (is_tuple_of(trace, 2)) return (int)small_value(tuple_elements(trace)[0]);
    return CLASS_ERROR;
}

/* Code that belongs to no module: stubs and the VM's own, whose entry words have distance 0. */
static bool is_stub(const uint32_t *pc, const uint32_t *base) { return pc == base; }

static uint32_t frame_size(const uint32_t *pc, const uint32_t *base)
{
    if (is_stub(pc, base)) return 0;
    const Point *point = module_point(module_of(base), pc);
    return !point || point->frame == FRAME_NONE ? 0 : point->frame;
}

/* Walks frames from the newest. */
typedef struct Walk {
    Term *frame; /* first slot */
    uint32_t size;
    const uint32_t *pc, *base; /* of the code that runs in it */
    Term *end;
} Walk;

static void walk_start(Walk *walk, const Heap *heap, const uint32_t *pc, const uint32_t *base)
{
    *walk = (Walk){heap->stack, frame_size(pc, base), pc, base, heap->end};
}

/* To the caller's frame. False: there is none. */
static bool walk_next(Walk *walk)
{
    Term *slot = walk->frame + walk->size;
    if (slot >= walk->end) return false;
    walk->pc = (const uint32_t *)*slot;
    walk->base = entry_base(walk->pc);
    walk->size = entry_frame(walk->pc);
    walk->frame = slot + 1;
    return true;
}

/* ---- Saving ---- */

static void save_trace(Process *p, const uint32_t *pc, const uint32_t *base)
{
    Term pcs[TRACE_DEPTH];
    bool named = !is_none(p->roots[ROOT_ARGS]);
    unsigned limit = named ? TRACE_DEPTH - 1 : TRACE_DEPTH, count = 0;
    Walk walk;
    walk_start(&walk, &p->heap, pc, base);
    do {
        if (is_stub(walk.pc, walk.base)) continue;
        /* A return address belongs to the call before it, even where it is also the place that
           failed. As on OTP, one that repeats is shown once. */
        Term place = (Term)(walk.frame == p->heap.stack ? pc : walk.pc - 1);
        if (count == 0 || pcs[count - 1] != place) pcs[count++] = place;
    } while (count < limit && walk_next(&walk));
    Term *raw = heap_reserve(&p->heap, 1 + RAW_FIXED + count);
    if (!raw) return; /* The list stays empty. */
    raw[0] = make_header(KIND_TUPLE, RAW_FIXED + count);
    raw[1 + RAW_CLASS] = make_small((Word)p->exception_class);
    raw[1 + RAW_BY] = named ? (Term)p->raised_by : 0;
    raw[1 + RAW_ARGS] = named ? p->roots[ROOT_ARGS] : make_small(0);
    raw[1 + RAW_INFO] = p->roots[ROOT_INFO];
    memcpy(raw + 1 + RAW_FIXED, pcs, count * sizeof *pcs);
    p->roots[ROOT_TRACE] = make_boxed(raw);
}

/* A trace that the program gave as a list keeps its class beside it: {Class, List}. */
static void wrap_trace(Process *p)
{
    Term pair = heap_pair(&p->heap, make_small((Word)p->exception_class), p->roots[ROOT_TRACE]);
    if (!is_none(pair)) p->roots[ROOT_TRACE] = pair;
}

/* ---- Catching ---- */

/* The newest frame with a catch, its slot in *slot. */
static bool find_catch(Walk *walk, Term **slot)
{
    do {
        for (uint32_t i = 0; i < walk->size; i++) {
            if (!is_catch(walk->frame[i])) continue;
            *slot = walk->frame + i;
            return true;
        }
    } while (walk_next(walk));
    return false;
}

static Term class_atom(uint32_t class)
{
    return class == CLASS_ERROR ? A(error) : class == CLASS_EXIT ? A(exit) : A(throw);
}

/* {first, second} on the heap, or `first` alone where there is no memory. */
static Term pair_or(Process *p, Term first, Term second)
{
    Term pair = heap_pair(&p->heap, first, second);
    return is_none(pair) ? first : pair;
}

static void make_exit_reason(Process *p)
{
    Term reason = p->roots[ROOT_REASON];
    if (p->exception_class == CLASS_EXIT) return;
    Term list = exception_stacktrace(p, p->roots[ROOT_TRACE]);
    if (is_none(list)) list = TERM_NIL;
    if (p->exception_class == CLASS_THROW) reason = pair_or(p, A(nocatch), reason);
    p->roots[ROOT_REASON] = pair_or(p, reason, list);
}

void exception_kill(Process *p)
{
    p->flags |= PROCESS_KILLED;
    p->exception_class = CLASS_EXIT;
    p->roots[ROOT_REASON] = A(killed);
    p->roots[ROOT_TRACE] = p->roots[ROOT_INFO] = TERM_NIL;
    p->roots[ROOT_ARGS] = TERM_NONE;
}

const uint32_t *exception_handle(Scheduler *s, Process *p, const uint32_t *pc,
                                 const uint32_t **base)
{
    if (p->flags & PROCESS_KILLED) return NULL;
    if (is_nil(p->roots[ROOT_TRACE])) {
        save_trace(p, pc, *base);
    } else if (is_list(p->roots[ROOT_TRACE])) {
        wrap_trace(p);
    }
    p->roots[ROOT_ARGS] = TERM_NONE;
    p->roots[ROOT_INFO] = TERM_NIL;
    Walk walk;
    Term *slot;
    walk_start(&walk, &p->heap, pc, *base);
    const Term *from = walk.frame + walk.size;
    bool caught = p->catches > 0 && find_catch(&walk, &slot);
    const uint32_t *handler = caught ? walk.base + catch_offset(*slot) : NULL;
    if (p->flags & PROCESS_TRACE_FRAMES)
        trace_unwind(p, from, caught ? walk.frame : p->heap.end, handler);
    if (!caught) {
        make_exit_reason(p);
        return NULL;
    }
    p->heap.stack = walk.frame;
    s->x[0] = TERM_NONE;
    s->x[1] = class_atom(p->exception_class);
    s->x[2] = p->roots[ROOT_REASON];
    s->x[3] = p->roots[ROOT_TRACE];
    p->roots[ROOT_REASON] = p->roots[ROOT_TRACE] = TERM_NIL;
    *base = walk.base;
    return handler;
}

/* ---- Lists ---- */

/* The module that explains errors of natives of `module`; TERM_NONE: there is none. */
static Term error_module(Term module)
{
    static const Term stdlib[] = {A(lists), A(maps), A(binary), A(ets), A(math), A(re), A(unicode)};
    static const Term erts[] = {A(erlang), A(erts_internal), A(atomics), A(counters),
                                A(persistent_term)};
    for (size_t i = 0; i < sizeof stdlib / sizeof *stdlib; i++) {
        if (module == stdlib[i]) return A(erl_stdlib_errors);
    }
    for (size_t i = 0; i < sizeof erts / sizeof *erts; i++) {
        if (module == erts[i]) return A(erl_erts_errors);
    }
    return module == A(os) ? A(erl_kernel_errors) : TERM_NONE;
}

/* [{error_info, Info}]: for natives #{module => M}, or what `info` says. */
static Term info_list(Process *p, Term info, const Export *by)
{
    if (is_nil(info)) {
        bool is_apply = by->module == A(erlang) && by->function == A(apply);
        if (!by->native && guard_find(by->function, by->arity) < 0 && !is_apply) return TERM_NIL;
        Term pairs[2] = {A(module), error_module(by->module)};
        if (is_none(pairs[1])) return TERM_NIL;
        info = map_from_pairs(&p->heap, pairs, 1, NULL);
        if (is_none(info)) return TERM_NIL;
    }
    Term entry = make_tuple(p, 2, A(error_info), info);
    return is_none(entry) ? TERM_NIL : make_list(p, &entry, 1, TERM_NIL);
}

/* {M, F, ArityOrArgs, [{file, F}, {line, L} | Rest]} */
static Term location_entry(Process *p, Term mfa[3], const Module *module, const Point *point,
                           Term rest)
{
    Term location = rest;
    if (point && point->line) {
        Term parts[2] = {make_tuple(p, 2, A(file), module->files[point->file]),
                         make_tuple(p, 2, A(line), make_small((Word)point->line))};
        if (is_none(parts[0]) || is_none(parts[1])) return TERM_NONE;
        location = make_list(p, parts, 2, rest);
        if (is_none(location)) return TERM_NONE;
    }
    return make_tuple(p, 4, mfa[0], mfa[1], mfa[2], location);
}

static Term pc_entry(Process *p, const uint32_t *pc, Term args, Term rest)
{
    const Module *module = module_at(pc);
    if (!module || module->name == A(mote)) return TERM_NIL; /* The VM's own code is not shown. */
    const Function *function = module_function_at(module, pc);
    if (!function) return TERM_NIL;
    Term mfa[3] = {module->name, function->name, args};
    if (is_none(args)) mfa[2] = make_small((Word)function->arity);
    return location_entry(p, mfa, module, module_point(module, pc), rest);
}

/* The first entry: what RaisedBy and Args say. */
static Term named_entry(Process *p, const Term *raw, const uint32_t *first_pc)
{
    const Export *by = (const Export *)raw[RAW_BY];
    const Module *module = first_pc ? module_at(first_pc) : NULL;
    const Function *function = module ? module_function_at(module, first_pc) : NULL;
    bool is_caller = function && module->name == by->module && function->name == by->function &&
                     function->arity == by->arity;
    Term mfa[3] = {by->module, by->function, raw[RAW_ARGS]};
    if (is_caller && by->native == NULL)
        return location_entry(p, mfa, module, module_point(module, first_pc), TERM_NIL);
    return location_entry(p, mfa, NULL, NULL, info_list(p, raw[RAW_INFO], by));
}

Term exception_stacktrace(Process *p, Term trace)
{
    if (is_tuple_of(trace, 2)) return tuple_elements(trace)[1];
    if (!is_raw_trace(trace)) return trace;
    const Term *raw = tuple_elements(trace);
    size_t count = tuple_arity(trace) - RAW_FIXED;
    Term entries[TRACE_DEPTH + 1];
    size_t used = 0, first = 0;
    if (raw[RAW_BY]) {
        const uint32_t *pc = count ? (const uint32_t *)raw[RAW_FIXED] : NULL;
        const Export *by = (const Export *)raw[RAW_BY];
        entries[used] = named_entry(p, raw, pc);
        if (is_none(entries[used])) return TERM_NONE;
        used++;
        /* A function that blames itself (function_clause, error/2) is not listed twice. */
        const Module *module = pc ? module_at(pc) : NULL;
        const Function *f = module ? module_function_at(module, pc) : NULL;
        if (f && module->name == by->module && f->name == by->function && f->arity == by->arity)
            first = 1;
    }
    for (size_t i = first; i < count && used < TRACE_DEPTH; i++) {
        bool blamed = i == 0 && !raw[RAW_BY];
        Term info = blamed && !is_nil(raw[RAW_INFO]) ? info_list(p, raw[RAW_INFO], NULL) : TERM_NIL;
        Term args = blamed && is_list(raw[RAW_ARGS]) ? raw[RAW_ARGS] : TERM_NONE;
        Term entry = pc_entry(p, (const uint32_t *)raw[RAW_FIXED + i], args, info);
        if (is_none(entry)) return TERM_NONE;
        if (!is_nil(entry)) entries[used++] = entry;
    }
    return make_list(p, entries, used, TERM_NIL);
}

/* A function's entry word holds its arity: there is no frame yet. */
static bool is_function_start(const uint32_t *base, const uint32_t *pc)
{
    const Function *f = module_function_at(module_of(base), pc);
    return f && base + f->offset == pc;
}

/* From the newest frame of p, which runs, or rests at a place behind an entry word. */
static void walk_start_here(Walk *walk, const Process *p)
{
    const uint32_t *pc = p->pc;
    if (p->flags & PROCESS_RUNS) {
        const Module *module = module_at(pc);
        walk_start(walk, &p->heap, pc, module ? module->base : pc);
        return;
    }
    walk_start(walk, &p->heap, pc, entry_base(pc));
    if (!is_stub(pc, walk->base) && !is_function_start(walk->base, pc))
        walk->size = entry_frame(pc);
}

bool exception_runs(const Process *p, const Module *module)
{
    Walk walk;
    walk_start_here(&walk, p);
    while (walk.base != module->base) {
        if (!walk_next(&walk)) return false;
    }
    return true;
}

Term exception_stack(Process *p, size_t limit)
{
    Term entries[STACK_LIMIT];
    size_t used = 0;
    Walk walk;
    walk_start_here(&walk, p);
    const uint32_t *place = p->flags & PROCESS_RUNS ? p->pc : p->pc - 1;
    if (limit > STACK_LIMIT) limit = STACK_LIMIT;
    while (used < limit) {
        if (!is_stub(walk.pc, walk.base)) {
            Term entry = pc_entry(p, place, TERM_NONE, TERM_NIL);
            if (is_none(entry)) return TERM_NONE;
            if (!is_nil(entry)) entries[used++] = entry;
        }
        if (!walk_next(&walk)) break;
        place = walk.pc - 1;
    }
    return make_list(p, entries, used, TERM_NIL);
}

/* ---- catch and raw_raise ---- */

Term body_catch_value(Scheduler *s, Process *p)
{
    Term class = s->x[1], reason = s->x[2];
    if (class == A(throw)) return reason;
    if (class == A(error)) {
        Term list = exception_stacktrace(p, s->x[3]);
        reason = is_none(list) ? TERM_NONE : make_tuple(p, 2, reason, list);
        if (is_none(reason)) return TERM_NONE;
    }
    return make_tuple(p, 2, A(EXIT), reason);
}

bool body_raw_raise(Scheduler *s, Process *p)
{
    Term class = s->x[0];
    if (class != A(error) && class != A(exit) && class != A(throw)) {
        s->x[0] = A(badarg);
        return false;
    }
    p->exception_class = class == A(error)  ? CLASS_ERROR
                         : class == A(exit) ? CLASS_EXIT
                                            : CLASS_THROW;
    p->roots[ROOT_REASON] = s->x[1];
    p->roots[ROOT_TRACE] = s->x[2];
    return true;
}
