/* SPDX-License-Identifier: Apache-2.0 */
/* mailbox.h - a process's queue of messages and its save pointer. */
#ifndef PROCESS_MAILBOX_H
#define PROCESS_MAILBOX_H

#include "process/process.h"

/* Message at the save pointer, on the process's heap (its fragment adopted, not copied), or
   TERM_NONE if the queue's end is reached. Fetches from the inbox when the private queue is used
   up, handling non-message signals on the way; when one of these ends the process, PROCESS_KILLED
   is set and TERM_NONE returned. */
Term mailbox_peek(Process *p);
/* Moves the save pointer over the message it is at. */
void mailbox_next(Process *p);
/* Takes the message at the save pointer out and rewinds the pointer; ends the receive timer. */
void mailbox_remove(Process *p);
/* Rewinds (a receive timed out); ends the receive timer. */
void mailbox_rewind(Process *p);

/* Receive timer of `receive ... after`. Starts unless it runs already (PROCESS_TIMER_SET). True: the
   time is up already (0 ms, or PROCESS_TIMED_OUT). `milliseconds`: small integer or big up to 2^32-1,
   or infinity. Raises timeout_value through *bad. */
bool mailbox_wait_until(Process *p, Term milliseconds, bool *bad);

/* Receive markers (design D6): a place in the queue bound to a reference made after it. Terms are
   small integers to the program. */
Term mailbox_marker_reserve(Process *p);
void mailbox_marker_bind(Process *p, Term marker, Term reference);
void mailbox_marker_clear(Process *p, Term marker);
void mailbox_marker_use(Process *p, Term reference);

/* Takes everything out of the inbox and handles what is no message. Called at slice start, too.
   False: the process has to exit (PROCESS_KILLED). */
bool mailbox_fetch(Process *p);

/* Frees all messages. */
void mailbox_done(Process *p);

#endif
