/* SPDX-License-Identifier: Apache-2.0 */
/* erlang_system_flag.c - system_flag: changing how the VM is set up. */

#include "natives/support.h"
#include "natives/system.h"
#include "vm/scheduler.h"
#include "vm/trace_action.h"

SystemSettings system_settings = {A(logger), 4, 8, false};

static Term set_logger(Process *p, Term value)
{
    if (value != A(logger) && value != A(undefined) && !is_local_pid(value)) return badarg(p);
    return atomic_exchange(&system_settings.logger, value);
}

static Term set_size(Process *p, _Atomic(size_t) *setting, Term value, size_t min)
{
    size_t size;
    if (!option_size(value, HEAP_WORDS_MAX, &size) || size < min) return badarg(p);
    return make_unsigned(p, atomic_exchange(setting, size));
}

/* Settings of heaps made from now on. */
static Term set_policy(Process *p, uint32_t *setting, Term value, size_t max)
{
    size_t size;
    Term old = make_unsigned(p, *setting);
    if (!option_size(value, max < UINT32_MAX ? max : UINT32_MAX, &size)) return badarg(p);
    *setting = (uint32_t)size;
    return old;
}

static Term set_wall_time(Process *p, Term value)
{
    if (!is_boolean(value)) return badarg(p);
    return make_bool(atomic_exchange(&system_settings.measures, value == A(true)));
}

/* There is one number of schedulers, all of them at work. */
static Term set_schedulers_online(Process *p, Term value)
{
    size_t size;
    if (!option_size(value, scheduler_count, &size) || size < 1) return badarg(p);
    return make_unsigned(p, scheduler_count);
}

static Term set_multi_scheduling(Process *p, Term value)
{
    bool known = atom_is(value, "block") || atom_is(value, "unblock") ||
                 atom_is(value, "block_normal") || atom_is(value, "unblock_normal");
    if (!known) return badarg(p);
    return make_atom_text(p, scheduler_count > 1 ? "enabled" : "disabled");
}

static Term set_max_heap(Process *p, Term value)
{
    MaxHeap max = {0, true, true};
    Term old = max_heap_term(p, &max);
    if (is_none(old)) return native_memory(p);
    return option_max_heap(value, 0, &max) && max.size == 0 ? old : badarg(p);
}

static Term set_accounting(Process *p, Term value)
{
    return is_boolean(value) || atom_is(value, "reset") ? A(false) : badarg(p);
}

static Term set_trace_depth(Process *p, Term value)
{
    return set_size(p, &system_settings.trace_depth, value, 0);
}

static Term set_request_limit(Process *p, Term value)
{
    return set_size(p, &system_settings.request_limit, value, 1);
}

static Term set_full_sweep(Process *p, Term value)
{
    return set_policy(p, &heap_policy.full_sweep_after, value, UINT16_MAX);
}

static Term set_min_heap(Process *p, Term value)
{
    return set_policy(p, &heap_policy.min_size, value, HEAP_WORDS_MAX);
}

static Term set_min_virtual(Process *p, Term value)
{
    return set_policy(p, &heap_policy.min_vheap, value, HEAP_WORDS_MAX);
}

static Term set_topology(Process *p, Term value)
{
    (void)p;
    (void)value;
    return A(undefined);
}

static Term set_bind_type(Process *p, Term value)
{
    (void)value;
    return make_atom_text(p, "unbound");
}

/* System time follows the machine's clock at all times. */
static Term set_time_offset(Process *p, Term value)
{
    return atom_is(value, "finalize") ? make_atom_text(p, "volatile") : badarg_cause(p, A(badopt));
}

static Term set_trace_word(Process *p, Term value)
{
    uint64_t word;
    if (!integer_to_u64(value, &word) || word > UINT32_MAX) return badarg(p);
    return make_unsigned(p, atomic_exchange(&trace_control_word, (uint32_t)word));
}

typedef struct Flag {
    const char *name;
    Term (*set)(Process *p, Term value);
} Flag;

static const Flag flags[] = {
    {"system_logger", set_logger},
    {"backtrace_depth", set_trace_depth},
    {"outstanding_system_requests_limit", set_request_limit},
    {"fullsweep_after", set_full_sweep},
    {"min_heap_size", set_min_heap},
    {"min_bin_vheap_size", set_min_virtual},
    {"max_heap_size", set_max_heap},
    {"multi_scheduling", set_multi_scheduling},
    {"schedulers_online", set_schedulers_online},
    {"dirty_cpu_schedulers_online", set_schedulers_online},
    {"scheduler_wall_time", set_wall_time},
    {"microstate_accounting", set_accounting},
    {"internal_cpu_topology", set_topology},
    {"scheduler_bind_type", set_bind_type},
    {"time_offset", set_time_offset},
    {"trace_control_word", set_trace_word},
};

static Term erlang_system_flag_2(Process *p, Term *args)
{
    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++) {
        if (atom_is(args[0], flags[i].name)) return flags[i].set(p, args[1]);
    }
    return badarg_cause(p, A(badopt));
}

static const Native erlang_system_flag_natives[] = {
    NATIVE(erlang, system_flag, 2, CHARGED),
};
NATIVE_TABLE(erlang_system_flag);
