/* SPDX-License-Identifier: Apache-2.0 */
/* insn.h - Mote's instructions: tokens, operand packing, one reader of lowered code. */
#ifndef CODE_INSN_H
#define CODE_INSN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum Token {
#define INSN(name, operands, meaning) INSN_##name,
#include "code/insns.def"
#undef INSN
    INSN_COUNT
};
_Static_assert(INSN_COUNT <= 255, "255 is the escape to a second page");

/* The letters of each instruction's operands, see insns.def. */
extern const char *const insn_operands[INSN_COUNT];

/* Generic sources (s): kind in the top two bits. */
enum { SOURCE_X = 0, SOURCE_Y = 1, SOURCE_INT = 2, SOURCE_POOL = 3 };
#define SOURCE_BITS 14
#define SOURCE_MAX ((1 << SOURCE_BITS) - 1)
static inline unsigned source_kind(uint32_t s) { return s >> SOURCE_BITS; }
static inline uint32_t source_index(uint32_t s) { return s & SOURCE_MAX; }
/* Value of a SOURCE_INT, sign-extended. */
static inline int32_t source_int(uint32_t s) { return (int32_t)(s << 18) >> 18; }
static inline uint32_t make_source(unsigned kind, uint32_t index)
{
    return (kind << SOURCE_BITS) | (index & SOURCE_MAX);
}

/* Register slots: see insns.def. */
#define X_BYTE_MAX 119 /* highest x register that a byte operand reaches */
#define Y_BYTE_MAX 119
#define X_SCRATCH 120 /* slots 120..127 */
#define X_SCRATCH_COUNT 8
#define X_MAX 1023 /* highest x register of a .beam */
#define X_SLOTS (X_MAX + 1 + X_SCRATCH_COUNT)
#define R_IS_Y 0x80
#define FLOAT_REGISTERS 16
static inline unsigned x_slot(unsigned x) { return x <= X_BYTE_MAX ? x : x + X_SCRATCH_COUNT; }

/* Where a table of select_hash of `size` rows has the immediate `value`, a Term, first. */
static inline uint32_t select_slot(uintptr_t value, uint32_t size)
{
    return (uint32_t)(value >> 2 ^ value >> 6) & (size - 1);
}

/* Segments of bin_create. */
enum CreateType {
    CREATE_INTEGER,
    CREATE_FLOAT,
    CREATE_BINARY,
    CREATE_APPEND,
    CREATE_PRIVATE_APPEND,
    CREATE_STRING,
    CREATE_UTF8,
    CREATE_UTF16,
    CREATE_UTF32
};
/* The size of a CREATE_BINARY or CREATE_APPEND segment that takes all of its source: this source.
 */
#define CREATE_SIZE_ALL 0xFFFF
/* Words of the segments: two each, then a half word each for its number in the source. */
static inline unsigned create_words(unsigned segments) { return 2 * segments + (segments + 1) / 2; }

/* One decoded operand of an instruction. */
typedef struct InsnOperand {
    char letter;
    uint16_t word; /* where it stands: word from the instruction's start */
    uint8_t shift; /* and bit in that word */
    int32_t value; /* labels: distance as stored */
} InsnOperand;

#define INSN_OPERANDS_MAX 8
typedef struct InsnLayout {
    InsnOperand operands[INSN_OPERANDS_MAX]; /* fixed ones, in order, without S and T */
    unsigned count;
    unsigned fixed_words; /* words of the fixed part */
    char list;            /* 'S', 'T' or 0 */
    unsigned list_half;   /* first half word (16 bit) of an S list, counted from the start */
    unsigned list_count;  /* elements of the list or rows of the table */
    unsigned words;       /* of all */
} InsnLayout;

/* Decodes the instruction at `code` of which `room` words may be read. False: unknown token or not
   whole. An S list starts at the next free half word behind the fixed operands; a T table at the
   next free word. */
bool insn_decode(const uint32_t *code, size_t room, InsnLayout *layout);

/* Writes an instruction. Operands are put in the order of their letters; each put checks its range.
   `words` has room for any instruction's fixed part; lists are put one by one with insn_put too. */
typedef struct InsnWriter {
    uint32_t *words;
    size_t room;
    size_t bits;         /* written so far, from the start of the instruction */
    const char *letters; /* what comes next */
    bool failed;         /* out of room or out of range */
} InsnWriter;
void insn_start(InsnWriter *w, uint32_t *words, size_t room, unsigned token);
void insn_put(InsnWriter *w, int64_t value);
/* To the next free word: where a T table starts. */
void insn_align(InsnWriter *w);
/* Elements of an S list (16 bit each) and words or halves of a T table. */
void insn_put_half(InsnWriter *w, uint32_t half);
void insn_put_word(InsnWriter *w, uint32_t word);
/* Pads to a word; returns the number of words. */
size_t insn_finish(InsnWriter *w);

#endif
