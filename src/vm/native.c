/* SPDX-License-Identifier: Apache-2.0 */
/* native.c - what natives call to fail, to wait, and to build small terms; their registration. */

#include "mote/native.h"
#include <stdarg.h>
#include "base/memory.h"
#include "term/release.h"
#include "vm/interp.h"
#include "vm/natives.h"

/* ---- Failing ---- */

static Term raise_with(Process *p, int class, Term reason, Term trace, bool frame)
{
    p->action = ACTION_RAISE;
    p->raise_frame = frame;
    p->raised_by = NULL;
    p->exception_class = (uint32_t) class;
    p->roots[ROOT_REASON] = reason;
    p->roots[ROOT_TRACE] = trace;
    p->roots[ROOT_ARGS] = TERM_NONE;
    p->roots[ROOT_INFO] = TERM_NIL;
    return TERM_NONE;
}

Term badarg(Process *p) { return raise_error(p, A(badarg)); }
Term raise_error(Process *p, Term reason)
{
    return raise_with(p, CLASS_ERROR, reason, TERM_NIL, true);
}
Term raise_exit(Process *p, Term reason)
{
    return raise_with(p, CLASS_EXIT, reason, TERM_NIL, false);
}
Term raise_throw(Process *p, Term value)
{
    return raise_with(p, CLASS_THROW, value, TERM_NIL, false);
}
Term native_memory(Process *p) { return raise_error(p, A(system_limit)); }

Term raise_class(Process *p, int class, Term reason, Term trace)
{
    return raise_with(p, class, reason, trace, false);
}

Term raise_caller(Process *p, Term reason, Term args, Term info)
{
    raise_with(p, CLASS_ERROR, reason, TERM_NIL, false);
    p->roots[ROOT_ARGS] = args;
    p->roots[ROOT_INFO] = info;
    return TERM_NONE;
}

Term raise_tagged(Process *p, Term tag, Term value)
{
    Term reason = make_tuple(p, 2, tag, value);
    return is_none(reason) ? TERM_NONE : raise_error(p, reason);
}

/* ---- Control ---- */

Term native_need(Process *p, size_t words)
{
    p->action = ACTION_COLLECT;
    p->need = words;
    return TERM_NONE;
}

Term native_yield(Process *p, Term state)
{
    p->action = ACTION_YIELD;
    p->roots[ROOT_NATIVE_STATE] = state;
    return TERM_NONE;
}

Term native_wait(Process *p, Term state)
{
    p->action = ACTION_WAIT;
    p->roots[ROOT_NATIVE_STATE] = state;
    return TERM_NONE;
}

Term native_trap(Process *p, Export *function, const Term *args, unsigned count)
{
    Term *x = p->running_on->x;
    if (count > X_BYTE_MAX) return raise_error(p, A(system_limit));
    memmove(x, args, count * sizeof *args);
    p->action = ACTION_TRAP;
    p->trap = function;
    return TERM_NONE;
}

Term native_rest(Process *p)
{
    p->action = ACTION_REST;
    return TERM_NONE;
}

Term native_hibernate(Process *p)
{
    p->action = ACTION_HIBERNATE;
    return TERM_NONE;
}

/* ---- Building ---- */

Term make_tuple(Process *p, size_t arity, ...)
{
    Term *tuple = heap_reserve(&p->heap, arity + 1);
    if (!tuple) return native_memory(p);
    va_list elements;
    va_start(elements, arity);
    tuple[0] = make_header(KIND_TUPLE, arity);
    for (size_t i = 1; i <= arity; i++) tuple[i] = va_arg(elements, Term);
    va_end(elements);
    return make_boxed(tuple);
}

Term make_list(Process *p, const Term *elements, size_t count, Term tail)
{
    Term *cell = heap_reserve(&p->heap, 2 * count);
    if (!cell) return native_memory(p);
    for (cell += 2 * count; count > 0; count--) {
        cell -= 2;
        tail = cons_put(cell, elements[count - 1], tail);
    }
    return tail;
}

Term make_string(Process *p, const char *text, size_t size)
{
    Term *cell = heap_reserve(&p->heap, 2 * size), list = TERM_NIL;
    if (!cell) return native_memory(p);
    for (cell += 2 * size; size > 0; size--) {
        cell -= 2;
        list = cons_put(cell, make_small((uint8_t)text[size - 1]), list);
    }
    return list;
}

/* ---- Registration ---- */

static bool register_native(const Native *native)
{
    if (NATIVE_RELEASE(native) > release_number()) return true;
    Term name = atom_intern_z(native->name);
    if (is_none(name)) return false;
    Export *e = export_intern(make_atom(native->module), name, native->arity);
    if (!e) return false;
    const uint32_t *stub = interp_native_stub(e);
    if (!stub) return false;
    e->native = native;
    e->stub = stub;
    if (native->class & IN_ERLANG) e->flags |= EXPORT_IN_ERLANG;
    atomic_store_explicit(&e->code, stub, memory_order_release);
    return true;
}

bool natives_init(void)
{
    for (const NativeModule *const *module = native_modules; *module; module++) {
        if ((*module)->start && !(*module)->start()) return false;
        for (size_t i = 0; i < (*module)->count; i++) {
            if (!register_native(&(*module)->natives[i])) return false;
        }
    }
    return true;
}
