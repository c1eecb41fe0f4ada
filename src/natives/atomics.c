/* SPDX-License-Identifier: Apache-2.0 */
/* atomics.c - arrays of atomic 64-bit integers; counters are such arrays, too. */

#include "base/memory.h"
#include "heap/map.h"
#include "heap/resource.h"
#include "natives/support.h"

typedef struct Atomics {
    Resource resource;
    size_t count;
    bool is_signed;
    _Atomic(uint64_t) values[];
} Atomics;

#define ATOMICS_BYTES(count) (sizeof(Atomics) + (count) * sizeof(_Atomic(uint64_t)))
#define COUNT_MAX ((size_t)PTRDIFF_MAX / 16)

static void atomics_destroy(Resource *resource)
{
    memory_free(resource, ATOMICS_BYTES(((Atomics *)resource)->count));
}

static const ResourceType atomics_type = {"atomics", atomics_destroy};
static const ResourceType counters_type = {"counters", atomics_destroy};

static Term make_array(Process *p, Term count, bool is_signed, const ResourceType *type)
{
    size_t n;
    if (!is_integer(count) || (is_small(count) && small_value(count) <= 0)) return badarg(p);
    if (!integer_to_size(count, &n))
        return is_big(count) && big_is_negative(count) ? badarg(p) : native_memory(p);
    Atomics *a = n > COUNT_MAX ? NULL : memory_alloc(ATOMICS_BYTES(n));
    if (!a) return native_memory(p);
    resource_init(&a->resource, type);
    a->count = n;
    a->is_signed = is_signed;
    for (size_t i = 0; i < n; i++) atomic_init(&a->values[i], 0);
    Term ref = resource_make_ref(&p->heap, &a->resource);
    resource_release(&a->resource);
    return or_memory(p, ref);
}

/* erts_internal:atomics_new(Count, Options): bit 0 of the options says signed. */
static Term erts_internal_atomics_new_2(Process *p, Term *args)
{
    if (!is_natural(args[1])) return badarg(p);
    return make_array(p, args[0], small_value(args[1]) & 1, &atomics_type);
}

static Term erts_internal_counters_new_1(Process *p, Term *args)
{
    return make_array(p, args[0], true, &counters_type);
}

/* The value that `ref` and `index` lead to, or NULL. */
static _Atomic(uint64_t) *find_value(Term ref, Term index, const ResourceType *type,
                                     Atomics **array)
{
    *array = (Atomics *)resource_of(ref, type);
    if (!*array || !is_small(index) || small_value(index) < 1) return NULL;
    size_t i = (size_t)small_value(index) - 1;
    return i < (*array)->count ? &(*array)->values[i] : NULL;
}

static Term value_term(Process *p, const Atomics *array, uint64_t value)
{
    return array->is_signed ? make_integer(p, (int64_t)value) : make_unsigned(p, value);
}

/* A value that the array can hold. */
static bool read_value(const Atomics *array, Term t, uint64_t *value)
{
    int64_t number;
    if (!array->is_signed) return integer_to_u64(t, value);
    if (!integer_to_i64(t, &number)) return false;
    *value = (uint64_t)number;
    return true;
}

/* An increment: any integer of 64 bits, of either sign. */
static bool read_increment(Term t, uint64_t *value)
{
    int64_t number;
    if (integer_to_u64(t, value)) return true;
    if (!integer_to_i64(t, &number)) return false;
    *value = (uint64_t)number;
    return true;
}

static Term put_value(Process *p, Term *args, const ResourceType *type)
{
    Atomics *array;
    uint64_t value;
    _Atomic(uint64_t) *place = find_value(args[0], args[1], type, &array);
    if (!place || !read_value(array, args[2], &value)) return badarg(p);
    atomic_store(place, value);
    return A(ok);
}

static Term get_value(Process *p, Term *args, const ResourceType *type)
{
    Atomics *array;
    _Atomic(uint64_t) *place = find_value(args[0], args[1], type, &array);
    return place ? value_term(p, array, atomic_load(place)) : badarg(p);
}

static Term add_value(Process *p, Term *args, const ResourceType *type, bool get)
{
    Atomics *array;
    uint64_t value;
    _Atomic(uint64_t) *place = find_value(args[0], args[1], type, &array);
    if (!place || !read_increment(args[2], &value)) return badarg(p);
    uint64_t old = atomic_fetch_add(place, value);
    return get ? value_term(p, array, old + value) : A(ok);
}

static Term atomics_put_3(Process *p, Term *args) { return put_value(p, args, &atomics_type); }
static Term atomics_get_2(Process *p, Term *args) { return get_value(p, args, &atomics_type); }

static Term atomics_add_3(Process *p, Term *args)
{
    return add_value(p, args, &atomics_type, false);
}

static Term atomics_add_get_3(Process *p, Term *args)
{
    return add_value(p, args, &atomics_type, true);
}

static Term atomics_exchange_3(Process *p, Term *args)
{
    Atomics *array;
    uint64_t value;
    _Atomic(uint64_t) *place = find_value(args[0], args[1], &atomics_type, &array);
    if (!place || !read_value(array, args[2], &value)) return badarg(p);
    return value_term(p, array, atomic_exchange(place, value));
}

static Term atomics_compare_exchange_4(Process *p, Term *args)
{
    Atomics *array;
    uint64_t expected, desired;
    _Atomic(uint64_t) *place = find_value(args[0], args[1], &atomics_type, &array);
    if (!place || !read_value(array, args[2], &expected) || !read_value(array, args[3], &desired))
        return badarg(p);
    if (atomic_compare_exchange_strong(place, &expected, desired)) return A(ok);
    return value_term(p, array, expected);
}

static Term array_info(Process *p, const Atomics *array, bool with_range)
{
    Term min = TERM_NIL, max = TERM_NIL;
    if (with_range) {
        min = make_integer(p, array->is_signed ? INT64_MIN : 0);
        max = array->is_signed ? make_integer(p, INT64_MAX) : make_unsigned(p, UINT64_MAX);
        if (is_none(min) || is_none(max)) return TERM_NONE;
    }
    Term size = make_unsigned(p, array->count);
    Term memory = make_unsigned(p, ATOMICS_BYTES(array->count));
    if (is_none(size) || is_none(memory)) return TERM_NONE;
    Term pairs[8] = {A(size), size, A(memory), memory, A(min), min, A(max), max};
    return or_memory(p, map_from_pairs(&p->heap, pairs, with_range ? 4 : 2, NULL));
}

static Term atomics_info_1(Process *p, Term *args)
{
    const Atomics *array = (const Atomics *)resource_of(args[0], &atomics_type);
    return array ? array_info(p, array, true) : badarg(p);
}

static Term erts_internal_counters_info_1(Process *p, Term *args)
{
    const Atomics *array = (const Atomics *)resource_of(args[0], &counters_type);
    return array ? array_info(p, array, false) : badarg(p);
}

static Term erts_internal_counters_get_2(Process *p, Term *args)
{
    return get_value(p, args, &counters_type);
}

static Term erts_internal_counters_put_3(Process *p, Term *args)
{
    return put_value(p, args, &counters_type);
}

static Term erts_internal_counters_add_3(Process *p, Term *args)
{
    return add_value(p, args, &counters_type, false);
}

static const Native atomics_natives[] = {
    NATIVE(erts_internal, atomics_new, 2, CONSTANT),
    NATIVE(atomics, put, 3, CONSTANT),
    NATIVE(atomics, get, 2, CONSTANT),
    NATIVE(atomics, add, 3, CONSTANT),
    NATIVE(atomics, add_get, 3, CONSTANT),
    NATIVE(atomics, exchange, 3, CONSTANT),
    NATIVE(atomics, compare_exchange, 4, CONSTANT),
    NATIVE(atomics, info, 1, CONSTANT),
    NATIVE(erts_internal, counters_new, 1, CONSTANT),
    NATIVE(erts_internal, counters_get, 2, CONSTANT),
    NATIVE(erts_internal, counters_put, 3, CONSTANT),
    NATIVE(erts_internal, counters_add, 3, CONSTANT),
    NATIVE(erts_internal, counters_info, 1, CONSTANT),
};
NATIVE_TABLE(atomics);
