/* SPDX-License-Identifier: Apache-2.0 */
/* link_node.c - the table of a process's links and monitors. */

#include "process/link_node.h"
#include "base/memory.h"

#define CHAIN_MAX 8 /* nodes in the only chain before there is a table; then about one per chain */

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

static uint32_t pid_hash(Term pid) { return (uint32_t)pid_number(pid) * 2654435769u; }

static uint32_t number_hash(const uint32_t number[3])
{
    return (number[0] ^ number[1] << 18) * 2654435769u;
}

static uint32_t node_hash(const LinkNode *node)
{
    return node->signal.kind == SIGNAL_LINK ? pid_hash(node->signal.from)
                                            : number_hash(node->number);
}

static Signal **chain(LinkTable *table, uint32_t hash)
{
    /* The upper bits of the product are the mixed ones. */
    return table->size ? &table->chains[(hash >> 8) & (table->size - 1)] : &table->first;
}

Signal **node_place_pid(Process *p, Term pid)
{
    Signal **place = chain(&p->links, pid_hash(pid));
    while (*place && !((*place)->from == pid && (*place)->kind == SIGNAL_LINK))
        place = &(*place)->next;
    return place;
}

Signal **node_place_ref(Process *p, SignalKind kind, const uint32_t number[3])
{
    Signal **place = chain(&p->links, number_hash(number));
    while (*place && !((*place)->kind == kind &&
                       memcmp(node_at(place)->number, number, 3 * sizeof *number) == 0))
        place = &(*place)->next;
    return place;
}

static void grow(LinkTable *table)
{
    uint32_t size = table->size ? 2 * table->size : 2 * CHAIN_MAX;
    LinkTable wide = {.size = size, .count = table->count};
    wide.chains = memory_alloc(size * sizeof(Signal *));
    if (!wide.chains) return;
    memset(wide.chains, 0, size * sizeof(Signal *));
    for (uint32_t i = 0; i < (table->size ? table->size : 1); i++) {
        Signal *node = table->size ? table->chains[i] : table->first, *next;
        for (; node; node = next) {
            Signal **place = chain(&wide, node_hash((LinkNode *)node));
            next = node->next;
            node->next = *place;
            *place = node;
        }
    }
    if (table->size) memory_free(table->chains, table->size * sizeof(Signal *));
    *table = wide;
}

void node_put(Process *p, LinkNode *node)
{
    LinkTable *table = &p->links;
    if (table->count >= (table->size ? table->size : CHAIN_MAX)) grow(table);
    Signal **place = chain(table, node_hash(node));
    node->signal.next = *place;
    *place = &node->signal;
    table->count++;
}

LinkNode *node_take(Process *p, Signal **place)
{
    LinkNode *node = node_at(place);
    *place = node->signal.next;
    p->links.count--;
    return node;
}

LinkNode *node_take_any(Process *p, uint32_t *from)
{
    LinkTable *table = &p->links;
    if (!table->size) return table->first ? node_take(p, &table->first) : NULL;
    for (; *from < table->size; ++*from) {
        if (table->chains[*from]) return node_take(p, &table->chains[*from]);
    }
    return NULL;
}

static LinkNode *take_link(Process *p, Signal **chain)
{
    while (*chain && (*chain)->kind != SIGNAL_LINK) chain = &(*chain)->next;
    return *chain ? node_take(p, chain) : NULL;
}

LinkNode *node_take_any_link(Process *p, uint32_t *from)
{
    LinkTable *table = &p->links;
    if (!table->size) return take_link(p, &table->first);
    for (; *from < table->size; ++*from) {
        LinkNode *node = take_link(p, &table->chains[*from]);
        if (node) return node;
    }
    return NULL;
}

void node_table_done(Process *p)
{
    if (p->links.size) memory_free(p->links.chains, p->links.size * sizeof(Signal *));
    p->links = (LinkTable){0};
}
