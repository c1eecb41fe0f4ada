/* SPDX-License-Identifier: Apache-2.0 */
/* program.h - a match specification in its compiled form. */
#ifndef MATCH_PROGRAM_H
#define MATCH_PROGRAM_H

/* One instruction has three parts. A clause is a row of instructions that take the row at hand
   apart, then those that compute its guards and its result on a stack:

       CLAUSE next   TUPLE 1 2   EQUAL 1 a   BIND 2   PATTERN_END   GUARDS...   BODY   RESULT

   Registers: [0] points at the registers themselves, [1] is the row. Whatever a pattern opens or
   binds goes to the next register, so that its number is known when the program is made. A part is
   named by `base`, a register that points at words, and `index`: the word.

   The specification is copied once, or borrowed for a short time; constants are parts of it, or
   immediates. A program is not changed after it was made and may be run by many at once. */

#include "heap/copy.h"
#include "heap/resource.h"

enum MatchOp {
    /* Patterns: fail where the part at hand, base[index], is something else. */
    MATCH_CLAUSE,      /* x: where the next clause starts */
    MATCH_EQUAL_WORD,  /* x: an immediate constant */
    MATCH_EQUAL,       /* x: any constant; =:= */
    MATCH_EQUAL_FLOAT, /* x: a float, with the same bits */
    MATCH_BIND,        /* to the next register */
    MATCH_SAME,        /* x: a register; =:= */
    MATCH_OPEN_TUPLE,  /* x: arity */
    MATCH_OPEN_CONS,
    MATCH_OPEN_MAP,
    MATCH_MAP_GET,     /* of a map; x: the key, a constant; the value goes to the next register */
    MATCH_PATTERN_END,
    /* Expressions */
    MATCH_CONSTANT, /* x: a constant */
    MATCH_REGISTER, /* x: a register */
    MATCH_SELF,
    MATCH_NODE,
    MATCH_CALL,  /* x: in `guards`; index: arity */
    MATCH_TUPLE, /* x: arity */
    MATCH_LIST,  /* x: elements before the tail */
    MATCH_MAP,   /* x: pairs */
    MATCH_AND,   /* x: operands */
    MATCH_OR,
    MATCH_AND_ALSO, /* x: where to go with `false`; with `true` it is dropped */
    MATCH_OR_ELSE,
    MATCH_ACTION, /* x: enum MatchAction; index: operands */
    MATCH_GUARD,  /* fails unless true */
    MATCH_DROP,   /* the value of an action */
    MATCH_BODY,  /* from here on calls that fail give 'EXIT' */
    MATCH_RESULT
};

/* What a specification of the dialect of tracing may do (match/run.h: MatchRun.act). */
enum MatchAction {
    MATCH_MESSAGE,
    MATCH_SILENT,
    MATCH_RETURN_TRACE,
    MATCH_EXCEPTION_TRACE,
    MATCH_ENABLE_TRACE,
    MATCH_DISABLE_TRACE,
    MATCH_TRACE,
    MATCH_CALLER,
    MATCH_CALLER_LINE,
    MATCH_PROCESS_DUMP,
    MATCH_DISPLAY,
    MATCH_GET_WORD, /* the trace control word */
    MATCH_SET_WORD,
    MATCH_IS_SEQ_TRACE,
    MATCH_GET_SEQ_TOKEN,
    MATCH_SET_SEQ_TOKEN
};

typedef struct MatchInsn {
    uint32_t op : 8, index : 24;
    uint32_t base;
    uint32_t x;
} MatchInsn;

enum { MATCH_CODE_INSIDE = 24, MATCH_CONSTANTS_INSIDE = 8 };

typedef struct MatchProgram {
    Resource resource; /* first */
    Term spec; /* [{Pattern, Guards, Body}]; in `block`, or borrowed where words is 0 */
    OffHeap *off_heap;
    size_t words; /* of `spec`, behind this struct */
    MatchInsn *code;
    uint32_t count, code_room;
    Term *constants;
    uint32_t constant_count, constant_room;
    uint32_t registers, stack; /* the most that a clause needs */
    /* Where short ones have their code and constants. */
    MatchInsn first_code[MATCH_CODE_INSIDE];
    Term first_constants[MATCH_CONSTANTS_INSIDE];
    Term block[];
} MatchProgram;

/* The program that a reference stands for, or NULL. */
MatchProgram *match_program_of(Term t);
/* The number of a variable '$Number', or -1. */
int64_t match_variable(Term t);

#endif
