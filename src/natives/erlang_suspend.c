/* SPDX-License-Identifier: Apache-2.0 */
/* erlang_suspend.c - suspending other processes. */

/* Who suspends keeps a list of whom, and how often; a suspended process keeps by how many it is.
   What a process has suspended goes on when it ends. */

#include "base/memory.h"
#include "natives/support.h"
#include "natives/suspension.h"
#include "process/extension.h"

/* ---- In the other process ---- */

static Term suspend_here(Process *target, Term request)
{
    (void)request;
    Extension *rare = process_is_exiting(target) ? NULL : process_extend(target);
    if (!rare) return A(false);
    rare->suspended++;
    target->flags |= PROCESS_SUSPENDED;
    if (target->flags & PROCESS_RUNS) native_charge(target, target->reductions); /* Not for long. */
    return A(true);
}

static Term resume_here(Process *target, Term request)
{
    (void)request;
    Extension *rare = target->extension;
    if (rare && rare->suspended > 0 && --rare->suspended == 0)
        target->flags &= ~(uint32_t)PROCESS_SUSPENDED;
    return A(true);
}

/* ---- Who suspends whom ---- */

static Suspension **find(const Process *p, Term pid)
{
    static Suspension *nothing;
    if (!p->extension) return &nothing;
    Suspension **link = &p->extension->suspending;
    while (*link && (*link)->pid != pid) link = &(*link)->next;
    return link;
}

/* NULL: no memory. */
static Suspension *find_or_make(Process *p, Term pid)
{
    if (!process_extend(p)) return NULL;
    Suspension **link = find(p, pid);
    Suspension *suspension = *link;
    if (suspension) return suspension;
    suspension = memory_alloc(sizeof *suspension);
    if (suspension) *suspension = (Suspension){NULL, pid, 0};
    return *link = suspension;
}

static void drop(Suspension **link)
{
    Suspension *dropped = *link;
    *link = dropped->next;
    memory_free(dropped, sizeof *dropped);
}

static bool resume(Process *p, Term pid)
{
    bool memory;
    Request request = {pid, resume_here, TERM_NIL, TERM_NIL};
    return request_send(p, &request, &memory) || memory;
}

/* What p has suspended goes on; without memory to say so it waits for ever. */
static bool resume_all(Process *p)
{
    while (p->extension && p->extension->suspending) {
        if (p->extension->suspending->count) resume(p, p->extension->suspending->pid);
        drop(&p->extension->suspending);
    }
    return true;
}

static bool start(void)
{
    process_exit_hook_add(resume_all);
    return true;
}

/* ---- Natives ---- */

static Term suspend_now(Process *p, Term pid, Suspension *suspension)
{
    Request request = {pid, suspend_here, TERM_NIL, A(false)};
    Term answer = request_answer(p, &request);
    if (answer == A(true)) suspension->count = 1;
    if (answer != A(false)) return answer;
    drop(find(p, pid));
    return A(badarg);
}

static Term suspend_later(Process *p, Term pid, Suspension *suspension)
{
    bool memory;
    Request request = {pid, suspend_here, TERM_NIL, TERM_NIL};
    if (request_send(p, &request, &memory)) {
        suspension->count = 1;
        return A(true);
    }
    drop(find(p, pid));
    return memory ? A(badarg) : native_memory(p);
}

/* erts_internal:suspend_process(Pid, Options) -> boolean() | badarg | badopt */
static Term erts_internal_suspend_process_2(Process *p, Term *args)
{
    bool later = false, once = false;
    Term l = args[1];
    for (; is_cons(l); l = cons_tail(l)) {
        if (cons_head(l) == A(asynchronous)) later = true;
        else if (cons_head(l) == A(unless_suspending)) once = true;
        else return A(badopt);
    }
    if (!is_nil(l)) return A(badopt);
    if (!is_local_pid(args[0]) || args[0] == p->pid) return A(badarg);
    Suspension *suspension = find_or_make(p, args[0]);
    if (!suspension) return native_memory(p);
    if (suspension->count == 0)
        return later ? suspend_later(p, args[0], suspension) : suspend_now(p, args[0], suspension);
    if (once) return A(false);
    suspension->count++;
    return A(true);
}

static Term erlang_resume_process_1(Process *p, Term *args)
{
    Suspension **link = find(p, args[0]);
    Process *target = *link ? process_find(args[0]) : NULL;
    if (!target || process_is_exiting(target) || (*link)->count == 0) return badarg(p);
    if (--(*link)->count > 0) return A(true);
    drop(link);
    return resume(p, args[0]) ? A(true) : native_memory(p);
}

static const Native erlang_suspend_natives[] = {
    NATIVE(erts_internal, suspend_process, 2, CONSTANT),
    NATIVE(erlang, resume_process, 1, CONSTANT),
};
NATIVE_TABLE_START(erlang_suspend, start);
