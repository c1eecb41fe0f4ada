/* SPDX-License-Identifier: Apache-2.0 */
/* erlang_statistics.c - statistics and memory: figures of the running VM. */

#include "base/memory.h"
#include "ets/table.h"
#include "heap/binary.h"
#include "mote/os/system.h"
#include "mote/port.h"
#include "natives/support.h"
#include "natives/system.h"
#include "process/run_queue.h"
#include "vm/scheduler.h"

/* ---- statistics ---- */

static uint64_t read_figure(const _Atomic(uintptr_t) *figure)
{
    return atomic_load_explicit(figure, memory_order_relaxed);
}

static uint64_t busy_ns(unsigned scheduler)
{
    return 1000 * read_figure(&scheduler_get(scheduler)->busy_us);
}

/* {Total, SinceLastCall} */
static Term total_and_since(Process *p, uint64_t total, _Atomic(uint64_t) *last)
{
    uint64_t before = atomic_exchange_explicit(last, total, memory_order_relaxed);
    Term a = make_unsigned(p, total), b = make_unsigned(p, total - before);
    return is_none(a) || is_none(b) ? TERM_NONE : make_tuple(p, 2, a, b);
}

static Term wall_clock(Process *p)
{
    static _Atomic(uint64_t) last;
    return total_and_since(p, (port_now() - scheduler_start_time()) / 1000000, &last);
}

static Term runtime(Process *p)
{
    static _Atomic(uint64_t) last;
    uint64_t used = os_cpu_time();
    for (unsigned i = 0; !used && i < scheduler_count; i++) used += busy_ns(i);
    return total_and_since(p, used / 1000000, &last);
}

static uint64_t all_reductions(void)
{
    uint64_t sum = 0;
    for (unsigned i = 0; i < scheduler_count; i++)
        sum += read_figure(&scheduler_get(i)->reductions);
    return sum;
}

static Term reductions(Process *p)
{
    static _Atomic(uint64_t) last;
    return total_and_since(p, all_reductions(), &last);
}

static Term exact_reductions(Process *p)
{
    static _Atomic(uint64_t) last;
    int32_t used = p->given - p->reductions;
    return total_and_since(p, all_reductions() + (used > 0 ? (uint32_t)used : 0), &last);
}

static Term context_switches(Process *p)
{
    uint64_t sum = 0;
    for (unsigned i = 0; i < scheduler_count; i++) sum += read_figure(&scheduler_get(i)->slices);
    Term count = make_unsigned(p, sum);
    return is_none(count) ? TERM_NONE : make_tuple(p, 2, count, make_small(0));
}

/* {Collections, WordsReclaimed, 0} */
static Term collections(Process *p)
{
    size_t count, words;
    heap_collections(&count, &words);
    Term a = make_unsigned(p, count), b = make_unsigned(p, words);
    return is_none(a) || is_none(b) ? TERM_NONE : make_tuple(p, 3, a, b, make_small(0));
}

static Term io_bytes(Process *p)
{
    Term in = make_tuple(p, 2, A(input), make_small(0));
    Term out = make_tuple(p, 2, A(output), make_small(0));
    return is_none(in) || is_none(out) ? TERM_NONE : make_tuple(p, 2, in, out);
}

static Term queue_length(Process *p) { return make_unsigned(p, run_queue_length()); }

/* All schedulers share one queue; it counts as the first one's. */
static Term queue_lengths(Process *p)
{
    Term list = TERM_NIL;
    for (unsigned i = scheduler_count; i-- > 0;) {
        Term length = i == 0 ? queue_length(p) : make_small(0);
        if (is_none(length) || !list_push(p, length, &list)) return native_memory(p);
    }
    return list;
}

static Term active_tasks(Process *p) { return make_unsigned(p, run_queue_length() + 1); }

static Term wall_time(Process *p)
{
    Term list = TERM_NIL;
    if (!atomic_load(&system_settings.measures)) return A(undefined);
    uint64_t total = port_now() - scheduler_start_time();
    for (unsigned i = scheduler_count; i-- > 0;) {
        Term busy = make_unsigned(p, busy_ns(i)), all = make_unsigned(p, total);
        if (is_none(busy) || is_none(all)) return TERM_NONE;
        Term entry = make_tuple(p, 3, make_small((Word)i + 1), busy, all);
        if (is_none(entry)) return TERM_NONE;
        if (!list_push(p, entry, &list)) return native_memory(p);
    }
    return list;
}

static Term not_measured(Process *p)
{
    (void)p;
    return A(undefined);
}

/* Named by texts, so that these are no atoms of a VM that nobody asks. */
typedef struct Item {
    const char *name;
    Term (*value)(Process *p);
} Item;

static const Item statistics[] = {
    {"wall_clock", wall_clock},
    {"runtime", runtime},
    {"reductions", reductions},
    {"exact_reductions", exact_reductions},
    {"context_switches", context_switches},
    {"garbage_collection", collections},
    {"io", io_bytes},
    {"run_queue", queue_length},
    {"run_queue_lengths", queue_lengths},
    {"run_queue_lengths_all", queue_lengths},
    {"active_tasks", queue_lengths},
    {"active_tasks_all", queue_lengths},
    {"total_run_queue_lengths", queue_length},
    {"total_run_queue_lengths_all", queue_length},
    {"total_active_tasks", active_tasks},
    {"total_active_tasks_all", active_tasks},
    {"scheduler_wall_time", wall_time},
    {"scheduler_wall_time_all", wall_time},
    {"microstate_accounting", not_measured},
};

static Term erlang_statistics_1(Process *p, Term *args)
{
    if (!native_room(p, 512)) return native_need(p, 512);
    for (size_t i = 0; i < sizeof statistics / sizeof *statistics; i++) {
        if (atom_is(args[0], statistics[i].name)) return statistics[i].value(p);
    }
    return badarg(p);
}

/* ---- memory ---- */

static const Term memory_types[] = {A(total),  A(processes), A(processes_used),
                                    A(system), A(atom),      A(atom_used),
                                    A(binary), A(code),      A(ets)};
enum { MEMORY_TYPES = sizeof memory_types / sizeof *memory_types };

/* Processes run meanwhile: the sum is of moments, as on OTP. */
static bool add_process(Term pid, void *context)
{
    const Process *p = process_find(pid);
    if (!p) return true;
    const Heap *h = &p->heap;
    size_t words = (size_t)(h->end - h->start) + h->fragment_words;
    if (h->old_start) words += (size_t)(h->old_end - h->old_start);
    *(size_t *)context += sizeof *p + words * WORD_BYTES;
    return true;
}

static bool add_table(EtsTable *table, void *context)
{
    *(size_t *)context += ets_bytes(table);
    return true;
}

static size_t of_processes(void)
{
    size_t bytes = 0;
    process_each(add_process, &bytes);
    return bytes;
}

static size_t of_tables(void)
{
    size_t bytes = 0;
    ets_each(add_table, &bytes);
    return bytes;
}

/* What an atom takes in the table and in its index, beside its text. */
enum { ATOM_BYTES = 32 };

static size_t memory_of(Term type)
{
    size_t total = memory_used() + literal_used(), processes;
    switch (type) {
    case A(processes):
    case A(processes_used): return of_processes();
    case A(system): processes = of_processes(); return processes < total ? total - processes : 0;
    case A(atom):
    case A(atom_used): return (size_t)atom_count() * ATOM_BYTES;
    case A(binary): return bytes_in_use();
    case A(code): return literal_used();
    case A(ets): return of_tables();
    default: return total;
    }
}

/* The value of a type. TERM_NONE: raised. */
static Term memory_value(Process *p, Term type)
{
    for (size_t i = 0; i < MEMORY_TYPES; i++) {
        if (memory_types[i] == type) return make_unsigned(p, memory_of(type));
    }
    return badarg(p);
}

/* {Type, Bytes} before *list. False: raised. */
static bool tell_before(Process *p, Term type, Term *list)
{
    Term value = memory_value(p, type);
    Term pair = is_none(value) ? value : make_tuple(p, 2, type, value);
    if (is_none(pair)) return false;
    if (list_push(p, pair, list)) return true;
    native_memory(p);
    return false;
}

static Term erlang_memory_0(Process *p, Term *args)
{
    (void)args;
    Term list = TERM_NIL;
    for (size_t i = MEMORY_TYPES; i-- > 0;) {
        if (!tell_before(p, memory_types[i], &list)) return TERM_NONE;
    }
    return list;
}

static Term erlang_memory_1(Process *p, Term *args)
{
    Term reversed = TERM_NIL, list = TERM_NIL, types = args[0];
    if (is_atom(types)) return memory_value(p, types);
    for (; is_cons(types); types = cons_tail(types)) {
        if (!list_push(p, cons_head(types), &reversed)) return native_memory(p);
    }
    if (!is_nil(types)) return badarg(p);
    for (; is_cons(reversed); reversed = cons_tail(reversed)) {
        if (!tell_before(p, cons_head(reversed), &list)) return TERM_NONE;
    }
    return list;
}

static const Native erlang_statistics_natives[] = {
    NATIVE(erlang, statistics, 1, CHARGED),
    NATIVE(erlang, memory, 0, CHARGED | IN_ERLANG),
    NATIVE(erlang, memory, 1, CHARGED | IN_ERLANG),
};
NATIVE_TABLE(erlang_statistics);
