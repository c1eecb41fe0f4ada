/* SPDX-License-Identifier: Apache-2.0 */
/* link.h - links, monitors and aliases. */
#ifndef PROCESS_LINK_H
#define PROCESS_LINK_H

#include "process/process.h"

/* All run in process p. False or TERM_NONE: out of memory. */
bool link_make(Process *p, Term pid, bool *noproc); /* noproc: signal or raise is the caller's affair */
bool link_drop(Process *p, Term pid);               /* unlink/1 */

enum AliasMode { ALIAS_NONE, ALIAS_EXPLICIT, ALIAS_DEMONITOR, ALIAS_REPLY_DEMONITOR };
typedef struct MonitorOptions {
    int alias;  /* enum AliasMode */
    Term tag;   /* instead of 'DOWN'; TERM_NONE: 'DOWN' */
} MonitorOptions;
/* Monitors a pid of this node, or name (atom; `target_term` is then {Name, Node} in the DOWN message).
   A process that is not there leads to an immediate DOWN with noproc. */
Term monitor_make(Process *p, Term type, Term target, const MonitorOptions *options);
/* `flush`: also take a DOWN message already there out of the queue. *was_there: it was active. */
bool monitor_drop(Process *p, Term reference, bool flush, bool *was_there);

/* Aliases (EEP 53). */
Term alias_make(Process *p, bool reply_only_once);
bool alias_drop(Process *p, Term reference); /* false: it was no alias */

/* For process_info: calls visit for each. */
typedef struct LinkInfo { enum { LINK_PID, MONITOR_OF, MONITORED_BY, LINK_PORT } kind; Term who; Term reference; } LinkInfo;
void link_each(Process *p, bool (*visit)(const LinkInfo *info, void *context), void *context);

#endif
