/* SPDX-License-Identifier: Apache-2.0 */
/* scan.c - going through the objects of a table that a match specification may be about. */

#include "ets/scan.h"
#include "match/key.h"
#include "term/compare.h"

static bool is_ordered(const EtsScan *scan) { return scan->table->store.type == ETS_ORDERED_SET; }

/* ---- Which objects ---- */

/* Adds a key where it belongs: in the order of an ordered table, each key once. False: too many. */
static bool add_key(EtsScan *scan, Term key)
{
    size_t at = scan->key_count;
    for (size_t i = 0; i < scan->key_count; i++) {
        int order = is_ordered(scan) ? term_compare(scan->keys[i], key)
                                     : -!term_equal_exact(scan->keys[i], key);
        if (order == 0) return true;
        if (order > 0 && at > i) at = i;
    }
    if (scan->key_count == SCAN_KEYS_MAX) return false;
    memmove(scan->keys + at + 1, scan->keys + at, (scan->key_count - at) * sizeof key);
    scan->keys[at] = key;
    scan->key_count++;
    return true;
}

void ets_scan_init(EtsScan *scan, EtsTable *table, const MatchProgram *program)
{
    scan->table = table;
    scan->kind = SCAN_KEYS;
    scan->key_count = 0;
    for (Term l = program->spec; is_cons(l) && scan->kind == SCAN_KEYS; l = cons_tail(l)) {
        Term key;
        MatchKey how = match_key(cons_head(l), table->settings.key, &key);
        bool is_only = l == program->spec && is_nil(cons_tail(l));
        if (how == MATCH_KEY_PART && is_ordered(scan) && is_only) {
            scan->kind = SCAN_RANGE;
            scan->keys[0] = key;
        } else if (how != MATCH_KEY_NEVER && (how != MATCH_KEY_KNOWN || !add_key(scan, key))) {
            scan->kind = SCAN_ALL;
        }
    }
}

/* ---- Hash tables ---- */

/* From scan->next on to the end of the bucket, or of the key. */
static bool scan_chain(EtsScan *scan, bool by_key)
{
    for (EtsObject *next, *object; (object = scan->next) != NULL;) {
        next = by_key ? ets_get_next(scan->table, object) : object->link[0];
        scan->budget -= scan->budget > 0;
        if (!object->is_deleted && !scan->visit(scan, object)) return false;
        scan->next = next;
        if (scan->budget == 0 && next) return false;
    }
    return true;
}

static bool scan_buckets(EtsScan *scan)
{
    const HashTable *hash = &scan->table->store.hash;
    for (; scan->at < hash->buckets; scan->at++) {
        if (scan->budget == 0 || (scan->is_full && !scan->next)) return false;
        scan->budget--;
        if (!scan->next) scan->next = hash_bucket(hash, scan->at);
        if (!scan_chain(scan, false)) return false;
    }
    return !scan->is_full;
}

/* ---- Ordered tables ---- */

static int order_of(const void *context, Term key)
{
    const EtsScan *scan = context;
    if (scan->kind == SCAN_RANGE) return match_key_order(scan->keys[0], key);
    return 0;
}

/* The first object, or the one after the last key. */
static EtsObject *start_tree(EtsScan *scan, TreeWalk *walk)
{
    const Tree *tree = &scan->table->store.tree;
    if (!is_none(scan->last)) return tree_walk_after(walk, tree, scan->last, scan->side);
    if (scan->kind == SCAN_RANGE) return tree_walk_from(walk, tree, order_of, scan);
    return tree_walk_start(walk, tree, scan->side);
}

/* Stops before `object`. */
static bool stop_in_tree(EtsScan *scan, const EtsObject *object)
{
    if (!scan->changes) return false;
    /* The object with the last key may be gone. */
    const EtsTable *table = scan->table;
    const EtsObject *before =
        tree_beside(&table->store.tree, ets_key_of(table, object), !scan->side);
    scan->last = before ? ets_key_of(table, before) : TERM_NONE;
    return false;
}

static bool scan_tree(EtsScan *scan)
{
    const EtsTable *table = scan->table;
    TreeWalk walk = {.side = scan->side};
    for (EtsObject *next, *object = start_tree(scan, &walk); object; object = next) {
        Term key = ets_key_of(table, object);
        if (order_of(scan, key) != 0) return true;
        if (scan->budget == 0) return stop_in_tree(scan, object);
        scan->budget--;
        /* The way to the next one is lost when the tree changes; the next one is not. */
        next = scan->changes ? tree_beside(&table->store.tree, key, scan->side) : NULL;
        if (!scan->visit(scan, object)) return stop_in_tree(scan, object);
        if (scan->changes) continue;
        scan->last = key;
        if (scan->is_full) return false;
        next = tree_walk_next(&walk);
    }
    return true;
}

/* ---- Keys ---- */

static bool scan_hash_keys(EtsScan *scan)
{
    for (; scan->at < scan->key_count; scan->at++) {
        if (scan->budget == 0 || (scan->is_full && !scan->next)) return false;
        scan->budget--;
        if (!scan->next) scan->next = ets_get(scan->table, scan->keys[scan->at]);
        if (!scan_chain(scan, true)) return false;
    }
    return true;
}

/* True: `key` comes behind scan->last. */
static bool is_next_key(const EtsScan *scan, Term key)
{
    if (is_none(scan->last)) return true;
    int order = term_compare(key, scan->last);
    return scan->side ? order > 0 : order < 0;
}

static bool scan_tree_keys(EtsScan *scan)
{
    for (size_t i = 0; i < scan->key_count; i++) {
        Term key = scan->keys[scan->side ? i : scan->key_count - 1 - i];
        if (!is_next_key(scan, key)) continue;
        EtsObject *object = ets_get(scan->table, key);
        if (scan->budget == 0 || scan->is_full) return false;
        scan->budget--;
        if (object && !scan->visit(scan, object)) return false;
        scan->last = key;
    }
    return true;
}

bool ets_scan(EtsScan *scan)
{
    if (scan->kind != SCAN_KEYS) return is_ordered(scan) ? scan_tree(scan) : scan_buckets(scan);
    return is_ordered(scan) ? scan_tree_keys(scan) : scan_hash_keys(scan);
}
