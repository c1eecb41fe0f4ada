/* SPDX-License-Identifier: Apache-2.0 */
/* fun.c - the table of local funs. */
#include "term/fun.h"
#include "base/memory.h"
#include "term/intern.h"

static InternTable funs;

static uint32_t entry_hash(const FunEntry *e)
{
    return intern_hash(intern_hash(atom_index(e->module), e->index), e->old_uniq);
}

static bool matches(uintptr_t entry, const void *key)
{
    const FunEntry *a = (const FunEntry *)entry, *b = key;
    return a->module == b->module && a->index == b->index && a->old_uniq == b->old_uniq &&
           memcmp(a->uniq, b->uniq, sizeof a->uniq) == 0;
}

static uint32_t hash(uintptr_t entry) { return entry_hash((const FunEntry *)entry); }

static uintptr_t make(const void *key)
{
    const FunEntry *like = key;
    FunEntry *e = memory_alloc(sizeof *e);
    if (e == NULL) return 0;
    *e = (FunEntry){.module = like->module, .function = TERM_NONE};
    e->arity = like->arity;
    e->free_count = like->free_count;
    e->index = like->index;
    e->old_index = like->old_index;
    e->old_uniq = like->old_uniq;
    memcpy(e->uniq, like->uniq, sizeof e->uniq);
    atomic_init(&e->code, NULL);
    return (uintptr_t)e;
}

static const InternKind kind = {matches, hash, make};

bool fun_init(void)
{
    return intern_init(&funs, &kind, 64);
}

FunEntry *fun_intern(const FunEntry *like)
{
    return (FunEntry *)intern_get(&funs, entry_hash(like), like);
}
