/* SPDX-License-Identifier: Apache-2.0 */
/* trace.c - what happens to a process, told to its tracer. */

#include "process/trace.h"
#include "heap/number.h"
#include "mote/port.h"
#include "process/clock.h"
#include "term/atom.h"

Tracing trace_of_new = {0, TERM_NIL};

/* ---- Flags ---- */

static const char *const flag_names[] = {
    "timestamp", "strict_monotonic_timestamp", "monotonic_timestamp",
    "send", "receive", "set_on_spawn",
    "call", "procs", "set_on_first_spawn",
    "set_on_link", "set_on_first_link", "running",
    "exiting", "garbage_collection", "arity",
    "return_to", "silent", "scheduler_id",
    "ports", "running_ports", "running_procs",
};
enum { FLAG_COUNT = sizeof flag_names / sizeof *flag_names };

const char *trace_flag_name(unsigned i) { return i < FLAG_COUNT ? flag_names[i] : NULL; }

uint32_t trace_flag(Term name)
{
    for (unsigned i = 0; i < FLAG_COUNT; i++) {
        if (atom_is(name, flag_names[i])) return 1u << i;
    }
    return name == A(all) ? TRACE_ALL : 0;
}

/* ---- Tracers ---- */

bool trace_tracer_is_alive(const Tracing *tracing)
{
    Process *tracer = tracing->flags ? process_find(tracing->tracer) : NULL;
    return tracer && !process_is_exiting(tracer);
}

bool trace_set(Process *p, Tracing tracing)
{
    if (tracing.flags == 0) {
        p->flags &= ~(uint32_t)PROCESS_TRACED;
        if (p->extension) p->extension->tracing = (Tracing){0, TERM_NIL};
        return true;
    }
    Extension *rare = process_extend(p);
    if (!rare) return false;
    rare->tracing = tracing;
    p->flags |= PROCESS_TRACED;
    return true;
}

/* ---- Messages ---- */

enum { TIME_WORDS = 4 };

static Term now_term(Term words[TIME_WORDS])
{
    int64_t micro = clock_now();
    words[0] = make_header(KIND_TUPLE, 3);
    words[1] = make_small((Word)(micro / 1000000000000));
    words[2] = make_small((Word)(micro / 1000000 % 1000000));
    words[3] = make_small((Word)(micro % 1000000));
    return make_boxed(words);
}

static Term strict_term(Heap *heap, Term words[TIME_WORDS])
{
    static _Atomic(uint32_t) last;
    words[0] = make_header(KIND_TUPLE, 2);
    words[1] = integer_from_i64(heap, (int64_t)port_now());
    words[2] = integer_from_i64(heap, SMALL_MIN + (int64_t)atomic_fetch_add(&last, 1));
    return is_none(words[1]) || is_none(words[2]) ? TERM_NONE : make_boxed(words);
}

/* The time of a message; its words are `words`, or on the heap. TERM_NONE: out of memory. */
static Term time_term(Heap *heap, uint32_t flags, Term words[TIME_WORDS])
{
    if (flags & TRACE_TIMESTAMP) return now_term(words);
    if (flags & TRACE_STRICT_TIME) return strict_term(heap, words);
    return integer_from_i64(heap, (int64_t)port_now());
}

void trace_tell(Process *p, const Tracing *tracing, Term what, const Term *terms, unsigned count)
{
    enum { TIMES = TRACE_TIMESTAMP | TRACE_STRICT_TIME | TRACE_MONOTONIC_TIME };
    Term tuple[TRACE_TERMS_MAX + 5], words[TIME_WORDS];
    bool timed = tracing->flags & TIMES;
    unsigned arity = 0;
    tuple[++arity] = timed ? A(trace_ts) : A(trace);
    tuple[++arity] = p->pid;
    tuple[++arity] = what;
    for (unsigned i = 0; i < count; i++) tuple[++arity] = terms[i];
    if (timed) tuple[++arity] = time_term(&p->heap, tracing->flags, words);
    if (is_none(tuple[arity])) return;
    tuple[0] = make_header(KIND_TUPLE, arity);
    Signal *signal = signal_make(SIGNAL_MESSAGE, p->pid, make_boxed(tuple));
    if (signal) signal_post(tracing->tracer, signal);
}

void trace_event(Process *p, uint32_t flags, Term what, const Term *terms, unsigned count)
{
    if (!trace_has(p, flags)) return;
    const Tracing *tracing = &p->extension->tracing;
    if (!trace_tracer_is_alive(tracing)) {
        trace_set(p, (Tracing){0, TERM_NIL});
    } else if (tracing->tracer != p->pid) {
        trace_tell(p, tracing, what, terms, count);
    }
}

/* ---- Events ---- */

void trace_sent(Process *p, Term message, Term to, Term target)
{
    Term terms[] = {message, to};
    Process *receiver = is_ref(target) ? p : process_find(target);
    bool exists = receiver && !process_is_exiting(receiver);
    trace_event(p, TRACE_SEND, exists ? A(send) : A(send_to_nobody), terms, 2);
}

void trace_received(Process *p, Term message)
{
    trace_event(p, TRACE_RECEIVE, A(receive), &message, 1);
}

void trace_exited(Process *p)
{
    Term nothing = make_small(0);
    trace_event(p, TRACE_PROCS, A(exit), &p->roots[ROOT_REASON], 1);
    trace_event(p, TRACE_EXITING, A(out_exited), &nothing, 1);
    p->flags &= ~(uint32_t)PROCESS_TRACED;
}

/* ---- New processes ---- */

/* What a child takes over, and what its parent keeps. */
static void inherit(Process *parent, Process *child, bool linked)
{
    const uint32_t spawns = TRACE_SET_ON_SPAWN | TRACE_SET_ON_FIRST_SPAWN;
    const uint32_t links = TRACE_SET_ON_LINK | TRACE_SET_ON_FIRST_LINK;
    if (trace_of_new.flags) trace_set(child, trace_of_new);
    if (!parent || !trace_has(parent, linked ? spawns | links : spawns)) return;
    Tracing *own = &parent->extension->tracing;
    if (own->flags & TRACE_SET_ON_FIRST_SPAWN) own->flags &= ~spawns;
    if (linked && own->flags & TRACE_SET_ON_FIRST_LINK) own->flags &= ~links;
    trace_set(child, *own);
}

void trace_spawned(Process *parent, Process *child, Term args, bool linked)
{
    const Export *function = child->initial;
    Term call[] = {make_header(KIND_TUPLE, 3), function->module, function->function, args};
    Term by = parent ? parent->pid : TERM_NIL;
    inherit(parent, child, linked);
    if (parent)
        trace_event(parent, TRACE_PROCS, A(spawn), (Term[]){child->pid, make_boxed(call)}, 2);
    if (linked) trace_process(parent, A(link), child->pid);
    trace_event(child, TRACE_PROCS, A(spawned), (Term[]){by, make_boxed(call)}, 2);
    if (linked) trace_process(child, A(getting_linked), by);
}
