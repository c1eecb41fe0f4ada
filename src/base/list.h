/* SPDX-License-Identifier: Apache-2.0 */
/* list.h - rings of nodes linked both ways, the nodes being parts of what is listed. */
#ifndef BASE_LIST_H
#define BASE_LIST_H

/* A list is a node that stands for the head: empty, it links to itself. A node that is in no list
   links to itself too (list_init), so that list_remove is always harmless. */

#include <stdbool.h>
#include <stddef.h>

typedef struct ListNode {
    struct ListNode *next, *previous;
} ListNode;

/* The structure of type `type` whose member `member` is the node. */
#define LIST_ENTRY(node, type, member) ((type *)((char *)(node) - offsetof(type, member)))

static inline void list_init(ListNode *node) { node->next = node->previous = node; }
static inline bool list_is_empty(const ListNode *list) { return list->next == list; }

static inline void list_push_back(ListNode *list, ListNode *node)
{
    node->next = list;
    node->previous = list->previous;
    list->previous->next = node;
    list->previous = node;
}

/* Takes the node out of its list, if it is in one. */
static inline void list_remove(ListNode *node)
{
    node->next->previous = node->previous;
    node->previous->next = node->next;
    list_init(node);
}

/* The first node, taken out; NULL if there is none. */
static inline ListNode *list_take_front(ListNode *list)
{
    ListNode *node = list->next;
    if (node == list) return NULL;
    list_remove(node);
    return node;
}

#endif
