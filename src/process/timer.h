/* SPDX-License-Identifier: Apache-2.0 */
/* timer.h - timers of erlang:send_after, start_timer and receive ... after. */
#ifndef PROCESS_TIMER_H
#define PROCESS_TIMER_H

#include "process/process.h"

bool timer_init(void);
/* Starts a timer that sends `message` (or {timeout, Ref, message} if `wrap`) to `to` (pid or
   name) at `deadline` (ns of port_now). Returns the reference, on p's heap; TERM_NONE: out of
   memory. */
Term timer_start(Process *p, Term to, Term message, uint64_t deadline, bool wrap);
/* p is no longer found: timers to its pid end. */
void timer_forget(Process *p);
/* Nanoseconds left, or -1: there is no such timer (any more). */
int64_t timer_cancel(Term reference);
int64_t timer_read(Term reference);

/* The receive timer of a process: inside its extension, no allocation after the first. Sets
   PROCESS_TIMER_SET; when it fires a SIGNAL_TIMEOUT comes, and sets PROCESS_TIMED_OUT instead.
   False: out of memory. */
bool timer_receive_start(Process *p, uint64_t deadline);
/* Clears both flags. */
void timer_receive_stop(Process *p);
void timer_receive_fired(Process *p);

/* Fires what is due; called by schedulers between slices. Returns the next deadline or
   UINT64_MAX. */
uint64_t timer_run(uint64_t now);

#endif
