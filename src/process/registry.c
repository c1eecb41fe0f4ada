/* SPDX-License-Identifier: Apache-2.0 */
/* registry.c - registered names. */

#include "process/registry.h"
#include "base/epoch.h"
#include "base/lock.h"
#include "base/memory.h"
#include "base/table.h"
#include "term/node.h"

/* Entries are found without a lock, and freed by their epoch. Process.name is written under the
   lock, by whoever registers the process. */
typedef struct Entry {
    Retired retired; /* first */
    Term name, pid;
} Entry;

static uint32_t name_hash(Term name) { return atom_index(name) * 2654435769u >> 8; }
static uint32_t entry_hash(const void *entry) { return name_hash(((const Entry *)entry)->name); }
static bool entry_matches(const void *entry, const void *name)
{
    return ((const Entry *)entry)->name == *(const Term *)name;
}

static const TableKind entries = {entry_hash, entry_matches};
static Table names;
static Lock lock;

bool registry_init(void)
{
    lock_init(&lock);
    table_init(&names, &entries);
    return true;
}

static void entry_free(Retired *retired) { memory_free(retired, sizeof(Entry)); }

static Entry *find(Term name) { return table_get(&names, &name, name_hash(name)); }

static void set_name(Term pid, Term name)
{
    Process *p = process_find(pid);
    if (p) p->name = name;
}

/* Under the lock, `entry` filled in. */
static bool add(Entry *entry)
{
    if (find(entry->name)) return false;
    Process *p = process_find(entry->pid);
    if (!p || process_is_exiting(p) || !is_none(p->name)) return false;
    if (!table_put(&names, entry)) return false;
    p->name = entry->name;
    return true;
}

bool registry_add(Term name, Term pid)
{
    Entry *entry = memory_alloc(sizeof *entry);
    if (!entry) return false;
    entry->name = name;
    entry->pid = pid;
    lock_acquire(&lock);
    bool added = add(entry);
    lock_release(&lock);
    if (!added) memory_free(entry, sizeof *entry);
    return added;
}

bool registry_remove(Term name)
{
    lock_acquire(&lock);
    Entry *entry = table_remove(&names, &name, name_hash(name));
    if (entry) set_name(entry->pid, TERM_NONE);
    lock_release(&lock);
    if (entry) epoch_retire(&entry->retired, entry_free);
    return entry != NULL;
}

void registry_forget(Process *p)
{
    Entry *entry = NULL;
    lock_acquire(&lock);
    if (!is_none(p->name)) entry = table_remove(&names, &p->name, name_hash(p->name));
    p->name = TERM_NONE;
    lock_release(&lock);
    if (entry) epoch_retire(&entry->retired, entry_free);
}

Term registry_find(Term name)
{
    const Entry *entry = find(name);
    return entry ? entry->pid : TERM_NONE;
}

Route registry_route(Term to, Term *target)
{
    *target = to;
    if (is_local_pid(to) || is_local_port(to)) return ROUTE_LOCAL;
    if (is_atom(to)) {
        *target = registry_find(to);
        return is_none(*target) ? ROUTE_BAD : ROUTE_LOCAL;
    }
    if (is_ref(to)) return is_external(to, EXTERNAL_REF) ? ROUTE_REMOTE : ROUTE_LOCAL;
    if (is_pid(to) || is_port(to)) return ROUTE_REMOTE;
    if (!is_tuple_of(to, 2)) return ROUTE_BAD;
    const Term *pair = tuple_elements(to);
    if (!is_atom(pair[0]) || !is_atom(pair[1])) return ROUTE_BAD;
    if (pair[1] != node_self()->name) return ROUTE_REMOTE;
    *target = registry_find(pair[0]);
    return is_none(*target) ? ROUTE_NOWHERE : ROUTE_LOCAL;
}

Term registry_name_of(Process *p)
{
    lock_acquire(&lock);
    Term name = p->name;
    lock_release(&lock);
    return name;
}

void registry_each(bool (*visit)(Term name, Term pid, void *context), void *context)
{
    size_t position = 0;
    for (const Entry *entry; (entry = table_next(&names, &position));) {
        if (!visit(entry->name, entry->pid, context)) return;
    }
}
