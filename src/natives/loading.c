/* SPDX-License-Identifier: Apache-2.0 */
/* loading.c - modules: loading, replacing, their on_load functions, purging. */

#include "base/bytes.h"
#include "base/memory.h"
#include "code/beam.h"
#include "heap/binary.h"
#include "natives/support.h"
#include "process/registry.h"
#include "vm/exception.h"
#include "vm/finder.h"
#include "vm/trace_point.h"

static Term make_error(Process *p, Term reason)
{
    return is_none(reason) ? TERM_NONE : make_tuple(p, 2, A(error), reason);
}

static Term binary_text(Process *p, const char *text)
{
    return or_memory(p, binary_from(&p->heap, text, strlen(text)));
}

/* ---- Preparing ---- */

/* True: `search` has found a module. False: *result is what the native returns. */
static bool await(Process *p, Term search, Term *result)
{
    const char *text = NULL;
    if (is_none(search)) {
        *result = make_error(p, A(nofile));
        return false;
    }
    switch (finder_state(search, &text)) {
    case FINDER_FOUND: return true;
    case FINDER_RUNNING: *result = native_wait(p, search); break;
    case FINDER_NOT_FOUND: *result = make_error(p, A(nofile)); break;
    case FINDER_REFUSED: *result = make_error(p, binary_text(p, text)); break;
    }
    return false;
}

/* mote:load(Module) -> {module | on_load, Module} | {error, nofile | not_purged | Text} */
static Term mote_load_1(Process *p, Term *args)
{
    Term result;
    if (!is_atom(args[0])) return badarg(p);
    if (!native_room(p, 256)) return native_need(p, 256);
    if (!module_find(args[0]) && !module_pending(args[0])) {
        Term search = p->roots[ROOT_NATIVE_STATE];
        if (is_nil(search)) search = finder_start(p, args[0]);
        if (!await(p, search, &result)) return result;
        if (!finder_commit_first(search)) return make_error(p, A(not_purged));
        trace_module_loaded(p->running_on, args[0]);
    }
    return make_tuple(p, 2, module_pending(args[0]) ? A(on_load) : A(module), args[0]);
}

/* erts_internal:prepare_loading(Module, Code) -> PreparedCode | {error, badfile} */
static Term erts_internal_prepare_loading_2(Process *p, Term *args)
{
    const uint8_t *bytes;
    uint8_t *copy = NULL;
    size_t size;
    Term result, search = p->roots[ROOT_NATIVE_STATE];
    if (!is_atom(args[0]) || !is_bitstring(args[1])) return badarg(p);
    if (is_nil(search)) {
        if (!binary_bytes_aligned(args[1], &bytes, &size, &copy)) return badarg(p);
        if (!copy) {
            copy = memory_alloc(size);
            if (!copy) return native_memory(p);
            memcpy(copy, bytes, size);
        }
        native_charge(p, (int32_t)(size / 256));
        search = finder_start_bytes(p, args[0], copy, size);
        if (is_none(search)) return native_memory(p);
    }
    if (await(p, search, &result)) return search;
    return is_none(result) ? TERM_NONE : make_error(p, A(badfile));
}

/* ---- Files ---- */

enum { FILE_HEADER = 12, CHUNK_HEADER = 8 }; /* "FOR1" size "BEAM"; name size */

/* The chunk `name` of a .beam file. False: there is none. */
static bool find_chunk(const uint8_t *bytes, size_t size, const char *name,
                       BeamBytes *chunk)
{
    if (size < FILE_HEADER || memcmp(bytes, "FOR1", 4) != 0 || memcmp(bytes + 8, "BEAM", 4) != 0)
        return false;
    for (size_t at = FILE_HEADER; size - at >= CHUNK_HEADER;) {
        size_t bytes_of = load_big32(bytes + at + 4), room = size - at - CHUNK_HEADER;
        if (bytes_of > room) return false;
        *chunk = (BeamBytes){bytes + at + CHUNK_HEADER, bytes_of};
        if (memcmp(bytes + at, name, 4) == 0) return true;
        size_t padded = (bytes_of + 3) & ~(size_t)3;
        if (padded > room) return false;
        at += CHUNK_HEADER + padded;
    }
    return false;
}

/* The name of a chunk: four characters. */
static bool read_name(Term list, char name[4])
{
    for (int i = 0; i < 4; i++, list = cons_tail(list)) {
        if (!is_cons(list) || !is_natural(cons_head(list)) || small_value(cons_head(list)) > 255)
            return false;
        name[i] = (char)small_value(cons_head(list));
    }
    return is_nil(list);
}

/* erts_internal:beamfile_chunk(File, Name) -> binary() | undefined */
static Term erts_internal_beamfile_chunk_2(Process *p, Term *args)
{
    const uint8_t *bytes;
    uint8_t *copy = NULL;
    size_t size;
    char name[4];
    BeamBytes chunk;
    if (!read_name(args[1], name) || !binary_bytes_aligned(args[0], &bytes, &size, &copy))
        return badarg(p);
    Term result = A(undefined);
    if (find_chunk(bytes, size, name, &chunk))
        result = or_memory(p, binary_from(&p->heap, chunk.bytes, chunk.size));
    memory_free(copy, size);
    return result;
}

/* erts_internal:beamfile_module_md5(File) -> binary() | undefined */
static Term erts_internal_beamfile_module_md5_1(Process *p, Term *args)
{
    const uint8_t *bytes;
    uint8_t *copy = NULL, digest[16];
    size_t size;
    if (!binary_bytes_aligned(args[0], &bytes, &size, &copy)) return badarg(p);
    Term result = A(undefined);
    if (beam_digest_of(bytes, size, digest))
        result = or_memory(p, binary_from(&p->heap, digest, sizeof digest));
    memory_free(copy, size);
    return result;
}

/* ---- Prepared code ---- */

static Term erlang_has_prepared_code_on_load_1(Process *p, Term *args)
{
    const char *text;
    if (finder_state(args[0], &text) != FINDER_FOUND) return badarg(p);
    const Module *module = finder_module(args[0]);
    return make_bool(module && module->on_load); /* None: it was made current. */
}

typedef bool Judge(const Module *module, Term before);

/* There is one of its name before it: `before` is the list up to it, in reverse. */
static bool is_twice(const Module *module, Term before)
{
    for (; is_cons(before); before = cons_tail(before)) {
        if (finder_module(cons_head(before))->name == module->name) return true;
    }
    return false;
}

static bool is_in_the_way(const Module *module, Term before)
{
    (void)before;
    return (module_find(module->name) && module_old(module->name)) || module_pending(module->name);
}

/* {tag, names of those that `judge` picks}; TERM_NIL: none. TERM_NONE: raised. */
static Term judged(Process *p, Term list, Term tag, Judge *judge)
{
    Term names = TERM_NIL, before = TERM_NIL;
    for (; is_cons(list); list = cons_tail(list)) {
        const Module *module = finder_module(cons_head(list));
        if (judge(module, before) && !list_push(p, module->name, &names)) return native_memory(p);
        if (!list_push(p, cons_head(list), &before)) return native_memory(p);
    }
    return is_nil(names) ? TERM_NIL : make_tuple(p, 2, tag, names);
}

/* What forbids to load all of them. TERM_NIL: nothing. TERM_NONE: raised. */
static Term obstacle(Process *p, Term list, size_t count)
{
    for (Term l = list; is_cons(l) && count > 1; l = cons_tail(l)) {
        if (finder_module(cons_head(l))->on_load) return raise_error(p, A(system_limit));
    }
    Term found = judged(p, list, A(duplicated), is_twice);
    return is_nil(found) ? judged(p, list, A(not_purged), is_in_the_way) : found;
}

static bool is_prepared(Term list, size_t *count)
{
    if (!list_length(list, count)) return false;
    for (; is_cons(list); list = cons_tail(list)) {
        if (!finder_module(cons_head(list))) return false;
    }
    return true;
}

/* {tag, [name]} */
static Term one_name(Process *p, Term tag, Term name)
{
    Term names = make_list(p, &name, 1, TERM_NIL);
    return is_none(names) ? TERM_NONE : make_tuple(p, 2, tag, names);
}

/* erlang:finish_loading([PreparedCode]) -> ok | {duplicated | not_purged | on_load, [Module]} */
static Term erlang_finish_loading_1(Process *p, Term *args)
{
    size_t count;
    if (!is_prepared(args[0], &count)) return badarg(p);
    if (!native_room(p, 8 * count + 64)) return native_need(p, 8 * count + 64);
    Term found = obstacle(p, args[0], count), result = A(ok);
    if (!is_nil(found)) return found;
    for (Term l = args[0]; is_cons(l); l = cons_tail(l)) {
        const Module *module = finder_module(cons_head(l));
        Term name = module->name;
        if (module->on_load) result = one_name(p, A(on_load), name);
        if (is_none(result)) return TERM_NONE;
        if (!finder_commit(cons_head(l))) return one_name(p, A(not_purged), name);
        trace_module_loaded(p->running_on, name);
    }
    return result;
}

/* ---- on_load ---- */

/* Leads to the function while it is to be called. */
static Export *on_load_export(Term module)
{
    Term name = atom_intern_z("-on_load-");
    return is_none(name) ? NULL : export_intern(module, name, 0);
}

static Term erlang_call_on_load_function_1(Process *p, Term *args)
{
    const Module *module = is_atom(args[0]) ? module_pending(args[0]) : NULL;
    if (!module) return badarg(p);
    Export *function = on_load_export(args[0]);
    if (!function) return native_memory(p);
    atomic_store_explicit(&function->code, module->base + module->on_load, memory_order_release);
    return native_trap(p, function, args, 0);
}

static Term erlang_finish_after_on_load_2(Process *p, Term *args)
{
    if (!is_atom(args[0]) || !is_boolean(args[1]) || !module_pending(args[0])) return badarg(p);
    Export *function = on_load_export(args[0]);
    if (!function) return native_memory(p);
    atomic_store_explicit(&function->code, export_missing_code(), memory_order_release);
    if (args[1] == A(true) && !module_keep(args[0])) return badarg(p);
    trace_module_loaded(p->running_on, args[0]);
    return A(true);
}

/* ---- Purging ---- */

/* erts_internal:purge_module(Module, prepare | prepare_on_load | abort | complete) -> boolean() */
static Term erts_internal_purge_module_2(Process *p, Term *args)
{
    if (registry_find(A(erts_code_purger)) != p->pid) return raise_error(p, A(notsup));
    if (!is_atom(args[0])) return badarg(p);
    if (args[1] == A(prepare)) return make_bool(module_purge_begin(args[0], false));
    if (args[1] == A(prepare_on_load)) return make_bool(module_purge_begin(args[0], true));
    if (args[1] != A(abort) && args[1] != A(complete)) return badarg(p);
    bool complete = args[1] == A(complete);
    return module_purge_end(args[0], complete) ? make_bool(complete) : badarg(p);
}

/* mote:is_purging(Module) -> boolean() */
static Term mote_is_purging_1(Process *p, Term *args)
{
    return is_atom(args[0]) ? make_bool(module_is_purging(args[0])) : badarg(p);
}

/* Funs alone do not count: without code they are no danger. */
static Term erts_internal_check_process_code_1(Process *p, Term *args)
{
    if (!is_atom(args[0])) return badarg(p);
    const Module *module = module_leaving(args[0]);
    return make_bool(module && exception_runs(p, module));
}

/* ---- Asking ---- */

/* mote:module_path(Module) -> Path :: binary() | undefined */
static Term mote_module_path_1(Process *p, Term *args)
{
    if (!is_atom(args[0])) return badarg(p);
    const char *path = finder_path(args[0]);
    return path ? binary_text(p, path) : A(undefined);
}

static const Native loading_natives[] = {
    NATIVE(mote, load, 1, CONSTANT),
    NATIVE(mote, is_purging, 1, CONSTANT),
    NATIVE(mote, module_path, 1, CONSTANT),
    NATIVE(erts_internal, prepare_loading, 2, CHARGED),
    NATIVE(erts_internal, beamfile_chunk, 2, CHARGED),
    NATIVE(erts_internal, beamfile_module_md5, 1, CHARGED),
    NATIVE(erts_internal, purge_module, 2, CONSTANT),
    NATIVE(erts_internal, check_process_code, 1, CONSTANT),
    NATIVE(erlang, has_prepared_code_on_load, 1, CONSTANT),
    NATIVE(erlang, finish_loading, 1, CHARGED),
    NATIVE(erlang, call_on_load_function, 1, CONSTANT),
    NATIVE(erlang, finish_after_on_load, 2, CONSTANT),
};
NATIVE_TABLE(loading);
