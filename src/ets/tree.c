/* SPDX-License-Identifier: Apache-2.0 */
/* tree.c - balanced trees of objects. */

#include "ets/tree.h"
#include "base/memory.h"
#include "term/compare.h"

static Term key_of(const Tree *tree, const EtsObject *object)
{
    return object->tuple[1 + tree->key];
}

enum { EQUAL = 2 };

/* On which side of `own` is `key`: 0 smaller, 1 larger, or EQUAL. No branch for small integers,
   which it would be hard to foretell. */
static inline int side_of(Term key, Term own)
{
    if (key == own) return EQUAL;
    if (are_small(key, own)) return (Word)key > (Word)own;
    int order = term_compare(key, own);
    return order == 0 ? EQUAL : order > 0;
}

/* ---- Balance ---- */

static int height(const EtsObject *object) { return object ? (int)object->height : 0; }

static void measure(EtsObject *object)
{
    int a = height(object->link[0]), b = height(object->link[1]);
    object->height = 1 + (uint32_t)(a > b ? a : b);
}

/* Lifts the child on `side` above the object at *link. */
static void rotate(EtsObject **link, int side)
{
    EtsObject *down = *link, *up = down->link[side];
    down->link[side] = up->link[!side];
    up->link[!side] = down;
    *link = up;
    measure(down);
    measure(up);
}

static void balance(EtsObject **link)
{
    EtsObject *object = *link;
    int difference = height(object->link[1]) - height(object->link[0]);
    if (difference >= -1 && difference <= 1) {
        measure(object);
        return;
    }
    int high = difference > 0;
    EtsObject *child = object->link[high];
    if (height(child->link[!high]) > height(child->link[high])) rotate(&object->link[high], !high);
    rotate(link, high);
}

/* From the path's `depth` objects upwards, until one is as high as it was. */
static void balance_path(const TreePath *path, int depth)
{
    while (depth-- > 0) {
        EtsObject **link = path->links[depth];
        int before = height(*link);
        balance(link);
        if (height(*link) == before) break;
    }
}

/* ---- Finding ---- */

EtsObject *tree_find(const Tree *tree, Term key)
{
    /* Who goes through a tree looks up what it has come to. */
    EtsObject *at = atomic_load_explicit(&tree->at, memory_order_relaxed);
    if (at && side_of(key, key_of(tree, at)) == EQUAL) return at;
    EtsObject *object = tree->root;
    while (object) {
        int side = side_of(key, key_of(tree, object));
        if (side == EQUAL) break;
        object = object->link[side];
    }
    return object;
}

EtsObject *tree_end(const Tree *tree, int side)
{
    EtsObject *object = tree->root;
    while (object && object->link[side]) object = object->link[side];
    return object;
}

EtsObject *tree_beside(const Tree *tree, Term key, int side)
{
    EtsObject *best = NULL, *object = tree->root;
    while (object) {
        bool is_beside = side_of(key_of(tree, object), key) == side;
        best = is_beside ? object : best;
        object = object->link[side ^ is_beside];
    }
    return best;
}

/* ---- Walking ---- */

/* From `object` down on side `side`, all on the path. */
static EtsObject *descend(TreeWalk *walk, EtsObject *object, int side)
{
    for (; object; object = object->link[side]) walk->path[walk->depth++] = object;
    return walk->depth > 0 ? walk->path[walk->depth - 1] : NULL;
}

EtsObject *tree_walk_start(TreeWalk *walk, const Tree *tree, int side)
{
    walk->depth = 0;
    walk->side = side;
    return descend(walk, tree->root, !side);
}

EtsObject *tree_walk_after(TreeWalk *walk, const Tree *tree, Term key, int side)
{
    EtsObject *object = tree->root;
    walk->depth = 0;
    walk->side = side;
    while (object) {
        bool is_beside = side_of(key_of(tree, object), key) == side;
        /* What is not beside the key is never come back to. */
        if (is_beside) walk->path[walk->depth++] = object;
        object = object->link[is_beside ? !side : side];
    }
    return walk->depth > 0 ? walk->path[walk->depth - 1] : NULL;
}

EtsObject *tree_walk_from(TreeWalk *walk, const Tree *tree, TreeOrder *order, const void *context)
{
    EtsObject *object = tree->root;
    int side = walk->side;
    walk->depth = 0;
    while (object) {
        int place = order(context, key_of(tree, object));
        bool is_before = side ? place < 0 : place > 0;
        if (!is_before) walk->path[walk->depth++] = object;
        object = object->link[is_before ? side : !side];
    }
    return walk->depth > 0 ? walk->path[walk->depth - 1] : NULL;
}

EtsObject *tree_walk_next(TreeWalk *walk)
{
    const EtsObject *object = walk->path[--walk->depth];
    return descend(walk, object->link[walk->side], !walk->side);
}

static TreeWalk *take_walk(Tree *tree)
{
    if (atomic_exchange_explicit(&tree->is_walked, true, memory_order_acquire)) return NULL;
    if (tree->walk) return tree->walk;
    tree->walk = memory_alloc(sizeof *tree->walk);
    if (tree->walk) tree->walk->depth = 0;
    else atomic_store_explicit(&tree->is_walked, false, memory_order_release);
    return tree->walk;
}

static bool is_at(const TreeWalk *walk, const Tree *tree, Term key, int side)
{
    return walk->depth > 0 && walk->side == side &&
           side_of(key, key_of(tree, walk->path[walk->depth - 1])) == EQUAL;
}

EtsObject *tree_step(Tree *tree, Term key, int side)
{
    TreeWalk *walk = take_walk(tree);
    if (!walk) return tree_beside(tree, key, side);
    EtsObject *object = is_at(walk, tree, key, side) ? tree_walk_next(walk)
                                                     : tree_walk_after(walk, tree, key, side);
    atomic_store_explicit(&tree->at, object, memory_order_relaxed);
    atomic_store_explicit(&tree->is_walked, false, memory_order_release);
    return object;
}

/* The tree is about to change. */
static void forget_walk(Tree *tree)
{
    if (!tree->walk) return;
    tree->walk->depth = 0;
    atomic_store_explicit(&tree->at, NULL, memory_order_relaxed);
}

void tree_done(Tree *tree)
{
    if (tree->walk) memory_free(tree->walk, sizeof *tree->walk);
    tree->walk = NULL;
}

EtsObject **tree_seek(Tree *tree, Term key, TreePath *path)
{
    EtsObject **link = &tree->root;
    path->depth = 0;
    while (*link) {
        path->links[path->depth++] = link;
        int side = side_of(key, key_of(tree, *link));
        if (side == EQUAL) break;
        link = &(*link)->link[side];
    }
    return link;
}

/* ---- Changing ---- */

EtsObject *tree_put(Tree *tree, EtsObject **link, const TreePath *path, EtsObject *object)
{
    EtsObject *old = *link;
    forget_walk(tree);
    object->link[0] = old ? old->link[0] : NULL;
    object->link[1] = old ? old->link[1] : NULL;
    object->height = old ? old->height : 1;
    *link = object;
    if (!old) balance_path(path, path->depth);
    return old;
}

EtsObject *tree_insert(Tree *tree, EtsObject *object)
{
    TreePath path;
    EtsObject **link = tree_seek(tree, key_of(tree, object), &path);
    return tree_put(tree, link, &path, object);
}

/* Puts the smallest larger object in the place of `old`, whose link is the path's last. */
static void replace_by_next(EtsObject *old, TreePath *path)
{
    EtsObject **place = path->links[path->depth - 1];
    int below = path->depth;
    EtsObject **link = &old->link[1];
    path->links[path->depth++] = link;
    while ((*link)->link[0]) {
        link = &(*link)->link[0];
        path->links[path->depth++] = link;
    }
    EtsObject *next = *link;
    *link = next->link[1];
    next->link[0] = old->link[0];
    next->link[1] = old->link[1];
    next->height = old->height;
    *place = next;
    path->links[below] = &next->link[1];
}

EtsObject *tree_remove(Tree *tree, Term key)
{
    TreePath path;
    EtsObject **link = tree_seek(tree, key, &path), *old = *link;
    if (!old) return NULL;
    forget_walk(tree);
    if (old->link[0] && old->link[1]) {
        replace_by_next(old, &path);
    } else {
        *link = old->link[0] ? old->link[0] : old->link[1];
    }
    balance_path(&path, path.depth - 1); /* Below the last link nothing is out of balance. */
    return old;
}

EtsObject *tree_take_any(Tree *tree)
{
    /* Rotates what is on the left away, so that the root can be taken with one child left. */
    EtsObject *object = tree->root;
    forget_walk(tree);
    while (object && object->link[0]) {
        EtsObject *left = object->link[0];
        object->link[0] = left->link[1];
        left->link[1] = object;
        object = left;
    }
    tree->root = object ? object->link[1] : NULL;
    return object;
}
