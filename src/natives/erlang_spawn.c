/* SPDX-License-Identifier: Apache-2.0 */
/* erlang_spawn.c - starting processes. */

#include "heap/resource.h"
#include "natives/process_options.h"
#include "natives/support.h"
#include "process/link.h"
#include "process/signal.h"

/* What the options of spawn_opt and spawn_request say. */
typedef struct Spawn {
    SpawnOptions options;
    /* spawn_request: */
    Term reply_tag;
    bool reply_success, reply_error;
} Spawn;

static void spawn_init(Spawn *spawn)
{
    *spawn = (Spawn){.reply_tag = A(spawn_reply),
                     .reply_success = true,
                     .reply_error = true};
    spawn_options_init(&spawn->options);
}

/* ---- Options ---- */

static bool read_monitor(Term list, SpawnOptions *options)
{
    MonitorOptions ignored;
    options->monitor = true;
    options->monitor_options = list;
    return monitor_options_read(list, &ignored);
}

static bool read_size(Term value, size_t max, uint32_t *setting)
{
    size_t size;
    if (!option_size(value, max < UINT32_MAX ? max : UINT32_MAX - 1, &size)) return false;
    *setting = (uint32_t)size;
    return true;
}

static bool read_pair(Term key, Term value, Spawn *spawn)
{
    SpawnOptions *options = &spawn->options;
    switch (key) {
    case A(monitor): return read_monitor(value, options);
    case A(priority): return option_priority(value, &options->priority);
    case A(min_heap_size): return read_size(value, HEAP_WORDS_MAX, &options->min_heap_size);
    case A(fullsweep_after): return read_size(value, UINT16_MAX, &options->full_sweep_after);
    case A(min_bin_vheap_size): return option_size(value, HEAP_WORDS_MAX, &options->min_vheap);
    case A(max_heap_size): return option_max_heap(value, 0, &options->max_heap);
    case A(message_queue_data):
        options->flags &= ~(uint32_t)PROCESS_OFF_HEAP_MESSAGES;
        if (value == A(off_heap)) options->flags |= PROCESS_OFF_HEAP_MESSAGES;
        return value == A(off_heap) || value == A(on_heap);
    case A(scheduler): return is_natural(value);
    case A(async_dist): return is_boolean(value);
    default: return false;
    }
}

/* Options of spawn_request alone. */
static bool read_request_pair(Term key, Term value, Spawn *spawn)
{
    if (key == A(reply_tag)) {
        spawn->reply_tag = value;
        return true;
    }
    if (key != A(reply)) return read_pair(key, value, spawn);
    if (value != A(yes) && value != A(no) && value != A(success_only) && value != A(error_only))
        return false;
    spawn->reply_success = value == A(yes) || value == A(success_only);
    spawn->reply_error = value == A(yes) || value == A(error_only);
    return true;
}

/* A process must be able to start below its limit. */
static bool is_limit_possible(const SpawnOptions *options)
{
    size_t max = options->max_heap.size, least = options->min_heap_size;
    return max == 0 || max >= (least > heap_policy.min_size ? least : heap_policy.min_size);
}

typedef bool ReadPair(Term key, Term value, Spawn *spawn);

/* Reads on after a bad option: whether it is replied to stands in the list, too. */
static bool read_options(Term list, Spawn *spawn, ReadPair *read)
{
    bool good = true;
    for (; is_cons(list); list = cons_tail(list)) {
        Term option = cons_head(list);
        if (option == A(link)) {
            spawn->options.link = true;
        } else if (option == A(monitor)) {
            spawn->options.monitor = true;
        } else {
            const Term *pair = is_tuple_of(option, 2) ? tuple_elements(option) : NULL;
            if (!pair || !read(pair[0], pair[1], spawn)) good = false;
        }
    }
    return good && is_nil(list) && is_limit_possible(&spawn->options);
}

/* ---- Starting ---- */

/* The function to start, with its arguments in *arguments. NULL: not three terms to start. */
static Export *spawn_function(Process *p, Term module, Term function, Term *arguments, bool *memory)
{
    size_t arity;
    *memory = true;
    if (!is_atom(module) || !is_atom(function) || !list_length(*arguments, &arity)) return NULL;
    if (arity > 255) { /* No function has so many: the process fails as apply/3 does. */
        *arguments = make_list(p, (Term[]){module, function, *arguments}, 3, TERM_NIL);
        *memory = !is_none(*arguments);
        module = A(erlang);
        function = A(apply);
        arity = 3;
    }
    Export *e = *memory ? export_intern(module, function, (unsigned)arity) : NULL;
    *memory = e != NULL;
    return e;
}

/* {Pid, Ref} or Pid. */
static Term start(Process *p, const Term *mfa, Spawn *spawn)
{
    Term arguments = mfa[2], reference = TERM_NIL;
    bool memory;
    Export *function = spawn_function(p, mfa[0], mfa[1], &arguments, &memory);
    if (!function) return memory ? badarg(p) : native_memory(p);
    native_charge(p, 8);
    Term pid = process_spawn(p, function, arguments, &spawn->options, &reference);
    if (is_none(pid)) return native_memory(p);
    return spawn->options.monitor ? make_tuple(p, 2, pid, reference) : pid;
}

static Term erlang_spawn_3(Process *p, Term *args)
{
    Spawn spawn;
    spawn_init(&spawn);
    return start(p, args, &spawn);
}

static Term erlang_spawn_link_3(Process *p, Term *args)
{
    Spawn spawn;
    spawn_init(&spawn);
    spawn.options.link = true;
    return start(p, args, &spawn);
}

static Term erlang_spawn_opt_4(Process *p, Term *args)
{
    Spawn spawn;
    spawn_init(&spawn);
    if (!read_options(args[3], &spawn, read_pair)) return badarg_cause(p, A(badopt));
    return start(p, args, &spawn);
}

/* spawn(Fun): OTP's Erlang code calls spawn(erlang, apply, [Fun, []]), and so it looks here. */
static Term start_fun(Process *p, Term fun, bool link)
{
    Spawn spawn;
    spawn_init(&spawn);
    spawn.options.link = link;
    if (!is_fun(fun)) return badarg(p);
    Term arguments = make_list(p, (Term[]){fun, TERM_NIL}, 2, TERM_NIL);
    if (is_none(arguments)) return TERM_NONE;
    return start(p, (Term[]){A(erlang), A(apply), arguments}, &spawn);
}

static Term erlang_spawn_1(Process *p, Term *args) { return start_fun(p, args[0], false); }

static Term erlang_spawn_link_1(Process *p, Term *args) { return start_fun(p, args[0], true); }

/* ---- Requests ---- */

/* {Tag, Ref, error, Reason} to the process itself. */
static Term reply_error(Process *p, const Spawn *spawn, Term reference, Term reason)
{
    if (!spawn->reply_error) return reference;
    Term message = make_tuple(p, 4, spawn->reply_tag, reference, A(error), reason);
    if (is_none(message)) return TERM_NONE;
    return message_send(p->pid, p->pid, message) ? reference : native_memory(p);
}

/* erts_internal:spawn_request(M, F, Args, Options) -> Ref | badarg; bad options are answered by a
   message. */
static Term erts_internal_spawn_request_4(Process *p, Term *args)
{
    Spawn spawn;
    size_t length;
    bool memory, is_options = list_length(args[3], &length);
    Term arguments = args[2];
    spawn_init(&spawn);
    Export *function = spawn_function(p, args[0], args[1], &arguments, &memory);
    if (!function) return memory ? A(badarg) : native_memory(p);
    if (!is_options) return A(badopt);
    Term reference = reference_make(&p->heap);
    if (is_none(reference)) return native_memory(p);
    if (!read_options(args[3], &spawn, read_request_pair))
        return reply_error(p, &spawn, reference, A(badopt));
    spawn.options.request = reference;
    spawn.options.reply_tag = spawn.reply_success ? spawn.reply_tag : TERM_NONE;
    native_charge(p, 8);
    Term ignored, pid = process_spawn(p, function, arguments, &spawn.options, &ignored);
    if (is_none(pid)) return reply_error(p, &spawn, reference, A(system_limit));
    return reference;
}

/* A request to this node is done at once: there is none left to abandon. */
static Term erlang_spawn_request_abandon_1(Process *p, Term *args)
{
    return is_ref(args[0]) ? A(false) : badarg(p);
}

/* erts_internal:dist_spawn_request/4: no node is connected. {Ref, IsMonitored}, or Ref. */
static Term erts_internal_dist_spawn_request_4(Process *p, Term *args)
{
    Spawn spawn;
    size_t length;
    const Term *mfa = is_tuple_of(args[1], 3) ? tuple_elements(args[1]) : NULL;
    spawn_init(&spawn);
    if (!is_atom(args[0]) || !mfa || !is_atom(mfa[0]) || !is_atom(mfa[1]) ||
        !list_length(mfa[2], &length) || !list_length(args[2], &length))
        return A(badarg);
    Term reference = reference_make(&p->heap);
    if (is_none(reference)) return native_memory(p);
    bool good = read_options(args[2], &spawn, read_request_pair);
    Term sent = reply_error(p, &spawn, reference, good ? A(noconnection) : A(badopt));
    if (is_none(sent) || args[3] == A(spawn_request)) return sent;
    return make_tuple(p, 2, reference, make_bool(spawn.options.monitor));
}

/* erts_internal:spawn_system_process(M, F, Args) -> Pid */
static Term erts_internal_spawn_system_process_3(Process *p, Term *args)
{
    Spawn spawn;
    spawn_init(&spawn);
    spawn.options.flags = PROCESS_SYSTEM;
    return start(p, args, &spawn);
}

static const Native erlang_spawn_natives[] = {
    NATIVE(erlang, spawn, 1, CHARGED | IN_ERLANG),
    NATIVE(erlang, spawn, 3, CHARGED),
    NATIVE(erlang, spawn_link, 1, CHARGED | IN_ERLANG),
    NATIVE(erlang, spawn_link, 3, CHARGED),
    NATIVE(erlang, spawn_opt, 4, CHARGED),
    NATIVE(erlang, spawn_request_abandon, 1, CONSTANT),
    NATIVE(erts_internal, spawn_request, 4, CHARGED),
    NATIVE(erts_internal, dist_spawn_request, 4, CHARGED),
    NATIVE(erts_internal, spawn_system_process, 3, CHARGED),
};
NATIVE_TABLE(erlang_spawn);
