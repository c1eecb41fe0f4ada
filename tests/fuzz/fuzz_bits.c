/* SPDX-License-Identifier: Apache-2.0 */
/* fuzz_bits.c - the bit syntax: what is matched builds the same bits again, and no bitstring ever
   changes. */

/* Input: the size of a first bitstring (one byte) and its bytes, then steps: each a byte that says
   which, and the numbers it needs. Beside each bitstring stands a copy of it, a byte for a bit. */
#include <stdlib.h>
#include <string.h>
#include "base/memory.h"
#include "fuzz.h"
#include "heap/bits.h"
#include "term/atom.h"
#include "term/compare.h"
#include "term/export.h"
#include "term/fun.h"
#include "term/node.h"

enum { VALUES = 4, BITS_MAX = 4096, STEPS_MAX = 200 };

static const uint32_t missing[2];
static const uint8_t *input;
static size_t input_left;
static Heap heap;

static struct {
    Term values[VALUES]; /* bitstrings */
    Term context, last;  /* last: what was matched */
} roots;
static uint8_t copies[VALUES][BITS_MAX];
static unsigned matched; /* which value the context is of */
static uintptr_t start;  /* of the context's first bit in its data */

void fuzz_start(void)
{
    FUZZ_CHECK(atom_init(1 << 20) && export_init(missing + 1) && fun_init() && node_init());
    memory_limit_set((size_t)64 << 20);
}

static unsigned next_byte(void)
{
    if (input_left == 0) return 0;
    input_left--;
    return *input++;
}

/* Mostly small, sometimes just what is left, sometimes far too much. */
static uintptr_t next_size(uintptr_t left)
{
    unsigned byte = next_byte();
    if (byte < 160) return byte;
    if (byte < 220) return (uintptr_t)byte * next_byte();
    if (byte < 245) return left - (byte - 220);
    return UINTPTR_MAX >> (byte - 245);
}

/* ---- Bits, the slow way ---- */

static unsigned bit_of(BitSpan span, uintptr_t i)
{
    uintptr_t at = span.bit_offset + i;
    return span.data[at / 8] >> (7 - at % 8) & 1;
}

static bool has_bits(Term t, const uint8_t *bits, uintptr_t count)
{
    BitSpan span = bitstring_span(t);
    if (span.bit_size != count || bitstring_bits(t) != count) return false;
    for (uintptr_t i = 0; i < count; i++)
        if (bit_of(span, i) != bits[i]) return false;
    return true;
}

static void set_value(unsigned i, Term t)
{
    BitSpan span = bitstring_span(t);
    roots.values[i] = t;
    for (uintptr_t at = 0; at < span.bit_size; at++) copies[i][at] = (uint8_t)bit_of(span, at);
}

static void check_values(void)
{
    for (unsigned i = 0; i < VALUES; i++)
        FUZZ_CHECK(has_bits(roots.values[i], copies[i], bitstring_bits(roots.values[i])));
}

/* ---- Matching ---- */

static MatchContext *context(void) { return match_context(roots.context); }
static const uint8_t *ahead(void) { return copies[matched] + (context()->bit_offset - start); }

static bool build_again(BitBuilder *b, unsigned kind, uintptr_t bits, unsigned flags)
{
    switch (kind) {
    case 0: return builder_integer(b, roots.last, bits, flags);
    case 1: return builder_float(b, roots.last, bits, flags);
    case 2: return builder_bits(b, roots.last, bits);
    case 3: return builder_utf8(b, roots.last);
    case 4: return builder_utf16(b, roots.last, flags);
    default: return builder_utf32(b, roots.last, flags);
    }
}

static Term match(unsigned kind, uintptr_t bits, unsigned flags, bool *oom)
{
    switch (kind) {
    case 0: return match_integer(&heap, context(), bits, flags, oom);
    case 1: return match_float(&heap, context(), bits, flags, oom);
    case 2: return match_binary(&heap, context(), bits, oom);
    case 3: return match_utf8(context());
    case 4: return match_utf16(context(), flags);
    default: return match_utf32(context(), flags);
    }
}

/* A value that was matched, built with the same size and flags, must be the bits it was made of. */
static void match_value(unsigned kind)
{
    static const unsigned sizes[] = {16, 32, 64};
    bool oom = false;
    unsigned flags = next_byte() & (BITS_LITTLE | BITS_SIGNED);
    uintptr_t left = match_left(context()), bits = next_size(left), used;
    if (kind == 1) bits = sizes[bits % 3];
    const uint8_t *expected = ahead();
    Term value = match(kind, bits, flags, &oom);
    used = left - match_left(context());
    FUZZ_CHECK(!is_none(value) || used == 0);
    if (is_none(value)) {
        FUZZ_CHECK(oom || kind != 0 || bits > left);
        return;
    }
    roots.last = value;
    FUZZ_CHECK(kind > 2 || used == bits);
    if (kind == 0 && !(flags & BITS_SIGNED)) FUZZ_CHECK(term_compare(value, make_small(0)) >= 0);
    BitBuilder b;
    if (!builder_start(&b, &heap, used)) return;
    FUZZ_CHECK(build_again(&b, kind, used, flags) && b.bit_offset == b.bit_end);
    FUZZ_CHECK(has_bits(builder_finish(&b), expected, used));
}

static void match_rest(void)
{
    bool oom = false;
    Term tail = match_tail(&heap, context(), &oom);
    if (!oom) FUZZ_CHECK(has_bits(tail, ahead(), match_left(context())));
}

static void skip(void)
{
    uintptr_t left = match_left(context()), bits = next_size(left);
    FUZZ_CHECK(match_skip(context(), bits) == (bits <= left));
    FUZZ_CHECK(match_left(context()) == (bits <= left ? left - bits : left));
}

static void match_text(void)
{
    uint8_t text[32] = {0};
    uintptr_t left = match_left(context()), bits = next_byte();
    bool same = bits <= left;
    if (next_byte() % 4) { /* what is there, or nearly */
        for (uintptr_t i = 0; same && i < bits; i++)
            text[i / 8] |= (uint8_t)(ahead()[i] << (7 - i % 8));
        text[next_byte() % 32] ^= (uint8_t)(next_byte() % 2 * 0x40);
    }
    for (uintptr_t i = 0; same && i < bits; i++)
        same = ahead()[i] == (text[i / 8] >> (7 - i % 8) & 1);
    FUZZ_CHECK(match_bytes(context(), text, bits) == same);
    FUZZ_CHECK(match_left(context()) == (same ? left - bits : left));
}

static void start_match(void)
{
    unsigned i = next_byte() % VALUES;
    Term t = match_start(&heap, roots.values[i]);
    if (is_none(t)) return;
    roots.context = t;
    matched = i;
    start = context()->bit_offset;
    FUZZ_CHECK(match_left(context()) == bitstring_bits(roots.values[i]));
}

/* ---- Building ---- */

/* A value and some of another; the first may be extended where it stands. */
static void append(void)
{
    unsigned to = next_byte() % VALUES, which = next_byte() % VALUES, from = next_byte() % VALUES;
    Term first = roots.values[which], second = roots.values[from];
    uintptr_t size = bitstring_bits(first), more = next_size(bitstring_bits(second));
    unsigned unit = next_byte() % 16;
    BitBuilder b;
    bool good = builder_append(&b, &heap, first, more, unit);
    FUZZ_CHECK(!good || unit < 2 || size % unit == 0);
    if (!good) return;
    bool fits = builder_bits(&b, second, more);
    FUZZ_CHECK(fits == (more <= bitstring_bits(second)));
    if (!fits || size + more > BITS_MAX) return;
    Term result = builder_finish(&b);
    FUZZ_CHECK(bitstring_bits(result) == size + more);
    BitSpan span = bitstring_span(result);
    for (uintptr_t i = 0; i < size + more; i++)
        FUZZ_CHECK(bit_of(span, i) == (i < size ? copies[which][i] : copies[from][i - size]));
    if (to != matched) set_value(to, result);
}

/* Numbers and wrong types into too little room, or enough. */
static void build(void)
{
    BitBuilder b;
    unsigned kind = next_byte() % 6, flags = next_byte() & (BITS_LITTLE | BITS_SIGNED);
    uintptr_t room = next_size(64), bits = next_size(room);
    if (room > BITS_MAX || !builder_start(&b, &heap, room)) return;
    if (!build_again(&b, kind, bits, flags)) {
        FUZZ_CHECK(b.bit_offset == 0 || kind == 4);
    } else {
        FUZZ_CHECK(b.bit_offset <= b.bit_end);
    }
}

static void cut(void)
{
    unsigned to = next_byte() % VALUES, which = next_byte() % VALUES;
    uintptr_t bits = bitstring_bits(roots.values[which]), from = next_byte(), size = next_byte();
    if (to == matched || from > bits || size > bits - from) return;
    Term part = bitstring_part(&heap, roots.values[which], from, size);
    if (is_none(part)) return;
    FUZZ_CHECK(has_bits(part, copies[which] + from, size));
    set_value(to, part);
}

static void collect(void)
{
    size_t cost = 0;
    RootSet set = {(Term *)&roots, sizeof roots / sizeof(Term)};
    FUZZ_CHECK(heap_collect(&heap, 100, &set, 1, &cost));
}

static void step(unsigned which)
{
    switch (which % 16) {
    case 6: match_rest(); break;
    case 7: skip(); break;
    case 8: match_text(); break;
    case 9: start_match(); break;
    case 10:
    case 11: append(); break;
    case 12: build(); break;
    case 13: cut(); break;
    case 14: collect(); break;
    case 15: roots.last = roots.values[which / 16 % VALUES]; break;
    default: match_value(which % 16); break;
    }
}

bool fuzz_one(const uint8_t *bytes, size_t size)
{
    if (size < 2) return false;
    input = bytes + 1;
    input_left = size - 1;
    heap = (Heap){.min_size = 233};
    if (!heap_init(&heap, 233)) return false;
    size_t first = bytes[0] < input_left ? bytes[0] : input_left;
    Term t = binary_from(&heap, input, first);
    input += first;
    input_left -= first;
    for (unsigned i = 0; i < VALUES; i++) set_value(i, t);
    matched = 0;
    start = 0;
    roots.last = make_small(1);
    roots.context = match_start(&heap, t);
    for (unsigned i = 0; i < STEPS_MAX && input_left > 0; i++) {
        step(next_byte());
        check_values();
    }
    heap_done(&heap);
    return true;
}
