/* SPDX-License-Identifier: Apache-2.0 */
/* lower.h - from generic BEAM code to Mote's instructions. Private to code/. */
#ifndef CODE_LOWER_H
#define CODE_LOWER_H

/* One pass over the Code chunk emits words; labels are patched at its end. Where a label turns out
   to be out of reach of 16 bits, the module is lowered once more with `wide` set: each such label
   then goes through a jump behind its instruction.

   Frames are walked exactly (design D17), so that the size of the frame must be known at each
   instruction. It is followed from each function's start; a label has the frame of what leads to
   it.
   - What follows an exit and a label to which nothing has led so far is not lowered. If something
     leads there later, another pass is made.
   - Compilers let code with different frames share blocks that only raise. Such a label gets a
     *variant* for each further size: its block once more, at the end of the function.

   Literals and big integers stand in the pool as placeholders until the module's block is made. */

#include "code/beam.h"
#include "code/insn.h"
#include "code/module.h"

#define NOWHERE UINT32_MAX
#define FRAME_UNKNOWN 0xFFFF

typedef struct Label {
    uint32_t at;     /* word; NOWHERE: not met yet in this pass */
    uint32_t offset; /* where it stands in the generic code */
    uint32_t line;   /* that holds there */
    uint16_t frame;  /* FRAME_NONE, FRAME_UNKNOWN */
    bool is_entry;   /* of a function */
    bool is_dead;    /* was met when nothing had led to it */
} Label;

typedef struct Variant {
    uint32_t label, at;
    uint16_t frame;
} Variant;

typedef struct Fixup {
    uint32_t start; /* word of the instruction that labels are relative to */
    uint32_t bit;   /* of the operand, from `start` */
    uint32_t label; /* or label count + variant */
    char letter;
    bool is_call; /* must lead to a function */
} Fixup;

#define LOWER_HISTORY 4
/* An emitted instruction, for fusing the next one with it. */
typedef struct Emitted {
    uint32_t start, token, fixups, line;
    int64_t values[INSN_OPERANDS_MAX];
} Emitted;

/* One way of a selection. */
typedef struct SelectRow {
    Term value;
    uint32_t label;
} SelectRow;

typedef struct Lower {
    const BeamFile *file;
    BeamError *error;
    size_t beam_offset; /* of the instruction being lowered, for errors */

    uint32_t *code;
    uint32_t count, room; /* words */
    InsnWriter writer;    /* of the instruction being emitted */
    uint32_t start;       /* its first word */
    int64_t values[INSN_OPERANDS_MAX];
    unsigned token;

    Label *labels; /* file->label_count */
    Variant *variants;
    uint32_t variant_count, variant_room;
    uint32_t variants_done; /* all before it stand somewhere */
    size_t variant_budget;  /* instructions of variants that may still be lowered */
    Fixup *fixups;
    uint32_t fixup_count, fixup_room;
    Point *points;
    uint32_t point_count, point_room;
    Function *functions;
    uint32_t function_count, function_room;

    Term *pool; /* words, index 0 first */
    uint32_t pool_count, pool_room;
    uint32_t *pool_index; /* hash table of pool indexes + 1 */
    uint32_t pool_slots;
    BeamBytes *bigs; /* integers behind placeholders */
    uint32_t big_count, big_room;
    Term module;       /* its name */
    const Term *atoms; /* of the file, as terms; [0] is [] */
    Export **imports;
    FunEntry **funs;
    const BeamFun *fun_rows;

    uint16_t *halves; /* sources of a list, collected before its instruction is started */
    uint32_t half_count, half_room;
    SelectRow *rows; /* of a selection */
    uint32_t row_count, row_room;
    uint32_t frame; /* y registers now; FRAME_NONE: no frame; FRAME_UNKNOWN: not reachable */
    uint32_t line;  /* index in file->lines */
    uint32_t last_label;
    uint32_t on_load;
    const Export *stub; /* the function being lowered is this native: its body is not wanted */
    unsigned scratch;   /* scratch registers used by this instruction */
    struct {
        unsigned slot;
        uint16_t to;
    } moves[4]; /* results that go to far registers */
    unsigned move_count;
    Emitted last[LOWER_HISTORY]; /* [0]: newest; token INSN_COUNT: none */
    bool wide, again, too_far, failed, ended;
} Lower;

/* Ends lowering with an error at the current instruction; `number` UINT64_MAX: none. */
void lower_fail(Lower *c, const char *what, uint64_t number);
#define LOWER_NO_MEMORY "out of memory"
/* Room for `need` elements in a growing array. */
bool lower_grow(Lower *c, void *array, uint32_t *room, uint32_t need, size_t size);

/* Lowers the whole file; false: c->error. The caller has filled in file, error, labels (room for
   all), module, atoms, imports, funs, fun_rows, and frees all arrays with lower_done. */
bool lower_module(Lower *c);
void lower_done(Lower *c);

/* Words of the pool that stand for literal `i`, or big integer i - literal count, of the file. */
static inline Term literal_placeholder(uint32_t i) { return make_catch(i); }
static inline bool is_placeholder(Term t) { return is_catch(t); }
static inline uint32_t placeholder_index(Term t) { return catch_offset(t); }

/* ---- Emitting (lower_emit.c) ---- */

void lower_start(Lower *c, unsigned token, const int64_t *values, unsigned count);
void lower_half(Lower *c, uint32_t half);
void lower_word(Lower *c, uint32_t word);
/* A label of 16 bits in a table. */
void lower_label_half(Lower *c, uint32_t label);
void lower_end(Lower *c);
void lower_emit(Lower *c, unsigned token, const int64_t *values, unsigned count);
/* A whole instruction with its fixed operands; labels as label numbers, E as the frame's size. */
#define EMIT(c, token, ...)                                              \
    lower_emit(c, INSN_##token, (const int64_t[]){0, ##__VA_ARGS__} + 1, \
               sizeof((const int64_t[]){0, ##__VA_ARGS__}) / sizeof(int64_t) - 1)
/* The same with the list c->halves behind it. */
#define EMIT_LIST(c, token, ...)                                            \
    (lower_start(c, INSN_##token, (const int64_t[]){__VA_ARGS__},           \
                 sizeof((const int64_t[]){__VA_ARGS__}) / sizeof(int64_t)), \
     lower_list(c))
void lower_list(Lower *c);
/* Who is stopped behind the newest instruction, whose last word is an entry word, is at `line`. */
void lower_note_resume(Lower *c, uint32_t line);
/* A word that is no instruction: a function's entry word. */
void lower_raw(Lower *c, uint32_t word);
/* Takes the newest instruction back. */
void lower_retract(Lower *c);
/* The next instruction is not to be fused with what was emitted before. */
void lower_forget(Lower *c);
/* What follows cannot be reached except by a label. */
void lower_unreachable(Lower *c);
/* Writes the distance to a label into its operand. */
void lower_patch(Lower *c, const Fixup *fixup, uint32_t target);
/* Size of the frame for an entry word. */
uint32_t lower_frame(const Lower *c);

/* Joins the newest instruction with what was emitted before, where that pays (lower_fuse.c). */
void lower_fuse(Lower *c);

/* ---- Labels (lower.c) ---- */

/* The number by which code with the present frame refers to `label`: its own or that of a variant.
 */
uint32_t lower_aim(Lower *c, uint32_t label);

/* ---- Operands (lower_operand.c) ---- */

uint32_t lower_pool(Lower *c, Term word);
/* The export of import number `import`, NULL after an error. */
Export *lower_import(Lower *c, const BeamOperand *o);
/* The value (or placeholder) of a constant operand; false: it is none. */
bool lower_constant(Lower *c, const BeamOperand *o, Term *t);
bool lower_is_register(const BeamOperand *o);
/* True if the operand is this kind of register and a byte reaches it. */
bool lower_is_x(const BeamOperand *o);
bool lower_is_y(const BeamOperand *o);
/* An x or y register that a byte reaches, or else a scratch register that it was moved to. */
unsigned lower_r(Lower *c, const BeamOperand *o);
/* The same for a result; a far one is moved there by lower_results. */
unsigned lower_result(Lower *c, const BeamOperand *o);
void lower_results(Lower *c);
uint16_t lower_s(Lower *c, const BeamOperand *o);
uint16_t lower_s_term(Lower *c, Term t);
/* An s operand that is a register. */
uint16_t lower_register(Lower *c, const BeamOperand *o);
/* A scratch register holding t. */
unsigned lower_scratch(Lower *c, Term t);
unsigned lower_take_scratch(Lower *c);
/* Puts t into register slot x. */
void lower_move_constant(Lower *c, unsigned slot, Term t);
/* The number of a y register inside the frame. */
uint32_t lower_y(Lower *c, const BeamOperand *o);
/* The unsigned number of an operand; fails if it is none or above max. */
uint32_t lower_u(Lower *c, const BeamOperand *o, uint32_t max);
uint32_t lower_live(Lower *c, const BeamOperand *o);
uint32_t lower_label(Lower *c, const BeamOperand *o); /* label number, 0: none */
/* Count of a list operand, a multiple of `multiple`, of at most 65535. */
uint32_t lower_count(Lower *c, const BeamOperand *o, uint32_t multiple);
/* Adds the next element of c->halves. */
void lower_half_add(Lower *c, uint16_t half);
/* c->halves := sources o[0] .. o[count-1]. */
void lower_sources(Lower *c, const BeamOperand *o, uint32_t count);
/* c->halves := pairs of source and destination. */
void lower_pairs(Lower *c, const BeamOperand *o, uint32_t count);
/* The size of a segment as a source; true if it is `all`. */
uint16_t lower_size(Lower *c, const BeamOperand *size);
bool lower_is_all(const Lower *c, const BeamOperand *size);
/* Fails unless the string stands inside of its chunk. */
void lower_check_string(Lower *c, uint32_t offset, uint32_t bytes);

/* ---- Instructions by theme: true if the opcode is theirs ---- */

bool lower_control(Lower *c, const BeamInsn *insn);
bool lower_message(Lower *c, const BeamInsn *insn);
bool lower_test(Lower *c, const BeamInsn *insn);
bool lower_select(Lower *c, const BeamInsn *insn);
bool lower_data(Lower *c, const BeamInsn *insn);
bool lower_arith(Lower *c, const BeamInsn *insn);
bool lower_match(Lower *c, const BeamInsn *insn);
bool lower_build(Lower *c, const BeamInsn *insn);

/* Flags of a bit syntax field (heap/bits.h): a number, [] or a literal list of atoms. */
unsigned lower_bit_flags(Lower *c, const BeamOperand *o);
/* Does what goes before x registers may be collected while more room is made. */
void lower_room(Lower *c, uint32_t words, uint32_t live);
void lower_move(Lower *c, const BeamOperand *from, const BeamOperand *to);

#endif
