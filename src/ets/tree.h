/* SPDX-License-Identifier: Apache-2.0 */
/* tree.h - balanced trees of objects: ordered_set. */
#ifndef ETS_TREE_H
#define ETS_TREE_H

/* An AVL tree: the heights of an object's two subtrees differ by one at most. Keys compare with
   ==. */

#include <stdatomic.h>
#include "ets/object.h"

/* Deeper than any AVL tree that fits into memory. */
enum { TREE_DEPTH_MAX = 96 };
/* Goes through a tree that does not change, towards `side`; the path holds what is to come. */
typedef struct TreeWalk {
    EtsObject *path[TREE_DEPTH_MAX];
    int depth, side;
} TreeWalk;

typedef struct Tree {
    EtsObject *root;
    uint32_t key;            /* index of the key in the tuples */
    _Atomic(bool) is_walked; /* somebody is using `walk` */
    TreeWalk *walk;          /* where tree_step was last, in a tree that has not changed; or NULL */
    _Atomic(EtsObject *) at; /* what tree_step found last, while the tree has not changed */
} Tree;

EtsObject *tree_find(const Tree *tree, Term key);
/* The links from the root to where something is to change. */
typedef struct TreePath {
    EtsObject **links[TREE_DEPTH_MAX];
    int depth;
} TreePath;
/* The link that holds the object with `key`, or would. */
EtsObject **tree_seek(Tree *tree, Term key, TreePath *path);
/* Adds `object` at the link that was found for its key, or puts it in the place of the one that
   has its key: that is given to the caller. */
EtsObject *tree_put(Tree *tree, EtsObject **link, const TreePath *path, EtsObject *object);
EtsObject *tree_insert(Tree *tree, EtsObject *object);
/* Takes the object with `key` out, or NULL. */
EtsObject *tree_remove(Tree *tree, Term key);
/* Takes any one object out, with no regard for order and balance: to free all. NULL: none. */
EtsObject *tree_take_any(Tree *tree);
/* Frees what an empty tree has left. */
void tree_done(Tree *tree);

/* The object at an end: `side` 0 is the smallest, 1 the largest. */
EtsObject *tree_end(const Tree *tree, int side);
/* The next one after `key` on that side: 0 is smaller, 1 is larger. */
EtsObject *tree_beside(const Tree *tree, Term key, int side);
/* The same, faster for who goes through a tree step by step; several may do so at once. */
EtsObject *tree_step(Tree *tree, Term key, int side);

/* The first object; the first one after `key`. NULL: none. */
EtsObject *tree_walk_start(TreeWalk *walk, const Tree *tree, int side);
EtsObject *tree_walk_after(TreeWalk *walk, const Tree *tree, Term key, int side);
EtsObject *tree_walk_next(TreeWalk *walk);
/* The first one of a range: `order` tells of a key whether it is in it (0), before it (-1) or
   behind it (1). walk->side is set by the caller. */
typedef int TreeOrder(const void *context, Term key);
EtsObject *tree_walk_from(TreeWalk *walk, const Tree *tree, TreeOrder *order, const void *context);

#endif
