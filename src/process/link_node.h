/* SPDX-License-Identifier: Apache-2.0 */
/* link_node.h - a process's half of a link or monitor: the signal it will turn into. */
#ifndef PROCESS_LINK_NODE_H
#define PROCESS_LINK_NODE_H

/* Each link and monitor has a node on either side. A node is a signal that is not under way; its
   kind says what it came as or will be:

       SIGNAL_LINK       a link to the process `from`; becomes EXIT_LINK to it
       SIGNAL_DEMONITOR  the monitoring side; becomes DEMONITOR to `from`. `term` is the tag of the
                         DOWN message. Also stands for an alias, with or without a monitor
       SIGNAL_MONITOR    the monitored side: becomes DOWN to `from`, and there the DOWN message

   so that nothing needs memory when a process ends. Nodes hang in the LinkTable of their
   process. It is in order, because that is the order in which the end of a process is told, and
   whoever waits for many wants to hear it as he made them: first links, by pid, then monitors, by
   reference. Only the process itself touches nodes. */

#include "process/link.h"
#include "process/signal.h"

typedef struct LinkNode {
    Signal signal;
    uint32_t number[3]; /* of the reference */
    uint32_t unused;
    Term name;          /* DEMONITOR: the name that is monitored, or TERM_NONE */
} LinkNode;

/* Signal.mode. The alias mode (enum AliasMode) stands in the bits of MODE_ALIAS. */
enum {
    MODE_UNLINKING = 1, /* link: until the other side has acknowledged `number` */
    MODE_MONITORS = 2,  /* DEMONITOR: it is a monitor (too) */
    MODE_REF = 4,       /* DEMONITOR: the reference was made as an alias */
    MODE_PORT = 8,      /* DEMONITOR: of a port by its name */
    MODE_ALIAS = 0x70
};
#define MODE_ALIAS_SHIFT 4
static inline int node_alias(const LinkNode *node)
{
    return (node->signal.mode & MODE_ALIAS) >> MODE_ALIAS_SHIFT;
}
static inline void node_set_alias(LinkNode *node, int mode)
{
    node->signal.mode = (uint16_t)((node->signal.mode & ~MODE_ALIAS) | mode << MODE_ALIAS_SHIFT);
}

/* Words behind the signal: the node's own, and those of the message it may become. */
#define NODE_WORDS ((sizeof(LinkNode) - sizeof(Signal)) / WORD_BYTES)
#define EXIT_WORDS 4                            /* {'EXIT', From, Reason} */
#define DOWN_WORDS (6 + (1 + REF_SIZE) + 3)     /* {Tag, Ref, process, {Name, Node}, Reason} */

/* A node of `kind` for `peer`. NULL: out of memory. */
LinkNode *node_make(SignalKind kind, Term peer, const uint32_t number[3]);
void node_free(LinkNode *node);

/* Where the node is linked in its table; *place is NULL where there is none. */
Signal **node_place_pid(Process *p, Term pid);
Signal **node_place_ref(Process *p, SignalKind kind, const uint32_t number[3]);
static inline LinkNode *node_at(Signal **place) { return (LinkNode *)*place; }
/* None of these needs memory. */
void node_put(Process *p, LinkNode *node);
LinkNode *node_take(Process *p, Signal **place);
/* Taken out in order, all of them in linear time. NULL: there is none left. Until then the others
   may be far from the root. */
LinkNode *node_take_first(Process *p);
/* The node that follows `node`, or the first where that is NULL; NULL: there is none. */
LinkNode *node_after(Process *p, const LinkNode *node);

/* The monitoring side, with a copy of the options' tag. NULL: out of memory. */
LinkNode *monitor_node_make(Term peer, const uint32_t number[3], const MonitorOptions *options);

/* ---- What the signals do in their receiver; each takes the signal ---- */

void link_received(Process *p, Signal *signal);     /* LINK, UNLINK, UNLINK_ACK */
void monitor_received(Process *p, Signal *signal);  /* MONITOR, DEMONITOR, DOWN */
/* True: the alias is active and `signal` a message now. */
bool alias_received(Process *p, Signal *signal);

/* ---- Their answers by a process that is exiting ---- */

void link_received_late(Process *p, Signal *signal);
void monitor_received_late(Process *p, Signal *signal);
/* The node of an exiting process becomes its signal; takes it. */
void node_tell_exit(Process *p, LinkNode *node);

#endif
