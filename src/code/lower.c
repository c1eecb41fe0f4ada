/* SPDX-License-Identifier: Apache-2.0 */
/* lower.c - emitting words, labels, points; the loop over generic code. */

#include "code/lower.h"
#include "base/memory.h"

void lower_fail(Lower *c, const char *what, uint64_t number)
{
    if (!c->failed) beam_fail(c->error, "Code", c->beam_offset, what, number);
    c->failed = true;
}

/* Room for one more in a growing array. */
static bool grow(Lower *c, void **array, uint32_t *room, uint32_t need, size_t size)
{
    if (need <= *room) return true;
    uint32_t more = *room ? *room * 2 : 256;
    if (more < need) more = need;
    void *moved = memory_realloc(*array, *room * size, more * size);
    if (!moved) {
        lower_fail(c, "out of memory", UINT64_MAX);
        return false;
    }
    *array = moved;
    *room = more;
    return true;
}

uint32_t lower_frame(const Lower *c) { return c->frame == FRAME_NONE ? 0 : c->frame; }

/* ---- Points ---- */

static void note_point(Lower *c)
{
    BeamLine line = {0, 0};
    if (c->line < c->file->line_count) line = c->file->lines[c->line];
    Point point = {.offset = c->count, .frame = c->frame & 0x7FF, .file = line.file & 0xFF, .line = line.line};
    if (c->point_count) {
        Point *last = &c->points[c->point_count - 1];
        if (last->frame == point.frame && last->line == point.line && last->file == point.file) return;
        if (last->offset == point.offset) c->point_count--;
    }
    if (grow(c, (void **)&c->points, &c->point_room, c->point_count + 1, sizeof point))
        c->points[c->point_count++] = point;
}

/* ---- Emitting ---- */

static void add_fixup(Lower *c, size_t bit, char letter, uint32_t label)
{
    if (!grow(c, (void **)&c->fixups, &c->fixup_room, c->fixup_count + 1, sizeof *c->fixups)) return;
    c->fixups[c->fixup_count++] = (Fixup){c->start, (uint32_t)bit, label, letter};
    if (label < c->file->label_count && c->label_frame[label] == FRAME_UNKNOWN)
        c->label_frame[label] = (uint16_t)c->frame;
}

static void put_value(Lower *c, char letter, int64_t value)
{
    bool is_label = letter == 'l' || letter == 'j' || letter == 'L';
    if (letter == 'E') value = entry_word(c->start + (uint32_t)insn_finish(&c->writer) + 1, (uint32_t)value);
    insn_put(&c->writer, is_label ? 0 : (letter == 'w' || letter == 'E') ? (uint32_t)value : value);
    if (!is_label || !value) return;
    unsigned bits = letter == 'l' ? 16 : letter == 'j' ? 24 : 32;
    add_fixup(c, c->writer.bits - bits, letter, (uint32_t)value);
}

void lower_start(Lower *c, unsigned token, const int64_t *values, unsigned count)
{
    /* Room for the longest fixed part, and slack for tables grows with them. */
    if (!grow(c, (void **)&c->code, &c->room, c->count + 8, sizeof *c->code)) return;
    note_point(c);
    c->start = c->count;
    c->token = token;
    insn_start(&c->writer, c->code + c->start, c->room - c->start, token);
    for (unsigned i = 0; i < count; i++) {
        while (*c->writer.letters == ' ') c->writer.letters++;
        c->values[i] = values[i];
        put_value(c, *c->writer.letters, values[i]);
    }
    if (c->writer.failed) lower_fail(c, "an operand is out of range in", token);
}

static bool table_room(Lower *c)
{
    uint32_t need = c->start + (uint32_t)insn_finish(&c->writer) + 2;
    if (c->failed || !grow(c, (void **)&c->code, &c->room, need, sizeof *c->code)) return false;
    c->writer.words = c->code + c->start;
    c->writer.room = c->room - c->start;
    return true;
}

void lower_half(Lower *c, uint32_t half)
{
    if (table_room(c)) insn_put_half(&c->writer, half);
}

void lower_word(Lower *c, uint32_t word)
{
    if (table_room(c)) insn_put_word(&c->writer, word);
}

void lower_label_half(Lower *c, uint32_t label)
{
    lower_half(c, 0);
    if (!c->failed) add_fixup(c, c->writer.bits - 16, 'l', label);
}

static void remember(Lower *c, uint32_t fixups)
{
    c->last[1] = c->last[0];
    c->last[0] = (Emitted){c->start, c->token, fixups, c->line, {0}};
    memcpy(c->last[0].values, c->values, sizeof c->values);
}

static void forget(Lower *c)
{
    c->last[0].token = c->last[1].token = INSN_COUNT;
}

static void patch(Lower *c, const Fixup *f, int64_t distance)
{
    unsigned bits = f->letter == 'l' ? 16 : f->letter == 'j' ? 24 : 32;
    int64_t limit = (int64_t)1 << (bits - 1);
    if (distance < -limit || distance >= limit) {
        c->too_far = true;
        return;
    }
    uint32_t mask = bits == 32 ? UINT32_MAX : (1u << bits) - 1, shift = f->bit % 32;
    uint32_t *word = &c->code[f->start + f->bit / 32];
    *word = (*word & ~(mask << shift)) | ((uint32_t)distance & mask) << shift;
}

/* Sends the 16-bit labels of the instruction just emitted through jumps of 24 bits behind it. */
static void emit_islands(Lower *c, uint32_t first_fixup)
{
    uint32_t islands = 0, start = c->start, last = c->fixup_count;
    for (uint32_t i = first_fixup; i < last; i++) islands += c->fixups[i].letter == 'l';
    if (!islands) return;
    if (!grow(c, (void **)&c->code, &c->room, c->count + islands + 1, sizeof *c->code)) return;
    c->code[c->count++] = INSN_jump | (islands + 1) << 8;
    for (uint32_t i = first_fixup; i < last; i++) {
        Fixup *f = &c->fixups[i];
        if (f->letter != 'l') continue;
        patch(c, f, (int64_t)c->count - start);
        c->code[c->count] = INSN_jump;
        *f = (Fixup){c->count++, 8, f->label, 'j'};
    }
    forget(c);
}

void lower_end(Lower *c)
{
    if (c->failed) return;
    c->count = c->start + (uint32_t)insn_finish(&c->writer);
    uint32_t first = c->fixup_count;
    while (first && c->fixups[first - 1].start == c->start) first--;
    remember(c, first);
    if (c->wide) emit_islands(c, first);
}

void lower_emit(Lower *c, unsigned token, const int64_t *values, unsigned count)
{
    if (c->failed) return;
    lower_start(c, token, values, count);
    lower_end(c);
}

void lower_retract(Lower *c)
{
    c->count = c->last[0].start;
    c->fixup_count = c->last[0].fixups;
    c->last[0] = c->last[1];
    c->last[1].token = INSN_COUNT;
    while (c->point_count && c->points[c->point_count - 1].offset > c->count) c->point_count--;
}

void lower_unreachable(Lower *c)
{
    c->frame = FRAME_UNKNOWN;
    forget(c);
}

/* ---- Labels and functions ---- */

static void define_label(Lower *c, uint32_t label)
{
    if (label == 0 || label >= c->file->label_count) {
        lower_fail(c, "no such label:", label);
        return;
    }
    if (c->label_at[label] != UINT32_MAX) {
        lower_fail(c, "a label stands twice:", label);
        return;
    }
    uint16_t known = c->label_frame[label];
    if (c->frame == FRAME_UNKNOWN) {
        if (known == FRAME_UNKNOWN) c->frames_unknown = true;
        c->frame = known == FRAME_UNKNOWN ? FRAME_NONE : known;
    }
    c->label_frame[label] = (uint16_t)c->frame;
    c->label_at[label] = c->count;
    c->last_label = label;
    forget(c);
}

/* func_info M F A: the failing end of a function's clauses, then its entry word. */
static void begin_function(Lower *c, const BeamOperand *o)
{
    if (c->function_count >= c->file->function_count || o[1].kind != OPERAND_ATOM) {
        lower_fail(c, "more functions than the chunk's header says:", c->function_count);
        return;
    }
    uint32_t arity = lower_u(c, &o[2], 255);
    c->frame = FRAME_NONE;
    EMIT(c, func_info, arity, c->function_count & 0xFFFF);
    if (c->function_count > 0xFFFF) lower_fail(c, "too many functions:", c->function_count);
    if (c->failed || !grow(c, (void **)&c->code, &c->room, c->count + 1, sizeof *c->code)) return;
    c->code[c->count] = entry_word(c->count + 1, arity);
    c->count++;
    c->functions[c->function_count++] = (Function){c->count, c->atoms[o[1].value], arity, false};
    forget(c);
}

static void lower_one(Lower *c, const BeamInsn *insn)
{
    const BeamOperand *o = insn->operands;
    c->beam_offset = insn->offset;
    c->scratch = c->move_count = 0;
    switch (insn->op) {
    case GENERIC_label: define_label(c, lower_u(c, o, UINT32_MAX)); return;
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
    bool known = lower_control(c, insn) || lower_test(c, insn) || lower_data(c, insn) ||
                 lower_arith(c, insn) || lower_match(c, insn) || lower_build(c, insn);
    if (!known) lower_fail(c, "an obsolete instruction, compile the module anew; opcode", insn->op);
    lower_results(c);
}

static void patch_all(Lower *c)
{
    for (uint32_t i = 0; i < c->fixup_count && !c->failed; i++) {
        const Fixup *f = &c->fixups[i];
        if (c->label_at[f->label] == UINT32_MAX) {
            lower_fail(c, "a label is used but nowhere defined:", f->label);
            return;
        }
        patch(c, f, (int64_t)c->label_at[f->label] - f->start);
    }
}

static void reset(Lower *c)
{
    c->count = c->fixup_count = c->point_count = c->function_count = 0;
    c->frame = FRAME_NONE;
    c->line = 0;
    c->frames_unknown = c->too_far = c->ended = false;
    forget(c);
    memset(c->label_at, 0xFF, c->file->label_count * sizeof *c->label_at);
    /* Offset 0 is nowhere: entry words of distance 0 mean code of no module. */
    EMIT(c, invalid);
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
    EMIT(c, invalid);
    patch_all(c);
}

bool lower_module(Lower *c)
{
    memset(c->label_frame, 0xFF, c->file->label_count * sizeof *c->label_frame);
    lower_pass(c);
    for (int i = 0; i < 3 && !c->failed && (c->frames_unknown || c->too_far); i++) {
        c->wide |= c->too_far;
        lower_pass(c);
    }
    if (!c->failed && c->too_far) lower_fail(c, "the module is too large", UINT64_MAX);
    return !c->failed;
}
