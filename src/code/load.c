/* SPDX-License-Identifier: Apache-2.0 */
/* load.c - makes a module of a .beam file. */

#include "code/load.h"
#include "base/memory.h"
#include "base/utf8.h"
#include "term/atom.h"

bool load_fail(Loading *l, const char *chunk, size_t offset, const char *what, uint64_t number)
{
    return beam_fail(&l->error, chunk, offset, what, number);
}

static bool no_memory(Loading *l, const char *chunk)
{
    return load_fail(l, chunk, 0, "out of memory", UINT64_MAX);
}

/* ---- Names ---- */

/* Very old files have their atoms in Latin-1. */
static Term intern_latin1(BeamBytes text)
{
    char utf8[2 * 255];
    size_t size = 0;
    if (text.size > 255) return TERM_NONE;
    for (size_t i = 0; i < text.size; i++)
        size += utf8_encode(text.bytes[i], (uint8_t *)utf8 + size);
    return atom_intern(utf8, size);
}

static bool intern_atoms(Loading *l)
{
    uint32_t count = l->file.atom_count;
    l->atoms = memory_alloc((count + 1) * sizeof *l->atoms);
    if (!l->atoms) return no_memory(l, "AtU8");
    l->atoms[0] = TERM_NIL;
    for (uint32_t i = 1; i <= count; i++) {
        BeamBytes text = l->file.atoms[i];
        const char *chars = (const char *)text.bytes;
        if (l->file.atoms_are_latin1) {
            l->atoms[i] = intern_latin1(text);
        } else if (atom_text_check(chars, text.size)) {
            l->atoms[i] = atom_intern(chars, text.size);
        } else {
            return load_fail(l, "AtU8", 0, "a damaged atom, number", i);
        }
        if (is_none(l->atoms[i]))
            return load_fail(l, "AtU8", 0, "the table of atoms is full", UINT64_MAX);
    }
    return true;
}

static bool intern_imports(Loading *l)
{
    uint32_t count = l->file.import_count;
    BeamImport row;
    l->imports = memory_alloc((count + 1) * sizeof *l->imports);
    if (!l->imports) return no_memory(l, "ImpT");
    for (uint32_t i = 0; i < count; i++) {
        if (!beam_import(&l->file, i, &row, &l->error)) return false;
        l->imports[i] = export_intern(l->atoms[row.module], l->atoms[row.function], row.arity);
        if (!l->imports[i]) return no_memory(l, "ImpT");
    }
    return true;
}

static bool intern_funs(Loading *l)
{
    uint32_t count = l->file.fun_count;
    l->funs = memory_alloc((count + 1) * sizeof *l->funs);
    l->fun_rows = memory_alloc((count + 1) * sizeof *l->fun_rows);
    l->fun_functions = memory_alloc((count + 1) * sizeof *l->fun_functions);
    if (!l->funs || !l->fun_rows || !l->fun_functions) return no_memory(l, "FunT");
    for (uint32_t i = 0; i < count; i++) {
        BeamFun *row = &l->fun_rows[i];
        if (!beam_fun(&l->file, i, row, &l->error)) return false;
        FunEntry like = {.module = l->atoms[1], .index = row->index, .old_uniq = row->old_uniq};
        memcpy(like.uniq, l->md5, sizeof like.uniq);
        l->funs[i] = fun_intern(&like);
        if (!l->funs[i]) return no_memory(l, "FunT");
    }
    return true;
}

/* Exports must be there before the module is committed: that may not fail then. */
static bool intern_exports(Loading *l)
{
    BeamExport row;
    for (uint32_t i = 0; i < l->file.export_count; i++) {
        if (!beam_export(&l->file, i, &row, &l->error)) return false;
        if (!export_intern(l->atoms[1], l->atoms[row.function], row.arity))
            return no_memory(l, "ExpT");
    }
    return true;
}

/* ---- Lowering ---- */

static bool lower(Loading *l)
{
    Lower *c = &l->lower;
    l->labels = memory_alloc((l->file.label_count + 1) * sizeof *l->labels);
    if (!l->labels) return no_memory(l, "Code");
    *c = (Lower){.file = &l->file,
                 .error = &l->error,
                 .labels = l->labels,
                 .module = l->atoms[1],
                 .atoms = l->atoms,
                 .imports = l->imports,
                 .funs = l->funs,
                 .fun_rows = l->fun_rows};
    /* What only short forms reach comes first. [0] is for the module. */
    lower_pool(c, TERM_NONE);
    for (uint32_t i = 0; i < l->file.import_count; i++) lower_pool(c, (Term)l->imports[i]);
    for (uint32_t i = 0; i < l->file.fun_count; i++) lower_pool(c, (Term)l->funs[i]);
    return lower_module(c);
}

/* The function that starts at `label`; NULL: none does. */
static Function *function_of_label(Loading *l, uint32_t label)
{
    uint32_t at = l->labels[label].at, low = 0, high = l->lower.function_count;
    while (low < high) {
        uint32_t middle = (low + high) / 2;
        Function *f = &l->lower.functions[middle];
        if (f->offset == at) return f;
        if (f->offset < at) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return NULL;
}

static bool mark_exports(Loading *l)
{
    BeamExport row;
    for (uint32_t i = 0; i < l->file.export_count; i++) {
        if (!beam_export(&l->file, i, &row, &l->error)) return false;
        Function *f = function_of_label(l, row.label);
        if (!f || f->arity != row.arity || f->name != l->atoms[row.function])
            return load_fail(l, "ExpT", 4 + 12 * i, "no such function at label", row.label);
        f->is_exported = true;
    }
    return true;
}

static bool check_funs(Loading *l)
{
    for (uint32_t i = 0; i < l->file.fun_count; i++) {
        const BeamFun *row = &l->fun_rows[i];
        Function *f = function_of_label(l, row->label);
        if (!f || f->arity != row->arity)
            return load_fail(l, "FunT", 4 + 24 * i, "no such function at label", row->label);
        l->fun_functions[i] = (uint32_t)(f - l->lower.functions);
    }
    return true;
}

static bool check_on_load(Loading *l)
{
    uint32_t offset = l->lower.on_load;
    for (uint32_t i = 0; i < l->lower.function_count; i++) {
        if (l->lower.functions[i].offset == offset) return true;
    }
    return offset == 0 || load_fail(l, "Code", 0, "on_load stands inside a function", UINT64_MAX);
}

/* ---- The block ---- */

/* Takes `bytes` of the block, aligned for words. */
static void *carve(uintptr_t *at, size_t bytes)
{
    void *part = (void *)*at;
    *at += (bytes + WORD_BYTES - 1) / WORD_BYTES * WORD_BYTES;
    return part;
}

/* Lays the module's parts out from `block`, which may be NULL to learn their size. */
static size_t lay_out(Loading *l, Module *m, void *block)
{
    const Lower *c = &l->lower;
    uintptr_t at = (uintptr_t)block;
    carve(&at, sizeof(Module));
    m->functions = carve(&at, c->function_count * sizeof *m->functions);
    m->funs = carve(&at, l->file.fun_count * sizeof *m->funs);
    m->files = carve(&at, (l->file.file_count + 1) * sizeof *m->files);
    l->top = carve(&at, l->heap_words * sizeof(Term));
    carve(&at, c->pool_count * sizeof(Term));
    m->base = carve(&at, c->count * sizeof *c->code);
    m->points = carve(&at, c->point_count * sizeof *m->points);
    m->strings = carve(&at, l->file.chunks[BEAM_STRINGS].size);
    return at - (uintptr_t)block;
}

static void fill(Loading *l, Module *m)
{
    const Lower *c = &l->lower;
    for (uint32_t i = 0; i < l->file.fun_count; i++) {
        const BeamFun *row = &l->fun_rows[i];
        m->funs[i] = (LoadedFun){l->funs[i], l->fun_functions[i], row->arity - row->free_count,
                                 row->free_count};
    }
    Term *pool = (Term *)m->base;
    pool[-1] = (Term)m;
    for (uint32_t i = 1; i < c->pool_count; i++) pool[-1 - (Word)i] = load_resolve(l, c->pool[i]);
    memcpy((uint32_t *)m->base, c->code, c->count * sizeof *c->code);
    memcpy(m->functions, c->functions, c->function_count * sizeof *c->functions);
    memcpy(m->points, c->points, c->point_count * sizeof *c->points);
    BeamBytes strings = l->file.chunks[BEAM_STRINGS];
    if (strings.size) memcpy((uint8_t *)m->strings, strings.bytes, strings.size);
    memcpy(m->md5, l->md5, sizeof m->md5);
}

static Module *make(Loading *l)
{
    const Lower *c = &l->lower;
    Module plan = {
        .name = l->atoms[1],
        .code_words = c->count,
        .pool_words = c->pool_count,
        .function_count = c->function_count,
        .point_count = c->point_count,
        .file_count = l->file.file_count + 1,
        .fun_count = l->file.fun_count,
        .string_bytes = (uint32_t)l->file.chunks[BEAM_STRINGS].size,
        .on_load = c->on_load,
    };
    plan.block_bytes = lay_out(l, &plan, NULL);
    plan.block = literal_alloc(plan.block_bytes);
    if (!plan.block) {
        no_memory(l, "Code");
        return NULL;
    }
    lay_out(l, &plan, plan.block);
    Module *m = plan.block;
    *m = plan;
    if (!load_build(l, m)) {
        module_discard(m);
        return NULL;
    }
    fill(l, m);
    return m;
}

/* ---- All of it ---- */

static Module *prepare(Loading *l)
{
    beam_digest(&l->file, l->md5);
    bool sound = intern_atoms(l) && intern_imports(l) && intern_funs(l) && intern_exports(l) &&
                 lower(l) && mark_exports(l) && check_funs(l) && check_on_load(l) &&
                 load_measure(l);
    return sound ? make(l) : NULL;
}

static void done(Loading *l)
{
    memory_free(l->labels, (l->file.label_count + 1) * sizeof *l->labels);
    memory_free(l->atoms, (l->file.atom_count + 1) * sizeof *l->atoms);
    memory_free(l->imports, (l->file.import_count + 1) * sizeof *l->imports);
    memory_free(l->funs, (l->file.fun_count + 1) * sizeof *l->funs);
    memory_free(l->fun_rows, (l->file.fun_count + 1) * sizeof *l->fun_rows);
    memory_free(l->fun_functions, (l->file.fun_count + 1) * sizeof *l->fun_functions);
    memory_free(l->literals, l->literal_count * sizeof *l->literals);
    memory_free(l->record_words, l->record_room * sizeof *l->record_words);
    lower_done(&l->lower);
    beam_close(&l->file);
}

Module *module_prepare(const uint8_t *bytes, size_t size, Inflate *inflate, LoadError *error)
{
    Loading l = {.heap_words = 0};
    Module *m = NULL;
    if (beam_open(&l.file, bytes, size, inflate, &l.error)) {
        m = prepare(&l);
        done(&l);
    }
    error->text[0] = 0;
    if (!m) memcpy(error->text, l.error.text, sizeof l.error.text);
    return m;
}
