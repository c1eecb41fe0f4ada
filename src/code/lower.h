/* SPDX-License-Identifier: Apache-2.0 */
/* lower.h - from generic BEAM code to Mote's instructions. Private to code/. */
#ifndef CODE_LOWER_H
#define CODE_LOWER_H

/* One pass over the Code chunk emits words; labels are patched at its end. Where a label turns out to be
   out of reach of 16 bits, the module is lowered once more with `wide` set: each such label then goes
   through a jump behind its instruction. Where a label is met whose frame is not known yet (nothing
   before it jumps there), a second pass knows it. */

#include "code/beam.h"
#include "code/insn.h"
#include "code/module.h"

typedef struct Fixup {
    uint32_t start; /* word of the instruction that labels are relative to */
    uint32_t bit;   /* of the operand, from `start` */
    uint32_t label;
    char letter;
} Fixup;

/* An emitted instruction, for fusing the next one with it. */
typedef struct Emitted {
    uint32_t start, token, fixups, line;
    int64_t values[INSN_OPERANDS_MAX];
} Emitted;

typedef struct Lower {
    BeamFile *file;
    BeamError *error;
    Module *module;
    size_t beam_offset; /* of the instruction being lowered, for errors */

    uint32_t *code;
    uint32_t count, room; /* words */
    InsnWriter writer;    /* of the instruction being emitted */
    uint32_t start;       /* its first word */
    int64_t values[INSN_OPERANDS_MAX];
    unsigned token;

    uint32_t *label_at;   /* word of each label; UINT32_MAX: not met */
    uint16_t *label_frame; /* frame of each label; FRAME_UNKNOWN */
    Fixup *fixups;
    uint32_t fixup_count, fixup_room;
    Point *points;
    uint32_t point_count, point_room;
    Function *functions;
    uint32_t function_count;

    Term *pool;           /* words, index 0 first */
    uint32_t pool_count, pool_room;
    uint32_t *pool_index; /* hash table of pool indexes + 1 */
    uint32_t pool_slots;
    Term *atoms;          /* of the file, as terms */
    Term *literals;
    Export **imports;
    FunEntry **funs;

    uint32_t frame;       /* y registers now, FRAME_NONE without a frame */
    uint32_t line;        /* index in file->lines */
    uint32_t last_label;  /* for func_info */
    uint32_t on_load;
    unsigned scratch;     /* scratch registers used by this instruction */
    struct { unsigned slot; uint16_t to; } moves[4]; /* results that go to far registers */
    unsigned move_count;
    Emitted last[2];      /* [0]: newest; token INSN_COUNT: none */
    bool wide, frames_unknown, too_far, failed, ended;
} Lower;
#define FRAME_UNKNOWN 0xFFFF

/* Ends lowering with an error at the current instruction. */
void lower_fail(Lower *c, const char *what, uint64_t number);

/* Lowers the whole file; false: c->error. */
bool lower_module(Lower *c);

/* ---- Emitting (lower.c) ---- */

void lower_start(Lower *c, unsigned token, const int64_t *values, unsigned count);
void lower_half(Lower *c, uint32_t half);
void lower_word(Lower *c, uint32_t word);
/* A label of 16 bits in a table. */
void lower_label_half(Lower *c, uint32_t label);
void lower_end(Lower *c);
void lower_emit(Lower *c, unsigned token, const int64_t *values, unsigned count);
/* A whole instruction with its fixed operands; labels as label numbers, E as the frame's size. */
#define EMIT(c, token, ...)                                                                   \
    lower_emit(c, INSN_##token, (const int64_t[]){0, ##__VA_ARGS__} + 1,                      \
               sizeof((const int64_t[]){0, ##__VA_ARGS__}) / sizeof(int64_t) - 1)
#define EMIT_START(c, token, ...)                                                             \
    lower_start(c, INSN_##token, (const int64_t[]){0, ##__VA_ARGS__} + 1,                     \
                sizeof((const int64_t[]){0, ##__VA_ARGS__}) / sizeof(int64_t) - 1)
/* Takes the newest instruction back. */
void lower_retract(Lower *c);
/* What follows cannot be reached except by a label. */
void lower_unreachable(Lower *c);
/* Size of the frame for an entry word. */
uint32_t lower_frame(const Lower *c);

/* ---- Operands (lower_operand.c) ---- */

uint32_t lower_pool(Lower *c, Term word);
uint32_t lower_import(Lower *c, int64_t import); /* pool index of its Export */
/* Value of a constant operand; *is_constant tells whether it is one. */
Term lower_constant(Lower *c, const BeamOperand *o, bool *is_constant);
bool lower_is_register(const BeamOperand *o);
/* An x or y register that a byte reaches, or else a scratch register that it was moved to. */
unsigned lower_r(Lower *c, const BeamOperand *o);
/* The same for a result; a far one is moved there by lower_results. */
unsigned lower_result(Lower *c, const BeamOperand *o);
void lower_results(Lower *c);
uint16_t lower_s(Lower *c, const BeamOperand *o);
uint16_t lower_s_term(Lower *c, Term t);
/* True if the operand is this kind of register and a byte reaches it. */
bool lower_is_x(const BeamOperand *o);
bool lower_is_y(const BeamOperand *o);
/* The unsigned number of an operand; fails if it is none or above max. */
uint32_t lower_u(Lower *c, const BeamOperand *o, uint32_t max);
uint32_t lower_label(Lower *c, const BeamOperand *o); /* label number, 0: none */

/* ---- Instructions by theme: true if the opcode is theirs ---- */

bool lower_control(Lower *c, const BeamInsn *insn);
bool lower_test(Lower *c, const BeamInsn *insn);
bool lower_data(Lower *c, const BeamInsn *insn);
bool lower_arith(Lower *c, const BeamInsn *insn);
bool lower_match(Lower *c, const BeamInsn *insn);
bool lower_build(Lower *c, const BeamInsn *insn);

#endif
