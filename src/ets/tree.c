/* SPDX-License-Identifier: Apache-2.0 */
/* tree.c - balanced trees of objects. */

#include "ets/tree.h"
#include "term/compare.h"

enum { DEPTH_MAX = TREE_DEPTH_MAX };

/* The links from the root to where something changed. */
typedef struct Path {
    EtsObject **links[DEPTH_MAX];
    int depth;
} Path;

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

static int height(const EtsObject *object) { return object ? object->height : 0; }

static void measure(EtsObject *object)
{
    int a = height(object->link[0]), b = height(object->link[1]);
    object->height = (uint8_t)(1 + (a > b ? a : b));
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
static void balance_path(const Path *path, int depth)
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

/* Goes to the link that holds `key`, or would. */
static EtsObject **walk(Tree *tree, Term key, Path *path)
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

EtsObject *tree_insert(Tree *tree, EtsObject *object)
{
    Path path;
    EtsObject **link = walk(tree, key_of(tree, object), &path), *old = *link;
    object->link[0] = old ? old->link[0] : NULL;
    object->link[1] = old ? old->link[1] : NULL;
    object->height = old ? old->height : 1;
    *link = object;
    if (!old) balance_path(&path, path.depth);
    return old;
}

/* Puts the smallest larger object in the place of `old`, whose link is the path's last. */
static void replace_by_next(EtsObject *old, Path *path)
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
    Path path;
    EtsObject **link = walk(tree, key, &path), *old = *link;
    if (!old) return NULL;
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
    while (object && object->link[0]) {
        EtsObject *left = object->link[0];
        object->link[0] = left->link[1];
        left->link[1] = object;
        object = left;
    }
    tree->root = object ? object->link[1] : NULL;
    return object;
}
