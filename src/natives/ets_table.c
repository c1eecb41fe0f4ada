/* SPDX-License-Identifier: Apache-2.0 */
/* ets_table.c - ets: making, naming, giving away and deleting tables. */

#include "natives/ets_table.h"
#include "natives/work.h"
#include "process/handle.h"
#include "process/signal.h"
#include "term/release.h"
#include "vm/scheduler.h"

enum { PURGED_IN_A_STEP = 256, LOCK_COUNT_MIN = 64, LOCK_COUNT_MAX = 32768 };

/* ---- new ---- */

static bool read_heir(const Term *option, size_t size, EtsSettings *settings)
{
    if (size == 2 && option[1] == A(none)) {
        settings->heir = TERM_NONE;
        return true;
    }
    bool is_silent = size == 2 && release_has_silent_heirs();
    if ((size != 3 && !is_silent) || !is_local_pid(option[1])) return false;
    settings->heir = option[1];
    settings->heir_data = is_silent ? TERM_NIL : option[2];
    settings->is_heir_silent = is_silent;
    return true;
}

/* {debug_hash_fixed_number_of_locks, Count}, which test suites give: a power of two is used. */
static bool read_lock_count(Term value, EtsSettings *settings)
{
    size_t asked;
    if (!is_tuple_of(value, 2) || !atom_is(tuple_elements(value)[0], ETS_LOCK_COUNT)) return false;
    if (!integer_to_size(tuple_elements(value)[1], &asked)) return false;
    if (asked < 1 || asked > LOCK_COUNT_MAX) return false;
    uint32_t count = LOCK_COUNT_MIN;
    while (2 * count <= asked) count *= 2;
    settings->lock_count = count;
    settings->write_concurrency = A(true);
    return true;
}

static bool read_write_concurrency(Term value, EtsSettings *settings)
{
    if (is_tuple(value)) return read_lock_count(value, settings);
    settings->write_concurrency = value;
    settings->lock_count = 0;
    return is_boolean(value) || value == A(auto);
}

/* What options have to do with each other, as OTP has it. False: they do not go together. */
static bool settle(EtsSettings *settings)
{
    bool ordered = settings->type == ETS_ORDERED_SET;
    if (settings->lock_count && ordered) return false;
    bool is_private = settings->protection == ETS_PRIVATE;
    if (is_private) settings->read_concurrency = false;
    if (is_private || scheduler_count == 1) {
        settings->write_concurrency = A(false);
        settings->lock_count = 0;
    }
    bool decentralized =
        ordered || settings->lock_count || settings->write_concurrency == A(auto);
    if (settings->write_concurrency == A(false)) settings->decentralized_counters = A(false);
    if (is_none(settings->decentralized_counters))
        settings->decentralized_counters = make_bool(decentralized);
    return true;
}

static bool read_pair(Term key, Term value, EtsSettings *settings)
{
    size_t position;
    switch (key) {
    case A(keypos):
        if (!integer_to_size(value, &position) || position < 1 || position > TUPLE_MAX_ARITY)
            return false;
        settings->key = position - 1;
        return true;
    case A(read_concurrency):
        settings->read_concurrency = value == A(true);
        return is_boolean(value);
    case A(decentralized_counters):
        settings->decentralized_counters = value;
        return is_boolean(value);
    case A(write_concurrency): return read_write_concurrency(value, settings);
    default: return false;
    }
}

static bool read_option(Term option, EtsSettings *settings)
{
    switch (option) {
    case A(set): settings->type = ETS_SET; return true;
    case A(bag): settings->type = ETS_BAG; return true;
    case A(duplicate_bag): settings->type = ETS_DUPLICATE_BAG; return true;
    case A(ordered_set): settings->type = ETS_ORDERED_SET; return true;
    case A(private): settings->protection = ETS_PRIVATE; return true;
    case A(protected): settings->protection = ETS_PROTECTED; return true;
    case A(public): settings->protection = ETS_PUBLIC; return true;
    case A(named_table): settings->is_named = true; return true;
    case A(compressed): settings->compressed = true; return true;
    default: break;
    }
    if (!is_tuple(option)) return false;
    const Term *parts = tuple_elements(option);
    size_t size = tuple_arity(option);
    if (size > 0 && parts[0] == A(heir)) return read_heir(parts, size, settings);
    return size == 2 && read_pair(parts[0], parts[1], settings);
}

static Term ets_new_2(Process *p, Term *args)
{
    EtsSettings settings = {.name = args[0],
                            .type = ETS_SET,
                            .protection = ETS_PROTECTED,
                            .heir = TERM_NONE,
                            .heir_data = TERM_NIL,
                            .decentralized_counters = TERM_NONE,
                            .write_concurrency = A(false)};
    Term l = args[1];
    EtsTable *table;
    if (!is_atom(args[0])) return badarg(p);
    for (; is_cons(l); l = cons_tail(l)) {
        if (!read_option(cons_head(l), &settings)) return badarg(p);
    }
    if (!is_nil(l) || !settle(&settings)) return badarg(p);
    switch (ets_make(p, &settings, &table)) {
    case MAKE_EXISTS: return ets_badarg(p, A(already_exists));
    case MAKE_NO_MEMORY: return native_memory(p);
    default: return ets_id(p, table);
    }
}

/* ---- Names ---- */

static Term ets_rename_2(Process *p, Term *args)
{
    EtsOpen open;
    bool memory;
    if (!ets_open(&open, p, args[0], ACCESS_WRITE)) return ets_not_open(p, &open);
    if (!is_atom(args[1])) return ets_refuse(p, &open, TERM_NONE);
    if (open.table->settings.is_named && open.table->settings.name == args[1])
        return ets_refuse(p, &open, TERM_NONE); /* As on OTP: the name is taken. */
    if (!ets_rename(open.table, args[1], &memory)) {
        ets_close(&open);
        return memory ? badarg(p) : native_memory(p);
    }
    Term id = ets_id(p, open.table);
    ets_close(&open);
    return id;
}

static Term ets_whereis_1(Process *p, Term *args)
{
    if (!is_atom(args[0])) return badarg(p);
    EtsTable *table = ets_find(args[0]);
    return table ? or_memory(p, ets_reference(table, &p->heap)) : A(undefined);
}

static bool count_table(EtsTable *table, void *context)
{
    (void)table;
    ++*(size_t *)context;
    return true;
}

typedef struct Collected {
    Process *p;
    Term list;
    bool failed;
} Collected;

static bool collect_table(EtsTable *table, void *context)
{
    Collected *c = context;
    Term id = table->settings.is_named ? table->settings.name : ets_reference(table, &c->p->heap);
    c->failed = is_none(id) || !list_push(c->p, id, &c->list);
    return !c->failed;
}

/* ets:internal_request_all() -> Ref: as many messages {Ref, Tables} as there are schedulers. */
static Term ets_internal_request_all_0(Process *p, Term *args)
{
    (void)args;
    size_t count = 0;
    ets_each(count_table, &count);
    size_t words = count * (3 + RESOURCE_REF_SIZE) + 64;
    if (!native_room(p, words)) return native_need(p, words);
    Collected c = {p, TERM_NIL, false};
    ets_each(collect_table, &c);
    Term ref = c.failed ? TERM_NONE : reference_make(&p->heap);
    if (is_none(ref)) return native_memory(p);
    for (unsigned i = 0; i < scheduler_count; i++) {
        Term message = make_tuple(p, 2, ref, i == 0 ? c.list : TERM_NIL);
        if (is_none(message)) return TERM_NONE;
        if (!message_send(p->pid, p->pid, message)) return native_memory(p);
    }
    return ref;
}

/* ---- Deleting ---- */

/* Tables that are large are freed in several slices. */
static Term ets_delete_1(Process *p, Term *args)
{
    EtsOpen open;
    Term state = p->roots[ROOT_NATIVE_STATE];
    p->roots[ROOT_NATIVE_STATE] = TERM_NIL;
    if (is_nil(state)) {
        if (!ets_open(&open, p, args[0], ACCESS_WRITE)) return ets_not_open(p, &open);
        state = ets_reference(open.table, &p->heap);
        if (is_none(state)) {
            ets_close(&open);
            return native_memory(p);
        }
        ets_kill(open.table, p);
        ets_close(&open);
    }
    EtsTable *table = ets_find(state);
    while (!ets_bury(table)) {
        if (!native_charge(p, 32)) return native_yield(p, state);
    }
    return A(true);
}

/* Frees what was taken out of a table, in steps; `state` is {Rest, Count}. */
static Term free_rest(Process *p, Term state)
{
    EtsRest *rest = ets_rest_of(tuple_elements(state)[0]);
    while (!store_free_some(&rest->store, 256)) {
        if (!native_charge(p, 32)) return native_yield(p, state);
    }
    return tuple_elements(state)[1];
}

/* ets:internal_delete_all(Table, undefined) -> the number of objects there were */
static Term ets_internal_delete_all_2(Process *p, Term *args)
{
    EtsOpen open;
    EtsRest *rest = NULL;
    Term state = p->roots[ROOT_NATIVE_STATE];
    p->roots[ROOT_NATIVE_STATE] = TERM_NIL;
    if (!is_nil(state)) return free_rest(p, state);
    if (!ets_open(&open, p, args[0], ACCESS_WRITE)) return ets_not_open(p, &open);
    Term count = make_unsigned(p, open.table->store.count);
    if (!is_none(count)) {
        if (!open.table->fixations || open.table->store.type == ETS_ORDERED_SET)
            rest = ets_take_all(open.table);
        if (!rest) ets_clear(open.table);
    }
    ets_close(&open);
    if (!rest) return count;
    Term ref = resource_make_ref(&p->heap, &rest->resource);
    resource_release(&rest->resource); /* Without memory for the reference all is freed here. */
    state = is_none(ref) ? TERM_NONE : make_tuple(p, 2, ref, count);
    return is_none(state) ? count : free_rest(p, state);
}

/* ---- Owners ---- */

/* In the process that gets a table: {'ETS-TRANSFER', Table, From, Data} becomes a message. */
static void accept_table(Process *p, Signal *signal)
{
    p->flags |= PROCESS_HAS_TABLES;
    bool is_late = process_is_exiting(p); /* for its hooks */
    if (!is_late && is_tuple(signal->term)) {
        signal->kind = SIGNAL_MESSAGE;
        signal_handle(p, signal);
        return;
    }
    signal_free(signal);
    while (is_late && !ets_exit(p, NULL)) continue;
}

/* Makes `to` the owner, with the table's lock; without a message where `data` is TERM_NONE. False:
   there is no such process, or no memory. */
static bool transfer(Process *p, EtsTable *table, Term to, Term data)
{
    Term id = table->settings.is_named ? table->settings.name : ets_reference(table, &p->heap);
    Term *tuple = is_none(id) ? NULL : heap_reserve(&p->heap, 5);
    if (!tuple) return false;
    tuple[0] = make_header(KIND_TUPLE, 4);
    tuple[1] = A(ETS_TRANSFER);
    tuple[2] = id;
    tuple[3] = p->pid;
    tuple[4] = data;
    Term message = is_none(data) ? TERM_NIL : make_boxed(tuple);
    Signal *signal = signal_make(SIGNAL_CALL, p->pid, message);
    if (!signal) return false;
    signal->function = accept_table;
    atomic_store_explicit(&table->owner, to, memory_order_release);
    if (signal_send(to, signal)) return true;
    atomic_store_explicit(&table->owner, p->pid, memory_order_release);
    signal_free(signal);
    return false;
}

static bool inherit(Process *p, EtsTable *table)
{
    Term heir = table->settings.heir;
    Term data = table->settings.is_heir_silent ? TERM_NONE : table->settings.heir_data;
    return heir != p->pid && transfer(p, table, heir, data);
}

static bool exit_hook(Process *p) { return ets_exit(p, inherit); }

static bool start(void)
{
    process_exit_hook_add(exit_hook);
    return ets_init(&scheduler_count);
}

static Term ets_give_away_3(Process *p, Term *args)
{
    EtsOpen open;
    if (!ets_open(&open, p, args[0], ACCESS_WRITE)) return ets_not_open(p, &open);
    Term owner = atomic_load_explicit(&open.table->owner, memory_order_acquire);
    if (!is_local_pid(args[1])) return ets_refuse(p, &open, TERM_NONE);
    if (owner != p->pid) return ets_refuse(p, &open, A(not_owner));
    if (owner == args[1]) return ets_refuse(p, &open, A(owner));
    bool done = transfer(p, open.table, args[1], args[2]);
    ets_close(&open);
    return done ? A(true) : badarg(p);
}

/* ---- Settings ---- */

static bool read_new_setting(Term option, EtsSettings *settings)
{
    if (!is_tuple(option) || tuple_arity(option) == 0) return false;
    const Term *parts = tuple_elements(option);
    if (parts[0] == A(heir)) return read_heir(parts, tuple_arity(option), settings);
    if (parts[0] != A(protection) || tuple_arity(option) != 2) return false;
    EtsProtection all[] = {ETS_PRIVATE, ETS_PROTECTED, ETS_PUBLIC};
    Term names[] = {A(private), A(protected), A(public)};
    for (int i = 0; i < 3; i++) {
        if (names[i] != parts[1]) continue;
        settings->protection = all[i];
        return true;
    }
    return false;
}

static bool read_new_settings(Term options, EtsSettings *settings)
{
    if (is_tuple(options)) return read_new_setting(options, settings);
    for (; is_cons(options); options = cons_tail(options)) {
        if (!read_new_setting(cons_head(options), settings)) return false;
    }
    return is_nil(options);
}

static Term ets_setopts_2(Process *p, Term *args)
{
    EtsOpen open;
    TermBox box;
    if (!ets_open(&open, p, args[0], ACCESS_WRITE)) return ets_not_open(p, &open);
    EtsTable *table = open.table;
    EtsSettings settings = table->settings;
    bool is_owner = atomic_load_explicit(&table->owner, memory_order_acquire) == p->pid;
    settings.heir_data = TERM_NONE;
    if (!is_owner || !read_new_settings(args[1], &settings)) return ets_refuse(p, &open, TERM_NONE);
    if (!is_none(settings.heir_data)) {
        if (!term_box(settings.heir_data, &box, true)) {
            ets_close(&open);
            return native_memory(p);
        }
        term_box_free(&table->heir_box);
        table->heir_box = box;
    }
    settings.heir_data = table->heir_box.term;
    table->settings = settings;
    ets_close(&open);
    return A(true);
}

/* Frees what was deleted while a table was fixed, in steps; `true` as the state. */
static Term purge(Process *p, Term id)
{
    EtsOpen open;
    for (bool done = false; !done;) {
        if (!ets_open(&open, p, id, ACCESS_FIX)) break; /* Gone meanwhile. */
        done = ets_purge(open.table, PURGED_IN_A_STEP);
        ets_close(&open);
        if (!done && !native_charge(p, PURGED_IN_A_STEP / 8)) return native_yield(p, A(true));
    }
    return A(true);
}

static Term ets_safe_fixtable_2(Process *p, Term *args)
{
    EtsOpen open;
    bool done = true, fix = args[1] == A(true);
    if (!is_nil(work_state(p))) return purge(p, args[0]);
    if (!ets_open(&open, p, args[0], ACCESS_FIX)) return ets_not_open(p, &open);
    if (!is_boolean(args[1])) return ets_refuse(p, &open, TERM_NONE);
    if (fix) {
        done = ets_fix(open.table, p) != NULL;
    } else {
        ets_unfix(open.table, p->pid);
    }
    ets_close(&open);
    if (!done) return native_memory(p);
    return fix ? A(true) : purge(p, args[0]);
}

static const Native ets_table_natives[] = {
    NATIVE(ets, new, 2, CHARGED),           NATIVE(ets, rename, 2, CONSTANT),
    NATIVE(ets, whereis, 1, CONSTANT),      NATIVE(ets, internal_request_all, 0, CHARGED),
    NATIVE(ets, delete, 1, YIELDS),         NATIVE(ets, internal_delete_all, 2, YIELDS),
    NATIVE(ets, give_away, 3, CHARGED),     NATIVE(ets, setopts, 2, CHARGED),
    NATIVE(ets, safe_fixtable, 2, YIELDS),
};
NATIVE_TABLE_START(ets_table, start);
