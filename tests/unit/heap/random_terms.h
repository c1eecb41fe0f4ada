/* SPDX-License-Identifier: Apache-2.0 */
/* random_terms.h - random terms of all kinds that share parts with each other. */
#ifndef TESTS_UNIT_RANDOM_TERMS_H
#define TESTS_UNIT_RANDOM_TERMS_H

#include "heap/binary.h"
#include "heap/bits.h"
#include "heap/copy.h"
#include "heap/heaps.h"
#include "heap/map.h"
#include "heap/resource.h"
#include "term/compare.h"

enum { ROOTS = 40, CONTEXTS = 4 };

static Heap heap;
static Term roots[ROOTS + CONTEXTS]; /* terms grow out of each other */
static Random dice;
static FunEntry *entry;
static Node *node;

static uint32_t below(uint32_t n) { return random_below(&dice, n); }

/* ---- Random terms ---- */

static unsigned destroyed, made;
static void destroy(Resource *resource)
{
    destroyed++;
    memory_free(resource, sizeof *resource);
}
static const ResourceType type = {"test", destroy};

static Term some_term(void) { return roots[below(ROOTS)]; }

static Term *reserve(size_t words)
{
    Term *p = heap_reserve(&heap, words);
    assert_non_null(p);
    return p;
}

static Term make_tuple_of(unsigned arity)
{
    Term *p = reserve(1 + arity);
    p[0] = make_header(KIND_TUPLE, arity);
    for (unsigned i = 1; i <= arity; i++) p[i] = some_term();
    return make_boxed(p);
}

static Term make_list_of(unsigned count)
{
    Term list = below(8) ? TERM_NIL : some_term();
    while (count-- > 0) list = heaps_cons(&heap, some_term(), list);
    return list;
}

static Term make_map_of(unsigned count)
{
    Term map = map_empty(&heap);
    for (unsigned i = 0; i < count; i++) {
        Term key = below(3) ? make_small((Word)below(300)) : some_term();
        map = map_put(&heap, map, key, some_term());
    }
    return map;
}

static Term make_big(void)
{
    Term *p = reserve(3);
    p[0] = make_header(KIND_BIG_POS, 2);
    p[1] = (Term)random_next(&dice); /* whatever its tag */
    p[2] = (Term)random_next(&dice) | 1;
    return make_boxed(p);
}

static Term make_binary(size_t size)
{
    uint8_t *data;
    Term t = binary_make(&heap, size, &data);
    for (size_t i = 0; i < size; i++) data[i] = (uint8_t)below(256);
    return t;
}

static Term make_part(void)
{
    Term whole = some_term();
    if (!is_bitstring(whole)) whole = make_binary(30 + below(200));
    uintptr_t bits = bitstring_bits(whole), from = below((uint32_t)bits + 1);
    return bitstring_part(&heap, whole, from, below((uint32_t)(bits - from) + 1));
}

static Term make_fun(void)
{
    Fun *fun = (Fun *)reserve(1 + FUN_SIZE + 2);
    *fun = (Fun){make_header(KIND_FUN, FUN_SIZE + 2), entry, make_local_pid(3)};
    fun->env[0] = some_term();
    fun->env[1] = some_term();
    return make_boxed((Term *)fun);
}

static Term make_external(void)
{
    External *e = (External *)reserve(1 + EXTERNAL_SIZE);
    memset(e, 0, sizeof *e);
    e->header = make_header(KIND_EXTERNAL, EXTERNAL_SIZE);
    e->node = node;
    e->tag = make_small(EXTERNAL_PID);
    e->data[0] = below(100);
    return make_boxed((Term *)e);
}

static Term make_resource(void)
{
    Resource *resource = memory_alloc(sizeof *resource);
    assert_non_null(resource);
    resource_init(resource, &type);
    Term t = resource_make_ref(&heap, resource);
    resource_release(resource);
    made++;
    return t;
}

/* `<<Old/bits, 1, ...>>`: shares the block of what it extends. */
static Term make_appended(void)
{
    Term old = some_term();
    if (!is_bitstring(old)) old = builder_init_writable(&heap, 10);
    BitBuilder b;
    assert_true(builder_append(&b, &heap, old, 80, 1));
    assert_true(builder_bits(&b, make_binary(10), 80));
    return builder_finish(&b);
}

static Term make_term(void)
{
    switch (below(20)) {
    case 0: return make_small((Word)below(1000));
    case 1: return TERM_NIL;
    case 2: return make_big();
    case 3: return heaps_float(&heap, below(1000) / 8.0);
    case 4: return make_map_of(below(12));
    case 5: return below(4) ? make_map_of(below(4)) : make_map_of(40 + below(60));
    case 6: return make_binary(below(40));
    case 7: return make_binary(65 + below(300));
    case 8:
    case 9: return make_part();
    case 10: return make_fun();
    case 11: return make_external();
    case 12: return make_resource();
    case 13: return make_appended();
    case 14: return reference_make(&heap);
    case 15: return make_tuple_of(0);
    case 16: return make_tuple_of(below(9));
    default: return make_list_of(below(9));
    }
}

/* Some of the roots anew; those too large to look at go. */
static void replace_roots(void)
{
    for (unsigned i = 0; i < ROOTS; i++) {
        if (term_size(roots[i]) > 3000) roots[i] = make_small((Word)i);
    }
    for (unsigned n = below(60); n > 0; n--) roots[below(ROOTS)] = make_term();
    if (below(30) == 0) {
        for (unsigned i = 0; i < ROOTS; i++) roots[i] = TERM_NIL;
    }
}

static void random_terms_start(void)
{
    FunEntry like = {.index = 1, .old_index = 1, .old_uniq = 2, .arity = 1, .free_count = 2};
    terms_start();
    node = node_intern(atom_of("other@host"), 5);
    like.module = atom_of("m");
    memcpy(like.uniq, (uint8_t[]){1, 2, 3}, 3);
    entry = fun_intern(&like);
    assert_true(node && entry);
}

#endif
