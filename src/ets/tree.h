/* SPDX-License-Identifier: Apache-2.0 */
/* tree.h - balanced trees of objects: ordered_set. */
#ifndef ETS_TREE_H
#define ETS_TREE_H

/* An AVL tree: the heights of an object's two subtrees differ by one at most. Keys compare with
   ==. */

#include "ets/object.h"

typedef struct Tree {
    EtsObject *root;
    uint32_t key; /* index of the key in the tuples */
} Tree;

EtsObject *tree_find(const Tree *tree, Term key);
/* Adds `object`, or puts it in the place of the one that has its key: that is given to the
   caller. */
EtsObject *tree_insert(Tree *tree, EtsObject *object);
/* Takes the object with `key` out, or NULL. */
EtsObject *tree_remove(Tree *tree, Term key);
/* Takes any one object out, with no regard for order and balance: to free all. NULL: none. */
EtsObject *tree_take_any(Tree *tree);

/* The object at an end: `side` 0 is the smallest, 1 the largest. */
EtsObject *tree_end(const Tree *tree, int side);
/* The next one after `key` on that side: 0 is smaller, 1 is larger. */
EtsObject *tree_beside(const Tree *tree, Term key, int side);

/* Deeper than any AVL tree that fits into memory. */
enum { TREE_DEPTH_MAX = 96 };
/* Goes through a tree that does not change, towards `side`; the path holds what is to come. */
typedef struct TreeWalk {
    EtsObject *path[TREE_DEPTH_MAX];
    int depth, side;
} TreeWalk;
/* The first object; the first one after `key`. NULL: none. */
EtsObject *tree_walk_start(TreeWalk *walk, const Tree *tree, int side);
EtsObject *tree_walk_after(TreeWalk *walk, const Tree *tree, Term key, int side);
EtsObject *tree_walk_next(TreeWalk *walk);
/* The first one of a range: `order` tells of a key whether it is in it (0), before it (-1) or
   behind it (1). walk->side is set by the caller. */
typedef int TreeOrder(const void *context, Term key);
EtsObject *tree_walk_from(TreeWalk *walk, const Tree *tree, TreeOrder *order, const void *context);

#endif
