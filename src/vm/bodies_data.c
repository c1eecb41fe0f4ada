/* SPDX-License-Identifier: Apache-2.0 */
/* bodies_data.c - helpers of instruction bodies: tuples, funs, maps; sizes. */

#include "term/compare.h"
#include "vm/bodies.h"

static Term source(const BodyFrame *f, uint16_t operand)
{
    return body_source(operand, f->x, f->e, f->base);
}

static Term no_memory(Process *p)
{
    body_memory_error(p);
    return TERM_NONE;
}

Term body_update_record(Process *p, const BodyFrame *f, Term tuple, const uint16_t *pairs,
                        unsigned count)
{
    size_t words = 1 + tuple_arity(tuple);
    Term *copy = heap_reserve(&p->heap, words);
    if (!copy) return no_memory(p);
    memcpy(copy, boxed_ptr(tuple), words * WORD_BYTES);
    for (unsigned i = 0; i < count; i += 2) {
        copy[small_value(source(f, pairs[i]))] = source(f, pairs[i + 1]);
    }
    return make_boxed(copy);
}

Term body_make_fun(Process *p, const BodyFrame *f, FunEntry *entry, const uint16_t *sources,
                   unsigned count)
{
    Fun *fun = (Fun *)heap_reserve(&p->heap, 1 + FUN_SIZE + count);
    if (!fun) return no_memory(p);
    fun->header = make_header(KIND_FUN, FUN_SIZE + count);
    fun->entry = entry;
    fun->creator = p->pid;
    for (unsigned i = 0; i < count; i++) fun->env[i] = source(f, sources[i]);
    return make_boxed((Term *)fun);
}

enum { FEW_MAP_TERMS = 32 }; /* more take memory of their own */

Term body_put_map(Process *p, const BodyFrame *f, Term map, const uint16_t *sources, unsigned count,
                  bool exact)
{
    Term few[FEW_MAP_TERMS], missing = TERM_NONE;
    if (!is_map(map)) {
        body_tagged_error(p, A(badmap), map);
        return TERM_NONE;
    }
    if (count == 2 && !exact) {
        Term result = map_put(&p->heap, map, source(f, sources[0]), source(f, sources[1]));
        return is_none(result) ? no_memory(p) : result;
    }
    Term *pairs = count <= FEW_MAP_TERMS ? few : memory_alloc(count * WORD_BYTES);
    if (!pairs) return no_memory(p);
    for (unsigned i = 0; i < count; i++) pairs[i] = source(f, sources[i]);
    Term result = map_update(&p->heap, map, pairs, count / 2, exact ? &missing : NULL);
    if (pairs != few) memory_free(pairs, count * WORD_BYTES);
    if (!is_none(result)) return result;
    if (is_none(missing)) return no_memory(p);
    for (unsigned i = 0; i < count; i += 2) { /* As on OTP, the least one is to blame. */
        Term key = source(f, sources[i]);
        if (is_none(map_get(map, key)) && term_compare_exact(key, missing) < 0) missing = key;
    }
    body_tagged_error(p, A(badkey), missing);
    return TERM_NONE;
}

bool body_has_map_fields(const BodyFrame *f, Term map, const uint16_t *sources, unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        if (is_none(map_get(map, source(f, sources[i])))) return false;
    }
    return true;
}

/* ---- Sizes of segments ---- */

bool body_bit_size(Term size, uintptr_t unit, uintptr_t *bits)
{
    if (!is_small(size) || small_value(size) < 0) return false;
    return !__builtin_mul_overflow((uintptr_t)small_value(size), unit, bits) &&
           *bits <= (UINTPTR_MAX >> 4);
}
