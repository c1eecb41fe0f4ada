/* SPDX-License-Identifier: Apache-2.0 */
/* erlang_checksum.c - natives of module erlang: MD5, CRC-32, Adler-32, hash values. */
#include "base/checksum.h"
#include "base/md5.h"
#include "heap/binary.h"
#include "mote/os/zlib.h"
#include "natives/iolist.h"
#include "natives/support.h"
#include "term/hash.h"
#include "term/span.h"

/* ---- Sums over iolists ---- */

/* What is summed up; the state between slices is {Walk, Sum} with the union's bytes as a binary. */
typedef union Sum {
    Md5 md5;
    uint32_t word;
} Sum;

typedef void SumUpdate(Sum *sum, const uint8_t *bytes, size_t size);

static void update_md5(Sum *sum, const uint8_t *bytes, size_t size)
{
    md5_update(&sum->md5, bytes, size);
}
static void update_crc32(Sum *sum, const uint8_t *bytes, size_t size)
{
    sum->word = os_crc32(sum->word, bytes, size);
}
static void update_adler32(Sum *sum, const uint8_t *bytes, size_t size)
{
    sum->word = os_adler32(sum->word, bytes, size);
}

static void add_piece(Sum *sum, SumUpdate *update, BitSpan piece)
{
    uint8_t chunk[1024];
    size_t size = piece.bit_size / 8;
    if (piece.bit_offset == 0) {
        update(sum, piece.data, size);
        return;
    }
    for (size_t part; size; size -= part, piece.data += part) {
        part = size < sizeof chunk ? size : sizeof chunk;
        span_copy((BitSpan){piece.data, piece.bit_offset, part * 8}, chunk, part);
        update(sum, chunk, part);
    }
}

/* False: no result yet, return TERM_NONE. */
static bool sum_iolist(Process *p, Term state, Term iolist, Sum *sum, SumUpdate *update)
{
    enum { WEIGHT = COPIES_PER_REDUCTION / BYTES_PER_REDUCTION };
    IolistWalk walk;
    IolistStep step = IOLIST_PIECE;
    if (is_nil(state)) {
        iolist_start(&walk, p, iolist, WEIGHT);
    } else {
        memcpy(sum, bitstring_span(tuple_elements(state)[1]).data, sizeof *sum);
        iolist_restore(&walk, p, tuple_elements(state)[0], WEIGHT);
    }
    while (step == IOLIST_PIECE && (step = iolist_next(&walk)) == IOLIST_PIECE)
        add_piece(sum, update, walk.piece);
    if (step == IOLIST_PAUSE) {
        Term saved[2] = {iolist_save(p, &walk),
                         or_memory(p, binary_from(&p->heap, sum, sizeof *sum))};
        if (!is_none(saved[0]) && !is_none(saved[1])) work_yield(p, saved, 2);
    } else if (step == IOLIST_BAD) {
        badarg(p);
    } else if (step == IOLIST_MEMORY) {
        native_memory(p);
    }
    iolist_end(&walk, p);
    return step == IOLIST_DONE;
}

/* ---- MD5 ---- */

static Term md5_result(Process *p, Md5 *md5)
{
    uint8_t digest[MD5_SIZE];
    md5_final(md5, digest);
    return or_memory(p, binary_from(&p->heap, digest, sizeof digest));
}

/* A context is the state of the sum as a binary. */
static bool md5_of(Term context, Md5 *md5)
{
    if (!is_binary(context) || bitstring_bits(context) != sizeof *md5 * 8) return false;
    span_copy(bitstring_span(context), (uint8_t *)md5, sizeof *md5);
    return true;
}

static Term erlang_md5_1(Process *p, Term *args)
{
    Sum sum;
    md5_init(&sum.md5);
    return sum_iolist(p, work_state(p), args[0], &sum, update_md5) ? md5_result(p, &sum.md5)
                                                                   : TERM_NONE;
}

static Term erlang_md5_init_0(Process *p, Term *args)
{
    Md5 md5;
    (void)args;
    memset(&md5, 0, sizeof md5);
    md5_init(&md5);
    return or_memory(p, binary_from(&p->heap, &md5, sizeof md5));
}

static Term erlang_md5_update_2(Process *p, Term *args)
{
    Sum sum;
    Term state = work_state(p);
    if (!md5_of(args[0], &sum.md5)) return badarg(p);
    if (!sum_iolist(p, state, args[1], &sum, update_md5)) return TERM_NONE;
    return or_memory(p, binary_from(&p->heap, &sum.md5, sizeof sum.md5));
}

static Term erlang_md5_final_1(Process *p, Term *args)
{
    Md5 md5;
    return md5_of(args[0], &md5) ? md5_result(p, &md5) : badarg(p);
}

/* ---- CRC-32 and Adler-32 ---- */

static bool is_word(Term t, uint32_t *word)
{
    uint64_t value;
    if (!integer_to_u64(t, &value) || value > UINT32_MAX) return false;
    *word = (uint32_t)value;
    return true;
}

static Term checksum(Process *p, uint32_t start, Term iolist, SumUpdate *update)
{
    Sum sum = {.word = start};
    return sum_iolist(p, work_state(p), iolist, &sum, update) ? make_integer(p, sum.word)
                                                              : TERM_NONE;
}

static Term continue_checksum(Process *p, const Term *args, SumUpdate *update)
{
    uint32_t start;
    return is_word(args[0], &start) ? checksum(p, start, args[1], update) : badarg(p);
}

static Term erlang_crc32_1(Process *p, Term *args)
{
    return checksum(p, CRC32_START, args[0], update_crc32);
}
static Term erlang_crc32_2(Process *p, Term *args)
{
    return continue_checksum(p, args, update_crc32);
}
static Term erlang_adler32_1(Process *p, Term *args)
{
    return checksum(p, ADLER32_START, args[0], update_adler32);
}
static Term erlang_adler32_2(Process *p, Term *args)
{
    return continue_checksum(p, args, update_adler32);
}

typedef uint32_t SumCombine(uint32_t first, uint32_t second, uint64_t second_size);

static Term combine(Process *p, const Term *args, SumCombine *function)
{
    uint32_t first, second;
    uint64_t size;
    if (!is_word(args[0], &first) || !is_word(args[1], &second)) return badarg(p);
    if (!integer_to_u64(args[2], &size)) return badarg(p);
    return make_integer(p, size ? function(first, second, size) : first);
}

static Term erlang_crc32_combine_3(Process *p, Term *args)
{
    return combine(p, args, crc32_combine);
}
static Term erlang_adler32_combine_3(Process *p, Term *args)
{
    return combine(p, args, adler32_combine);
}

/* ---- Hash values ---- */

enum { PHASH2_DEFAULT_BITS = 27 };

/* 1 to 2^32, given as its low 32 bits. */
static bool is_range(Term t, uint32_t *range)
{
    uint64_t value;
    if (!integer_to_u64(t, &value) || value == 0 || value > (uint64_t)1 << 32) return false;
    *range = (uint32_t)value;
    return true;
}

static Term erlang_phash2_1(Process *p, Term *args)
{
    (void)p;
    return make_small((Word)(term_phash2(args[0]) & (((uint32_t)1 << PHASH2_DEFAULT_BITS) - 1)));
}

static Term erlang_phash2_2(Process *p, Term *args)
{
    uint32_t range;
    if (!is_range(args[1], &range)) return badarg(p);
    uint32_t hash = term_phash2(args[0]);
    return make_integer(p, range ? hash % range : hash);
}

static Term erlang_phash_2(Process *p, Term *args)
{
    uint32_t range;
    if (!is_range(args[1], &range)) return badarg(p);
    uint32_t hash = term_phash(args[0], range);
    return make_integer(p, hash ? hash : (int64_t)1 << 32);
}

static const Native erlang_checksum_natives[] = {
    NATIVE(erlang, adler32, 1, YIELDS),
    NATIVE(erlang, adler32, 2, YIELDS),
    NATIVE(erlang, adler32_combine, 3, CONSTANT),
    NATIVE(erlang, crc32, 1, YIELDS),
    NATIVE(erlang, crc32, 2, YIELDS),
    NATIVE(erlang, crc32_combine, 3, CONSTANT),
    NATIVE(erlang, md5, 1, YIELDS),
    NATIVE(erlang, md5_final, 1, CONSTANT),
    NATIVE(erlang, md5_init, 0, CONSTANT),
    NATIVE(erlang, md5_update, 2, YIELDS),
    NATIVE(erlang, phash, 2, CHARGED),
    NATIVE(erlang, phash2, 1, CHARGED),
    NATIVE(erlang, phash2, 2, CHARGED),
};
NATIVE_TABLE(erlang_checksum);
