/* SPDX-License-Identifier: Apache-2.0 */
/* trace_call.h - what happens at a call that is traced, and where it ends. */
#ifndef VM_TRACE_CALL_H
#define VM_TRACE_CALL_H

/* A call whose end is to be told gets a frame of the VM's own code between its return address and
   its caller's frame, or several:

       returned   function (an Export *), meta tracer or nil, small integer of TRACE_FRAME_* bits
       left       function to name (an Export *), or nil: the one that is returned to

   They are ordinary frames; exceptions tell what they pass (trace_unwind). */

#include "vm/trace_point.h"

enum { TRACE_FRAME_RETURN = 1, TRACE_FRAME_EXCEPTION = 2, TRACE_FRAME_LEFT = 4 };
/* The operand of the instruction `trace`. */
enum { TRACE_CALLED, TRACE_RETURNED, TRACE_LEFT };
#define TRACE_INSN(operand) (INSN_trace | (uint32_t)(operand) << 8)

enum { TRACE_RETURNED_WORDS = 3, TRACE_LEFT_WORDS = 1 };
/* Words that must be free at a call that is traced: two frames `returned`, one `left`. */
enum { TRACE_ROOM = 2 * (TRACE_RETURNED_WORDS + 1) + TRACE_LEFT_WORDS + 1 };

/* At the function's start, pc, with its arguments in x and TRACE_ROOM words free; pushes frames.
   The token of the instruction that the breakpoint stands for. */
uint8_t trace_breakpoint(Scheduler *s, Process *p, const uint32_t *pc, const uint32_t *base);
/* The same for an export; where its call goes on. */
const uint32_t *trace_export(Scheduler *s, Process *p, TracePoint *point);
/* What Native.function of traced natives is. ACTION_TRACED: the native is to be called in tail
   position after trace_push_native, with p->need for `frames`. */
Term trace_native(Process *p, Term *args);
/* For a native that raises for sure, called by the instruction at p->pc: without frames. */
void trace_native_raises(Process *p, const Export *native);
void trace_push_native(Process *p, const Export *native, unsigned frames);

/* The frame `returned` or `left` at the stack's end is returned from with x0; it is left to the
   caller to drop it. */
void trace_returned(Process *p, const Term *frame, Term value);
void trace_left(Process *p, const Term *frame);

/* The exception in p passes the frames whose return addresses stand from `from` up to `to`, and
   goes on at `handler` (NULL: it ends the process). */
void trace_unwind(Process *p, const Term *from, const Term *to, const uint32_t *handler);

#endif
