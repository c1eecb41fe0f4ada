/* SPDX-License-Identifier: Apache-2.0 */
/* lower.c - the passes over generic code: labels, functions, variants of blocks. */

#include "code/lower.h"
#include "base/memory.h"
#include "term/atom.h"

#define PASSES_MAX 12

/* ---- Labels ---- */

static uint32_t find_variant(Lower *c, uint32_t label)
{
    /* Few functions have any, and then few: look at the newest first. */
    for (uint32_t i = c->variant_count; i-- > c->variants_done;) {
        Variant *v = &c->variants[i];
        if (v->label == label && v->frame == c->frame) return i;
    }
    if (!lower_grow(c, &c->variants, &c->variant_room, c->variant_count + 1, sizeof *c->variants))
        return 0;
    c->variants[c->variant_count] = (Variant){label, NOWHERE, (uint16_t)c->frame};
    return c->variant_count++;
}

uint32_t lower_aim(Lower *c, uint32_t label)
{
    Label *l = &c->labels[label];
    if (l->frame == c->frame) return label;
    if (l->frame != FRAME_UNKNOWN) return c->file->label_count + find_variant(c, label);
    l->frame = (uint16_t)c->frame;
    c->again |= l->is_dead;
    return label;
}

static void define_label(Lower *c, uint32_t number, size_t offset)
{
    if (number == 0 || number >= c->file->label_count) {
        lower_fail(c, "no such label:", number);
        return;
    }
    Label *l = &c->labels[number];
    if (l->at != NOWHERE) {
        lower_fail(c, "a label stands twice:", number);
        return;
    }
    if (c->frame != FRAME_UNKNOWN && l->frame != FRAME_UNKNOWN && l->frame != c->frame) {
        EMIT(c, jump, number);
        lower_unreachable(c);
    }
    if (c->frame == FRAME_UNKNOWN) c->frame = l->frame;
    *l = (Label){
        .at = c->count, .offset = (uint32_t)offset, .line = c->line, .frame = (uint16_t)c->frame};
    l->is_dead = c->frame == FRAME_UNKNOWN;
    l->is_entry = c->function_count && c->functions[c->function_count - 1].offset == c->count;
    c->last_label = number;
    lower_forget(c);
    if (c->stub && l->is_entry) {
        EMIT(c, call_native_only, c->stub->arity, lower_pool(c, (Term)c->stub));
        lower_unreachable(c);
    }
}

/* ---- Functions ---- */

static void lower_one(Lower *c, const BeamInsn *insn);

/* The block of a label once more, with another frame. */
static void lower_variant(Lower *c, uint32_t number)
{
    BeamReader reader;
    BeamInsn insn;
    Variant v = c->variants[number];
    c->variants[number].at = c->count;
    c->frame = v.frame;
    c->line = c->labels[v.label].line;
    lower_forget(c);
    beam_reader_init(&reader, c->file, 1 + FLOAT_WORDS, 1 + FUN_SIZE);
    reader.position = c->labels[v.label].offset;
    for (bool first = true; !c->failed && c->frame != FRAME_UNKNOWN; first = false) {
        if (!beam_next(&reader, &insn, c->error)) break;
        if (c->variant_budget-- == 0)
            lower_fail(c, "frames of too many sizes lead to one label:", v.label);
        if (first) continue; /* The label itself. */
        if (insn.op == GENERIC_func_info || insn.op == GENERIC_int_code_end)
            lower_fail(c, "code runs into the next function", UINT64_MAX);
        if (insn.op == GENERIC_label) {
            uint32_t next = lower_u(c, insn.operands, c->file->label_count - 1);
            if (next) EMIT(c, jump, next);
            break;
        }
        if (!c->failed) lower_one(c, &insn);
    }
    beam_reader_done(&reader);
    if (c->error->text[0]) c->failed = true;
    lower_unreachable(c);
}

/* At the end of a function: all its variants. */
static void lower_variants(Lower *c)
{
    uint32_t line = c->line;
    for (uint32_t i = c->variants_done; i < c->variant_count && !c->failed; i++) {
        if (c->labels[c->variants[i].label].at == NOWHERE) {
            lower_fail(c, "a label of another function:", c->variants[i].label);
            return;
        }
        lower_variant(c, i);
    }
    c->variants_done = c->variant_count;
    c->line = line;
}

/* func_info M F A: the failing end of a function's clauses, then its entry word. */
static void begin_function(Lower *c, const BeamOperand *o)
{
    uint32_t arity = lower_u(c, &o[2], 255), number = c->function_count;
    Label *label = &c->labels[c->last_label];
    bool labelled = label->at == c->count;
    if (number >= c->file->function_count || number > 0xFFFF || o[1].kind != OPERAND_ATOM) {
        lower_fail(c, "more functions than the chunk's header says:", number);
        return;
    }
    if (c->variant_count > c->variants_done) {
        lower_variants(c);
        if (labelled) label->at = c->count;
    }
    if (labelled && label->frame == FRAME_UNKNOWN) {
        label->frame = FRAME_NONE;
        label->is_dead = false;
    }
    c->frame = FRAME_NONE;
    EMIT(c, func_info, arity, number);
    lower_raw(c, entry_word(c->count + 1, arity));
    if (!lower_grow(c, &c->functions, &c->function_room, number + 1, sizeof *c->functions)) return;
    c->functions[c->function_count++] = (Function){c->count, c->atoms[o[1].value], arity, false};
    const Export *e = export_find(c->module, c->atoms[o[1].value], arity);
    c->stub = e && export_is_native(e) ? e : NULL;
}

static void lower_one(Lower *c, const BeamInsn *insn)
{
    const BeamOperand *o = insn->operands;
    c->beam_offset = insn->offset;
    c->scratch = c->move_count = 0;
    switch (insn->op) {
    case GENERIC_label: define_label(c, lower_u(c, o, UINT32_MAX), insn->offset); return;
    case GENERIC_line: c->line = lower_u(c, o, UINT32_MAX); return;
    case GENERIC_func_info: begin_function(c, o); return;
    case GENERIC_int_code_end: c->ended = true; return;
    case GENERIC_on_load: c->on_load = c->count; return;
    case GENERIC_nif_start:
    case GENERIC_executable_line:
    case GENERIC_debug_line: return;
    default: break;
    }
    if (c->function_count == 0) {
        lower_fail(c, "code before the first function", UINT64_MAX);
        return;
    }
    if (c->frame == FRAME_UNKNOWN) return;
    bool known = lower_data(c, insn) || lower_test(c, insn) || lower_control(c, insn) ||
                 lower_arith(c, insn) || lower_select(c, insn) || lower_match(c, insn) ||
                 lower_build(c, insn) || lower_message(c, insn);
    if (!known) lower_fail(c, "an obsolete instruction, compile the module anew; opcode", insn->op);
    lower_results(c);
}

/* ---- Passes ---- */

static void patch_all(Lower *c)
{
    uint32_t labels = c->file->label_count;
    for (uint32_t i = 0; i < c->fixup_count && !c->failed; i++) {
        const Fixup *f = &c->fixups[i];
        if (f->label >= labels) {
            lower_patch(c, f, c->variants[f->label - labels].at);
            continue;
        }
        const Label *l = &c->labels[f->label];
        if (l->at == NOWHERE) {
            lower_fail(c, "a label is used but nowhere defined:", f->label);
        } else if (f->is_call && !l->is_entry) {
            lower_fail(c, "a call leads not to a function but to label", f->label);
        } else {
            lower_patch(c, f, l->at);
        }
    }
}

static void reset(Lower *c)
{
    c->count = c->fixup_count = c->point_count = c->function_count = 0;
    c->variant_count = c->variants_done = 0;
    c->variant_budget = c->file->code.size / 4 + 1000;
    c->frame = FRAME_NONE;
    c->line = c->last_label = c->on_load = 0;
    c->stub = NULL;
    c->again = c->too_far = c->ended = false;
    lower_forget(c);
    for (uint32_t i = 0; i < c->file->label_count; i++) {
        c->labels[i].at = NOWHERE;
        c->labels[i].is_entry = c->labels[i].is_dead = false;
    }
    /* Offset 0 is nowhere: entry words of distance 0 mean code of no module. */
    EMIT(c, invalid);
    lower_unreachable(c);
}

static void lower_pass(Lower *c)
{
    BeamReader reader;
    BeamInsn insn;
    reset(c);
    beam_reader_init(&reader, c->file, 1 + FLOAT_WORDS, 1 + FUN_SIZE);
    while (!c->failed && !c->ended && beam_next(&reader, &insn, c->error)) lower_one(c, &insn);
    beam_reader_done(&reader);
    if (c->error->text[0]) c->failed = true;
    if (!c->failed) lower_variants(c);
    EMIT(c, invalid);
    patch_all(c);
}

bool lower_module(Lower *c)
{
    int passes = 0;
    for (uint32_t i = 0; i < c->file->label_count; i++) c->labels[i].frame = FRAME_UNKNOWN;
    do {
        c->wide |= c->too_far;
        lower_pass(c);
    } while (!c->failed && (c->again || c->too_far) && ++passes < PASSES_MAX);
    if (c->again) lower_fail(c, "the way through the code is too tangled", UINT64_MAX);
    if (c->too_far || c->count > UINT32_MAX >> ENTRY_FRAME_BITS)
        lower_fail(c, "the module is too large", UINT64_MAX);
    if (!c->failed && c->function_count != c->file->function_count)
        lower_fail(c, "functions are missing; there are", c->function_count);
    return !c->failed;
}

void lower_done(Lower *c)
{
    memory_free(c->code, c->room * sizeof *c->code);
    memory_free(c->variants, c->variant_room * sizeof *c->variants);
    memory_free(c->fixups, c->fixup_room * sizeof *c->fixups);
    memory_free(c->points, c->point_room * sizeof *c->points);
    memory_free(c->functions, c->function_room * sizeof *c->functions);
    memory_free(c->pool, c->pool_room * sizeof *c->pool);
    memory_free(c->pool_index, c->pool_slots * sizeof *c->pool_index);
    memory_free(c->bigs, c->big_room * sizeof *c->bigs);
    memory_free(c->halves, c->half_room * sizeof *c->halves);
    memory_free(c->rows, c->row_room * sizeof *c->rows);
}
