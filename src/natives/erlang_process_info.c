/* SPDX-License-Identifier: Apache-2.0 */
/* erlang_process_info.c - process_info: asking. */

#include "natives/process_info.h"
#include "natives/support.h"
#include "process/mailbox.h"

/* What process_info/1 tells, in this order. */
static const Term all_items[] = {A(registered_name),   A(current_function),
                                 A(initial_call),      A(status),
                                 A(message_queue_len), A(links),
                                 A(dictionary),        A(trap_exit),
                                 A(error_handler),     A(priority),
                                 A(group_leader),      A(total_heap_size),
                                 A(heap_size),         A(stack_size),
                                 A(reductions),        A(garbage_collection),
                                 A(suspending)};
enum { ALL_COUNT = sizeof all_items / sizeof *all_items };

/* {Item, Value}; TERM_NONE: no memory. */
static Term tell(Process *target, Term item)
{
    return heap_pair(&target->heap, item, process_info_value(target, item));
}

static bool tell_before(Process *target, Term item, Term *list)
{
    Term pair = tell(target, item);
    return !is_none(pair) && list_push(target, pair, list);
}

/* An unregistered process has no name to tell. */
static Term tell_all(Process *target)
{
    Term list = TERM_NIL;
    for (size_t i = ALL_COUNT; i-- > 0;) {
        if (all_items[i] == A(registered_name) &&
            is_nil(process_info_value(target, A(registered_name))))
            continue;
        if (!tell_before(target, all_items[i], &list)) return TERM_NONE;
    }
    return list;
}

static Term tell_list(Process *target, Term items)
{
    Term reversed = TERM_NIL, list = TERM_NIL;
    for (; is_cons(items); items = cons_tail(items)) {
        if (!list_push(target, cons_head(items), &reversed)) return TERM_NONE;
    }
    for (; is_cons(reversed); reversed = cons_tail(reversed)) {
        if (!tell_before(target, cons_head(reversed), &list)) return TERM_NONE;
    }
    return list;
}

/* `request`: an item, a list of items, or true for all of process_info/1. In the target. */
static Term tell_request(Process *target, Term request)
{
    if (process_is_exiting(target)) return A(undefined);
    if (request == A(true)) return tell_all(target);
    if (is_list(request)) return tell_list(target, request);
    if (request == A(registered_name) && is_nil(process_info_value(target, request)))
        return TERM_NIL;
    return tell(target, request);
}

/* ---- Asking ---- */

static Term ask_self(Process *p, Term request)
{
    if (!mailbox_fetch(p)) { /* Messages on their way count. */
        p->action = ACTION_EXIT;
        return TERM_NONE;
    }
    return or_memory(p, tell_request(p, request));
}

static Term ask(Process *p, Term *args, Term request)
{
    if (args[0] == p->pid) return ask_self(p, request);
    Request message = {args[0], tell_request, request, A(undefined)};
    return request_answer(p, &message);
}

static Term erlang_process_info_1(Process *p, Term *args)
{
    return is_local_pid(args[0]) ? ask(p, args, A(true)) : badarg(p);
}

static Term erlang_process_info_2(Process *p, Term *args)
{
    Term l = args[1];
    if (!is_local_pid(args[0])) return badarg(p);
    if (!is_list(l)) return process_info_is_item(l) ? ask(p, args, l) : badarg(p);
    for (; is_cons(l); l = cons_tail(l)) {
        if (!process_info_is_item(cons_head(l))) return badarg(p);
    }
    return is_nil(l) ? ask(p, args, args[1]) : badarg(p);
}

static const Native erlang_process_info_natives[] = {
    NATIVE(erlang, process_info, 1, CHARGED),
    NATIVE(erlang, process_info, 2, CHARGED),
};
NATIVE_TABLE(erlang_process_info);
