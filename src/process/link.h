/* SPDX-License-Identifier: Apache-2.0 */
/* link.h - links, monitors and aliases. */
#ifndef PROCESS_LINK_H
#define PROCESS_LINK_H

#include "process/process.h"

/* All run in process p. False or TERM_NONE: out of memory, nothing has happened. */
/* *noproc: there is no such process; to signal or raise is the caller's affair. */
bool link_make(Process *p, Term pid, bool *noproc);
/* unlink/1: no exit signal of the link arrives any more. The link stays known until the other
   side has acknowledged, so that links and unlinks that cross each other leave both sides
   agreed. */
bool link_drop(Process *p, Term pid);

enum AliasMode {
    ALIAS_NONE,
    ALIAS_EXPLICIT,        /* until unalias/1 */
    ALIAS_DEMONITOR,       /* until the monitor ends */
    ALIAS_REPLY_DEMONITOR, /* likewise; a message to it ends both */
    ALIAS_REPLY            /* alias([reply]): until a message to it */
};
typedef struct MonitorOptions {
    int alias;  /* enum AliasMode */
    Term tag;   /* instead of 'DOWN'; TERM_NONE: 'DOWN' */
} MonitorOptions;
/* Reads the list of options of monitor/3. False: it is none. */
bool monitor_options_read(Term list, MonitorOptions *options);
/* Monitors a pid of this node, or name (atom; the DOWN message then has {Name, Node}).
   A process that is not there leads to an immediate DOWN with noproc. */
Term monitor_make(Process *p, Term type, Term target, const MonitorOptions *options);
/* `flush`: also take a DOWN message already there out of the queue. *was_there: it was active. */
bool monitor_drop(Process *p, Term reference, bool flush, bool *was_there);

/* Aliases (EEP 53). */
Term alias_make(Process *p, bool reply_only_once);
bool alias_drop(Process *p, Term reference); /* false: it was no alias */

/* For process_info: calls visit for each, oldest first, until it returns false. MONITOR_OF: `who`
   is a pid or a name. */
typedef struct LinkInfo {
    enum { LINK_PID, MONITOR_OF, MONITORED_BY, ALIAS_OWN } kind;
    Term who;
    const uint32_t *number; /* of the reference; NULL: a link */
} LinkInfo;
void link_each(Process *p, bool (*visit)(const LinkInfo *info, void *context), void *context);

#endif
