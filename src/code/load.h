/* SPDX-License-Identifier: Apache-2.0 */
/* load.h - what stands between a .beam file and its module. Private to code/. */
#ifndef CODE_LOAD_H
#define CODE_LOAD_H

/* Everything that can be refused is looked at first; then the module's block is made in one piece:

       Module | functions | funs | files | literal words | pool | code | points | strings
                                                               ^ base                        */

#include "code/lower.h"

/* A literal of the file, or an integer that its code holds. */
typedef struct Literal {
    Term value;   /* TERM_NONE until it is built */
    size_t words; /* SIZE_MAX: not used */
} Literal;

typedef struct Loading {
    BeamFile file;
    BeamError error;
    uint8_t md5[16];
    Lower lower;
    Label *labels;
    Term *atoms;
    Export **imports;
    FunEntry **funs;
    BeamFun *fun_rows;
    uint32_t *fun_functions; /* function of each fun */
    Literal *literals;       /* of the file, then the integers */
    uint32_t literal_count;
    Term *record_words; /* of native records: name, is exported, count, then field, has default,
                           default */
    uint32_t record_count, record_word_count, record_room;
    size_t heap_words; /* of all literal terms of the module */
    Term *top;         /* next free one of them */
} Loading;

bool load_fail(Loading *l, const char *chunk, size_t offset, const char *what, uint64_t number);

/* ---- Literals (load_literal.c) ---- */

/* Reads native records, finds which literals are used, how many words all take. */
bool load_measure(Loading *l);
/* Builds them at l->top: the module's terms, and those that the pool stands for. */
bool load_build(Loading *l, Module *module);
/* The term behind a placeholder; others are as they are. */
Term load_resolve(const Loading *l, Term t);

#endif
