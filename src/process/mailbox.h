/* SPDX-License-Identifier: Apache-2.0 */
/* mailbox.h - a process's queue of messages and its save pointer. */
#ifndef PROCESS_MAILBOX_H
#define PROCESS_MAILBOX_H

#include "process/process.h"

/* How a message gets to the heap. The oldest of the queue, when it is small, is copied as it is
   looked at, and its memory freed when it is taken out. Others are looked at where they lie, and
   their fragment is adopted when they are taken out. Between those two moments the terms in the
   X and Y registers point outside of the heap: a collection then adopts the fragment first
   (process_roots) and takes the message out of the queue; mailbox_next puts it back. */

/* Message at the save pointer, or TERM_NONE if the queue's end is reached. Fetches from the
   inbox when the private queue is used up, handling non-message signals on the way; when one of
   these ends the process, PROCESS_KILLED is set and TERM_NONE returned. */
Term mailbox_peek(Process *p);
/* Moves the save pointer over the message it is at. */
void mailbox_next(Process *p);
/* Takes the message at the save pointer out and rewinds the pointer; ends the receive timer. */
void mailbox_remove(Process *p);
/* Rewinds (a receive timed out); ends the receive timer. */
void mailbox_rewind(Process *p);

/* Receive timer of `receive ... after`. Starts unless it runs already (PROCESS_TIMER_SET). True:
   the time is up already (0 ms, or PROCESS_TIMED_OUT). `milliseconds`: small integer or big up
   to 2^32-1, or infinity. Raises timeout_value through *bad. */
bool mailbox_wait_until(Process *p, Term milliseconds, bool *bad);

/* Receive markers (design D6): a place in the queue bound to a reference made after it. Terms are
   small integers to the program. */
Term mailbox_marker_reserve(Process *p);
void mailbox_marker_bind(Process *p, Term marker, Term reference);
void mailbox_marker_clear(Process *p, Term marker);
void mailbox_marker_use(Process *p, Term reference);

/* Takes out the first message {_, reference, _, _, _}, if there is one. */
void mailbox_flush_down(Process *p, Term reference);

/* For process_info: calls visit for each message, oldest first, until it returns false. The
   terms are valid until the process runs on. */
void mailbox_each(Process *p, bool (*visit)(Term message, void *context), void *context);

/* Words of the messages that are not on the heap. */
size_t mailbox_words(const Process *p);

/* Takes everything out of the inbox and handles what is no message. Called at slice start, too.
   False: the process has to exit (PROCESS_KILLED). */
bool mailbox_fetch(Process *p);

/* Before a collection, with PROCESS_PEEKING set: the message being looked at becomes the heap's. */
void mailbox_hold(Process *p);

void mailbox_init(Process *p);

#endif
