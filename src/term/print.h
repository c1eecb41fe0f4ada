/* SPDX-License-Identifier: Apache-2.0 */
/* print.h - terms as text, as erlang:display/1 and the emulator's own reports print them. */
#ifndef TERM_PRINT_H
#define TERM_PRINT_H

#include <stdarg.h>
#include "term/term.h"

/* Receives text piece by piece. */
typedef struct Sink {
    void (*write)(struct Sink *sink, const char *text, size_t size);
} Sink;

/* A sink into a caller's buffer; cuts off silently, `used` never exceeds `room`. */
typedef struct BufferSink {
    Sink sink;
    char *buffer;
    size_t room, used;
} BufferSink;
void buffer_sink_init(BufferSink *sink, char *buffer, size_t room);

/* At most `limit` elements or characters of strings are printed, then "..."; likewise where there
   is no memory for a deep term. No recursion. */
void term_print(Sink *sink, Term t, size_t limit);

/* "<0.1.0>", "#Ref<0.1.2.3>", "#Port<0.1>", "#Fun<m.1.2>": as the *_to_list natives give them. */
void pid_print(Sink *sink, Term pid);
void ref_print(Sink *sink, Term ref);
void port_print(Sink *sink, Term port);
void fun_print(Sink *sink, Term fun);
/* Atom with quotes where needed. */
void atom_print(Sink *sink, Term atom);

void sink_text(Sink *sink, const char *text);
void sink_u64(Sink *sink, uint64_t value); /* in decimal */
void sink_format(Sink *sink, const char *format, ...); /* %s %u %d %x %c %lu %T (Term) only */
/* The same with term_print's `limit` for each term. */
void sink_vformat(Sink *sink, size_t limit, const char *format, va_list arguments);

#endif
