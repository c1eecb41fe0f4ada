/* SPDX-License-Identifier: Apache-2.0 */
/* ets_info.c - ets: what is known about a table. */

#include <math.h>
#include "natives/ets_table.h"
#include "heap/binary.h"
#include "process/clock.h"
#include "term/atom.h"
#include "term/node.h"

static const Term types[] = {[ETS_SET] = A(set),
                             [ETS_BAG] = A(bag),
                             [ETS_DUPLICATE_BAG] = A(duplicate_bag),
                             [ETS_ORDERED_SET] = A(ordered_set)};
static const Term protections[] = {
    [ETS_PRIVATE] = A(private), [ETS_PROTECTED] = A(protected), [ETS_PUBLIC] = A(public)};

static Term info_id(Process *p, EtsTable *t) { return or_memory(p, ets_reference(t, &p->heap)); }
static Term info_name(Process *p, EtsTable *t)
{
    (void)p;
    return t->settings.name;
}
static Term info_named(Process *p, EtsTable *t)
{
    (void)p;
    return make_bool(t->settings.is_named);
}
static Term info_size(Process *p, EtsTable *t) { return make_unsigned(p, t->store.count); }
static Term info_memory(Process *p, EtsTable *t)
{
    return make_unsigned(p, ets_bytes(t) / WORD_BYTES);
}
static Term info_type(Process *p, EtsTable *t)
{
    (void)p;
    return types[t->settings.type];
}
static Term info_node(Process *p, EtsTable *t)
{
    (void)p;
    (void)t;
    return node_self()->name;
}

static Term info_owner(Process *p, EtsTable *t)
{
    (void)p;
    return atomic_load_explicit(&t->owner, memory_order_acquire);
}

static Term info_heir(Process *p, EtsTable *t)
{
    (void)p;
    return is_none(t->settings.heir) ? A(none) : t->settings.heir;
}

static Term info_keypos(Process *p, EtsTable *t)
{
    (void)p;
    return make_small((Word)t->settings.key + 1);
}

static Term info_protection(Process *p, EtsTable *t)
{
    (void)p;
    return protections[t->settings.protection];
}

static Term info_compressed(Process *p, EtsTable *t)
{
    (void)p;
    return make_bool(t->settings.compressed);
}

static Term info_read_concurrency(Process *p, EtsTable *t)
{
    (void)p;
    return make_bool(t->settings.read_concurrency);
}

static Term info_write_concurrency(Process *p, EtsTable *t)
{
    if (!t->settings.lock_count) return t->settings.write_concurrency;
    Term count = make_small((Word)t->settings.lock_count);
    return make_tuple(p, 2, atom_intern_z(ETS_LOCK_COUNT), count);
}

static Term info_decentralized(Process *p, EtsTable *t)
{
    (void)p;
    return t->settings.decentralized_counters;
}

static Term info_fixed(Process *p, EtsTable *t)
{
    (void)p;
    return make_bool(t->fixations != NULL);
}

/* {Buckets, Average, Deviation, Expected deviation, Shortest, Longest, Fixed, Marked}: of the
   chains of a hash table. */
static Term info_stats(Process *p, EtsTable *t)
{
    const HashTable *hash = &t->store.hash;
    size_t least = SIZE_MAX, most = 0;
    double squares = 0;
    if (t->store.type == ETS_ORDERED_SET) return A(false);
    for (size_t i = 0; i < hash->buckets; i++) {
        size_t length = 0;
        for (const EtsObject *o = hash_bucket(hash, i); o; o = o->link[0]) length++;
        least = length < least ? length : least;
        most = length > most ? length : most;
        squares += (double)length * (double)length;
    }
    /* Buckets come with the first object. */
    size_t slots = hash->buckets ? hash->buckets : (size_t)1 << HASH_FIRST_BITS;
    double buckets = (double)slots, average = (double)hash->chained / buckets;
    Term values[3] = {float_make(&p->heap, average),
                      float_make(&p->heap, sqrt(squares / buckets - average * average)),
                      float_make(&p->heap, sqrt(average * (1 - 1 / buckets)))};
    if (is_none(values[0]) || is_none(values[1]) || is_none(values[2])) return native_memory(p);
    return make_tuple(p, 8, make_small((Word)slots), values[0], values[1], values[2],
                      make_small(least == SIZE_MAX ? 0 : (Word)least), make_small((Word)most),
                      make_small(t->fixations != NULL),
                      make_small((Word)(hash->chained - t->store.count)));
}

/* {Time, [{Pid, Count}]}: the time of the first fixation, monotonic or as a timestamp. */
static Term info_fixations(Process *p, EtsTable *t, bool monotonic)
{
    Term list = TERM_NIL;
    int64_t since = INT64_MAX;
    if (!t->fixations) return A(false);
    for (const Fixation *f = t->fixations; f; f = f->next) {
        Term pair = make_tuple(p, 2, f->pid, make_small((Word)f->count));
        if (is_none(pair)) return TERM_NONE;
        if (!list_push(p, pair, &list)) return native_memory(p);
        if (f->since < since) since = f->since;
    }
    if (monotonic) {
        Term time = make_integer(p, since);
        return is_none(time) ? TERM_NONE : make_tuple(p, 2, time, list);
    }
    int64_t micro = (since + clock_offset()) / 1000;
    Term time = make_tuple(p, 3, make_small((Word)(micro / 1000000000000)),
                           make_small((Word)(micro / 1000000 % 1000000)),
                           make_small((Word)(micro % 1000000)));
    return is_none(time) ? TERM_NONE : make_tuple(p, 2, time, list);
}

static Term info_safe_fixed(Process *p, EtsTable *t) { return info_fixations(p, t, false); }
static Term info_safe_fixed_time(Process *p, EtsTable *t) { return info_fixations(p, t, true); }

typedef struct Item {
    Term name;
    Term (*value)(Process *p, EtsTable *table);
} Item;

/* The first ones are what info/1 tells. */
enum { TOLD_COUNT = 15 };
bool ets_binaries(Process *p, const EtsObject *object, Term *list)
{
    for (const OffHeap *o = object->off_heap; o; o = o->next) {
        if (header_kind(o->header) != KIND_BIN_REFC) continue;
        const Bytes *bytes = ((const RefcBin *)o)->bytes;
        Term address = make_unsigned(p, (uintptr_t)bytes), size = make_unsigned(p, bytes->size);
        size_t count = atomic_load_explicit(&bytes->count, memory_order_relaxed);
        if (is_none(address) || is_none(size)) return false;
        Term entry = make_tuple(p, 3, address, size, make_small((Word)count));
        if (is_none(entry) || !list_push(p, entry, list)) return false;
    }
    return true;
}

static Term info_binary(Process *p, EtsTable *t)
{
    Term list = TERM_NIL;
    if (t->store.type == ETS_ORDERED_SET) {
        TreeWalk walk;
        for (const EtsObject *o = tree_walk_start(&walk, &t->store.tree, 1); o;
             o = tree_walk_next(&walk)) {
            if (!ets_binaries(p, o, &list)) return native_memory(p);
        }
        return list;
    }
    for (size_t i = 0; i < t->store.hash.buckets; i++) {
        for (const EtsObject *o = hash_bucket(&t->store.hash, i); o; o = o->link[0]) {
            if (!ets_binaries(p, o, &list)) return native_memory(p);
        }
    }
    return list;
}

static const Item items[] = {
    {A(id), info_id},
    {A(decentralized_counters), info_decentralized},
    {A(read_concurrency), info_read_concurrency},
    {A(write_concurrency), info_write_concurrency},
    {A(compressed), info_compressed},
    {A(memory), info_memory},
    {A(owner), info_owner},
    {A(heir), info_heir},
    {A(name), info_name},
    {A(size), info_size},
    {A(node), info_node},
    {A(named_table), info_named},
    {A(type), info_type},
    {A(keypos), info_keypos},
    {A(protection), info_protection},
    {A(fixed), info_fixed},
    {A(safe_fixed), info_safe_fixed},
    {A(safe_fixed_monotonic_time), info_safe_fixed_time},
    {A(stats), info_stats},
    {A(binary), info_binary},
};
enum { ITEM_COUNT = sizeof items / sizeof *items };

static Term ets_info_1(Process *p, Term *args)
{
    EtsOpen open;
    Term list = TERM_NIL;
    if (!native_room(p, 256)) return native_need(p, 256);
    if (!ets_open_info(&open, args[0]))
        return open.cause == A(id) ? A(undefined) : ets_not_open(p, &open);
    for (size_t i = TOLD_COUNT; i-- > 0 && !is_none(list);) {
        Term value = items[i].value(p, open.table);
        Term pair = is_none(value) ? value : make_tuple(p, 2, items[i].name, value);
        if (is_none(pair) || !list_push(p, pair, &list)) list = TERM_NONE;
    }
    ets_close(&open);
    return or_memory(p, list);
}

static Term ets_info_2(Process *p, Term *args)
{
    EtsOpen open;
    if (!ets_open_info(&open, args[0]))
        return open.cause == A(id) ? A(undefined) : ets_not_open(p, &open);
    for (size_t i = 0; i < ITEM_COUNT; i++) {
        if (items[i].name != args[1]) continue;
        Term value = items[i].value(p, open.table);
        ets_close(&open);
        return value;
    }
    ets_close(&open);
    return badarg(p);
}

static const Native ets_info_natives[] = {
    NATIVE(ets, info, 1, CHARGED),
    NATIVE(ets, info, 2, CHARGED),
};
NATIVE_TABLE(ets_info);
