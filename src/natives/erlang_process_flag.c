/* SPDX-License-Identifier: Apache-2.0 */
/* erlang_process_flag.c - settings of the running process. */

#include "heap/map.h"
#include "natives/process_options.h"
#include "natives/support.h"
#include "process/extension.h"
#include "term/release.h"
#include "vm/scheduler.h"

static Term set_boolean(Process *p, uint32_t flag, Term value)
{
    Term old = make_bool(p->flags & flag);
    if (!is_boolean(value)) return badarg(p);
    p->flags = value == A(true) ? p->flags | flag : p->flags & ~flag;
    return old;
}

static Term set_error_handler(Process *p, Term value)
{
    if (!is_atom(value)) return badarg(p);
    Extension *rare = process_extend(p);
    if (!rare) return native_memory(p);
    Term old = is_none(rare->error_handler) ? A(error_handler) : rare->error_handler;
    rare->error_handler = value;
    return old;
}

static Term set_priority(Process *p, Term value)
{
    int priority;
    Term old = priority_atom(p->priority);
    if (!option_priority(value, &priority)) return badarg(p);
    p->priority = (uint8_t)priority;
    return old;
}

static Term set_message_data(Process *p, Term value)
{
    Term old = p->flags & PROCESS_OFF_HEAP_MESSAGES ? A(off_heap) : A(on_heap);
    if (value != A(off_heap) && value != A(on_heap)) return badarg(p);
    p->flags &= ~(uint32_t)PROCESS_OFF_HEAP_MESSAGES;
    if (value == A(off_heap)) p->flags |= PROCESS_OFF_HEAP_MESSAGES;
    return old;
}

/* A heap setting of 32 bits. */
static Term set_heap_word(Process *p, uint32_t *setting, Term value, size_t max)
{
    size_t size;
    Term old = make_integer(p, *setting);
    if (!option_size(value, max < UINT32_MAX ? max : UINT32_MAX, &size)) return badarg(p);
    if (!is_none(old)) *setting = (uint32_t)size;
    return old;
}

static Term set_virtual_heap(Process *p, Term value)
{
    size_t size;
    Term old = make_unsigned(p, p->heap.min_vheap);
    if (!option_size(value, HEAP_WORDS_MAX, &size)) return badarg(p);
    if (!is_none(old)) p->heap.virtual_limit = p->heap.min_vheap = size;
    return old;
}

static Term set_max_heap(Process *p, Term value)
{
    MaxHeap max = process_max_heap(p);
    Term old = max_heap_term(p, &max);
    if (is_none(old)) return native_memory(p);
    if (!option_max_heap(value, p->heap.min_size, &max)) return badarg(p);
    return process_max_heap_set(p, &max) ? old : native_memory(p);
}

/* OTP differs: calls are not saved; the number is kept for whoever asks. */
static Term set_save_calls(Process *p, Term value)
{
    size_t size;
    if (!option_size(value, 10000, &size)) return badarg_cause(p, A(none));
    Extension *rare = process_extend(p);
    if (!rare) return native_memory(p);
    Term old = make_small((Word)rare->save_calls);
    rare->save_calls = (uint32_t)size;
    return old;
}

/* Nodes that come and go are told by who connects them; here stands how often that is wanted. */
static Term set_monitor_nodes(Process *p, Term value)
{
    if (!is_boolean(value)) return badarg(p);
    Extension *rare = process_extend(p);
    if (!rare) return native_memory(p);
    Term old = make_small((Word)rare->monitor_nodes);
    if (value == A(true)) rare->monitor_nodes++;
    else if (rare->monitor_nodes > 0) rare->monitor_nodes--;
    return old;
}

/* A wish that is remembered: processes run wherever there is room. */
static Term set_scheduler(Process *p, Term value)
{
    size_t number;
    if (!option_size(value, scheduler_count, &number)) return badarg(p);
    Extension *rare = process_extend(p);
    if (!rare) return native_memory(p);
    Term old = make_small((Word)rare->bound);
    rare->bound = (uint32_t)number;
    return old;
}

/* One thing that net_kernel wants to be told, or of which nodes. */
static bool is_monitor_option(Term key, Term value)
{
    if (atom_is(key, "connection_id") || atom_is(key, "nodedown_reason")) return is_boolean(value);
    if (atom_is(key, "list")) return value == A(true);
    return atom_is(key, "node_type") &&
           (value == A(all) || atom_is(value, "visible") || atom_is(value, "hidden"));
}

/* [] | #{connection_id | nodedown_reason | list | node_type => _} */
static bool are_monitor_options(Term options)
{
    MapCursor cursor;
    Term key, value;
    if (!is_map(options)) return is_nil(options);
    if (map_size(options) > 4) return false; /* There are no others. */
    map_cursor_init(&cursor, options);
    while (map_cursor_next(&cursor, &key, &value)) {
        if (!is_monitor_option(key, value)) return false;
    }
    return true;
}

static bool is_monitor_nodes(Term flag)
{
    return is_tuple_of(flag, 2) && atom_is(tuple_elements(flag)[0], "monitor_nodes");
}

static Term erlang_process_flag_2(Process *p, Term *args)
{
    Term value = args[1];
    switch (args[0]) {
    case A(trap_exit): return set_boolean(p, PROCESS_TRAP_EXIT, value);
    case A(sensitive): return set_boolean(p, PROCESS_SENSITIVE, value);
    case A(error_handler): return set_error_handler(p, value);
    case A(priority): return set_priority(p, value);
    case A(message_queue_data): return set_message_data(p, value);
    case A(min_heap_size): return set_heap_word(p, &p->heap.min_size, value, HEAP_WORDS_MAX);
    case A(fullsweep_after): return set_heap_word(p, &p->heap.full_sweep_after, value, UINT16_MAX);
    case A(min_bin_vheap_size): return set_virtual_heap(p, value);
    case A(max_heap_size): return set_max_heap(p, value);
    case A(save_calls): return set_save_calls(p, value);
    case A(scheduler): return set_scheduler(p, value);
    default: break;
    }
    if (is_monitor_nodes(args[0]) && !are_monitor_options(tuple_elements(args[0])[1]))
        return badarg(p);
    if (is_monitor_nodes(args[0]) || atom_is(args[0], "monitor_nodes"))
        return set_monitor_nodes(p, value);
    if (release_has_async_dist() && args[0] == A(async_dist))
        return is_boolean(value) ? A(false) : badarg(p);
    return badarg_cause(p, A(badopt));
}

static Term save_calls_here(Process *target, Term value)
{
    if (process_is_exiting(target)) return A(badtype);
    Extension *rare = process_extend(target);
    if (!rare) return TERM_NONE;
    Term old = make_small((Word)rare->save_calls);
    rare->save_calls = (uint32_t)small_value(value);
    return old;
}

/* erts_internal:process_flag(Pid, save_calls, N) -> OldN | badarg | badtype */
static Term erts_internal_process_flag_3(Process *p, Term *args)
{
    size_t size;
    if (!is_local_pid(args[0])) return A(badtype);
    if (args[1] != A(save_calls) || !option_size(args[2], 10000, &size)) return A(badarg);
    if (args[0] == p->pid) return set_save_calls(p, args[2]);
    Request request = {args[0], save_calls_here, args[2], A(badtype)};
    return request_answer(p, &request);
}

static const Native erlang_process_flag_natives[] = {
    NATIVE(erlang, process_flag, 2, CONSTANT),
    NATIVE(erts_internal, process_flag, 3, CONSTANT),
};
NATIVE_TABLE(erlang_process_flag);
