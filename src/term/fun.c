/* SPDX-License-Identifier: Apache-2.0 */
/* fun.c - the table of local funs. */
#include "term/fun.h"
#include "base/memory.h"
#include "term/intern.h"

typedef struct FunKey {
    Term module;
    uint32_t index, old_uniq;
    const uint8_t *uniq;
} FunKey;

static InternTable funs;

static uint32_t key_hash(const FunKey *key)
{
    return intern_hash(intern_hash(atom_index(key->module), key->index), key->old_uniq);
}

static bool matches(uintptr_t entry, const void *key_of)
{
    const FunEntry *e = (const FunEntry *)entry;
    const FunKey *key = key_of;
    return e->module == key->module && e->index == key->index && e->old_uniq == key->old_uniq &&
           memcmp(e->uniq, key->uniq, sizeof e->uniq) == 0;
}

static uint32_t hash(uintptr_t entry)
{
    const FunEntry *e = (const FunEntry *)entry;
    FunKey key = {e->module, e->index, e->old_uniq, e->uniq};
    return key_hash(&key);
}

static uintptr_t make(const void *key_of)
{
    const FunKey *key = key_of;
    FunEntry *e = memory_alloc(sizeof *e);
    if (e == NULL) return 0;
    *e = (FunEntry){.module = key->module, .function = TERM_NONE};
    e->index = key->index;
    e->old_uniq = key->old_uniq;
    memcpy(e->uniq, key->uniq, sizeof e->uniq);
    atomic_init(&e->code, NULL);
    return (uintptr_t)e;
}

static const InternKind kind = {matches, hash, make};

bool fun_init(void)
{
    return intern_init(&funs, &kind, 64);
}

FunEntry *fun_intern(Term module, uint32_t index, uint32_t old_uniq, const uint8_t uniq[16])
{
    FunKey key = {module, index, old_uniq, uniq};
    return (FunEntry *)intern_get(&funs, key_hash(&key), &key);
}
