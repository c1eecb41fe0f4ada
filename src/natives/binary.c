/* SPDX-License-Identifier: Apache-2.0 */
/* binary.c - natives of module binary, apart from searching. */
#include "heap/binary.h"
#include "base/memory.h"
#include "natives/support.h"
#include "natives/work.h"
#include "term/release.h"
#include "term/span.h"

/* ---- Bytes and parts ---- */

static Term byte_at(Process *p, Term binary, size_t index)
{
    if (!is_binary(binary) || index >= bitstring_bits(binary) / 8) return badarg(p);
    return make_small(span_byte(bitstring_span(binary), index));
}

static Term binary_at_2(Process *p, Term *args)
{
    return is_natural(args[1]) ? byte_at(p, args[0], (size_t)small_value(args[1])) : badarg(p);
}

static Term binary_first_1(Process *p, Term *args) { return byte_at(p, args[0], 0); }

static Term binary_last_1(Process *p, Term *args)
{
    if (!is_binary(args[0])) return badarg(p);
    return byte_at(p, args[0], bitstring_bits(args[0]) / 8 - 1);
}

static Term part(Process *p, Term binary, Term start, Term length)
{
    bool taken = release_has_strict_parts() ? is_binary(binary) : is_bitstring(binary);
    if (!taken || !is_natural(start) || !is_small(length)) return badarg(p);
    Word size = (Word)(bitstring_bits(binary) / 8), from = small_value(start);
    Word to = from + small_value(length);
    if (from > size || to < 0 || to > size) return badarg(p);
    if (to < from) {
        Word other = to;
        to = from;
        from = other;
    }
    return or_memory(p, binary_part(&p->heap, binary, (size_t)from, (size_t)(to - from)));
}

static Term binary_part_3(Process *p, Term *args) { return part(p, args[0], args[1], args[2]); }

static Term binary_part_2(Process *p, Term *args)
{
    if (!is_tuple_of(args[1], 2)) return badarg(p);
    return part(p, args[0], tuple_elements(args[1])[0], tuple_elements(args[1])[1]);
}

static Term binary_referenced_byte_size_1(Process *p, Term *args)
{
    if (!is_bitstring(args[0])) return badarg(p);
    if (release_has_whole_bytes() && !is_binary(args[0]))
        return make_integer(p, (int64_t)(bitstring_bits(args[0]) / 8));
    Term whole = args[0];
    if (is_kind(whole, KIND_BIN_SUB)) whole = ((const SubBin *)boxed_ptr(whole))->whole;
    const Term *binary = boxed_ptr(whole);
    if (header_kind(*binary) == KIND_BIN_HEAP) return make_integer(p, (int64_t)binary[1]);
    return make_integer(p, (int64_t)((const RefcBin *)binary)->bytes->size);
}

/* ---- copy/1,2 ---- */

/* The bytes of a new binary that nobody else has seen. */
static uint8_t *own_bytes(Term binary) { return (uint8_t *)(uintptr_t)bitstring_span(binary).data; }

/* Writes copies of `source` from `at` on. The state is {Binary, At}. */
static Term copy_step(Process *p, BitSpan source, Term binary, size_t at)
{
    uint8_t *to = own_bytes(binary);
    size_t one = source.bit_size / 8, size = bitstring_bits(binary) / 8;
    size_t budget = work_budget(p, COPIES_PER_REDUCTION), done = 0;
    if (at == 0) {
        span_copy(source, to, one);
        at = done = one;
    }
    while (at < size && done < budget) {
        /* All that is there already is a whole number of copies. */
        size_t piece = (budget - done) / one * one;
        if (piece < one) piece = one;
        if (piece > at) piece = at;
        if (piece > size - at) piece = size - at;
        memcpy(to + at, to, piece);
        at += piece;
        done += piece;
    }
    work_charge(p, done, COPIES_PER_REDUCTION);
    if (at == size) return binary;
    Term state[2] = {binary, make_small((Word)at)};
    return work_yield(p, state, 2);
}

static Term copies(Process *p, Term source, size_t count)
{
    Term state = work_state(p);
    BitSpan span = bitstring_span(source);
    if (!is_nil(state)) {
        const Term *saved = tuple_elements(state);
        return copy_step(p, span, saved[0], (size_t)small_value(saved[1]));
    }
    size_t one = span.bit_size / 8;
    if (one && count > SIZE_MAX / 16 / one) return raise_error(p, A(system_limit));
    Term binary = binary_make(&p->heap, one * count, NULL);
    if (is_none(binary)) return native_memory(p);
    return one && count ? copy_step(p, span, binary, 0) : binary;
}

static Term binary_copy_1(Process *p, Term *args)
{
    return is_binary(args[0]) ? copies(p, args[0], 1) : badarg(p);
}

static Term binary_copy_2(Process *p, Term *args)
{
    size_t count;
    if (!is_binary(args[0]) || !integer_to_size(args[1], &count)) return badarg(p);
    return copies(p, args[0], count);
}

/* ---- Numbers ---- */

static bool read_order(Term t, bool *big)
{
    *big = t == A(big);
    return *big || t == A(little);
}

static Term decode_unsigned(Process *p, Term binary, bool big)
{
    const uint8_t *bytes;
    size_t size;
    uint8_t *temporary;
    if (!is_binary(binary)) return badarg(p);
    if (!binary_bytes_aligned(binary, &bytes, &size, &temporary)) return native_memory(p);
    Term number = integer_from_bytes(&p->heap, bytes, size, false, big);
    if (temporary) memory_free(temporary, size);
    work_charge(p, size, COPIES_PER_REDUCTION);
    return or_memory(p, number);
}

static Term binary_decode_unsigned_1(Process *p, Term *args)
{
    return decode_unsigned(p, args[0], true);
}

static Term binary_decode_unsigned_2(Process *p, Term *args)
{
    bool big;
    return read_order(args[1], &big) ? decode_unsigned(p, args[0], big) : badarg(p);
}

/* Bytes that a number which is not negative takes; 0 takes one. */
static size_t unsigned_bytes(Term number)
{
    size_t count = 1;
    if (is_small(number)) {
        for (Word rest = small_value(number) >> 8; rest; rest >>= 8) count++;
        return count;
    }
    size_t limbs = big_size(number);
    for (uintptr_t rest = big_limbs(number)[limbs - 1] >> 8; rest; rest >>= 8) count++;
    return (limbs - 1) * sizeof(uintptr_t) + count;
}

static Term encode_unsigned(Process *p, Term number, bool big)
{
    uint8_t *data;
    if (is_small(number) ? small_value(number) < 0 : !is_big(number) || big_is_negative(number))
        return badarg(p);
    size_t size = unsigned_bytes(number);
    Term binary = binary_make(&p->heap, size, &data);
    if (is_none(binary)) return native_memory(p);
    integer_to_bytes(number, data, size * 8, big);
    work_charge(p, size, COPIES_PER_REDUCTION);
    return binary;
}

static Term binary_encode_unsigned_1(Process *p, Term *args)
{
    return encode_unsigned(p, args[0], true);
}

static Term binary_encode_unsigned_2(Process *p, Term *args)
{
    bool big;
    return read_order(args[1], &big) ? encode_unsigned(p, args[0], big) : badarg(p);
}

/* ---- Common prefixes and suffixes ---- */

/* How many of the first, or last, `limit` bytes are the same. */
static size_t common(BitSpan a, BitSpan b, size_t limit, bool at_end)
{
    size_t count = 0, a_size = a.bit_size / 8, b_size = b.bit_size / 8;
    if (limit > a_size) limit = a_size;
    if (limit > b_size) limit = b_size;
    if (at_end) {
        while (count < limit &&
               span_byte(a, a_size - 1 - count) == span_byte(b, b_size - 1 - count))
            count++;
    } else {
        while (count < limit && span_byte(a, count) == span_byte(b, count)) count++;
    }
    return count;
}

/* The state is {List, Longest}: the binaries still to be looked at, and what those before share. */
static Term common_of_all(Process *p, Term list, bool at_end)
{
    Term state = work_state(p);
    if (!is_cons(list) || !is_binary(cons_head(list))) return badarg(p);
    BitSpan first = bitstring_span(cons_head(list));
    size_t longest = first.bit_size / 8, budget = work_budget(p, BYTES_PER_REDUCTION), done = 0;
    Term rest = cons_tail(list);
    if (!is_nil(state)) {
        rest = tuple_elements(state)[0];
        longest = (size_t)small_value(tuple_elements(state)[1]);
    }
    for (; is_cons(rest) && done < budget; rest = cons_tail(rest)) {
        if (!is_binary(cons_head(rest))) return badarg(p);
        longest = common(first, bitstring_span(cons_head(rest)), longest, at_end);
        done += longest + 1;
    }
    work_charge(p, done, BYTES_PER_REDUCTION);
    if (is_nil(rest)) return make_integer(p, (int64_t)longest);
    if (!is_cons(rest)) return badarg(p);
    Term saved[2] = {rest, make_small((Word)longest)};
    return work_yield(p, saved, 2);
}

static Term binary_longest_common_prefix_1(Process *p, Term *args)
{
    return common_of_all(p, args[0], false);
}

static Term binary_longest_common_suffix_1(Process *p, Term *args)
{
    return common_of_all(p, args[0], true);
}

static const Native binary_natives[] = {
    NATIVE(binary, at, 2, CONSTANT),
    NATIVE(binary, copy, 1, YIELDS),
    NATIVE(binary, copy, 2, YIELDS),
    NATIVE(binary, decode_unsigned, 1, CHARGED),
    NATIVE(binary, decode_unsigned, 2, CHARGED),
    NATIVE(binary, encode_unsigned, 1, CHARGED),
    NATIVE(binary, encode_unsigned, 2, CHARGED),
    NATIVE(binary, first, 1, CONSTANT),
    NATIVE(binary, last, 1, CONSTANT),
    NATIVE(binary, longest_common_prefix, 1, YIELDS),
    NATIVE(binary, longest_common_suffix, 1, YIELDS),
    NATIVE(binary, part, 2, CONSTANT),
    NATIVE(binary, part, 3, CONSTANT),
    NATIVE(binary, referenced_byte_size, 1, CONSTANT),
};
NATIVE_TABLE(binary);
