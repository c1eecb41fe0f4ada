/* SPDX-License-Identifier: Apache-2.0 */
/* finder.h - modules that are loaded when they are first called. */
#ifndef VM_FINDER_H
#define VM_FINDER_H

/* A process that needs a module waits; a thread of include/mote/os/job.h asks the MoteFinder for
   the file, then prepares the module and wakes the process, which makes it current. Two
   processes may do so at once: who comes second finds the module loaded and drops its own. */

#include "heap/resource.h"
#include "mote/mote.h"
#include "process/process.h"

void finder_set(MoteFinder *finder, MoteFolders folders);
/* Where the finder looks; the functions may be NULL. */
MoteFolders finder_folders(void);

typedef enum FinderState {
    FINDER_RUNNING,
    FINDER_FOUND,
    FINDER_NOT_FOUND,
    FINDER_REFUSED
} FinderState;

/* Starts looking for module `name` on behalf of p. A reference to the search, on p's heap;
   TERM_NONE: no memory or no finder. p gets a signal at its end. */
Term finder_start(Process *p, Term name);
/* The same for the `size` bytes of a file, which the search takes: memory of base/memory.h. */
Term finder_start_bytes(Process *p, Term name, uint8_t *bytes, size_t size);
/* How far the search is. FINDER_REFUSED: *text says why, valid as long as the reference. */
FinderState finder_state(Term search, const char **text);
/* The module that a search that is over has found; NULL: it was made current, or t is no search. */
Module *finder_module(Term t);
/* Makes it the current one, or the pending one. False: an older one is still in use. */
bool finder_commit(Term search);
/* The same, unless one of its name is loaded, or pending, by now. */
bool finder_commit_first(Term search);
/* Loads module `name` at boot, before there are processes. False: *why tells. */
bool finder_preload(const char *name, const char **why);
/* The path of a loaded module's file, or NULL. */
const char *finder_path(Term name);

#endif
