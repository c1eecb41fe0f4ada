/* SPDX-License-Identifier: Apache-2.0 */
/* erlang_load.c - erlang, erts_internal: modules from bytes, as OTP's code server loads them. */

#include "base/memory.h"
#include "code/beam.h"
#include "heap/binary.h"
#include "natives/support.h"
#include "vm/finder.h"

/* ---- Preparing and making current ---- */

static Term badfile(Process *p)
{
    Term name = make_atom_text(p, "badfile");
    return is_none(name) ? TERM_NONE : make_tuple(p, 2, A(error), name);
}

static Term start_preparing(Process *p, Term *args)
{
    const uint8_t *bytes;
    uint8_t *temporary = NULL;
    size_t size;
    if (!is_atom(args[0]) || !binary_bytes_aligned(args[1], &bytes, &size, &temporary))
        return badarg(p);
    Term search = finder_prepare(p, args[0], bytes, size);
    memory_free(temporary, size);
    return is_none(search) ? native_memory(p) : native_wait(p, search);
}

/* erts_internal:prepare_loading(Module, Bytes) -> Prepared | {error, badfile}; waits without
   blocking anyone. */
static Term erts_internal_prepare_loading_2(Process *p, Term *args)
{
    Term search = p->roots[ROOT_NATIVE_STATE];
    const char *text;
    if (is_nil(search)) return start_preparing(p, args);
    switch (finder_state(search, &text)) {
    case FINDER_RUNNING: return native_wait(p, search);
    case FINDER_FOUND: return search;
    default: return badfile(p);
    }
}

static Term erlang_has_prepared_code_on_load_1(Process *p, Term *args)
{
    const char *text;
    const Module *module = finder_module(args[0]);
    if (!module && finder_state(args[0], &text) != FINDER_FOUND) return badarg(p);
    return make_bool(module && module->on_load != 0);
}

typedef bool Problem(const Module *module, Term rest);

static bool is_twice(const Module *module, Term rest)
{
    for (; is_cons(rest); rest = cons_tail(rest)) {
        const Module *other = finder_module(cons_head(rest));
        if (other && other->name == module->name) return true;
    }
    return false;
}

/* Functions that are to run before the module can be used are not there yet. */
static bool has_on_load(const Module *module, Term rest)
{
    (void)rest;
    return module->on_load != 0;
}

static bool is_not_purged(const Module *module, Term rest)
{
    (void)rest;
    return module_find(module->name) && module_old(module->name);
}

/* {Tag, Modules} if some of them have the problem; TERM_NIL if none has, TERM_NONE: raised. */
static Term find_problem(Process *p, Term list, const char *tag, Problem *problem)
{
    Term names = TERM_NIL;
    for (; is_cons(list); list = cons_tail(list)) {
        const Module *module = finder_module(cons_head(list));
        if (!problem(module, cons_tail(list))) continue;
        if (!list_push(p, module->name, &names)) return native_memory(p);
    }
    Term name = is_nil(names) ? TERM_NIL : make_atom_text(p, tag);
    return is_nil(name) || is_none(name) ? name : make_tuple(p, 2, name, names);
}

/* erlang:finish_loading([Prepared]) -> ok | {Problem, [Module]}: all of them or none. */
static Term erlang_finish_loading_1(Process *p, Term *args)
{
    static const struct {
        const char *tag;
        Problem *problem;
    } checks[] = {
        {"duplicated", is_twice}, {"on_load", has_on_load}, {"not_purged", is_not_purged}};
    size_t count;
    if (!list_length(args[0], &count)) return badarg(p);
    for (Term l = args[0]; is_cons(l); l = cons_tail(l)) {
        if (!finder_module(cons_head(l))) return badarg(p);
    }
    if (!native_room(p, 2 * count + 8)) return native_need(p, 2 * count + 8);
    for (size_t i = 0; i < sizeof checks / sizeof *checks; i++) {
        Term problem = find_problem(p, args[0], checks[i].tag, checks[i].problem);
        if (!is_nil(problem)) return problem;
    }
    for (Term l = args[0]; is_cons(l); l = cons_tail(l)) {
        if (!finder_replace(cons_head(l))) return native_memory(p);
    }
    return A(ok);
}

/* ---- Files ---- */

static uint32_t big_endian(const uint8_t *at)
{
    return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

/* Finds the chunk `name` of four bytes in an IFF file of kind BEAM. */
static bool find_chunk(const uint8_t *bytes, size_t size, const uint8_t *name, BeamBytes *chunk)
{
    if (size < 12 || memcmp(bytes, "FOR1", 4) || memcmp(bytes + 8, "BEAM", 4)) return false;
    for (size_t at = 12; at + 8 <= size;) {
        size_t length = big_endian(bytes + at + 4);
        if (length > size - at - 8) return false;
        if (!memcmp(bytes + at, name, 4)) {
            *chunk = (BeamBytes){bytes + at + 8, length};
            return true;
        }
        at += 8 + ((length + 3) & ~(size_t)3);
    }
    return false;
}

/* A string of four bytes. */
static bool chunk_name(Term t, uint8_t name[4])
{
    for (int i = 0; i < 4; i++, t = cons_tail(t)) {
        if (!is_cons(t) || !is_small(cons_head(t))) return false;
        Word c = small_value(cons_head(t));
        if (c < 0 || c > 255) return false;
        name[i] = (uint8_t)c;
    }
    return is_nil(t);
}

/* erts_internal:beamfile_chunk(Bytes, Name) -> binary() | undefined */
static Term erts_internal_beamfile_chunk_2(Process *p, Term *args)
{
    const uint8_t *bytes;
    uint8_t *temporary = NULL, name[4];
    size_t size;
    BeamBytes chunk;
    if (!chunk_name(args[1], name) || !binary_bytes_aligned(args[0], &bytes, &size, &temporary))
        return badarg(p);
    Term result = A(undefined);
    if (find_chunk(bytes, size, name, &chunk))
        result = or_memory(p, binary_from(&p->heap, chunk.bytes, chunk.size));
    memory_free(temporary, size);
    return result;
}

static const Native erlang_load_natives[] = {
    NATIVE(erts_internal, prepare_loading, 2, CONSTANT),
    NATIVE(erlang, has_prepared_code_on_load, 1, CONSTANT),
    NATIVE(erlang, finish_loading, 1, CONSTANT),
    NATIVE(erts_internal, beamfile_chunk, 2, CONSTANT),
};
NATIVE_TABLE(erlang_load);
