/* SPDX-License-Identifier: Apache-2.0 */
/* interp.c - the interpreter's loop; the instructions' bodies stand in insn/<theme>.inc. */

/* The bodies are written once. INSN(name) opens one, PART(name) a piece that several share;
   DISPATCH or NEXT(n) leaves them for the next instruction, GO(name) for a part, LEAVE for the
   scheduler. Here they are built in one of three ways: functions that end in tail calls
   (MOTE_TAIL, where the compiler can promise them), labels for computed goto, or cases of a
   switch (MOTE_SWITCH: the least code, for chips). A body uses only the variables below, what
   hangs on `s` and `p`, and functions of lower layers:

     pc      the instruction's first word                     base  of the running module
     x, e    X registers, newest word of the stack (y(i) = e[i])
     htop    next free word of the heap                       fcalls  reductions left

   These six live in registers. SWAPOUT puts `htop`, `e` and `fcalls` back into the process
   before anything that may look at the heap, SWAPIN takes them again after it. At GO(raise),
   GO(native_failed) the process has them. What is long or rare is a part of its own, so that the
   common path needs no frame. */

#include "vm/interp.h"
#include "base/memory.h"
#include "heap/copy.h"
#include "heap/guard.h"
#include "heap/map.h"
#include "mote/native.h"
#include "process/mailbox.h"
#include "process/signal.h"
#include "term/compare.h"
#include "term/node.h"
#include "vm/bodies.h"
#include "vm/exception.h"
#include "vm/limit.h"
#include "vm/trace_call.h"

#pragma GCC diagnostic ignored "-Wpedantic"

#if defined(MOTE_TAIL)
#define STATE const uint32_t *pc, Term *e, Term *htop, const uint32_t *base, Term *x, Word fcalls
#ifdef __clang__
#define MUST_TAIL __attribute__((musttail))
#else
#define MUST_TAIL /* gcc makes tail calls of all of them from -O2 on; make check looks. */
#endif
#define TAIL_CALL(function) MUST_TAIL return function(pc, e, htop, base, x, fcalls)
#define INSN(name) static InterpResult insn_##name(STATE)
/* Never inlined: a part that calls C would give the body a frame. */
#define PART(name) __attribute__((noinline)) static InterpResult part_##name(STATE)
#define GO(name) TAIL_CALL(part_##name)
#define DISPATCH_AS(token) TAIL_CALL(insn_bodies[token])
#pragma GCC diagnostic ignored "-Wunused-parameter"
#elif defined(MOTE_SWITCH)
#define INSN(name) case INSN_##name:
#define PART(name) part_##name:
#define GO(name) goto part_##name
#define DISPATCH_AS(token_there)  \
    do {                          \
        token = (token_there);    \
        goto dispatch;            \
    } while (0)
#else
#define INSN(name) insn_##name:
#define PART(name) part_##name:
#define GO(name) goto part_##name
#define DISPATCH_AS(token) goto *labels[token]
#endif
/* The instruction at pc; DISPATCH_AS where another token stands in its place. */
#define DISPATCH DISPATCH_AS(*(const uint8_t *)pc)
#define LEAVE(result) return result
#define NEXT(words)    \
    do {               \
        pc += (words); \
        DISPATCH;      \
    } while (0)
/* To the label `l` (16 bit, relative to this instruction), or raise where there is none. */
#define JUMP(l)             \
    do {                    \
        pc += (int16_t)(l); \
        DISPATCH;           \
    } while (0)

/* Operands: bytes, half words and words of the instruction. Read one by one from memory: a byte
   is a load that shifts and masks nothing. */
#define BYTE(word, i) (((const uint8_t *)(pc + (word)))[i])
#define HALF(i) (((const uint16_t *)(const void *)pc)[i])
#define B1 BYTE(0, 1)
#define B2 BYTE(0, 2)
#define B3 BYTE(0, 3)
#define H1 HALF(1)
#define J24 ((int32_t)pc[0] >> 8)
#define LOW(word) HALF(2 * (word))
#define HIGH(word) HALF(2 * (word) + 1)

#ifdef MOTE_SWITCH /* Signed, a byte with R_IS_Y is the Y register less R_IS_Y: no jump. */
#define R(b) ((int8_t)(b) < 0 ? e + R_IS_Y : x)[(int8_t)(b)]
#else
#define R(b) (*((b)&R_IS_Y ? &e[(b)&0x7F] : &x[b]))
#endif
#define POOL(i) pool_term(base, i)
#define SOURCE(h) body_source(h, x, e, base)
/* For helpers that read sources. No local variable's address may leave a body: it would forbid
   tail calls. */
#define FRAME (s->frame = (BodyFrame){x, e, base}, &s->frame)

#define SWAPOUT                          \
    do {                                 \
        p->heap.top = htop;              \
        p->heap.stack = e;               \
        p->reductions = (int32_t)fcalls; \
    } while (0)
#define SWAPIN                  \
    do {                        \
        htop = p->heap.top;     \
        e = p->heap.stack;      \
        fcalls = p->reductions; \
    } while (0)
/* Runs `statement` with the heap put back: for helpers that allocate. */
#define ON_HEAP(statement) \
    do {                   \
        SWAPOUT;           \
        statement;         \
        SWAPIN;            \
    } while (0)
/* A helper that allocated may have made a collection due: bring the next call's check forward. */
#define CHECK_DUE                                             \
    do {                                                      \
        if (unlikely(p->heap.flags & HEAP_DUE) && !p->held) { \
            p->held = fcalls > 0 ? (int32_t)fcalls : 1;       \
            fcalls = 0;                                       \
        }                                                     \
    } while (0)
#define ROOM(words) \
    likely((size_t)((char *)e - (char *)htop) >= ((size_t)(words) + STACK_RESERVE) * WORD_BYTES)

#define RAISE(reason_term)          \
    do {                            \
        SWAPOUT;                    \
        body_error(p, reason_term); \
        GO(raise);                  \
    } while (0)
/* One reduction at the jump to a function's start: pc is its first instruction. */
#define ENTER                                               \
    do {                                                    \
        if (unlikely(--fcalls <= 0)) GO(out_of_reductions); \
        DISPATCH;                                           \
    } while (0)

/* To the caller, whose frame is the newest. */
#define RETURN                       \
    do {                             \
        pc = (const uint32_t *)*e++; \
        base = entry_base(pc);       \
        DISPATCH;                    \
    } while (0)

/* Which natives were called, and how they ended: a build for tests of tests (vm/coverage.h). */
#ifdef MOTE_COVERAGE
#include "vm/coverage.h"
#define NATIVE_DONE(export, good) coverage_note((export)->native, good)
#else
#define NATIVE_DONE(export, good) ((void)0)
#endif

#ifdef MOTE_STRESS_GC
/* No room although there is: always at first, then the more rarely the larger the heap is and the
   more often it was collected, so that the time for it has a bound. */
static bool is_spared(const Heap *heap, const Term *htop, const Term *e)
{
    size_t used = (size_t)(htop - heap->start) + (size_t)(heap->old_top - heap->old_start) +
                  (size_t)(heap->end - e), pages = used / 256;
    uint32_t luck = (uint32_t)((uintptr_t)htop / WORD_BYTES) * 2654435761u >> 8;
    return luck % (1 + pages * pages / 16 + heap->collections / 1024) != 0;
}
#undef ROOM
#define ROOM(words) \
    ((size_t)(e - htop) >= (size_t)(words) + STACK_RESERVE && is_spared(&p->heap, htop, e))
#endif

/* Saves `live` X registers for the next slice. */
static bool save_registers(Scheduler *s, Process *p, const uint32_t *pc, unsigned live)
{
    if (live > p->saved_room && !process_save_room(p, live)) return false;
    for (unsigned i = 0; i < live; i++) p->saved[i] = s->x[x_slot(i)];
    p->live = live;
    p->pc = pc;
    return true;
}

static void start(Scheduler *scheduler, Process *process)
{
    scheduler->current = process;
    for (unsigned i = 0; i < process->live; i++) scheduler->x[x_slot(i)] = process->saved[i];
    process->live = 0;
    process->flags |= PROCESS_RUNS;
}

/* The native that was resumed is over. */
static void end_native(Process *p)
{
    p->native = NULL;
    p->roots[ROOT_NATIVE_STATE] = TERM_NIL;
}

bool interp_collect(Scheduler *s, Process *p, size_t need, unsigned live)
{
    RootSet sets[PROCESS_ROOT_SETS + 2] = {{s->x, live}, {s->x + x_slot(X_BYTE_MAX + 1), 0}};
    if (live > X_BYTE_MAX + 1) {
        sets[0].count = X_BYTE_MAX + 1;
        sets[1].count = live - X_BYTE_MAX - 1;
    }
    size_t cost = 0, count = 2 + process_roots(p, sets + 2);
    bool done = limit_collect(p, need, sets, count, &cost);
    p->reductions -= (int32_t)(cost / 64);
    if (!done && need == 0 && !(p->flags & PROCESS_KILLED)) { /* It was only due. */
        p->heap.flags &= ~(uint32_t)HEAP_DUE;
        return true;
    }
    if (!done && !(p->flags & PROCESS_KILLED)) {
        body_memory_error(p);
        p->catches = 0; /* Who handles it needs memory too: let the report be of this place. */
    }
    return done;
}

/* Until the next message; the heap takes no more than it must. */
static void rest(Process *p)
{
    p->flags |= PROCESS_HIBERNATED;
    RootSet sets[PROCESS_ROOT_SETS + 1];
    size_t count = process_roots(p, sets);
    sets[count++] = (RootSet){p->saved, p->live};
    heap_shrink(&p->heap, sets, count);
}

/* Forgets the stack; the next message calls x0:x1 with the list x2. */
static bool hibernate(Scheduler *s, Process *p)
{
    if (!save_registers(s, p, builtin_code.process_start, 3)) {
        body_memory_error(p);
        return false;
    }
    p->heap.stack = p->heap.end;
    *--p->heap.stack = (Term)builtin_code.process_end;
    p->catches = 0;
    rest(p);
    return true;
}

/* Numbers whose value a double holds, or nearly. */
static inline bool is_plain_number(Term t) { return is_small(t) || is_float(t); }
static inline double plain_double(Term t)
{
    return is_small(t) ? (double)small_value(t) : float_value(t);
}

/* ---- The loop ---- */

#define s ((Scheduler *)(void *)((char *)x - offsetof(Scheduler, x)))
#define p (s->current)

#ifdef MOTE_TAIL
typedef InterpResult InsnBody(STATE);
static InsnBody *const insn_bodies[256];
#else
InterpResult interp_run(Scheduler *scheduler, Process *process)
{
    Term *const x = scheduler->x;
    Term *e, *htop;
    Word fcalls;
    const uint32_t *pc = process->pc, *base = entry_base(pc);
#ifndef MOTE_SWITCH
    static const void *const labels[256] = {
#define INSN_ROW(name, operands, meaning) [INSN_##name] = &&insn_##name,
#undef INSN
#define INSN INSN_ROW
#include "code/insns.def"
#undef INSN
#define INSN(name) insn_##name:
        [INSN_COUNT... 255] = &&insn_invalid};
#endif
    start(scheduler, process);
    SWAPIN;
#ifdef MOTE_SWITCH
    uint8_t token = *(const uint8_t *)pc;
dispatch:
    switch (token) {
#else
    DISPATCH;
#endif
#endif

#include "vm/insn/parts.inc"
#include "vm/insn/arith.inc"
#include "vm/insn/bits.inc"
#include "vm/insn/build.inc"
#include "vm/insn/call.inc"
#include "vm/insn/compare.inc"
#include "vm/insn/control.inc"
#include "vm/insn/exception.inc"
#include "vm/insn/float.inc"
#include "vm/insn/list.inc"
#include "vm/insn/map.inc"
#include "vm/insn/match.inc"
#include "vm/insn/message.inc"
#include "vm/insn/move.inc"
#include "vm/insn/record.inc"
#include "vm/insn/test.inc"
#include "vm/insn/trace.inc"
#include "vm/insn/tuple.inc"

#ifdef MOTE_TAIL
static InsnBody *const insn_bodies[256] = {
#undef INSN
#define INSN(name, operands, meaning) [INSN_##name] = insn_##name,
#include "code/insns.def"
    [INSN_COUNT... 255] = insn_invalid};

InterpResult interp_run(Scheduler *scheduler, Process *process)
{
    start(scheduler, process);
    const uint32_t *pc = process->pc;
    return insn_bodies[*(const uint8_t *)pc](pc, process->heap.stack, process->heap.top,
                                             entry_base(pc), scheduler->x, process->reductions);
}
#else
#ifdef MOTE_SWITCH
    }
    return INTERP_EXITED; /* Never: each body ends in a jump. */
#endif
}
#endif
#undef s
#undef p

/* ---- Code of the VM itself ---- */

BuiltinCode builtin_code;

/* Entry words with distance 0 say: no module. */
static uint32_t builtin_words[] = {
    0, INSN_process_start,    0, INSN_process_end,   0, INSN_call_missing,
    0, INSN_call_missing, 0, INSN_native_resume,
    TRACE_RETURNED_WORDS, TRACE_INSN(TRACE_RETURNED),
    TRACE_LEFT_WORDS,     TRACE_INSN(TRACE_LEFT),
    TRACE_ROOM - 1,       INSN_invalid,
};

bool interp_init(void)
{
    builtin_code.process_start = builtin_words + 1;
    builtin_code.process_end = builtin_words + 3;
    builtin_code.call_missing = builtin_words + 5;
    builtin_code.call_missing_fun = builtin_words + 7;
    builtin_code.native_resume = builtin_words + 9;
    builtin_code.trace_returned = builtin_words + 11;
    builtin_code.trace_left = builtin_words + 13;
    builtin_code.trace_room = builtin_words + 15;
    return true;
}

const uint32_t *interp_native_stub(Export *e)
{
    uint32_t *words = memory_alloc(4 * sizeof *words);
    if (!words) return NULL;
    words[0] = entry_word(0, e->arity);
    words[1] = INSN_native_entry;
    words[2] = (uint32_t)(uintptr_t)e;
    words[3] = (uint32_t)((uint64_t)(uintptr_t)e >> 32);
    return words + 1;
}
