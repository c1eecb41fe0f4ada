/* SPDX-License-Identifier: Apache-2.0 */
/* interp.c - the interpreter's loop; the instructions' bodies stand in insn/<theme>.inc. */

/* The bodies are written once. INSN(name) opens one, DISPATCH or NEXT(n) leaves it. Here they are built
   as labels for computed goto, or with MOTE_SWITCH as cases of a switch. A body uses only the
   variables below, what hangs on `s` and `p`, and functions of lower layers:

     pc      the instruction's first word, w its value       base  of the running module
     x, e    X registers, newest word of the stack (y(i) = e[i])
     htop    next free word of the heap                       fcalls  reductions left

   `htop`, `e` and `fcalls` live in registers. SWAPOUT puts them back before anything that may look at
   the heap, SWAPIN takes them again after it. */

#include "vm/interp.h"
#include "heap/copy.h"
#include "heap/guard.h"
#include "heap/map.h"
#include "mote/native.h"
#include "process/mailbox.h"
#include "process/signal.h"
#include "term/compare.h"
#include "vm/bodies.h"
#include "vm/exception.h"

#ifdef MOTE_SWITCH
#define INSN(name) case INSN_##name:
#define DISPATCH goto dispatch
#else
#define INSN(name) insn_##name:
#define DISPATCH                   \
    do {                           \
        w = *pc;                   \
        goto *labels[w & 0xFF];    \
    } while (0)
#endif
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

/* Operands: bytes, half words and words of the instruction. */
#define B1 ((w >> 8) & 0xFF)
#define B2 ((w >> 16) & 0xFF)
#define B3 (w >> 24)
#define H1 (w >> 16)
#define J24 ((int32_t)w >> 8)
#define BYTE(word, i) ((pc[word] >> (8 * (i))) & 0xFF)
#define LOW(word) (pc[word] & 0xFFFF)
#define HIGH(word) (pc[word] >> 16)
#define HALF(i) (((const uint16_t *)(const void *)pc)[i])

#define R(b) (*((b) & R_IS_Y ? &e[(b) & 0x7F] : &x[b]))
#define POOL(i) pool_term(base, i)
#define SOURCE(h) body_source(h, x, e, base)

#define SWAPOUT                 \
    do {                        \
        p->heap.top = htop;     \
        p->heap.stack = e;      \
        p->reductions = fcalls; \
    } while (0)
#define SWAPIN                  \
    do {                        \
        htop = p->heap.top;     \
        e = p->heap.stack;      \
        fcalls = p->reductions; \
    } while (0)
/* Runs `statement` with the heap put back: for helpers that allocate. */
#define ON_HEAP(statement)   \
    do {                     \
        p->heap.top = htop;  \
        p->heap.stack = e;   \
        statement;           \
        htop = p->heap.top;  \
    } while (0)
/* A helper that allocated may have made a collection due: bring the next call's check forward. */
#define CHECK_DUE                                            \
    do {                                                     \
        if (unlikely(p->heap.flags & HEAP_DUE) && !p->held) { \
            p->held = fcalls > 0 ? fcalls : 1;               \
            fcalls = 0;                                      \
        }                                                    \
    } while (0)
#define ROOM(words) likely((size_t)(e - htop) >= (size_t)(words) + STACK_RESERVE)

#define RAISE(reason_term)                         \
    do {                                           \
        body_error(p, reason_term);                \
        goto raise;                                \
    } while (0)
/* One reduction at the jump to a function's start: pc is its first instruction. */
#define ENTER                        \
    do {                             \
        if (unlikely(--fcalls <= 0)) \
            goto out_of_reductions;  \
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
#undef ROOM
#define ROOM(words) ((void)(words), false)
#endif

/* Saves `live` X registers for the next slice. */
static bool save_registers(Scheduler *s, Process *p, const uint32_t *pc, unsigned live)
{
    if (live > p->saved_room) {
        Term *saved = memory_realloc(p->saved, p->saved_room * WORD_BYTES, live * WORD_BYTES);
        if (!saved) return false;
        p->saved = saved;
        p->saved_room = live;
    }
    for (unsigned i = 0; i < live; i++) p->saved[i] = s->x[x_slot(i)];
    p->live = live;
    p->pc = pc;
    return true;
}

static void load_registers(Scheduler *s, Process *p)
{
    for (unsigned i = 0; i < p->live; i++) s->x[x_slot(i)] = p->saved[i];
    p->live = 0;
}

/* The native that was resumed is over. */
static void end_native(Process *p)
{
    p->native = NULL;
    p->roots[ROOT_NATIVE_STATE] = TERM_NIL;
}

bool interp_collect(Scheduler *s, Process *p, size_t need, unsigned live)
{
    RootSet sets[3] = {{p->roots, ROOT_COUNT}, {s->x, live}, {NULL, 0}};
    if (live > X_BYTE_MAX + 1) {
        sets[1].count = X_BYTE_MAX + 1;
        sets[2] = (RootSet){s->x + x_slot(X_BYTE_MAX + 1), live - X_BYTE_MAX - 1};
    }
    size_t cost = 0;
    bool done = heap_collect(&p->heap, need, sets, 3, &cost);
    p->reductions -= (int32_t)(cost / 64);
    if (!done) body_memory_error(p);
    return done;
}

#pragma GCC diagnostic ignored "-Wpedantic"

InterpResult interp_run(Scheduler *s, Process *p)
{
#ifndef MOTE_SWITCH
    static const void *const labels[256] = {
#define INSN_LABEL(name) [INSN_##name] = &&insn_##name,
#define INSN_ROW(name, operands, meaning) INSN_LABEL(name)
#undef INSN
#define INSN INSN_ROW
#include "code/insns.def"
#undef INSN
#define INSN(name) insn_##name:
        [INSN_COUNT ... 255] = &&insn_invalid};
#endif
    Term *const x = s->x;
    Term *e, *htop;
    int32_t fcalls;
    const uint32_t *pc = p->pc;
    const uint32_t *base = entry_base(pc);
    uint32_t w;
    const uint32_t *return_to; /* of a native call: NULL where it is a tail call */
    const Export *native;

    s->current = p;
    load_registers(s, p);
    SWAPIN;
#ifdef MOTE_SWITCH
dispatch:
    w = *pc;
    switch (w & 0xFF) {
#else
    DISPATCH;
#endif

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
#include "vm/insn/tuple.inc"
#ifdef MOTE_SWITCH
    }
#endif

raise:
    SWAPOUT;
    pc = exception_handle(s, p, pc, &base);
    if (!pc) return INTERP_EXITED;
    SWAPIN;
    DISPATCH;

out_of_reductions: {
    /* pc: a function's start. What stands for a missing function does not know its arguments. */
    if (pc == builtin_code.call_missing || pc == builtin_code.call_missing_fun) DISPATCH;
    unsigned live = entry_frame(pc);
    base = entry_base(pc);
    if (p->held) {
        fcalls = p->held;
        p->held = 0;
        SWAPOUT;
        if (!interp_collect(s, p, 0, live)) goto raise;
        SWAPIN;
        if (fcalls > 0) DISPATCH;
    }
    SWAPOUT;
    if (!save_registers(s, p, pc, live)) { /* No memory to stop with: go on. */
        fcalls = SLICE_REDUCTIONS;
        DISPATCH;
    }
    return INTERP_PREEMPTED;
}

native_failed:
    /* `native` was called by the instruction at pc and returned no term: do what it asks. */
    switch (p->action) {
    case ACTION_COLLECT:
        if (!interp_collect(s, p, p->need, native->arity)) goto raise;
        SWAPIN;
        DISPATCH;
    case ACTION_TRAP:
        NATIVE_DONE(native, true);
        if (p->native) end_native(p);
        SWAPIN;
        if (return_to) *--e = (Term)return_to;
        s->called = p->trap;
        pc = atomic_load_explicit(&p->trap->code, memory_order_acquire);
        base = entry_base(pc);
        ENTER;
    case ACTION_YIELD:
    case ACTION_WAIT:
        if (return_to) *--p->heap.stack = (Term)return_to;
        p->native = native;
        if (!save_registers(s, p, builtin_code.native_resume, native->arity)) {
            body_memory_error(p);
            if (return_to) p->heap.stack++;
            SWAPIN;
            goto raise;
        }
        return p->action == ACTION_YIELD ? INTERP_PREEMPTED : INTERP_WAITING;
    case ACTION_HIBERNATE:
        if (!save_registers(s, p, builtin_code.process_start, 3)) {
            body_memory_error(p);
            SWAPIN;
            goto raise;
        }
        p->heap.stack = p->heap.end;
        *--p->heap.stack = (Term)builtin_code.process_end;
        p->catches = 0;
        p->flags |= PROCESS_HIBERNATED;
        heap_shrink(&p->heap, (RootSet[]){{p->roots, ROOT_COUNT}, {p->saved, 3}}, 2);
        return INTERP_WAITING;
    case ACTION_EXIT:
        return INTERP_EXITED;
    default: /* ACTION_RAISE */
        NATIVE_DONE(native, false);
        if (p->native) end_native(p);
        if (p->raise_frame) body_native_frame(p, native, x);
        SWAPIN;
        goto raise;
    }
}

/* ---- Code of the VM itself ---- */

BuiltinCode builtin_code;

/* Entry words with distance 0 say: no module. */
static uint32_t builtin_words[] = {
    0, INSN_process_start, 0, INSN_process_end,   0, INSN_call_missing,
    0, INSN_call_missing_fun, 0, INSN_native_resume,
};

bool interp_init(void)
{
    builtin_code.process_start = builtin_words + 1;
    builtin_code.process_end = builtin_words + 3;
    builtin_code.call_missing = builtin_words + 5;
    builtin_code.call_missing_fun = builtin_words + 7;
    builtin_code.native_resume = builtin_words + 9;
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
