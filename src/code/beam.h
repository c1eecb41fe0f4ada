/* SPDX-License-Identifier: Apache-2.0 */
/* beam.h - reads .beam files: chunks, tables, operands. Knows bytes only, no terms of the VM. */
#ifndef CODE_BEAM_H
#define CODE_BEAM_H

/* Made for hostile input (design D15): every index and size is checked before it is used, errors
   name the chunk and the offset in it, memory is bounded by the file's size (inflated literals: by
   1032 times theirs). Texts and literals are pointers into the caller's bytes or into `inflated`.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct BeamError {
    char text[160]; /* "Code chunk, offset 12: unknown opcode 250" */
} BeamError;

typedef struct BeamBytes {
    const uint8_t *bytes;
    size_t size;
} BeamBytes;

typedef struct BeamImport {
    uint32_t module, function, arity; /* atom numbers of the file, from 1 */
} BeamImport;
typedef struct BeamExport {
    uint32_t function, arity, label;
} BeamExport;
typedef struct BeamFun {
    uint32_t function, arity, label, index, free_count, old_uniq;
} BeamFun;
typedef struct BeamLine {
    uint32_t file, line; /* file 0: the module's own source, else files[file - 1] */
} BeamLine;

enum {
    BEAM_ATOMS,
    BEAM_CODE,
    BEAM_STRINGS,
    BEAM_IMPORTS,
    BEAM_EXPORTS,
    BEAM_LOCALS,
    BEAM_FUNS,
    BEAM_LITERALS,
    BEAM_LINES,
    BEAM_TYPES,
    BEAM_RECORDS,
    BEAM_ATTRIBUTES,
    BEAM_COMPILE_INFO,
    BEAM_META,
    BEAM_CHUNKS
};

typedef struct BeamFile {
    BeamBytes chunks[BEAM_CHUNKS];
    BeamBytes code; /* instructions, behind the chunk's header */
    uint32_t label_count, function_count;
    uint32_t atom_count, import_count, export_count, fun_count, literal_count, line_count,
        file_count;
    uint32_t type_count;
    bool atoms_are_latin1;
    BeamBytes *atoms; /* [0] unused */
    BeamBytes *literals;
    BeamLine *lines; /* [0]: no location */
    BeamBytes *files;
    uint8_t *inflated;
    size_t inflated_size;
} BeamFile;

typedef bool BeamInflate(const uint8_t *src, size_t size, uint8_t *dst, size_t want);

/* Opens; `bytes` must outlive the file. `inflate` may be NULL: compressed literals are then
 * refused. */
bool beam_open(BeamFile *file, const uint8_t *bytes, size_t size, BeamInflate *inflate,
               BeamError *error);
void beam_close(BeamFile *file);

/* MD5 over what decides how the module behaves; funs without their own digests. */
void beam_digest(const BeamFile *file, uint8_t digest[16]);
/* The same of a file's bytes. False: damaged. */
bool beam_digest_of(const uint8_t *bytes, size_t size, uint8_t digest[16]);

/* Rows of tables; `i` below the count. False: damaged. */
bool beam_import(const BeamFile *file, uint32_t i, BeamImport *row, BeamError *error);
bool beam_export(const BeamFile *file, uint32_t i, BeamExport *row, BeamError *error);
bool beam_fun(const BeamFile *file, uint32_t i, BeamFun *row, BeamError *error);

/* ---- Instructions ---- */

enum GenericOp {
#define GENERIC(number, name, operands) GENERIC_##name = number,
#include "code/generic.def"
#undef GENERIC
    GENERIC_MAX
};
typedef enum BeamOperandKind {
    OPERAND_U,   /* value: unsigned */
    OPERAND_I,   /* value: signed integer of 64 bits */
    OPERAND_BIG, /* integer in big: two's complement, big-endian */
    OPERAND_NIL,
    OPERAND_ATOM, /* value: atom number */
    OPERAND_X,    /* value: register; type: index in the type chunk + 1, or 0 */
    OPERAND_Y,
    OPERAND_LABEL, /* value: 0 is none */
    OPERAND_LITERAL,
    OPERAND_FLOAT, /* float register */
    OPERAND_LIST   /* value: how many operands follow as its elements */
} BeamOperandKind;

typedef struct BeamOperand {
    BeamOperandKind kind;
    uint32_t type;
    int64_t value;
    BeamBytes big;
} BeamOperand;

typedef struct BeamInsn {
    uint32_t op;
    size_t offset; /* in the Code chunk's instructions */
    size_t count;
    BeamOperand *operands; /* valid until the next call */
} BeamInsn;

typedef struct BeamReader {
    const BeamFile *file;
    const char *chunk; /* its name, for errors */
    BeamBytes in;
    size_t position;
    BeamOperand *operands;
    size_t room;
    unsigned float_words, fun_words; /* what an allocation list's floats and funs take */
} BeamReader;

void beam_reader_init(BeamReader *reader, const BeamFile *file, unsigned float_words,
                      unsigned fun_words);
/* Reads native records instead: each is a call_last with the operands name, is exported, list of
   field and default (a u: none). False: a form of the chunk that is not known. */
bool beam_reader_init_records(BeamReader *reader, const BeamFile *file, BeamError *error);
void beam_reader_done(BeamReader *reader);
/* The next instruction. False: an error, or (error->text empty) the end. An allocation list is
   given as one OPERAND_U: its words in all. */
bool beam_next(BeamReader *reader, BeamInsn *insn, BeamError *error);
bool beam_fail(BeamError *error, const char *chunk, size_t offset, const char *what,
               uint64_t number);

#endif
