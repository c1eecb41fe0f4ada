/* SPDX-License-Identifier: Apache-2.0 */
/* link_node.c - the table of a process's links and monitors. */

#include "process/link_node.h"

LinkNode *node_make(SignalKind kind, Term peer, const uint32_t number[3])
{
    size_t message = kind == SIGNAL_LINK ? EXIT_WORDS : kind == SIGNAL_MONITOR ? DOWN_WORDS : 0;
    LinkNode *node =
        (LinkNode *)signal_alloc(kind, peer, message > NODE_WORDS ? message : NODE_WORDS);
    if (!node) return NULL;
    if (number) memcpy(node->number, number, sizeof node->number);
    node->name = TERM_NONE;
    return node;
}

void node_free(LinkNode *node) { signal_free(&node->signal); }

/* ---- Order ---- */

/* The tree is a treap: in order by key, and each node above those of a lower rank. A rank is a hash
   of the key, which makes the tree's shape that of one built in random order. */

typedef struct Key {
    SignalKind kind;
    Term pid;               /* of a link */
    const uint32_t *number; /* of a reference */
} Key;

static Key key_of(const Signal *node)
{
    return (Key){(SignalKind)node->kind, node->from, ((const LinkNode *)node)->number};
}

static int number_order(const uint32_t a[3], const uint32_t b[3])
{
    for (int i = 2; i >= 0; i--) {
        if (a[i] != b[i]) return a[i] < b[i] ? -1 : 1;
    }
    return 0;
}

static int key_order(const Key *key, const Signal *node)
{
    if (key->kind != node->kind) return key->kind < node->kind ? -1 : 1;
    if (key->kind != SIGNAL_LINK) return number_order(key->number, ((LinkNode *)node)->number);
    return key->pid < node->from ? -1 : key->pid > node->from;
}

static uint32_t rank_of(const Signal *node)
{
    const uint32_t *number = ((const LinkNode *)node)->number;
    uint32_t x = node->kind == SIGNAL_LINK ? (uint32_t)pid_number(node->from)
                                           : number[0] ^ number[1] << 18;
    /* Twice, as numbers at a distance of each other would else have ranks in order. */
    for (int i = 0; i < 2; i++) x = (x ^ x >> 15) * 2654435769u;
    return x ^ x >> 15;
}

/* ---- The tree ---- */

static Signal **place_of(Process *p, const Key *key)
{
    Signal **place = &p->links.root;
    while (*place) {
        int order = key_order(key, *place);
        if (order == 0) break;
        place = order < 0 ? &(*place)->lesser : &(*place)->greater;
    }
    return place;
}

Signal **node_place_pid(Process *p, Term pid)
{
    return place_of(p, &(Key){SIGNAL_LINK, pid, NULL});
}

Signal **node_place_ref(Process *p, SignalKind kind, const uint32_t number[3])
{
    return place_of(p, &(Key){kind, TERM_NONE, number});
}

/* The two trees of what comes before and after the key. */
static void split(Signal *tree, const Key *key, Signal **before, Signal **after)
{
    while (tree) {
        if (key_order(key, tree) < 0) {
            *after = tree;
            after = &tree->lesser;
            tree = tree->lesser;
        } else {
            *before = tree;
            before = &tree->greater;
            tree = tree->greater;
        }
    }
    *before = *after = NULL;
}

void node_put(Process *p, LinkNode *node)
{
    Signal *signal = &node->signal, **place = &p->links.root;
    Key key = key_of(signal);
    uint32_t rank = rank_of(signal);
    while (*place && rank_of(*place) >= rank)
        place = key_order(&key, *place) < 0 ? &(*place)->lesser : &(*place)->greater;
    split(*place, &key, &signal->lesser, &signal->greater);
    *place = signal;
    p->links.count++;
}

/* All nodes of `a` come before those of `b`. */
static Signal *join(Signal *a, Signal *b)
{
    Signal *tree, **end = &tree;
    while (a && b) {
        if (rank_of(a) >= rank_of(b)) {
            *end = a;
            end = &a->greater;
            a = a->greater;
        } else {
            *end = b;
            end = &b->lesser;
            b = b->lesser;
        }
    }
    *end = a ? a : b;
    return tree;
}

static LinkNode *taken(Process *p, Signal *signal)
{
    signal->lesser = signal->greater = NULL;
    p->links.count--;
    return (LinkNode *)signal;
}

LinkNode *node_take(Process *p, Signal **place)
{
    Signal *signal = *place;
    *place = join(signal->lesser, signal->greater);
    return taken(p, signal);
}

LinkNode *node_take_first(Process *p)
{
    Signal *first = p->links.root, *lesser;
    if (!first) return NULL;
    /* Rotated, so that no later call has to go this way again. */
    for (; (lesser = first->lesser); first = lesser) {
        first->lesser = lesser->greater;
        lesser->greater = first;
    }
    p->links.root = first->greater;
    return taken(p, first);
}

LinkNode *node_after(Process *p, const LinkNode *node)
{
    Signal *after = NULL;
    Key key = node ? key_of(&node->signal) : (Key){SIGNAL_LINK, 0, NULL};
    for (Signal *at = p->links.root; at;) {
        bool is_after = !node || key_order(&key, at) < 0;
        if (is_after) after = at;
        at = is_after ? at->lesser : at->greater;
    }
    return (LinkNode *)after;
}
