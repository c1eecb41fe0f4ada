/* SPDX-License-Identifier: Apache-2.0 */
/* term.h - the layout of Erlang terms in machine words. */
#ifndef TERM_TERM_H
#define TERM_TERM_H

/* A Term is one machine word (32 or 64 bit). Its low bits tell what it is:

       ....................00   small integer, value in the upper WORD_BITS-2 bits, signed
       ....................01   cons: pointer to two words, head and tail
       ....................10   boxed: pointer to a header word and what follows it
       ..................0011   pid of this node:   28 bits (or more) of number
       ..................0111   port of this node:  likewise
       ................001011   atom: index in the atom table
       ................011011   nil, the empty list
       ................101011   catch: a word offset in the code of the frame's module
       ................111011   none: not a term; what a native returns that raised. Never 0.
       ..................1111   header of a boxed object: size and kind. Never in a register.

   A header is [size | kind (4 bits) | 1111]: `size` is the number of words that follow it.
   Raw aligned pointers (funs' entries, exports, return addresses) look like small integers, so that
   the collector may scan objects made of them and of terms.

   Invariants:
   - A boxed or cons term points to words that are initialised completely.
   - While the collector runs, the header of a moved object is replaced by its new boxed term; the
     head of a moved cons by TERM_NONE, its tail by the new cons term.
   - Nothing here allocates. Readers never write. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include "base/inline.h"

typedef uintptr_t Term;
typedef intptr_t Word; /* Signed value of a small integer. */

#define WORD_BYTES sizeof(Term)
#define WORD_BITS (8 * (int)sizeof(Term))

enum { TAG_SMALL = 0, TAG_CONS = 1, TAG_BOXED = 2, TAG_OTHER = 3 };
enum { TAG_PID = 0x3, TAG_PORT = 0x7, TAG_IMMEDIATE = 0xB, TAG_HEADER = 0xF };
enum { TAG_ATOM = 0x0B, TAG_NIL = 0x1B, TAG_CATCH = 0x2B, TAG_NONE = 0x3B };

#define TERM_NIL ((Term)TAG_NIL)
#define TERM_NONE ((Term)TAG_NONE)

/* ---- Small integers ---- */

#define SMALL_BITS (WORD_BITS - 2)
#define SMALL_MAX ((Word)(((uintptr_t)1 << (SMALL_BITS - 1)) - 1))
#define SMALL_MIN (-SMALL_MAX - 1)

INLINE bool is_small(Term t) { return (t & 3) == TAG_SMALL; }
INLINE Word small_value(Term t) { return (Word)t >> 2; }
INLINE Term make_small(Word v) { return (Term)v << 2; }
INLINE bool fits_small(Word v) { return v >= SMALL_MIN && v <= SMALL_MAX; }
INLINE bool are_small(Term a, Term b) { return ((a | b) & 3) == 0; }

/* ---- Immediates ---- */

INLINE bool is_atom(Term t) { return (t & 0x3F) == TAG_ATOM; }
INLINE uint32_t atom_index(Term t) { return (uint32_t)(t >> 6); }
INLINE Term make_atom(uint32_t index) { return ((Term)index << 6) | TAG_ATOM; }
INLINE bool is_nil(Term t) { return t == TERM_NIL; }
INLINE bool is_none(Term t) { return t == TERM_NONE; }

INLINE bool is_catch(Term t) { return (t & 0x3F) == TAG_CATCH; }
INLINE uint32_t catch_offset(Term t) { return (uint32_t)(t >> 6); }
INLINE Term make_catch(uint32_t offset) { return ((Term)offset << 6) | TAG_CATCH; }

/* Pids and ports of this node: `number` is PID_BITS wide; how it splits into a table index and a
   serial is the process table's affair (process/table.h). */
#define PID_BITS (WORD_BITS - 4)
INLINE bool is_local_pid(Term t) { return (t & 0xF) == TAG_PID; }
INLINE bool is_local_port(Term t) { return (t & 0xF) == TAG_PORT; }
INLINE uintptr_t pid_number(Term t) { return t >> 4; }
INLINE Term make_local_pid(uintptr_t number) { return (number << 4) | TAG_PID; }
INLINE Term make_local_port(uintptr_t number) { return (number << 4) | TAG_PORT; }

INLINE bool is_immediate(Term t) { return (t & 3) == TAG_SMALL || (t & 3) == TAG_OTHER; }

/* ---- Cons cells ---- */

INLINE bool is_cons(Term t) { return (t & 3) == TAG_CONS; }
INLINE bool is_list(Term t) { return is_cons(t) || is_nil(t); }
INLINE Term *cons_ptr(Term t) { return (Term *)(t - TAG_CONS); }
INLINE Term cons_head(Term t) { return cons_ptr(t)[0]; }
INLINE Term cons_tail(Term t) { return cons_ptr(t)[1]; }
INLINE Term make_cons(const Term *p) { return (Term)p + TAG_CONS; }
/* Writes a cons of `head` and `tail` at `p` (two words). */
INLINE Term cons_put(Term *p, Term head, Term tail)
{
    p[0] = head;
    p[1] = tail;
    return make_cons(p);
}

/* ---- Boxed objects ---- */

typedef enum Kind {
    KIND_TUPLE,    /* size = arity; elements */
    KIND_MAP,      /* flat map: tuple of keys, then values in their order; size = 1 + count */
    KIND_HASHMAP,  /* root or node of a hash trie, see heap/map.h; all words are terms */
    KIND_RECORD,   /* native record (OTP 29): definition tuple, then the values */
    KIND_FUN,      /* FunEntry *, creator pid, then the environment */
    KIND_EXPORT,   /* fun M:F/A: Export * */
    KIND_FLOAT,    /* raw: 8 bytes of a double. From here on words may be raw. */
    KIND_BIG_POS,  /* raw: magnitude in limbs of a word, least significant first, top limb not 0 */
    KIND_BIG_NEG,  /* likewise, negative */
    KIND_REF,      /* raw: struct Ref; references of this node */
    KIND_EXTERNAL, /* raw: struct External; pid, port or reference of another node */
    KIND_BIN_HEAP, /* raw: byte size in one word, then the bytes */
    KIND_BIN_REFC, /* struct RefcBin: off-heap bytes, counted; linked in its heap's off-heap list */
    KIND_BIN_SUB,  /* struct SubBin: part of a heap or refc binary, or a bit string */
    KIND_MATCH,    /* struct MatchContext; in registers and frames only, never in other terms */
    KIND_RESOURCE  /* struct ResourceRef: a magic reference to what the VM owns; off-heap list */
} Kind;

#define HEADER_SIZE_SHIFT 8
#define HEADER_SIZE_MAX (((size_t)-1) >> HEADER_SIZE_SHIFT)
INLINE Term make_header(Kind kind, size_t size)
{
    return ((Term)size << HEADER_SIZE_SHIFT) | ((Term)kind << 4) | TAG_HEADER;
}
INLINE bool is_header(Term w) { return (w & 0xF) == TAG_HEADER; }
INLINE Kind header_kind(Term h) { return (Kind)((h >> 4) & 0xF); }
INLINE size_t header_size(Term h) { return h >> HEADER_SIZE_SHIFT; }
/* True for kinds all of whose words are terms (or raw aligned pointers): plain copying scans
   them. */
INLINE bool kind_is_plain(Kind k) { return k <= KIND_EXPORT; }

INLINE bool is_boxed(Term t) { return (t & 3) == TAG_BOXED; }
INLINE Term *boxed_ptr(Term t) { return (Term *)(t - TAG_BOXED); }
INLINE Term boxed_header(Term t) { return *boxed_ptr(t); }
INLINE Kind boxed_kind(Term t) { return header_kind(boxed_header(t)); }
INLINE Term make_boxed(const Term *p) { return (Term)p + TAG_BOXED; }
INLINE bool is_kind(Term t, Kind k) { return is_boxed(t) && boxed_kind(t) == k; }

/* Tuples: elements are consecutive words, 1-based in Erlang, 0-based here. */
#define TUPLE_MAX_ARITY ((size_t)0xFFFFFF) /* as on OTP; other kinds may be larger on 64 bit */
INLINE bool is_tuple(Term t) { return is_kind(t, KIND_TUPLE); }
INLINE size_t tuple_arity(Term t) { return header_size(boxed_header(t)); }
INLINE Term *tuple_elements(Term t) { return boxed_ptr(t) + 1; }
INLINE bool is_tuple_of(Term t, size_t arity)
{
    return is_boxed(t) && boxed_header(t) == make_header(KIND_TUPLE, arity);
}
/* Writes {a, b} at `p` (three words). */
INLINE Term pair_put(Term *p, Term a, Term b)
{
    p[0] = make_header(KIND_TUPLE, 2);
    p[1] = a;
    p[2] = b;
    return make_boxed(p);
}

/* Floats. */
#define FLOAT_WORDS (8 / WORD_BYTES)
INLINE bool is_float(Term t) { return is_kind(t, KIND_FLOAT); }
INLINE double float_value(Term t)
{
    double d;
    memcpy(&d, boxed_ptr(t) + 1, sizeof d);
    return d;
}
/* Writes a float object at `p` (1 + FLOAT_WORDS words). */
INLINE Term float_put(Term *p, double d)
{
    p[0] = make_header(KIND_FLOAT, FLOAT_WORDS);
    memcpy(p + 1, &d, sizeof d);
    return make_boxed(p);
}

/* Big integers: always outside the range of small ones. */
INLINE bool is_big(Term t)
{
    return is_boxed(t) && (boxed_kind(t) == KIND_BIG_POS || boxed_kind(t) == KIND_BIG_NEG);
}
INLINE bool big_is_negative(Term t) { return boxed_kind(t) == KIND_BIG_NEG; }
INLINE size_t big_size(Term t) { return header_size(boxed_header(t)); }
INLINE uintptr_t *big_limbs(Term t) { return (uintptr_t *)boxed_ptr(t) + 1; }
INLINE bool is_integer(Term t) { return is_small(t) || is_big(t); }
INLINE bool is_number(Term t) { return is_integer(t) || is_float(t); }

/* References of this node: 96 bits of number; an alias names the process it leads to. */
typedef struct Ref {
    Term header;
    uint32_t number[3]; /* number[0] has 18 significant bits, as on OTP. */
    uint32_t is_alias;  /* 1: `owner` is the pid that a message to this reference reaches. */
    Term owner;         /* TERM_NIL where is_alias is 0. */
} Ref;
#define REF_SIZE (sizeof(Ref) / WORD_BYTES - 1)

struct Node; /* term/node.h: never freed, so references to it are not counted. */

/* Pid, port or reference of another node (or of an earlier life of this one). */
typedef struct External {
    Term header;
    struct Node *node;
    Term tag; /* TAG_PID, TAG_PORT, or the atom 'reference' tag TAG_HEADER as a small integer. */
    uint32_t data[6]; /* pid: number, serial; port: low, high; reference: count in data[5], words */
} External;
#define EXTERNAL_SIZE (sizeof(External) / WORD_BYTES - 1)
enum { EXTERNAL_PID = 0, EXTERNAL_PORT = 1, EXTERNAL_REF = 2 }; /* small_value(tag) */
INLINE bool is_external(Term t, Word tag)
{
    return is_kind(t, KIND_EXTERNAL) && small_value(((External *)boxed_ptr(t))->tag) == tag;
}

INLINE bool is_pid(Term t) { return is_local_pid(t) || is_external(t, EXTERNAL_PID); }
INLINE bool is_port(Term t) { return is_local_port(t) || is_external(t, EXTERNAL_PORT); }
INLINE bool is_ref(Term t)
{
    return is_kind(t, KIND_REF) || is_kind(t, KIND_RESOURCE) || is_external(t, EXTERNAL_REF);
}

/* Funs. */
struct FunEntry; /* term/fun.h */
struct Export;   /* term/export.h */
typedef struct Fun {
    Term header; /* size = 2 + number of free variables */
    struct FunEntry *entry;
    Term creator; /* pid */
    Term env[];
} Fun;
#define FUN_SIZE 2
INLINE bool is_local_fun(Term t) { return is_kind(t, KIND_FUN); }
INLINE bool is_export_fun(Term t) { return is_kind(t, KIND_EXPORT); }
INLINE bool is_fun(Term t) { return is_local_fun(t) || is_export_fun(t); }
INLINE Fun *fun_ptr(Term t) { return (Fun *)boxed_ptr(t); }
INLINE size_t fun_free_count(Term t) { return header_size(boxed_header(t)) - FUN_SIZE; }
INLINE struct Export *export_of(Term t) { return (struct Export *)boxed_ptr(t)[1]; }

/* Binaries. Everything a program can see as a bitstring is one of BIN_HEAP, BIN_REFC, BIN_SUB. */
typedef struct OffHeap { /* Common start of objects in a heap's off-heap list. */
    Term header;
    struct OffHeap *next;
} OffHeap;

struct Bytes; /* heap/binary.h: the counted block */
typedef struct RefcBin {
    Term header;
    struct OffHeap *next;
    struct Bytes *bytes;
    const uint8_t *data; /* Start of this binary's bytes inside the block. */
    uintptr_t size;      /* In bytes. */
} RefcBin;
#define REFC_BIN_SIZE (sizeof(RefcBin) / WORD_BYTES - 1)

typedef struct SubBin {
    Term header;
    uintptr_t bit_offset; /* From the first bit of `whole`. */
    uintptr_t bit_size;
    uintptr_t is_writable; /* The end of a refc binary with room behind it: see heap/bits.h. */
    Term whole;            /* A BIN_HEAP or BIN_REFC. */
} SubBin;
#define SUB_BIN_SIZE (sizeof(SubBin) / WORD_BYTES - 1)

typedef struct MatchContext {
    Term header;
    uintptr_t bit_offset; /* Next bit to read, from `data`. */
    uintptr_t bit_end;    /* First bit behind the matched bits. */
    const uint8_t *data;  /* First byte of `whole`; the collector updates it for a BIN_HEAP. */
    Term whole;           /* A BIN_HEAP or BIN_REFC. */
} MatchContext;
#define MATCH_SIZE (sizeof(MatchContext) / WORD_BYTES - 1)

INLINE bool is_bitstring(Term t)
{
    if (!is_boxed(t)) return false;
    Kind k = boxed_kind(t);
    return k >= KIND_BIN_HEAP && k <= KIND_BIN_SUB;
}

/* Where the bits of a bitstring are: `data` plus `bit_offset` (0..7). Valid until the next
   collection of a heap that owns it. */
typedef struct BitSpan {
    const uint8_t *data;
    uintptr_t bit_offset;
    uintptr_t bit_size;
} BitSpan;
BitSpan bitstring_span(Term t);
INLINE uintptr_t bitstring_bits(Term t)
{
    Term *p = boxed_ptr(t);
    switch (header_kind(p[0])) {
    case KIND_BIN_HEAP: return p[1] * 8;
    case KIND_BIN_REFC: return ((RefcBin *)p)->size * 8;
    default: return ((SubBin *)p)->bit_size;
    }
}
INLINE bool is_binary(Term t) { return is_bitstring(t) && bitstring_bits(t) % 8 == 0; }

/* A magic reference: what the program sees is a reference; what it holds is a Resource. */
struct Resource; /* heap/resource.h */
typedef struct ResourceRef {
    Term header;
    struct OffHeap *next;
    struct Resource *resource;
    uint32_t number[3];
    uint32_t unused;
} ResourceRef;
#define RESOURCE_REF_SIZE (sizeof(ResourceRef) / WORD_BYTES - 1)

/* Maps. */
INLINE bool is_flat_map(Term t) { return is_kind(t, KIND_MAP); }
INLINE bool is_hash_map(Term t) { return is_kind(t, KIND_HASHMAP); }
INLINE bool is_map(Term t) { return is_flat_map(t) || is_hash_map(t); }
INLINE size_t flat_map_count(Term t) { return header_size(boxed_header(t)) - 1; }
INLINE Term flat_map_keys(Term t) { return boxed_ptr(t)[1]; } /* a tuple, sorted */
INLINE Term *flat_map_values(Term t) { return boxed_ptr(t) + 2; }

INLINE bool is_native_record(Term t) { return is_kind(t, KIND_RECORD); }

/* Number of elements of a proper list in `*length`; false if `t` is not a proper list. */
bool list_length(Term t, size_t *length);

#endif
