/* SPDX-License-Identifier: Apache-2.0 */
/* number_steps.c - texts of integers of any length, in steps. */

#include "heap/number_steps.h"
#include "heap/number_parts.h"

/* ---- From digits ---- */

#define TAKE_MAX 128 /* digits: at most INTEGER_READER_SLACK - 1 limbs, in base 36 of 32 bits */

void integer_reader_init(IntegerReader *reader, unsigned base, size_t room)
{
    *reader = (IntegerReader){.base = base, .room = room, .power = 1};
    Limb power = base;
    for (reader->chunk = 1; power <= (Limb)-1 / base; reader->chunk++) power *= base;
}

size_t integer_reader_step(const IntegerReader *reader)
{
    size_t digits = STEP_LIMBS / (reader->size + 1) * reader->chunk;
    if (digits < reader->chunk) return reader->chunk;
    size_t most = reader->base <= 10 ? TAKE_MAX / 2 : TAKE_MAX / 4;
    return digits < most ? digits : most;
}

size_t integer_reader_cost(const IntegerReader *reader, size_t digits)
{
    return digits + digits * (reader->size + 1) / reader->chunk;
}

static void push_chunk(IntegerReader *reader)
{
    Limb carry = limbs_mul_small(reader->limbs, reader->size, reader->power, reader->part);
    if (reader->size == 0) carry = reader->part;
    if (carry) reader->limbs[reader->size++] = carry;
    reader->part = 0;
    reader->power = 1;
    reader->pending = 0;
}

size_t integer_reader_take(IntegerReader *reader, const char *text, size_t count)
{
    size_t taken = 0;
    for (; taken < count; taken++) {
        unsigned value = number_digit_value(text[taken]);
        if (value >= reader->base) break;
        reader->part = reader->part * reader->base + value;
        reader->power *= reader->base;
        if (++reader->pending == reader->chunk) push_chunk(reader);
    }
    return taken;
}

void integer_reader_finish(IntegerReader *reader)
{
    if (reader->pending) push_chunk(reader);
}

bool integer_reader_is_full(const IntegerReader *reader)
{
    return reader->size > INTEGER_LIMBS_MAX;
}

/* ---- To digits ---- */

#define BLOCK_LIMBS 64 /* the divisor of a step, at most */

size_t integer_writer_bytes(Term big, unsigned base)
{
    return sizeof(IntegerWriter) + 3 * (big_size(big) + 1) * sizeof(Limb) +
           integer_text_size(big, base);
}

void integer_writer_init(IntegerWriter *writer, Term big, unsigned base)
{
    size_t size = big_size(big);
    *writer = (IntegerWriter){.base = base,
                              .negative = big_is_negative(big),
                              .size = size,
                              .row = size + 1,
                              .room = integer_text_size(big, base)};
    memcpy(writer->limbs, big_limbs(big), size * sizeof(Limb));
}

static char *text_end(const IntegerWriter *writer)
{
    return (char *)(writer->limbs + 3 * writer->row) + writer->room - writer->length;
}

const char *integer_writer_text(const IntegerWriter *writer) { return text_end(writer); }

/* Digits of `limbs`, which are destroyed, in front of the text; with zeros up to `width`. */
static void put_digits(IntegerWriter *writer, Limb *limbs, size_t size, size_t width)
{
    char digits[BLOCK_LIMBS * LIMB_BITS + 2];
    size_t count = limbs_to_text(digits, limbs, size, writer->base);
    if (count < width) {
        memset(text_end(writer) - width, '0', width - count);
    } else {
        width = count;
    }
    memcpy(text_end(writer) - count, digits, count);
    writer->length += width;
}

static void put_last(IntegerWriter *writer, Limb *limbs)
{
    put_digits(writer, limbs, writer->size, 0);
    writer->size = 0;
    if (!writer->negative) return;
    writer->length++;
    *text_end(writer) = '-';
}

/* The divisor of a step: a power of the base of not more than `limbs` limbs; its digits. */
static size_t block_power(unsigned base, size_t limbs, Limb *power, size_t *size)
{
    unsigned chunk = 1;
    size_t digits = 0;
    Limb factor = base;
    for (; factor <= (Limb)-1 / base; chunk++) factor *= base;
    power[0] = 1;
    *size = 1;
    for (size_t i = 0; i < limbs; i++, digits += chunk) {
        Limb carry = limbs_mul_small(power, *size, factor, 0);
        if (carry) power[(*size)++] = carry;
    }
    return digits;
}

bool integer_writer_step(IntegerWriter *writer, size_t *cost)
{
    Limb power[BLOCK_LIMBS + 1], scratch[BLOCK_LIMBS + 1];
    Limb *from = writer->limbs + writer->current * writer->row;
    *cost += BLOCK_LIMBS * BLOCK_LIMBS;
    if (writer->size <= BLOCK_LIMBS) {
        if (writer->size) put_last(writer, from);
        return false;
    }
    size_t block = STEP_LIMBS / writer->size, size, rest;
    if (block > BLOCK_LIMBS / 2) block = BLOCK_LIMBS / 2;
    size_t digits = block_power(writer->base, block ? block : 1, power, &size);
    unsigned next = (writer->current + 1) % 3;
    Limb *to = writer->limbs + next * writer->row;
    Limb *remainder = writer->limbs + (writer->current + 2) % 3 * writer->row;
    *cost += writer->size * size;
    limbs_divide(to, &writer->size, remainder, &rest, from, writer->size, power, size, scratch);
    put_digits(writer, remainder, rest, digits);
    writer->current = (uint8_t)next;
    return true;
}
