/* SPDX-License-Identifier: Apache-2.0 */
/* erts_internal.c - what OTP's own Erlang code asks of the emulator. */

#include "natives/support.h"
#include "process/signal.h"
#include "term/compare.h"
#include "vm/exception.h"
#include "term/release.h"

/* ---- Terms ---- */

static Term erts_internal_cmp_term_2(Process *p, Term *args)
{
    (void)p;
    return make_small(term_compare_exact(args[0], args[1]));
}

static const char *boxed_type(Term t)
{
    enum { HEAP_BYTES = 64 };
    if (release_has_one_sub_binary() && is_bitstring(t))
        return bitstring_bits(t) <= HEAP_BYTES * 8 ? "heap_binary" : "sub_binary";
    switch (boxed_kind(t)) {
    case KIND_TUPLE: return "tuple";
    case KIND_MAP: return "flatmap";
    case KIND_HASHMAP: return "hashmap";
    case KIND_RECORD: return "record";
    case KIND_FUN: return "fun";
    case KIND_EXPORT: return "export";
    case KIND_FLOAT: return "hfloat";
    case KIND_BIG_POS:
    case KIND_BIG_NEG: return "bignum";
    case KIND_REF:
    case KIND_RESOURCE: return "reference";
    case KIND_BIN_HEAP: return "heap_binary";
    case KIND_BIN_REFC: return "refc_binary";
    case KIND_EXTERNAL: break;
    default: return "sub_binary";
    }
    if (is_external(t, EXTERNAL_PID)) return "external_pid";
    return is_external(t, EXTERNAL_PORT) ? "external_port" : "external_reference";
}

static Term erts_internal_term_type_1(Process *p, Term *args)
{
    Term t = args[0];
    if (is_small(t)) return make_atom_text(p, "fixnum");
    if (is_cons(t)) return make_atom_text(p, "list");
    if (is_nil(t)) return make_atom_text(p, "nil");
    if (is_atom(t)) return A(atom);
    if (is_local_pid(t)) return A(pid);
    if (is_local_port(t)) return A(port);
    return make_atom_text(p, boxed_type(t));
}

/* ---- Collections, and other tasks for a process ---- */

static void want_collection(Process *p, Term kind)
{
    p->heap.flags |= HEAP_DUE;
    if (kind == A(major)) p->heap.flags |= HEAP_FULL_SWEEP;
}

/* erts_internal:garbage_collect(major | minor) -> true */
static Term erts_internal_garbage_collect_1(Process *p, Term *args)
{
    Term state = p->roots[ROOT_NATIVE_STATE];
    p->roots[ROOT_NATIVE_STATE] = TERM_NIL;
    if (args[0] != A(major) && args[0] != A(minor)) return badarg(p);
    if (!is_nil(state)) return A(true);
    want_collection(p, args[0]);
    p->roots[ROOT_NATIVE_STATE] = args[0];
    return native_need(p, 0);
}

/* {Tag, Id, Result} to `to`. False: no memory. */
static bool answer_task(Process *p, Term to, const Term *task, Term result)
{
    Term *tuple = heap_reserve(&p->heap, 4);
    if (!tuple) return false;
    tuple[0] = make_header(KIND_TUPLE, 3);
    tuple[1] = task[0];
    tuple[2] = task[1];
    tuple[3] = result;
    return message_send(p->pid, to, make_boxed(tuple));
}

/* In the target; `request` is {Asker, Task}. */
static Term run_task(Process *target, Term request)
{
    Term asker = tuple_elements(request)[0];
    const Term *task = tuple_elements(tuple_elements(request)[1]);
    bool result = !process_is_exiting(target);
    if (result && task[0] == A(garbage_collect)) {
        want_collection(target, task[2]);
    } else if (result) {
        const Module *module = module_leaving(task[2]);
        result = module && exception_runs(target, module);
    }
    answer_task(target, asker, task, make_bool(result));
    return A(ok);
}

/* {garbage_collect, Id, major | minor} or {check_process_code, Id, Module} */
static bool is_task(Term task)
{
    if (!is_tuple_of(task, 3)) return false;
    Term what = tuple_elements(task)[0], argument = tuple_elements(task)[2];
    if (what == A(check_process_code)) return is_atom(argument);
    return what == A(garbage_collect) && (argument == A(major) || argument == A(minor));
}

static bool is_priority(Term t)
{
    return t == A(low) || t == A(normal) || t == A(high) || t == A(max) || atom_is(t, "inherit");
}

/* Asks `target` for a task whose result goes to `asker`. */
static Term request_task(Process *p, Term asker, Term target, Term task)
{
    bool memory;
    if (!is_local_pid(asker) || !is_local_pid(target) || !is_task(task)) return badarg(p);
    Term pair = make_tuple(p, 2, asker, task);
    if (is_none(pair)) return TERM_NONE;
    if (target == p->pid) {
        run_task(p, pair);
        return A(ok);
    }
    Request request = {target, run_task, pair, TERM_NIL};
    if (request_send(p, &request, &memory)) return A(ok);
    memory = memory && answer_task(p, asker, tuple_elements(task), A(false));
    return memory ? A(ok) : native_memory(p);
}

static Term erts_internal_request_system_task_3(Process *p, Term *args)
{
    return is_priority(args[1]) ? request_task(p, p->pid, args[0], args[2]) : badarg(p);
}

static Term erts_internal_request_system_task_4(Process *p, Term *args)
{
    return is_priority(args[2]) ? request_task(p, args[0], args[1], args[3]) : badarg(p);
}

/* ---- Processes ---- */

/* In the target; `request` is {Asker, Ref}. */
static Term tell_alive(Process *target, Term request)
{
    const Term *pair = tuple_elements(request);
    Term answer = heap_pair(&target->heap, pair[1], make_bool(!process_is_exiting(target)));
    if (is_none(answer)) return TERM_NONE;
    message_send(target->pid, pair[0], answer);
    return A(ok);
}

/* erts_internal:is_process_alive(Pid, Ref): {Ref, boolean()} is sent to the caller. */
static Term erts_internal_is_process_alive_2(Process *p, Term *args)
{
    bool memory;
    if (!is_local_pid(args[0]) || !is_ref(args[1])) return badarg(p);
    Term pair = make_tuple(p, 2, p->pid, args[1]);
    if (is_none(pair)) return TERM_NONE;
    if (args[0] == p->pid) {
        tell_alive(p, pair);
        return A(ok);
    }
    Request request = {args[0], tell_alive, pair, TERM_NIL};
    if (request_send(p, &request, &memory)) return A(ok);
    Term message = memory ? make_tuple(p, 2, args[1], A(false)) : native_memory(p);
    if (is_none(message)) return TERM_NONE;
    return message_send(p->pid, p->pid, message) ? A(ok) : native_memory(p);
}

static Term erts_internal_is_system_process_1(Process *p, Term *args)
{
    if (!is_local_pid(args[0])) return badarg(p);
    const Process *target = process_find(args[0]);
    return make_bool(target && target->flags & PROCESS_SYSTEM);
}

/* Nothing here has to be told to each scheduler. */
static Term erts_internal_system_check_1(Process *p, Term *args)
{
    return args[0] == A(schedulers) ? A(ok) : badarg(p);
}

static Term erts_internal_no_aux_work_threads_0(Process *p, Term *args)
{
    (void)p;
    (void)args;
    return make_small(1);
}

/* Nothing is loaded before the program is; these are the modules that OTP's emulator brings
   along. */
static Term erlang_pre_loaded_0(Process *p, Term *args)
{
    (void)args;
    static const char *const names[] = {"persistent_term",
                                        "counters",
                                        "atomics",
                                        "erts_dirty_process_signal_handler",
                                        "erts_trace_cleaner",
                                        "erts_literal_area_collector",
                                        "erl_tracer",
                                        "erts_internal",
                                        "erlang",
                                        "erl_prim_loader",
                                        "prim_zip",
                                        "prim_net",
                                        "prim_socket",
                                        "socket_registry",
                                        "zlib",
                                        "prim_file",
                                        "prim_inet",
                                        "prim_eval",
                                        "prim_buffer",
                                        "init",
                                        "erl_init",
                                        "erts_code_purger"};
    Term list = TERM_NIL;
    for (size_t i = sizeof names / sizeof *names; i-- > 0;) {
        if (!release_has_trace_cleaner() && !strcmp(names[i], "erts_trace_cleaner")) continue;
        Term name = make_atom_text(p, names[i]);
        if (is_none(name)) return TERM_NONE;
        if (!list_push(p, name, &list)) return native_memory(p);
    }
    return list;
}

static Term erlang_check_old_code_1(Process *p, Term *args)
{
    return is_atom(args[0]) ? make_bool(module_old(args[0]) != NULL) : badarg(p);
}

static const Native erts_internal_natives[] = {
    NATIVE(erlang, check_old_code, 1, CONSTANT),
    NATIVE(erlang, pre_loaded, 0, CONSTANT),
    NATIVE(erts_internal, cmp_term, 2, CHARGED),
    NATIVE(erts_internal, term_type, 1, CONSTANT),
    NATIVE(erts_internal, garbage_collect, 1, CONSTANT),
    NATIVE(erts_internal, request_system_task, 3, CONSTANT),
    NATIVE(erts_internal, request_system_task, 4, CONSTANT),
    NATIVE(erts_internal, is_process_alive, 2, CONSTANT),
    NATIVE(erts_internal, is_system_process, 1, CONSTANT),
    NATIVE(erts_internal, system_check, 1, CONSTANT),
    NATIVE(erts_internal, no_aux_work_threads, 0, CONSTANT),
};
NATIVE_TABLE(erts_internal);
