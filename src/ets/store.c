/* SPDX-License-Identifier: Apache-2.0 */
/* store.c - the objects of a table, whatever holds them. */

#include "ets/table.h"
#include "base/memory.h"
#include "term/atom.h"
#include "term/compare.h"

/* Marked objects that whoever inserts or deletes one frees too. */
enum { PURGED_IN_PASSING = 2 };

static bool is_ordered(const EtsTable *table) { return table->store.type == ETS_ORDERED_SET; }

static bool has_one_per_key(const EtsTable *table)
{
    return table->store.type == ETS_SET || is_ordered(table);
}

size_t ets_bytes(const EtsTable *table)
{
    size_t bytes = sizeof *table + table->store.bytes;
    return is_ordered(table) ? bytes : bytes + hash_bytes(&table->store.hash);
}

/* ---- Finding ---- */

EtsObject *ets_get(const EtsTable *table, Term key)
{
    if (is_ordered(table)) return tree_find(&table->store.tree, key);
    return hash_find(&table->store.hash, key, hash_of_key(key));
}

EtsObject *ets_get_next(const EtsTable *table, const EtsObject *object)
{
    return has_one_per_key(table) ? NULL : hash_find_next(&table->store.hash, object);
}

EtsObject *ets_end(const EtsTable *table, int side)
{
    size_t first = 0;
    /* A hash table has no order, so that its last object is its first. */
    return is_ordered(table) ? tree_end(&table->store.tree, side)
                             : hash_first_from(&table->store.hash, &first);
}

EtsObject *ets_beside(EtsTable *table, Term key, int side, bool *found)
{
    /* What the natives say at an end is no key to go on from. */
    *found = key != A(end_of_table);
    if (is_ordered(table)) return *found ? tree_step(&table->store.tree, key, side) : NULL;
    const HashTable *hash = &table->store.hash;
    uint32_t value = hash_of_key(key);
    EtsObject *object = hash_find_any(hash, key, value), *next;
    *found = object != NULL;
    if (!object) return NULL;
    for (next = object->link[0]; next; next = next->link[0]) {
        bool same = next->hash == value && term_equal_exact(ets_key_of(table, next), key);
        if (!next->is_deleted && !same) return next;
    }
    size_t i = hash_index(hash, value) + 1;
    return hash_first_from(hash, &i);
}

/* ---- Changing ---- */

static void account(EtsStore *store, const EtsObject *in, const EtsObject *out)
{
    if (in) store->bytes += object_bytes(in->words);
    if (out) store->bytes -= object_bytes(out->words);
}

/* Puts `object` in the place of `old`; the count is the caller's affair. */
static void exchange(EtsTable *table, EtsObject *old, EtsObject *object)
{
    hash_replace(&table->store.hash, old, object);
    for (Fixation *f = table->fixations; f; f = f->next) {
        if (f->next_object == old) f->next_object = object;
    }
    account(&table->store, object, old);
    object_free(old);
}

bool ets_purge(EtsTable *table, size_t limit)
{
    EtsStore *store = &table->store;
    if (is_ordered(table) || table->fixations || store->hash.is_still) return true;
    for (EtsObject *object; limit > 0; limit--) {
        object = hash_take_marked(&store->hash);
        if (!object) return true;
        account(store, NULL, object);
        object_free(object);
    }
    return !store->hash.marked;
}

static void purge_some(EtsTable *table)
{
    if (table->store.hash.marked) ets_purge(table, PURGED_IN_PASSING);
}

/* True: `first`, the first with its key, or one behind it is equal to `tuple`. */
static bool has_twin(const EtsStore *store, const EtsObject *first, Term tuple)
{
    if (first->is_deleted) first = hash_find_next(&store->hash, first);
    while (first && !term_equal_exact(object_term(first), tuple))
        first = hash_find_next(&store->hash, first);
    return first != NULL;
}

/* `same`: the first object with its key, marked ones too. */
static bool put_in_hash(EtsTable *table, EtsObject *object, EtsObject *same)
{
    EtsStore *store = &table->store;
    if (same && store->type == ETS_SET) {
        EtsObject *old = same->is_deleted ? hash_find_next(&store->hash, same) : same;
        bool forgotten = !old && hash_forget_mark(&store->hash, same);
        if (old || forgotten) {
            store->count += !old;
            exchange(table, old ? old : same, object);
            return true;
        }
    }
    if (same && store->type == ETS_BAG && has_twin(store, same, object_term(object))) {
        object_free(object);
        return true;
    }
    if (!hash_insert(&store->hash, object, same)) return false;
    purge_some(table);
    store->count++;
    account(store, object, NULL);
    return true;
}

static bool insert_in_hash(EtsTable *table, Term tuple)
{
    EtsStore *store = &table->store;
    Term key = tuple_elements(tuple)[table->settings.key];
    uint32_t hash = hash_of_key(key);
    EtsObject *same = hash_find_any(&store->hash, key, hash);
    if (same && store->type == ETS_BAG && has_twin(store, same, tuple)) return true;
    if (same && store->type == ETS_SET && !same->is_deleted && object_overwrite(same, tuple))
        return true;
    EtsObject *object = object_make(tuple);
    if (!object) return false;
    object->hash = hash;
    if (put_in_hash(table, object, same)) return true;
    object_free(object);
    return false;
}

static void put_in_tree(EtsTable *table, EtsObject **link, const TreePath *path, EtsObject *object)
{
    EtsObject *old = tree_put(&table->store.tree, link, path, object);
    table->store.count += !old;
    account(&table->store, object, old);
    if (old) object_free(old);
}

bool ets_insert(EtsTable *table, Term tuple)
{
    TreePath path;
    if (!is_ordered(table)) return insert_in_hash(table, tuple);
    Term key = tuple_elements(tuple)[table->settings.key];
    EtsObject **link = tree_seek(&table->store.tree, key, &path);
    if (*link && object_overwrite(*link, tuple)) return true;
    EtsObject *object = object_make(tuple);
    if (object) put_in_tree(table, link, &path, object);
    return object != NULL;
}

bool ets_put(EtsTable *table, EtsObject *object)
{
    TreePath path;
    Term key = ets_key_of(table, object);
    if (is_ordered(table)) {
        EtsObject **link = tree_seek(&table->store.tree, key, &path);
        put_in_tree(table, link, &path, object);
        return true;
    }
    object->hash = hash_of_key(key);
    return put_in_hash(table, object, hash_find_any(&table->store.hash, key, object->hash));
}

void ets_replace(EtsTable *table, EtsObject *old, EtsObject *object)
{
    if (is_ordered(table)) {
        ets_put(table, object);
        return;
    }
    object->hash = old->hash;
    exchange(table, old, object);
}

void ets_drop(EtsTable *table, EtsObject *object)
{
    EtsStore *store = &table->store;
    store->count--;
    if (is_ordered(table)) {
        tree_remove(&store->tree, ets_key_of(table, object));
    } else if (store->hash.is_fixed) {
        hash_mark(&store->hash, object);
        return;
    } else {
        hash_remove(&store->hash, object);
        purge_some(table);
    }
    account(store, NULL, object);
    object_free(object);
}

void ets_delete(EtsTable *table, Term key, Term tuple)
{
    for (EtsObject *next, *object = ets_get(table, key); object; object = next) {
        next = ets_get_next(table, object);
        if (is_none(tuple) || term_equal_exact(object_term(object), tuple)) ets_drop(table, object);
    }
}

/* ---- All at once ---- */

static EtsObject *take_any(EtsStore *store, size_t *position)
{
    return store->type == ETS_ORDERED_SET ? tree_take_any(&store->tree)
                                          : hash_take_any(&store->hash, position);
}

bool store_free_some(EtsStore *store, size_t limit)
{
    size_t position = 0;
    for (; limit > 0; limit--) {
        EtsObject *object = take_any(store, &position);
        if (!object) break;
        object_free(object);
    }
    if (limit == 0) return false;
    if (store->type == ETS_ORDERED_SET) {
        tree_done(&store->tree);
    } else {
        hash_done(&store->hash);
    }
    store->count = store->bytes = 0;
    return true;
}

void store_init(EtsStore *store, EtsType type, size_t key)
{
    memset(store, 0, sizeof *store);
    store->type = type;
    if (type == ETS_ORDERED_SET) {
        store->tree.key = (uint32_t)key;
    } else {
        store->hash.key = (uint32_t)key;
    }
}

static void rest_destroy(Resource *resource)
{
    EtsRest *rest = (EtsRest *)resource;
    store_free_some(&rest->store, SIZE_MAX);
    memory_free(rest, sizeof *rest);
}

static const ResourceType rest_type = {"ets_rest", rest_destroy};

EtsRest *ets_rest_of(Term reference) { return (EtsRest *)resource_of(reference, &rest_type); }

EtsRest *ets_take_all(EtsTable *table)
{
    EtsRest *rest = memory_alloc(sizeof *rest);
    if (!rest) return NULL;
    resource_init(&rest->resource, &rest_type);
    rest->store = table->store;
    store_init(&table->store, table->settings.type, table->settings.key);
    return rest;
}

/* Of a fixed hash table: marks all objects. */
static void mark_all(EtsTable *table)
{
    const HashTable *hash = &table->store.hash;
    for (size_t i = 0; i < hash->buckets; i++) {
        for (EtsObject *object = hash_bucket(hash, i); object; object = object->link[0]) {
            if (!object->is_deleted) ets_drop(table, object);
        }
    }
}

void ets_clear(EtsTable *table)
{
    if (table->fixations && !is_ordered(table)) {
        mark_all(table);
    } else {
        store_free_some(&table->store, SIZE_MAX);
    }
}
