/* SPDX-License-Identifier: Apache-2.0 */
/* erlang_system_info.c - system_info: what the VM is and how it is set up. */

#include "base/memory.h"
#include "ets/table.h"
#include "heap/binary.h"
#include "heap/guard.h"
#include "heap/map.h"
#include "mote/os/system.h"
#include "mote/port.h"
#include "natives/support.h"
#include "natives/system.h"
#include "process/process.h"
#include "term/node.h"
#include "term/print.h"
#include "term/release.h"
#include "vm/scheduler.h"
#include "vm/trace_action.h"

enum { ETS_LIMIT = 8192, PORT_LIMIT = 65536 };

static Term text(Process *p, const char *string) { return make_string(p, string, strlen(string)); }

/* {Name, Value}; fails where one of them did. */
static Term named(Process *p, Term name, Term value)
{
    return is_none(name) || is_none(value) ? TERM_NONE : make_tuple(p, 2, name, value);
}

/* ---- Versions ---- */

/* Of erts, in the release whose modules the VM runs. */
static const char *erts_version(void)
{
    static const char *const versions[] = {"13.1.5", "14.2.5", "15.2.7", "16.1", "17.1.1"};
    return versions[release_number() - RELEASE_MIN];
}

static Term otp_release(Process *p)
{
    char digits[2] = {(char)('0' + release_number() / 10), (char)('0' + release_number() % 10)};
    return make_string(p, digits, sizeof digits);
}

static Term version(Process *p) { return text(p, erts_version()); }
static Term machine(Process *p) { return text(p, "BEAM"); }
static Term driver_version(Process *p) { return text(p, "3.3"); }
static Term compat_rel(Process *p)
{
    (void)p;
    return make_small((Word)release_number());
}

static Term nif_version(Process *p)
{
    return text(p, release_number() < 26 ? "2.16" : release_number() < 29 ? "2.17" : "2.18");
}

static Term system_version(Process *p)
{
    char line[128];
    BufferSink sink;
    buffer_sink_init(&sink, line, sizeof line);
    sink_format(&sink.sink, "Erlang/OTP %u [erts-%s] [mote] [%u-bit] [smp:%u:%u]\n",
                release_number(), erts_version(), (unsigned)WORD_BITS, scheduler_count,
                scheduler_count);
    return make_string(p, line, sink.used);
}

static Term system_architecture(Process *p)
{
    OsSystem os;
    os_system(&os);
    return text(p, os.architecture);
}

static Term os_type(Process *p)
{
    OsSystem os;
    os_system(&os);
    Term name = make_atom_text(p, os.name);
    return named(p, make_atom_text(p, os.family), name);
}

static Term os_version(Process *p)
{
    OsSystem os;
    os_system(&os);
    return make_tuple(p, 3, make_small((Word)os.version[0]), make_small((Word)os.version[1]),
                      make_small((Word)os.version[2]));
}

static Term c_compiler(Process *p)
{
    Term numbers = make_tuple(p, 3, make_small(__GNUC__), make_small(__GNUC_MINOR__),
                              make_small(__GNUC_PATCHLEVEL__));
    return is_none(numbers) ? TERM_NONE : named(p, make_atom_text(p, "gnuc"), numbers);
}

/* ---- Counts ---- */

static bool count_one(EtsTable *table, void *context)
{
    (void)table;
    ++*(size_t *)context;
    return true;
}

static Term ets_count(Process *p)
{
    size_t count = 0;
    ets_each(count_one, &count);
    return make_unsigned(p, count);
}

static Term endian(Process *p)
{
    (void)p;
    return A(little); /* Design D2: little-endian first. */
}

static Term wordsize(Process *p)
{
    (void)p;
    return make_small(WORD_BYTES);
}
static Term schedulers(Process *p) { return make_unsigned(p, scheduler_count); }
static Term cores(Process *p) { return make_unsigned(p, port_cores()); }
static Term scheduler_id(Process *p) { return make_unsigned(p, p->running_on->id + 1); }
static Term processes(Process *p) { return make_unsigned(p, process_count()); }
static Term process_most(Process *p) { return make_unsigned(p, process_limit()); }
static Term atoms(Process *p) { return make_unsigned(p, atom_count()); }
static Term atom_most(Process *p) { return make_unsigned(p, atom_limit()); }
static Term creation(Process *p) { return make_unsigned(p, node_self()->creation); }
static Term ets_most(Process *p)
{
    (void)p;
    return make_small(ETS_LIMIT);
}
static Term port_most(Process *p)
{
    (void)p;
    return make_small(PORT_LIMIT);
}
static Term dist_limit(Process *p)
{
    (void)p;
    return make_small(1048576);
}
static Term context_reductions(Process *p)
{
    (void)p;
    return make_small(SLICE_REDUCTIONS);
}
static Term zero(Process *p)
{
    (void)p;
    return make_small(0);
}

static Term trace_word(Process *p) { return make_unsigned(p, atomic_load(&trace_control_word)); }
static Term one(Process *p)
{
    (void)p;
    return make_small(1);
}
static Term ten(Process *p)
{
    (void)p;
    return make_small(10);
}

/* ---- Settings ---- */

static Term nothing(Process *p)
{
    (void)p;
    return TERM_NIL;
}

/* ---- Functions in C ---- */

typedef struct Builtins {
    Process *p;
    Term list; /* TERM_NONE: out of memory */
} Builtins;

static bool add_builtin(Export *e, void *context)
{
    Builtins *b = context;
    bool is_guard = e->module == A(erlang) && guard_find(e->function, e->arity) >= 0;
    if (!e->native && !is_guard) return true;
    Term mfa = make_mfa(b->p, e);
    if (is_none(mfa) || !list_push(b->p, mfa, &b->list)) b->list = TERM_NONE;
    return !is_none(b->list);
}

static Term builtins(Process *p)
{
    enum { ROOM = 8 * 1024 };
    Builtins b = {p, TERM_NIL};
    if (!native_room(p, ROOM)) return native_need(p, ROOM);
    export_each(add_builtin, &b);
    return or_memory(p, b.list);
}

static Term undefined(Process *p)
{
    (void)p;
    return A(undefined);
}
static Term no(Process *p)
{
    (void)p;
    return A(false);
}
static Term yes(Process *p)
{
    (void)p;
    return A(true);
}
static Term none(Process *p)
{
    (void)p;
    return A(none);
}
static Term unknown(Process *p) { return make_atom_text(p, "unknown"); }
static Term unbound(Process *p) { return make_atom_text(p, "unbound"); }
static Term enabled(Process *p) { return make_atom_text(p, "enabled"); }
static Term unchanged(Process *p) { return make_atom_text(p, "unchanged"); }
static Term private_heaps(Process *p)
{
    (void)p;
    return A(private);
}
static Term on_heap(Process *p)
{
    (void)p;
    return A(on_heap);
}
static Term optimised(Process *p) { return make_atom_text(p, "opt"); }
static Term interpreter(Process *p) { return make_atom_text(p, "emu"); }
static Term multi_warp(Process *p) { return make_atom_text(p, "multi_time_warp"); }
static Term volatile_offset(Process *p) { return make_atom_text(p, "volatile"); }

static Term multi_scheduling(Process *p)
{
    return make_atom_text(p, scheduler_count > 1 ? "enabled" : "disabled");
}

static Term scheduler_bindings(Process *p)
{
    Term *tuple = heap_reserve(&p->heap, 1 + scheduler_count), each = unbound(p);
    if (!tuple || is_none(each)) return native_memory(p);
    tuple[0] = make_header(KIND_TUPLE, scheduler_count);
    for (unsigned i = 1; i <= scheduler_count; i++) tuple[i] = each;
    return make_boxed(tuple);
}

static Term logger_process(Process *p)
{
    (void)p;
    return system_settings.logger;
}
static Term request_limit(Process *p) { return make_unsigned(p, system_settings.request_limit); }

static Term min_heap_size(Process *p) { return make_unsigned(p, heap_policy.min_size); }
static Term min_virtual(Process *p) { return make_unsigned(p, heap_policy.min_vheap); }
static Term full_sweep(Process *p) { return make_unsigned(p, heap_policy.full_sweep_after); }

static Term named_min_heap(Process *p) { return named(p, A(min_heap_size), min_heap_size(p)); }
static Term named_min_virtual(Process *p)
{
    return named(p, A(min_bin_vheap_size), min_virtual(p));
}
static Term named_full_sweep(Process *p) { return named(p, A(fullsweep_after), full_sweep(p)); }

static Term max_heap_size(Process *p)
{
    MaxHeap max = {0, true, true};
    return or_memory(p, max_heap_term(p, &max));
}

static Term garbage_collection(Process *p)
{
    Term list[4] = {make_tuple(p, 2, A(max_heap_size), make_small(0)), named_min_virtual(p),
                    named_min_heap(p), named_full_sweep(p)};
    for (int i = 0; i < 4; i++) {
        if (is_none(list[i])) return TERM_NONE;
    }
    return make_list(p, list, 4, TERM_NIL);
}

static Term sequential_tracer(Process *p)
{
    return named(p, make_atom_text(p, "sequential_tracer"), A(false));
}

/* ---- Time ---- */

static Term start_time(Process *p) { return make_unsigned(p, scheduler_start_time()); }
static Term end_time(Process *p) { return make_integer(p, INT64_MAX); }

static Term time_source(Process *p, Term clock)
{
    Term time = make_integer(p, clock == A(monotonic_time) ? (int64_t)port_now() : port_clock());
    Term pairs[3] = {named(p, A(function), clock), named(p, A(time), time),
                     named(p, make_atom_text(p, "resolution"), make_integer(p, 1000000000))};
    for (int i = 0; i < 3; i++) {
        if (is_none(pairs[i])) return TERM_NONE;
    }
    return make_list(p, pairs, 3, TERM_NIL);
}

static Term monotonic_source(Process *p) { return time_source(p, A(monotonic_time)); }
static Term wall_source(Process *p) { return time_source(p, make_atom_text(p, "system_time")); }

/* ---- Reports as text ---- */

static Term empty_binary(Process *p) { return or_memory(p, binary_from(&p->heap, "", 0)); }

static Term dist_report(Process *p)
{
    static const char report[] = "=node:'nonode@nohost'\n=no_distribution\n";
    return or_memory(p, binary_from(&p->heap, report, sizeof report - 1));
}

static Term allocated_areas(Process *p)
{
    Term used = named(p, A(memory), make_unsigned(p, memory_used()));
    return is_none(used) ? TERM_NONE : make_list(p, &used, 1, TERM_NIL);
}

/* {Name, Version, Features, Settings} of the one allocator. */
static Term allocator(Process *p)
{
    return make_tuple(p, 4, A(undefined), TERM_NIL, TERM_NIL, TERM_NIL);
}

/* ---- The table ---- */

/* Named by texts, so that these are no atoms of a VM that nobody asks. */
typedef struct Item {
    const char *name;
    Term (*value)(Process *p);
} Item;

static const Item items[] = {
    {"machine", machine},
    {"otp_release", otp_release},
    {"version", version},
    {"system_version", system_version},
    {"system_architecture", system_architecture},
    {"driver_version", driver_version},
    {"nif_version", nif_version},
    {"compat_rel", compat_rel},
    {"os_type", os_type},
    {"os_version", os_version},
    {"c_compiler_used", c_compiler},
    {"wordsize", wordsize},
    {"endian", endian},
    {"schedulers", schedulers},
    {"schedulers_online", schedulers},
    {"logical_processors", cores},
    {"logical_processors_available", cores},
    {"logical_processors_online", cores},
    {"dirty_cpu_schedulers", schedulers},
    {"dirty_cpu_schedulers_online", schedulers},
    {"dirty_io_schedulers", ten},
    {"thread_pool_size", one},
    {"scheduler_id", scheduler_id},
    {"scheduler_bind_type", unbound},
    {"scheduler_bindings", scheduler_bindings},
    {"process_count", processes},
    {"process_limit", process_most},
    {"port_count", zero},
    {"port_limit", port_most},
    {"atom_count", atoms},
    {"atom_limit", atom_most},
    {"ets_count", ets_count},
    {"ets_limit", ets_most},
    {"ets_always_compress", no},
    {"creation", creation},
    {"cpu_topology", undefined},
    {"cpu_quota", unknown},
    {"update_cpu_info", unchanged},
    {"fullsweep_after", named_full_sweep},
    {"garbage_collection", garbage_collection},
    {"min_heap_size", named_min_heap},
    {"min_bin_vheap_size", named_min_virtual},
    {"max_heap_size", max_heap_size},
    {"message_queue_data", on_heap},
    {"heap_type", private_heaps},
    {"heap_sizes", nothing},
    {"delayed_node_table_gc", zero},
    {"dist", dist_report},
    {"dist_ctrl", nothing},
    {"dist_buf_busy_limit", dist_limit},
    {"context_reductions", context_reductions},
    {"start_time", start_time},
    {"end_time", end_time},
    {"os_monotonic_time_source", monotonic_source},
    {"os_system_time_source", wall_source},
    {"time_correction", yes},
    {"time_offset", volatile_offset},
    {"time_warp_mode", multi_warp},
    {"tolerant_timeofday", enabled},
    {"multi_scheduling", multi_scheduling},
    {"multi_scheduling_blockers", nothing},
    {"normal_multi_scheduling_blockers", nothing},
    {"smp_support", yes},
    {"threads", yes},
    {"debug_compiled", no},
    {"lock_checking", no},
    {"lock_counting", no},
    {"build_type", optimised},
    {"emu_type", optimised},
    {"emu_flavor", interpreter},
    {"check_io", nothing},
    {"dynamic_trace", none},
    {"dynamic_trace_probes", no},
    {"eager_check_io", yes},
    {"kernel_poll", no},
    {"modified_timing_level", undefined},
    {"port_parallelism", no},
    {"system_logger", logger_process},
    {"trace_control_word", trace_word},
    {"snifs", builtins},
    {"taints", nothing},
    {"break_ignored", no},
    {"outstanding_system_requests_limit", request_limit},
    {"constant_pool_support", yes},
    {"sequential_tracer", sequential_tracer},
    {"ets_realloc_moves", no},
    {"beam_jump_table", yes},
    {"alloc_util_allocators", nothing},
    {"allocated_areas", allocated_areas},
    {"allocator", allocator},
    {"info", empty_binary},
    {"loaded", empty_binary},
    {"procs", empty_binary},
};

static Term tuple_item(Process *p, const Term *parts, size_t size)
{
    if (size != 2) return badarg(p);
    if (atom_is(parts[0], "wordsize") &&
        (atom_is(parts[1], "internal") || atom_is(parts[1], "external")))
        return make_small(WORD_BYTES);
    if (atom_is(parts[0], "cpu_topology") &&
        (atom_is(parts[1], "defined") || atom_is(parts[1], "detected") ||
         atom_is(parts[1], "used")))
        return A(undefined);
    /* Of the allocators that alloc_util_allocators names. */
    if (atom_is(parts[0], "allocator_sizes") && is_nil(parts[1])) return TERM_NIL;
    return badarg(p);
}

static Term erlang_system_info_1(Process *p, Term *args)
{
    Term item = args[0];
    if (!native_room(p, 512)) return native_need(p, 512);
    if (is_tuple(item)) return tuple_item(p, tuple_elements(item), tuple_arity(item));
    if (item == A(async_dist) && release_has_async_dist()) return A(false);
    for (size_t i = 0; i < sizeof items / sizeof *items; i++) {
        if (atom_is(item, items[i].name)) return items[i].value(p);
    }
    return badarg(p);
}

static const Native erlang_system_info_natives[] = {
    NATIVE(erlang, system_info, 1, CHARGED),
};
NATIVE_TABLE(erlang_system_info);
