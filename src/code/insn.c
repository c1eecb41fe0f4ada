/* SPDX-License-Identifier: Apache-2.0 */
/* insn.c - Mote's instructions: the table, packing, unpacking. */

#include "code/insn.h"

const char *const insn_operands[INSN_COUNT] = {
#define INSN(name, operands, meaning) operands,
#include "code/insns.def"
#undef INSN
};

/* Bits of the operand that `letter` stands for. */
static unsigned letter_bits(char letter)
{
    switch (letter) {
    case 'x':
    case 'y':
    case 'r':
    case 'u':
    case 'b':
    case 'f': return 8;
    case 'j': return 24;
    case 'w':
    case 'E':
    case 'L':
    case 'a': return 32;
    default: return 16;
    }
}

static unsigned letter_align(char letter)
{
    unsigned bits = letter_bits(letter);
    return bits == 24 ? 8 : bits;
}

static size_t align(size_t bits, unsigned to) { return (bits + to - 1) / to * to; }

static int32_t extract(const uint32_t *code, size_t bit, char letter)
{
    uint32_t word = code[bit / 32] >> (bit % 32);
    switch (letter) {
    case 'b': return (int8_t)word;
    case 'i':
    case 'l': return (int16_t)word;
    case 'j': return (int32_t)code[0] >> 8;
    case 'w':
    case 'E':
    case 'L':
    case 'a': return (int32_t)word;
    default: return (int32_t)(letter_bits(letter) == 8 ? word & 0xFF : word & 0xFFFF);
    }
}

/* Words of a table of `rows` rows. */
static unsigned table_words(unsigned token, unsigned rows)
{
    if (token == INSN_bin_create) return create_words(rows);
    return token == INSN_select_dense ? (rows + 1) / 2 : rows;
}

bool insn_decode(const uint32_t *code, size_t room, InsnLayout *layout)
{
    unsigned token = room ? code[0] & 0xFF : INSN_COUNT;
    size_t bit = 8;
    int32_t last_h = -1, last_u = 0;
    *layout = (InsnLayout){.count = 0};
    if (token >= INSN_COUNT) return false;
    for (const char *p = insn_operands[token]; *p; p++) {
        if (*p == ' ') continue;
        if (*p == 'S' || *p == 'T') {
            layout->list = *p;
            break;
        }
        bit = align(bit, letter_align(*p));
        if ((bit + letter_bits(*p) + 31) / 32 > room) return false;
        InsnOperand *o = &layout->operands[layout->count++];
        *o = (InsnOperand){*p, (uint16_t)(bit / 32), (uint8_t)(bit % 32), extract(code, bit, *p)};
        if (*p == 'h') last_h = o->value;
        if (*p == 'u') last_u = o->value;
        bit += letter_bits(*p);
    }
    layout->fixed_words = (unsigned)((bit + 31) / 32);
    layout->words = layout->fixed_words;
    layout->list_count = (unsigned)(last_h >= 0 ? last_h : last_u);
    if (layout->list == 'S') {
        layout->list_half = (unsigned)(align(bit, 16) / 16);
        layout->words = (layout->list_half + layout->list_count + 1) / 2;
    } else if (layout->list == 'T') {
        layout->words += table_words(token, layout->list_count);
    } else {
        layout->list_count = 0;
    }
    return layout->words <= room;
}

/* ---- Writing ---- */

static void put_bits(InsnWriter *w, unsigned bits, unsigned alignment, uint32_t value)
{
    w->bits = align(w->bits, alignment);
    size_t word = w->bits / 32, shift = w->bits % 32;
    if ((w->bits + bits + 31) / 32 > w->room) {
        w->failed = true;
        return;
    }
    if (shift == 0) w->words[word] = 0;
    uint32_t mask = bits == 32 ? UINT32_MAX : (1u << bits) - 1;
    w->words[word] |= (value & mask) << shift;
    w->bits += bits;
}

void insn_start(InsnWriter *w, uint32_t *words, size_t room, unsigned token)
{
    *w = (InsnWriter){words, room, 0, insn_operands[token], false};
    put_bits(w, 8, 8, token);
}

static bool in_range(char letter, int64_t value)
{
    unsigned bits = letter_bits(letter);
    if (letter == 'b' || letter == 'i' || letter == 'l' || letter == 'j' || letter == 'L') {
        int64_t limit = (int64_t)1 << (bits - 1);
        return value >= -limit && value < limit;
    }
    return value >= 0 && value < (int64_t)1 << bits;
}

void insn_put(InsnWriter *w, int64_t value)
{
    while (*w->letters == ' ') w->letters++;
    char letter = *w->letters ? *w->letters++ : 'w';
    if (!in_range(letter, value)) w->failed = true;
    /* A word that has been skipped to must be defined. */
    size_t bit = align(w->bits, letter_align(letter));
    if (bit != w->bits && bit % 32 == 0 && w->bits % 32 == 0 && bit / 32 < w->room)
        w->words[w->bits / 32] = 0;
    put_bits(w, letter_bits(letter), letter_align(letter), (uint32_t)value);
}

void insn_align(InsnWriter *w) { w->bits = align(w->bits, 32); }

void insn_put_half(InsnWriter *w, uint32_t half) { put_bits(w, 16, 16, half); }

void insn_put_word(InsnWriter *w, uint32_t word) { put_bits(w, 32, 32, word); }

size_t insn_finish(InsnWriter *w) { return (w->bits + 31) / 32; }
