/* SPDX-License-Identifier: Apache-2.0 */
/* export.c - the table of exported functions. */
#include "term/export.h"
#include "base/memory.h"
#include "term/intern.h"

typedef struct Mfa {
    Term module, function;
    uint32_t arity;
} Mfa;

static InternTable exports;
static const uint32_t *missing;

static uint32_t mfa_hash(Term module, Term function, uint32_t arity)
{
    return intern_hash(atom_index(module) + (arity << 20), atom_index(function));
}

static bool matches(uintptr_t entry, const void *key)
{
    const Export *e = (const Export *)entry;
    const Mfa *mfa = key;
    return e->function == mfa->function && e->module == mfa->module && e->arity == mfa->arity;
}

static uint32_t hash(uintptr_t entry)
{
    const Export *e = (const Export *)entry;
    return mfa_hash(e->module, e->function, e->arity);
}

static uintptr_t make(const void *key)
{
    const Mfa *mfa = key;
    Export *e = memory_alloc(sizeof *e);
    if (e == NULL) return 0;
    *e = (Export){.module = mfa->module, .function = mfa->function, .arity = mfa->arity};
    atomic_init(&e->code, missing);
    return (uintptr_t)e;
}

static const InternKind kind = {matches, hash, make};

bool export_init(const uint32_t *missing_code)
{
    missing = missing_code;
    return intern_init(&exports, &kind, 256);
}

const uint32_t *export_missing_code(void)
{
    return missing;
}

Export *export_intern(Term module, Term function, unsigned arity)
{
    Mfa mfa = {module, function, arity};
    return (Export *)intern_get(&exports, mfa_hash(module, function, arity), &mfa);
}

Export *export_find(Term module, Term function, unsigned arity)
{
    Mfa mfa = {module, function, arity};
    return (Export *)intern_find(&exports, mfa_hash(module, function, arity), &mfa);
}

typedef struct Visit {
    bool (*visit)(Export *e, void *context);
    void *context;
} Visit;

static bool visit_entry(uintptr_t entry, void *context)
{
    const Visit *v = context;
    return v->visit((Export *)entry, v->context);
}

void export_each(bool (*visit)(Export *e, void *context), void *context)
{
    Visit v = {visit, context};
    intern_each(&exports, visit_entry, &v);
}

bool export_is_callable(const Export *e)
{
    return e->native != NULL ||
           atomic_load_explicit(&e->code, memory_order_relaxed) != missing;
}
