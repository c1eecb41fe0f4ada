/* SPDX-License-Identifier: Apache-2.0 */
/* erlang_display.c - writing to the console at once, for those who look for errors. */

#include "base/utf8.h"
#include "mote/port.h"
#include "natives/support.h"
#include "term/print.h"
#include "term/release.h"
#include "term/span.h"

/* Writes in pieces of this size. */
enum { PIECE = 256, PRINT_LIMIT = 1000000 };

typedef struct ConsoleSink {
    Sink sink;
    int stream;
    size_t used;
    char bytes[PIECE];
} ConsoleSink;

static void flush(ConsoleSink *console)
{
    if (console->used) port_write(console->stream, console->bytes, console->used);
    console->used = 0;
}

static void write_console(Sink *sink, const char *text, size_t size)
{
    ConsoleSink *console = (ConsoleSink *)sink;
    while (size > 0) {
        size_t room = PIECE - console->used, some = size < room ? size : room;
        memcpy(console->bytes + console->used, text, some);
        console->used += some;
        text += some;
        size -= some;
        if (console->used == PIECE) flush(console);
    }
}

static Term display_term(int stream, Term t, const char *end)
{
    ConsoleSink console = {{write_console}, stream, 0, {0}};
    term_print(&console.sink, t, PRINT_LIMIT);
    sink_text(&console.sink, end);
    flush(&console);
    return A(true);
}

/* The end of the line is OTP's, for terminals in raw mode. */
static Term erlang_display_1(Process *p, Term *args)
{
    (void)p;
    return display_term(1, args[0], "\r\n");
}

/* mote:display_error(Term) -> true: to standard error. It takes no memory. */
static Term mote_display_error_1(Process *p, Term *args)
{
    (void)p;
    return display_term(2, args[0], "\n");
}

static Term display_bytes(ConsoleSink *console, BitSpan span)
{
    for (size_t i = 0; i < span.bit_size / 8; i++) {
        uint8_t byte = span_byte(span, i);
        write_console(&console->sink, (const char *)&byte, 1);
    }
    flush(console);
    return A(true);
}

static Term display_text(Process *p, int stream, Term text)
{
    ConsoleSink console = {{write_console}, stream, 0, {0}};
    if (release_has_display_bytes() && is_binary(text))
        return display_bytes(&console, bitstring_span(text));
    for (Term l = text; is_cons(l); l = cons_tail(l)) {
        Term code = cons_head(l);
        bool is_code = is_natural(code) && small_value(code) <= 0x10FFFF &&
                       utf8_is_code_point((uint32_t)small_value(code));
        if (!is_code) return badarg(p);
    }
    for (; is_cons(text); text = cons_tail(text)) {
        uint8_t bytes[4];
        size_t size = utf8_encode((uint32_t)small_value(cons_head(text)), bytes);
        write_console(&console.sink, (const char *)bytes, size);
    }
    flush(&console);
    return is_nil(text) ? A(true) : badarg(p);
}

static Term erlang_display_string_1(Process *p, Term *args) { return display_text(p, 1, args[0]); }

static Term erlang_display_string_2(Process *p, Term *args)
{
    if (atom_is(args[0], "stdout")) return display_text(p, 1, args[1]);
    return atom_is(args[0], "stderr") ? display_text(p, 2, args[1]) : badarg(p);
}

static Term erlang_display_nl_0(Process *p, Term *args)
{
    (void)p;
    (void)args;
    port_write(1, "\r\n", 2);
    return A(true);
}

static const Native erlang_display_natives[] = {
    NATIVE(erlang, display, 1, CHARGED),
    NATIVE(erlang, display_string, 1, CHARGED),
    NATIVE(erlang, display_string, 2, CHARGED | SINCE_OTP(27)),
    NATIVE(erlang, display_nl, 0, CONSTANT),
    NATIVE(mote, display_error, 1, CHARGED),
};
NATIVE_TABLE(erlang_display);
