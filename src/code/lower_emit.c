/* SPDX-License-Identifier: Apache-2.0 */
/* lower_emit.c - emitting words, points, references to labels. */

#include "base/memory.h"
#include "code/lower.h"

void lower_fail(Lower *c, const char *what, uint64_t number)
{
    if (!c->failed) beam_fail(c->error, "Code", c->beam_offset, what, number);
    c->failed = true;
}

bool lower_grow(Lower *c, void *array, uint32_t *room, uint32_t need, size_t size)
{
    void **block = array;
    if (need <= *room) return true;
    uint32_t more = *room ? *room * 2 : 256;
    if (more < need) more = need;
    void *moved = memory_realloc(*block, *room * size, more * size);
    if (!moved) {
        lower_fail(c, LOWER_NO_MEMORY, UINT64_MAX);
        return false;
    }
    *block = moved;
    *room = more;
    return true;
}

uint32_t lower_frame(const Lower *c) { return c->frame > ENTRY_FRAME_MAX ? 0 : c->frame; }

/* ---- Points ---- */

static void add_point(Lower *c, uint32_t offset, uint32_t line_index)
{
    BeamLine line = {0, 0};
    if (line_index < c->file->line_count) line = c->file->lines[line_index];
    Point point = {.offset = offset,
                   .frame = c->frame & 0x7FF,
                   .file = line.file <= 0xFF ? line.file & 0xFF : 0,
                   .line = line.line};
    while (c->point_count) {
        Point *last = &c->points[c->point_count - 1];
        if (last->frame == point.frame && last->line == point.line && last->file == point.file)
            return;
        if (last->offset != point.offset) break;
        c->point_count--;
    }
    if (lower_grow(c, &c->points, &c->point_room, c->point_count + 1, sizeof point))
        c->points[c->point_count++] = point;
}

static void note_point(Lower *c) { add_point(c, c->count, c->line); }

void lower_note_resume(Lower *c, uint32_t line)
{
    if (!c->failed && c->count > 0) add_point(c, c->count - 1, line);
}

/* ---- References to labels ---- */

static unsigned label_bits(char letter) { return letter == 'l' ? 16 : letter == 'j' ? 24 : 32; }

static bool is_call_token(unsigned token)
{
    switch (token) {
    case INSN_call:
    case INSN_call_last:
    case INSN_call_only:
    case INSN_call_xx:
    case INSN_call_yx:
    case INSN_call_xx_xx:
    case INSN_call_xy_xx:
    case INSN_call_trim_yy:
    case INSN_call_last_yx:
    case INSN_call_last_yx_yx:
    case INSN_call_only_xx: return true;
    default: return false;
    }
}

static void add_fixup(Lower *c, char letter, uint32_t label)
{
    if (label >= c->file->label_count) {
        lower_fail(c, "no such label:", label);
        return;
    }
    if (!lower_grow(c, &c->fixups, &c->fixup_room, c->fixup_count + 1, sizeof *c->fixups)) return;
    uint32_t bit = (uint32_t)c->writer.bits - label_bits(letter);
    bool is_call = is_call_token(c->token);
    if (!is_call) label = lower_aim(c, label);
    c->fixups[c->fixup_count++] = (Fixup){c->start, bit, label, letter, is_call};
}

void lower_patch(Lower *c, const Fixup *f, uint32_t target)
{
    unsigned bits = label_bits(f->letter);
    int64_t distance = f->letter == 'a' ? (int64_t)target : (int64_t)target - f->start;
    int64_t limit = (int64_t)1 << (bits - 1);
    if (distance < -limit || distance >= limit) {
        c->too_far = true;
        return;
    }
    uint32_t mask = bits == 32 ? UINT32_MAX : (1u << bits) - 1, shift = f->bit % 32;
    uint32_t *word = &c->code[f->start + f->bit / 32];
    *word = (*word & ~(mask << shift)) | ((uint32_t)distance & mask) << shift;
}

/* ---- Instructions ---- */

static void put_value(Lower *c, char letter, int64_t value)
{
    bool is_label = letter == 'l' || letter == 'j' || letter == 'L' || letter == 'a';
    if (letter == 'E')
        value = entry_word(c->start + (uint32_t)insn_finish(&c->writer) + 1, (uint32_t)value);
    insn_put(&c->writer, is_label ? 0 : letter == 'w' || letter == 'E' ? (uint32_t)value : value);
    if (is_label && value && !c->writer.failed) add_fixup(c, letter, (uint32_t)value);
}

#define FIXED_WORDS_MAX 8 /* of any instruction, and some */

void lower_start(Lower *c, unsigned token, const int64_t *values, unsigned count)
{
    if (c->failed) return;
    if (!lower_grow(c, &c->code, &c->room, c->count + FIXED_WORDS_MAX, sizeof *c->code)) return;
    note_point(c);
    c->start = c->count;
    c->token = token;
    insn_start(&c->writer, c->code + c->start, c->room - c->start, token);
    for (unsigned i = 0; i < count; i++) {
        while (*c->writer.letters == ' ') c->writer.letters++;
        c->values[i] = values[i];
        put_value(c, *c->writer.letters, values[i]);
    }
    while (*c->writer.letters == ' ') c->writer.letters++;
    if (*c->writer.letters == 'T') insn_align(&c->writer);
    if (c->writer.failed) lower_fail(c, "an operand is out of range of instruction", token);
}

static bool table_room(Lower *c)
{
    if (c->failed) return false;
    uint32_t need = c->start + (uint32_t)insn_finish(&c->writer) + 2;
    if (!lower_grow(c, &c->code, &c->room, need, sizeof *c->code)) return false;
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
    if (!c->failed) add_fixup(c, 'l', label);
}

static void remember(Lower *c, uint32_t fixups)
{
    memmove(c->last + 1, c->last, (LOWER_HISTORY - 1) * sizeof *c->last);
    c->last[0] = (Emitted){c->start, c->token, fixups, c->line, {0}};
    memcpy(c->last[0].values, c->values, sizeof c->values);
}

void lower_forget(Lower *c)
{
    for (int i = 0; i < LOWER_HISTORY; i++) c->last[i].token = INSN_COUNT;
}

/* Sends the 16-bit labels of the instruction just emitted through jumps of 24 bits behind it. */
static void emit_islands(Lower *c, uint32_t first_fixup)
{
    uint32_t islands = 0, last = c->fixup_count;
    for (uint32_t i = first_fixup; i < last; i++) islands += c->fixups[i].letter == 'l';
    if (!islands) return;
    if (!lower_grow(c, &c->code, &c->room, c->count + islands + 1, sizeof *c->code)) return;
    c->code[c->count++] = INSN_jump | (islands + 1) << 8;
    for (uint32_t i = first_fixup; i < last; i++) {
        Fixup *f = &c->fixups[i];
        if (f->letter != 'l') continue;
        lower_patch(c, f, c->count);
        c->code[c->count] = INSN_jump;
        *f = (Fixup){c->count++, 8, f->label, 'j', false};
    }
    lower_forget(c);
}

void lower_end(Lower *c)
{
    if (c->failed) return;
    c->count = c->start + (uint32_t)insn_finish(&c->writer);
    uint32_t first = c->fixup_count;
    while (first && c->fixups[first - 1].start == c->start) first--;
    remember(c, first);
    if (c->wide) {
        emit_islands(c, first);
    } else {
        lower_fuse(c);
    }
}

void lower_emit(Lower *c, unsigned token, const int64_t *values, unsigned count)
{
    lower_start(c, token, values, count);
    lower_end(c);
}

void lower_list(Lower *c)
{
    for (uint32_t i = 0; i < c->half_count; i++) lower_half(c, c->halves[i]);
    lower_end(c);
}

void lower_raw(Lower *c, uint32_t word)
{
    if (c->failed || !lower_grow(c, &c->code, &c->room, c->count + 1, sizeof *c->code)) return;
    c->code[c->count++] = word;
    lower_forget(c);
}

void lower_retract(Lower *c)
{
    c->count = c->last[0].start;
    c->fixup_count = c->last[0].fixups;
    memmove(c->last, c->last + 1, (LOWER_HISTORY - 1) * sizeof *c->last);
    c->last[LOWER_HISTORY - 1].token = INSN_COUNT;
    while (c->point_count && c->points[c->point_count - 1].offset > c->count) c->point_count--;
}

void lower_unreachable(Lower *c)
{
    c->frame = FRAME_UNKNOWN;
    lower_forget(c);
}
