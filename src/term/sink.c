/* SPDX-License-Identifier: Apache-2.0 */
/* sink.c - where text goes, and formatted text. */
#include "term/print.h"

static void buffer_write(Sink *sink, const char *text, size_t size)
{
    BufferSink *buffer = (BufferSink *)sink;
    size_t left = buffer->room - buffer->used;
    if (size > left) size = left;
    if (size == 0) return;
    memcpy(buffer->buffer + buffer->used, text, size);
    buffer->used += size;
}

void buffer_sink_init(BufferSink *sink, char *buffer, size_t room)
{
    *sink = (BufferSink){.sink = {buffer_write}, .buffer = buffer, .room = room};
}

void sink_text(Sink *sink, const char *text)
{
    sink->write(sink, text, strlen(text));
}

static void write_number(Sink *sink, uint64_t value, unsigned base)
{
    char digits[20];
    size_t at = sizeof digits;
    do {
        digits[--at] = "0123456789abcdef"[value % base];
        value /= base;
    } while (value != 0);
    sink->write(sink, digits + at, sizeof digits - at);
}

void sink_u64(Sink *sink, uint64_t value)
{
    write_number(sink, value, 10);
}

static void write_signed(Sink *sink, int64_t value)
{
    if (value < 0) sink->write(sink, "-", 1);
    write_number(sink, value < 0 ? 0 - (uint64_t)value : (uint64_t)value, 10);
}

/* One conversion, `long_one` for %l..; the list of arguments is shared with the caller. */
static void write_conversion(Sink *sink, size_t limit, char conversion, bool long_one,
                             va_list *arguments)
{
    char c;
    switch (conversion) {
    case 's': sink_text(sink, va_arg(*arguments, const char *)); break;
    case 'c':
        c = (char)va_arg(*arguments, int);
        sink->write(sink, &c, 1);
        break;
    case 'd':
        write_signed(sink, long_one ? va_arg(*arguments, long) : va_arg(*arguments, int));
        break;
    case 'u':
    case 'x': {
        unsigned long value =
            long_one ? va_arg(*arguments, unsigned long) : va_arg(*arguments, unsigned);
        write_number(sink, value, conversion == 'u' ? 10 : 16);
        break;
    }
    case 'T': term_print(sink, va_arg(*arguments, Term), limit); break;
    default: sink->write(sink, &conversion, 1); break;
    }
}

void sink_vformat(Sink *sink, size_t limit, const char *format, va_list arguments)
{
    va_list left;
    va_copy(left, arguments);
    while (*format != '\0') {
        size_t plain = strcspn(format, "%");
        if (plain > 0) sink->write(sink, format, plain);
        format += plain;
        if (*format == '\0') break;
        format++;
        bool long_one = *format == 'l';
        if (long_one) format++;
        if (*format != '\0') write_conversion(sink, limit, *format++, long_one, &left);
    }
    va_end(left);
}

void sink_format(Sink *sink, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    sink_vformat(sink, SIZE_MAX, format, arguments);
    va_end(arguments);
}
