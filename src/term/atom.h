/* SPDX-License-Identifier: Apache-2.0 */
/* atom.h - the table of atoms. */
#ifndef TERM_ATOM_H
#define TERM_ATOM_H

/* Atoms are numbered. The VM's own come first, in the order of term/atoms.def, always all; then
   those made at run time, in segments that are appended to and never move, so that a text can be
   read without a lock (design D23). Atoms are never freed. Texts are UTF-8, at most 255 characters.
   Interning an atom that is new takes a lock; all else does not. */

#include "term/term.h"

/* ATOM_ok, ATOM_error, ... as constant Terms. Some texts are not C names: ATOM_'s spelling is the
   first column of atoms.def, the text the second. */
enum AtomIndex {
#define ATOM(name, text) ATOM_INDEX_##name,
#include "term/atoms.def"
#undef ATOM
    ATOM_INDEX_COUNT
};
#define ATOM_TERM(index) (((Term)(index) << 6) | TAG_ATOM)
/* Use as A(ok): greppable, and one spelling for `case` labels too. */
#define A(name) ATOM_TERM(ATOM_INDEX_##name)

/* Sets up the table; `limit` is the most atoms there may ever be. False: out of memory. */
bool atom_init(uint32_t limit);

/* The atom with `size` bytes of valid UTF-8 `text`. TERM_NONE: the table is full or out of memory.
   The caller has checked the text (atom_text_check). */
Term atom_intern(const char *text, size_t size);
Term atom_intern_z(const char *text); /* NUL-terminated */

/* The atom if it exists already, else TERM_NONE. */
Term atom_find(const char *text, size_t size);

/* True if `text` is valid UTF-8 of at most 255 characters. */
bool atom_text_check(const char *text, size_t size);

/* The text, not NUL-terminated; never freed. */
const char *atom_text(Term atom, size_t *size);

/* True for the atom with this text; for names that are too rare to be atoms of every VM. */
bool atom_is(Term t, const char *text);

/* Its phash2 hash value, computed from the text. */
uint32_t atom_hash(Term atom);

/* -1, 0 or 1: by text, as Erlang does. */
int atom_compare(Term a, Term b);

uint32_t atom_count(void);
uint32_t atom_limit(void);

#endif
