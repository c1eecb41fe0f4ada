/* SPDX-License-Identifier: Apache-2.0 */
/* erlang_trace.c - which processes are traced, by whom, and what of them. */

#include "heap/resource.h"
#include "natives/support.h"
#include "natives/trace_info.h"
#include "process/signal.h"
#include "process/trace.h"
#include "vm/scheduler.h"

/* ---- Flags ---- */

typedef struct Wish {
    bool on;
    Tracing tracing;
} Wish;

/* Flags, and {tracer, Pid}. */
static bool read_flags(Term list, Tracing *tracing)
{
    for (; is_cons(list); list = cons_tail(list)) {
        Term item = cons_head(list);
        uint32_t flag = trace_flag(item);
        if (is_tuple_of(item, 2) && tuple_elements(item)[0] == A(tracer) &&
            is_local_pid(tuple_elements(item)[1])) {
            tracing->tracer = tuple_elements(item)[1];
        } else if (!flag) {
            return false;
        }
        tracing->flags |= flag;
    }
    return is_nil(list);
}

static Tracing combine(Tracing old, const Wish *wish)
{
    if (wish->on) return (Tracing){old.flags | wish->tracing.flags, wish->tracing.tracer};
    return (Tracing){old.flags & ~wish->tracing.flags, old.tracer};
}

/* While all others wait. False: somebody else traces it. */
static bool change(Process *target, const Wish *wish)
{
    Tracing old = {0, TERM_NIL};
    if (target->flags & PROCESS_TRACED) old = target->extension->tracing;
    if (!trace_tracer_is_alive(&old)) old = (Tracing){0, TERM_NIL};
    if (wish->on && old.flags && old.tracer != wish->tracing.tracer) return false;
    Tracing new = combine(old, wish);
    if (new.flags == 0) new.tracer = TERM_NIL;
    return trace_set(target, new);
}

typedef struct Count {
    const Wish *wish;
    size_t count;
} Count;

static bool visit(Term pid, void *context)
{
    Count *c = context;
    Process *target = is_local_pid(pid) ? process_find(pid) : NULL;
    if (target && !process_is_exiting(target) && change(target, c->wish)) c->count++;
    return true;
}

enum { WHO_EXISTING = 1, WHO_NEW = 2 };

/* Ports are not traced: they count as none. */
static int read_who(Term who)
{
    static const char *const texts[] = {"all",      "processes",          "ports",
                                        "existing", "existing_processes", "existing_ports",
                                        "new",      "new_processes",      "new_ports"};
    static const uint8_t meanings[] = {
        WHO_EXISTING | WHO_NEW, WHO_EXISTING | WHO_NEW, 0, WHO_EXISTING, WHO_EXISTING, 0,
        WHO_NEW,                WHO_NEW,                0};
    size_t count = sizeof texts / sizeof *texts;
    size_t i = is_atom(who) ? atom_among(who, texts, count) : count;
    return i < count ? meanings[i] : -1;
}

/* erts_internal:trace(Who, On, Flags) -> number of processes */
static Term erts_internal_trace_3(Process *p, Term *args)
{
    Wish wish = {args[1] == A(true), {0, p->pid}};
    int who = read_who(args[0]);
    if (!is_boolean(args[1]) || !read_flags(args[2], &wish.tracing)) return badarg(p);
    if (who < 0 && !is_local_pid(args[0])) return badarg(p);
    Count c = {&wish, 0};
    scheduler_block_others(p->running_on);
    if (who < 0) visit(args[0], &c);
    if (who > 0 && who & WHO_EXISTING) process_each(visit, &c);
    if (who > 0 && who & WHO_NEW) {
        trace_of_new = combine(trace_of_new, &wish);
        if (trace_of_new.flags == 0) trace_of_new.tracer = TERM_NIL;
    }
    scheduler_resume_others();
    return who < 0 && c.count == 0 ? badarg(p) : make_unsigned(p, c.count);
}

/* ---- Asking ---- */

static Term flag_list(Process *p, uint32_t flags)
{
    Term list = TERM_NIL;
    for (unsigned i = 0; trace_flag_name(i); i++) {
        if ((flags >> i & 1) && !list_push_atom(p, trace_flag_name(i), &list)) return TERM_NONE;
    }
    return list;
}

static Term tracing_info(Process *p, Tracing tracing, Term item)
{
    if (!trace_tracer_is_alive(&tracing)) tracing = (Tracing){0, TERM_NIL};
    if (item == A(tracer)) return make_tuple(p, 2, item, tracing.tracer);
    if (item != A(flags)) return badarg(p);
    Term list = flag_list(p, tracing.flags);
    return is_none(list) ? list : make_tuple(p, 2, item, list);
}

static Term process_trace_info(Process *p, Term pid, Term item)
{
    Tracing tracing = {0, TERM_NIL};
    scheduler_block_others(p->running_on);
    Process *target = process_find(pid);
    bool alive = target && !process_is_exiting(target);
    if (alive && target->flags & PROCESS_TRACED) tracing = target->extension->tracing;
    scheduler_resume_others();
    return alive ? tracing_info(p, tracing, item) : A(undefined);
}

static Term erlang_trace_info_2(Process *p, Term *args)
{
    if (is_local_pid(args[0])) return process_trace_info(p, args[0], args[1]);
    if (is_atom(args[0]) && read_who(args[0]) == WHO_NEW)
        return tracing_info(p, trace_of_new, args[1]);
    return trace_function_info(p, args[0], args[1]);
}

/* What is traced goes to the tracer at once, so that all of it is there already. */
static Term erlang_trace_delivered_1(Process *p, Term *args)
{
    uint32_t number[3];
    if (!is_local_pid(args[0]) && args[0] != A(all)) return badarg(p);
    Term *top = heap_reserve(&p->heap, 1 + REF_SIZE);
    if (!top) return native_memory(p);
    reference_numbers(number);
    Term reference = reference_put(top, number, TERM_NIL);
    Term message = make_tuple(p, 3, A(trace_delivered), args[0], reference);
    if (is_none(message)) return TERM_NONE;
    return message_send(p->pid, p->pid, message) ? reference : native_memory(p);
}

static const Native erlang_trace_natives[] = {
    NATIVE(erts_internal, trace, 3, CHARGED),
    NATIVE(erlang, trace_info, 2, CHARGED),
    NATIVE(erlang, trace_delivered, 1, CONSTANT),
};
NATIVE_TABLE(erlang_trace);
