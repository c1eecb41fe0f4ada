/* SPDX-License-Identifier: Apache-2.0 */
/* module.h - a loaded module: its code words, pool of terms, and tables. */
#ifndef CODE_MODULE_H
#define CODE_MODULE_H

/* Lowered code is position independent: an array of 32-bit words. What is not a small number is
   reached through the module's pool, an array of machine words that ends where the code starts:

        pool[n-1] ... pool[1] pool[0] | code[0] code[1] ...
                                      ^ base: points at code[0]; pool[i] = ((Term *)base)[-1 - i]

   pool[0] is the Module *, then Export * (imports), FunEntry *, then constants: atoms, small
   integers, literal terms. All are words that look like terms to a scan.

   An *entry word* precedes every address that can be jumped to from outside its basic block or that
   a process can be stopped at: the start of a function, a return point, a resume point:

        bits 0..9   the frame's size in words (y registers) at a return or resume point;
                    at the start of a function: its arity
        bits 10..31 distance in words from base to the address behind the entry word

   so base = pc - (pc[-1] >> 10): a return restores it, and stacks are walked, without any table.
   Frames: at a function's start stack[0] is the return address. `allocate n` lowers stack by n:
   y(i) = stack[i], the return address is stack[n]. A call pushes its return address. Where an
   instruction fails in between, `module_point` tells the frame's size and the line.

   Generations: a name has at most a current and an old one, and one whose on_load function has not
   returned yet. Loading makes the current one old, a purge removes the old one. Lookups take no
   lock; changes take the code lock. */

#include <stdatomic.h>
#include "heap/heap.h"
#include "term/export.h"
#include "term/fun.h"

#define ENTRY_FRAME_BITS 10
#define ENTRY_FRAME_MAX 1023
static inline uint32_t entry_word(uint32_t distance, uint32_t frame)
{
    return (distance << ENTRY_FRAME_BITS) | frame;
}
static inline const uint32_t *entry_base(const uint32_t *pc)
{
    return pc - (pc[-1] >> ENTRY_FRAME_BITS);
}
static inline uint32_t entry_frame(const uint32_t *pc) { return pc[-1] & ENTRY_FRAME_MAX; }
static inline Term pool_term(const uint32_t *base, uint32_t i)
{
    return ((const Term *)base)[-1 - (Word)i];
}

typedef struct Function {
    uint32_t offset; /* of its first instruction (behind the entry word), in words from base */
    Term name;
    uint32_t arity;
    bool is_exported;
} Function;

/* Where things can fail: from `offset` (words) on, up to the next Point. */
typedef struct Point {
    uint32_t offset;
    uint32_t frame : 11; /* words; FRAME_NONE where there is no frame */
    uint32_t file : 8;   /* index in files; 0: the module's own source */
    uint32_t unused : 13;
    uint32_t line; /* 0: unknown */
} Point;
#define FRAME_NONE 2047

/* A fun of a module: what its entry becomes when the module is made current. */
typedef struct LoadedFun {
    FunEntry *entry;
    uint32_t function; /* index in functions */
    uint32_t arity, free_count;
} LoadedFun;

typedef struct Module {
    Term name;
    const uint32_t *base;
    uint32_t code_words;
    uint32_t pool_words;
    uint32_t function_count, point_count, file_count, fun_count;
    Function *functions; /* in order of offset */
    Point *points;       /* likewise */
    Term *files;         /* literal strings (lists) of file names; files[0]: name with ".erl" */
    LoadedFun *funs;
    const uint8_t *strings; /* StrT */
    uint32_t string_bytes;
    uint32_t on_load;              /* offset of the on_load function, 0: none */
    Term attributes, compile_info; /* literal terms */
    Term records; /* literal list of {Definition, Default...}, one for each record (OTP 29);
                    a default is [] where there is none, else [Default] */
    struct TracePoint **traced; /* by functions; NULL: none was ever traced (vm/trace_point.h) */
    uint8_t md5[16];
    void *block; /* all of it: one block of the literal range */
    size_t block_bytes;
} Module;

static inline Module *module_of(const uint32_t *base) { return (Module *)pool_term(base, 0); }

/* The current generation, or NULL. Readers are inside an epoch. */
Module *module_find(Term name);
/* The old generation, or NULL. */
Module *module_old(Term name);
/* The one whose on_load function has not returned, or NULL. */
Module *module_pending(Term name);
/* The module whose code contains `pc`, current or old, or NULL. */
Module *module_at(const uint32_t *pc);
/* Frame size and line at `pc` (the address of, or inside, a failing instruction). */
const Point *module_point(const Module *module, const uint32_t *pc);
const Function *module_function_at(const Module *module, const uint32_t *pc);
/* The entry of `records` for that name, a tuple, or TERM_NONE. */
Term module_record(const Module *module, Term name);
/* Calls `visit` for each current generation until it returns false. */
void module_each(bool (*visit)(Module *module, void *context), void *context);

/* ---- Loading ---- */

typedef struct LoadError {
    char text[200]; /* "foo.beam: Code chunk, offset 123: unknown opcode 250" without the file name
                     */
} LoadError;

typedef bool Inflate(const uint8_t *src, size_t size, uint8_t *dst, size_t want);

/* Reads, checks and lowers a .beam into a module that is not yet visible. NULL: refused. */
Module *module_prepare(const uint8_t *bytes, size_t size, Inflate *inflate, LoadError *error);
/* Makes it the current generation: points exports and funs at it. Natives keep their exports. The
   one before it, if any, stays as the old one until it is purged. A module with an on_load function
   is pending until module_keep. False: an old or a pending one is still there (not_purged), or out
   of memory; the module stays the caller's. */
bool module_commit(Module *module);
/* Makes the pending module current. False: there is none, or an old one is still there. */
bool module_keep(Term name);
/* Drops a prepared module that was not committed. */
void module_discard(Module *module);
/* Removes the current generation's exports, making it old. False: there is none, or an old one is
   still there. */
bool module_delete(Term name);
/* A purge of the old generation, or of the pending module, begins: nobody enters its code from now
   on, as its funs have none. False: there is none, or another purge is under way. */
bool module_purge_begin(Term name, bool pending);
bool module_is_purging(Term name);
/* The module of that name that is being purged, or else the old one, or NULL. */
Module *module_leaving(Term name);
/* The purge ends. `complete`: no process runs the code any more; it is forgotten, but its block
   stays, as terms may still refer to its literals. Else all is as it was. False: there is no
   such purge, or no memory to complete it with. */
bool module_purge_end(Term name, bool complete);

bool module_init(void);

#endif
