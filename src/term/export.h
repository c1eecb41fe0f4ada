/* SPDX-License-Identifier: Apache-2.0 */
/* export.h - the table of exported functions: what M:F/A leads to. */
#ifndef TERM_EXPORT_H
#define TERM_EXPORT_H

/* One Export per M:F/A that anything has named so far, loaded or not. Exports are never freed and
   never move: instructions, `fun M:F/A` terms and natives point at them. `code` always points at an
   instruction that can be jumped to: the function; a stub that calls the native; or the shared
   instruction `call_missing`, for a function that is not loaded. code[-1] is an entry word
   (code/module.h). */

#include <stdatomic.h>
#include "term/term.h"

struct Native; /* include/mote/native.h */

typedef struct Export {
    _Atomic(const uint32_t *) code;   /* What a call runs. Changed atomically by (re)loading. */
    const struct Native *native;      /* The native of this name, or NULL. */
    Term module, function;            /* atoms */
    uint32_t arity;
    _Atomic(uint32_t) flags;          /* EXPORT_* */
    const uint32_t *stub;             /* code for a native: its call stub, or NULL */
} Export;
enum {
    EXPORT_LOADED = 1,    /* A loaded module exports it. */
    EXPORT_IN_ERLANG = 2, /* Its native stands for a function that OTP has in Erlang. */
};

/* True if its function is a native. That never changes; which row of a table it is does, while it is
   traced. */
static inline bool export_is_native(const Export *e) { return e->stub != NULL; }

/* `missing_code`: what `code` of a function that is not loaded points at. */
bool export_init(const uint32_t *missing_code);
const uint32_t *export_missing_code(void);

/* The entry, made if it is not there. NULL: out of memory. */
Export *export_intern(Term module, Term function, unsigned arity);
/* The entry or NULL. */
Export *export_find(Term module, Term function, unsigned arity);

/* Calls `visit` for each, in no order, until it returns false. */
void export_each(bool (*visit)(Export *e, void *context), void *context);

/* True if a call of it reaches code or a native. */
bool export_is_callable(const Export *e);

#endif
