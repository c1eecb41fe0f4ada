/* SPDX-License-Identifier: Apache-2.0 */
/* bodies.c - helpers of instruction bodies: raising, arithmetic, calls. */

#include "vm/bodies.h"
#include "process/registry.h"
#include "process/signal.h"
#include "process/trace.h"
#include "vm/exception.h"
#include "vm/trace_call.h"

/* ---- Raising ---- */

void body_error(Process *p, Term reason)
{
    p->exception_class = CLASS_ERROR;
    p->roots[ROOT_REASON] = reason;
    p->roots[ROOT_TRACE] = TERM_NIL;
    p->roots[ROOT_ARGS] = TERM_NONE;
    p->roots[ROOT_INFO] = TERM_NIL;
}

void body_memory_error(Process *p)
{
    heap_relieve(&p->heap);
    body_error(p, A(system_limit));
}

void body_tagged_error(Process *p, Term tag, Term value)
{
    Term reason = heap_pair(&p->heap, tag, value);
    if (is_none(reason)) body_memory_error(p);
    else body_error(p, reason);
}

/* The trace starts with `function`, called with `args`. */
static void set_frame(Process *p, const Export *function, const Term *args)
{
    Term list = make_list(p, args, function->arity, TERM_NIL);
    if (is_none(list)) return;
    p->raised_by = function;
    p->roots[ROOT_ARGS] = list;
}

void body_native_frame(Process *p, const Export *native, const Term *args)
{
    set_frame(p, native, args);
}

void body_guard_error(Process *p, int guard, const Term *args, Term why)
{
    body_error(p, why);
    if (guard == GUARD_plus && why == A(badarith)) return; /* As on OTP. */
    Export *function = export_intern(A(erlang), make_atom(guards[guard].name), guards[guard].arity);
    if (function) set_frame(p, function, args);
}

/* ---- Arithmetic ---- */

Term body_guard(Process *p, int index, const Term *args, bool raise)
{
    Calc calc = {&p->heap, A(badarg), 0};
    Term result = guards[index].function(&calc, args);
    p->reductions -= (int32_t)calc.cost;
    if (is_none(result) && raise) body_guard_error(p, index, args, calc.why);
    return result;
}

Term body_arith2(Process *p, int guard, Term a, Term b)
{
    return body_guard(p, guard, (Term[]){a, b}, true);
}

Term body_increment(Process *p, int guard, Term a, Term b)
{
    Term result = body_guard(p, guard, (Term[]){a, b}, false);
    if (is_none(result)) body_error(p, A(badarith));
    return result;
}

/* ---- Calls ---- */

static const uint32_t *bad_arity(Scheduler *s, Process *p, Term f, unsigned arity)
{
    Term args = make_list(p, s->x, arity, TERM_NIL);
    Term call = heap_pair(&p->heap, f, args);
    if (is_none(call)) body_memory_error(p);
    else body_tagged_error(p, A(badarity), call);
    return NULL;
}

const uint32_t *body_fun_target(Scheduler *s, Process *p, Term f, unsigned arity)
{
    if (is_export_fun(f)) {
        Export *target = export_of(f);
        if (target->arity != arity) return bad_arity(s, p, f, arity);
        s->called = target;
        return atomic_load_explicit(&target->code, memory_order_acquire);
    }
    if (!is_local_fun(f)) {
        body_tagged_error(p, A(badfun), f);
        return NULL;
    }
    Fun *fun = fun_ptr(f);
    FunEntry *entry = fun->entry;
    const uint32_t *code = atomic_load_explicit(&entry->code, memory_order_acquire);
    if (!code) {
        s->called_fun = f;
        s->called_arity = arity;
        return builtin_code.call_missing_fun;
    }
    if (entry->arity != arity) return bad_arity(s, p, f, arity);
    size_t count = fun_free_count(f);
    if (count != entry->free_count) { /* It came from outside and was never this module's. */
        body_tagged_error(p, A(badfun), f);
        return NULL;
    }
    for (size_t i = 0; i < count; i++) s->x[x_slot(arity + (unsigned)i)] = fun->env[i];
    return code;
}

static const uint32_t *bad_apply(Scheduler *s, Process *p, Term module, Term function,
                                 unsigned arity)
{
    Term args[3] = {module, function, make_list(p, s->x, arity, TERM_NIL)};
    Export *apply = export_intern(A(erlang), A(apply), 3);
    body_error(p, A(badarg));
    if (apply && !is_none(args[2])) set_frame(p, apply, args);
    return NULL;
}

int body_spread_arguments(Scheduler *s, Process *p, Term list)
{
    size_t length;
    if (!list_length(list, &length) || length > 255) {
        body_error(p, is_list(list) && length > 255 ? A(system_limit) : A(badarg));
        return -1;
    }
    for (unsigned i = 0; i < length; i++, list = cons_tail(list)) s->x[x_slot(i)] = cons_head(list);
    return (int)length;
}

const uint32_t *body_apply_target(Scheduler *s, Process *p, Term module, Term function,
                                  unsigned arity)
{
    while (is_atom(module) && is_atom(function)) {
        if (module != A(erlang) || function != A(apply) || (arity != 2 && arity != 3)) {
            Export *target = export_intern(module, function, arity);
            if (!target) {
                body_memory_error(p);
                return NULL;
            }
            s->called = target;
            return atomic_load_explicit(&target->code, memory_order_acquire);
        }
        Term f = s->x[0], list = s->x[arity - 1], name = s->x[1];
        int spread = body_spread_arguments(s, p, list);
        if (spread < 0) return NULL;
        if (arity == 2) return body_fun_target(s, p, f, (unsigned)spread);
        module = f;
        function = name;
        arity = (unsigned)spread;
    }
    return bad_apply(s, p, module, function, arity);
}

bool body_raises(Scheduler *s, Process *p, const uint32_t *target)
{
    const Export *called = s->called;
    if (!called || called->stub != target || called->module != A(erlang)) return false;
    bool raises = called->function == A(error) ||
                  (called->arity == 1 &&
                   (called->function == A(exit) || called->function == A(throw)));
    if (!raises) return false;
    s->native = called;
    if (called->native->function == trace_native) trace_native_raises(p, called);
    else called->native->function(p, s->x);
    return true;
}

/* mote:name(x0, x1, x2): a native that makes sure the code is there and goes on. */
static const uint32_t *missing_handler(Scheduler *s, Process *p, Term name, unsigned arity)
{
    Export *handler = export_intern(A(mote), name, arity);
    if (!handler) {
        body_memory_error(p);
        return NULL;
    }
    s->called = handler;
    return atomic_load_explicit(&handler->code, memory_order_acquire);
}

const uint32_t *body_missing(Scheduler *s, Process *p)
{
    const Export *called = s->called;
    const uint32_t *code = atomic_load_explicit(&called->code, memory_order_acquire);
    if (code != builtin_code.call_missing) return code; /* Loaded meanwhile. */
    if (called->module == A(mote)) {
        body_error(p, A(undef));
        set_frame(p, called, s->x);
        return NULL;
    }
    Term args = make_list(p, s->x, called->arity, TERM_NIL);
    if (is_none(args)) {
        body_memory_error(p);
        return NULL;
    }
    s->x[0] = called->module;
    s->x[1] = called->function;
    s->x[2] = args;
    return missing_handler(s, p, A(undefined_function), 3);
}

const uint32_t *body_missing_fun(Scheduler *s, Process *p)
{
    Term f = s->called_fun;
    Term args = make_list(p, s->x, s->called_arity, TERM_NIL);
    if (is_none(args)) {
        body_memory_error(p);
        return NULL;
    }
    s->x[0] = fun_ptr(f)->entry->module;
    s->x[1] = f;
    s->x[2] = args;
    return missing_handler(s, p, A(undefined_lambda), 3);
}

void body_function_clause(Scheduler *s, Process *p, const uint32_t *base, unsigned function)
{
    const Function *f = &module_of(base)->functions[function];
    Export *name = export_intern(module_of(base)->name, f->name, f->arity);
    body_error(p, A(function_clause));
    if (name) set_frame(p, name, s->x);
}

/* ---- Messages ---- */

bool body_send(Process *p, Term to, Term message)
{
    Term target;
    Route route = registry_route(to, &target);
    if (route == ROUTE_BAD) {
        Export *send = export_intern(A(erlang), A(send), 2);
        if (is_atom(to)) trace_sent(p, message, to, p->pid); /* As on OTP. */
        body_error(p, A(badarg));
        if (send) set_frame(p, send, (Term[]){to, message});
        return false;
    }
    if (route != ROUTE_LOCAL) return true;
    if (!message_send(p->pid, target, message)) {
        body_memory_error(p);
        return false;
    }
    if (unlikely(p->flags & PROCESS_TRACED)) trace_sent(p, message, to, target);
    return true;
}
