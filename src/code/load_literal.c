/* SPDX-License-Identifier: Apache-2.0 */
/* load_literal.c - the terms of a module: literals, file names, attributes, native records. */

#include "code/load.h"
#include "base/memory.h"
#include "base/utf8.h"
#include "heap/copy.h"
#include "heap/etf.h"
#include "heap/number.h"
#include "term/atom.h"

static bool no_memory(Loading *l) { return load_fail(l, "LitT", 0, "out of memory", UINT64_MAX); }

Term load_resolve(const Loading *l, Term t)
{
    return is_placeholder(t) ? l->literals[placeholder_index(t)].value : t;
}

static EtfInput input_of(BeamBytes text) { return (EtfInput){text.bytes, text.size, true, false}; }

/* ---- Sizes ---- */

#define WORDS_MAX (SIZE_MAX / WORD_BYTES / 4) /* the block has a size */

static bool add_words(Loading *l, size_t words)
{
    if (words > WORDS_MAX - l->heap_words) return false;
    l->heap_words += words;
    return true;
}

static size_t big_words(BeamBytes big) { return 2 + big.size / WORD_BYTES; }

/* Notes that the pool or a record stands for a literal. */
static bool use(Loading *l, Term t)
{
    if (!is_placeholder(t)) return true;
    uint32_t i = placeholder_index(t), of_file = l->file.literal_count;
    Literal *literal = &l->literals[i];
    if (literal->words != SIZE_MAX) return true;
    if (i >= of_file) {
        literal->words = big_words(l->lower.bigs[i - of_file]);
    } else {
        EtfInput input = input_of(l->file.literals[i]);
        literal->words = etf_decoded_size(&input);
        if (literal->words == SIZE_MAX)
            return load_fail(l, "LitT", 0, "a damaged literal, or no memory for it; number", i);
    }
    return add_words(l, literal->words) || no_memory(l);
}

static bool use_all(Loading *l)
{
    const Lower *c = &l->lower;
    l->literal_count = l->file.literal_count + c->big_count;
    l->literals = memory_alloc(l->literal_count * sizeof *l->literals);
    if (!l->literals && l->literal_count) return no_memory(l);
    for (uint32_t i = 0; i < l->literal_count; i++) l->literals[i] = (Literal){TERM_NONE, SIZE_MAX};
    for (uint32_t i = 1; i < c->pool_count; i++) {
        if (!use(l, c->pool[i])) return false;
    }
    for (uint32_t i = 0; i < l->record_word_count; i++) {
        if (!use(l, l->record_words[i])) return false;
    }
    return true;
}

static bool measure_chunk(Loading *l, int chunk, const char *name)
{
    EtfInput input = input_of(l->file.chunks[chunk]);
    if (!input.size) return true;
    size_t words = etf_decoded_size(&input);
    if (words == SIZE_MAX)
        return load_fail(l, name, 0, "not a term, or no memory for it", UINT64_MAX);
    return add_words(l, words) || no_memory(l);
}

static bool measure_files(Loading *l)
{
    size_t size;
    atom_text(l->atoms[1], &size);
    add_words(l, 2 * (size + 4));
    for (uint32_t i = 0; i < l->file.file_count; i++) {
        if (!add_words(l, 2 * l->file.files[i].size)) return no_memory(l);
    }
    return true;
}

/* ---- Native records ---- */

static bool add_record_word(Loading *l, Term t)
{
    if (!lower_grow(&l->lower, &l->record_words, &l->record_room, l->record_word_count + 1,
                    sizeof t))
        return false;
    l->record_words[l->record_word_count++] = t;
    return true;
}

static bool read_record(Loading *l, const BeamInsn *insn)
{
    const BeamOperand *o = insn->operands;
    if (insn->op != GENERIC_call_last || o[0].kind != OPERAND_ATOM || o[1].kind != OPERAND_ATOM ||
        o[2].kind != OPERAND_LIST || o[2].value % 2 || o[2].value > 0xFFFF)
        return load_fail(l, "Recs", insn->offset, "a damaged record", UINT64_MAX);
    uint32_t fields = (uint32_t)o[2].value / 2;
    bool added = add_record_word(l, l->atoms[o[0].value]) &&
                 add_record_word(l, l->atoms[o[1].value]) && add_record_word(l, make_small(fields));
    for (uint32_t i = 0; added && i < fields; i++) {
        const BeamOperand *field = &o[3 + 2 * i], *value = field + 1;
        Term t;
        bool has_default = lower_constant(&l->lower, value, &t);
        if (field->kind != OPERAND_ATOM || (!has_default && value->kind != OPERAND_U))
            return load_fail(l, "Recs", insn->offset, "a damaged field, number", i + 1);
        added = add_record_word(l, l->atoms[field->value]) &&
                add_record_word(l, make_small(has_default)) && add_record_word(l, t);
    }
    /* Two tuples, a cons; for each field two elements and at most a cons for its default. */
    l->record_count++;
    return added && add_words(l, 1 + 3 + 1 + 1 + 2 + (size_t)fields * 4);
}

static bool read_records(Loading *l)
{
    BeamReader reader;
    BeamInsn insn;
    bool sound = beam_reader_init_records(&reader, &l->file, &l->error);
    while (sound && beam_next(&reader, &insn, &l->error)) sound = read_record(l, &insn);
    beam_reader_done(&reader);
    return sound && !l->error.text[0];
}

bool load_measure(Loading *l)
{
    l->error.text[0] = 0;
    return read_records(l) && use_all(l) && measure_files(l) &&
           measure_chunk(l, BEAM_ATTRIBUTES, "Attr") && measure_chunk(l, BEAM_COMPILE_INFO, "CInf");
}

/* ---- Building ---- */

static bool build_big(Loading *l, Literal *literal, BeamBytes big)
{
    Heap heap = {0};
    Term t = integer_from_bytes(&heap, big.bytes, big.size, true, true);
    if (!is_none(t)) {
        CopyTarget target = {.top = l->top, .with_literals = true};
        literal->value = term_copy(t, &target);
        l->top = target.top;
    }
    fragment_free_all(heap.fragments);
    return !is_none(t) || no_memory(l);
}

static bool build_literals(Loading *l)
{
    for (uint32_t i = 0; i < l->literal_count; i++) {
        Literal *literal = &l->literals[i];
        EtfStatus status;
        if (literal->words == SIZE_MAX) continue;
        if (i >= l->file.literal_count) {
            if (!build_big(l, literal, l->lower.bigs[i - l->file.literal_count])) return false;
            continue;
        }
        EtfInput input = input_of(l->file.literals[i]);
        literal->value = etf_decode_literal(&input, &l->top, &status);
        if (is_none(literal->value))
            return load_fail(l, "LitT", 0, "no memory for the literal, number", i);
    }
    return true;
}

static bool build_chunk(Loading *l, int chunk, Term *t)
{
    EtfInput input = input_of(l->file.chunks[chunk]);
    EtfStatus status;
    *t = TERM_NIL;
    if (!input.size) return true;
    *t = etf_decode_literal(&input, &l->top, &status);
    return !is_none(*t) || no_memory(l);
}

/* A string (a list of characters) of UTF-8, or of bytes where it is none. */
static Term build_string(Loading *l, BeamBytes text, Term tail)
{
    Term *cell = l->top, list = TERM_NIL, *link = &list;
    size_t count, at = 0;
    bool is_utf8 = utf8_valid_prefix(text.bytes, text.size, &count) == text.size;
    while (at < text.size) {
        uint32_t character = text.bytes[at];
        at += is_utf8 ? utf8_decode(text.bytes + at, text.size - at, &character) : 1;
        *link = cons_put(cell, make_small(character), TERM_NIL);
        link = &cell[1];
        cell += 2;
    }
    *link = tail;
    l->top = cell;
    return list;
}

static void build_files(Loading *l, Module *module)
{
    static const uint8_t extension[] = ".erl";
    BeamBytes name;
    name.bytes = (const uint8_t *)atom_text(module->name, &name.size);
    Term tail = build_string(l, (BeamBytes){extension, 4}, TERM_NIL);
    module->files[0] = build_string(l, name, tail);
    for (uint32_t i = 0; i < l->file.file_count; i++)
        module->files[i + 1] = build_string(l, l->file.files[i], TERM_NIL);
}

/* {Definition, Default...}, the definition being {Module, Name, IsExported, Field...}. */
static Term build_record(Loading *l, const Term **words, Term module)
{
    const Term *w = *words;
    size_t fields = (size_t)small_value(w[2]);
    Term *definition = l->top, *row = definition + 4 + fields;
    l->top = row + 2 + fields;
    definition[0] = make_header(KIND_TUPLE, 3 + fields);
    definition[1] = module;
    definition[2] = w[0];
    definition[3] = w[1];
    row[0] = make_header(KIND_TUPLE, 1 + fields);
    row[1] = make_boxed(definition);
    w += 3;
    for (size_t i = 0; i < fields; i++, w += 3) {
        definition[4 + i] = w[0];
        row[2 + i] = TERM_NIL;
        if (w[1] == make_small(0)) continue;
        row[2 + i] = cons_put(l->top, load_resolve(l, w[2]), TERM_NIL);
        l->top += 2;
    }
    *words = w;
    return make_boxed(row);
}

static void build_records(Loading *l, Module *module)
{
    const Term *words = l->record_words;
    module->records = TERM_NIL;
    for (uint32_t i = 0; i < l->record_count; i++) {
        Term row = build_record(l, &words, module->name);
        module->records = cons_put(l->top, row, module->records);
        l->top += 2;
    }
}

bool load_build(Loading *l, Module *module)
{
    if (!build_literals(l)) return false;
    build_files(l, module);
    build_records(l, module);
    return build_chunk(l, BEAM_ATTRIBUTES, &module->attributes) &&
           build_chunk(l, BEAM_COMPILE_INFO, &module->compile_info);
}
