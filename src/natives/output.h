/* SPDX-License-Identifier: Apache-2.0 */
/* output.h - bytes written one after the other that become a binary. */
#ifndef NATIVES_OUTPUT_H
#define NATIVES_OUTPUT_H

#include "base/bitcopy.h"
#include "heap/binary.h"
#include "natives/work.h"

/* The first bytes stand inside, on the C stack of the native; more go into the counted block
   that the binary is made of in the end. Whoever started an output ends it: output_finish,
   output_save or output_drop. */

typedef struct Output {
    uint8_t *data;
    size_t size, room; /* bytes; `data` has room for one more, which may be incomplete */
    unsigned bits;     /* of the byte at `size` that are written: 0..7 */
    Bytes *block;      /* or NULL: data is `first` */
    uint8_t first[256];
} Output;

static inline void output_init(Output *o)
{
    o->data = o->first;
    o->size = o->bits = 0;
    o->room = sizeof o->first - 1;
    o->block = NULL;
}

bool output_grow(Output *o, size_t bytes);
/* Makes sure that `bytes` more fit. False: out of memory. */
static inline bool output_reserve(Output *o, size_t bytes)
{
    return o->room - o->size >= bytes || output_grow(o, bytes);
}

/* Appends; false: out of memory. */
bool output_put(Output *o, const void *bytes, size_t size);
bool output_put_span(Output *o, BitSpan span);

/* The binary, or bitstring. TERM_NONE: out of memory, raised. */
Term output_finish(Process *p, Output *o);
void output_drop(Output *o);

/* Across slices: a reference that keeps the bytes. TERM_NONE: out of memory, raised. */
Term output_save(Process *p, Output *o);
void output_restore(Output *o, Term saved);
/* Yields with {walk, Output} as the state. TERM_NONE for `walk`: it was raised, the output is
   dropped. */
Term output_yield(Process *p, Output *o, Term walk);

#endif
