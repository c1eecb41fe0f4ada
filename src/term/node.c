/* SPDX-License-Identifier: Apache-2.0 */
/* node.c - the table of nodes. */
#include "term/node.h"
#include "base/memory.h"
#include "term/atom.h"
#include "term/intern.h"

static InternTable nodes;
static _Atomic(Node *) this_node;

static uint32_t node_hash(const Node *node)
{
    return intern_hash(atom_index(node->name), node->creation);
}

static bool matches(uintptr_t entry, const void *key)
{
    const Node *a = (const Node *)entry, *b = key;
    return a->name == b->name && a->creation == b->creation;
}

static uint32_t hash(uintptr_t entry)
{
    return node_hash((const Node *)entry);
}

static uintptr_t make(const void *key)
{
    Node *node = memory_alloc(sizeof *node);
    if (node == NULL) return 0;
    *node = *(const Node *)key;
    return (uintptr_t)node;
}

static const InternKind kind = {matches, hash, make};

bool node_init(void)
{
    if (!intern_init(&nodes, &kind, 4)) return false;
    Node *node = node_intern(A(nonode_at_nohost), 0);
    node_self_set(node);
    return node != NULL;
}

Node *node_intern(Term name, uint32_t creation)
{
    Node key = {name, creation};
    return (Node *)intern_get(&nodes, node_hash(&key), &key);
}

Node *node_self(void)
{
    return atomic_load_explicit(&this_node, memory_order_acquire);
}

void node_self_set(Node *node)
{
    atomic_store_explicit(&this_node, node, memory_order_release);
}
