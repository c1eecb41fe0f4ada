/* SPDX-License-Identifier: Apache-2.0 */
/* erlang_etf.c - natives of module erlang about the external term format. */
#include "base/bytes.h"
#include "base/memory.h"
#include "heap/binary.h"
#include "heap/etf.h"
#include "heap/resource.h"
#include "mote/os/zlib.h"
#include "natives/output.h"
#include "natives/support.h"
#include "natives/work.h"
#include "term/release.h"

enum { VERSION = 131, COMPRESSED = 80, COMPRESSED_HEAD = 6, DEFAULT_LEVEL = 6, LEVEL_MAX = 9 };

/* ---- Options ---- */

static EtfOptions default_options(void)
{
    return (EtfOptions){.minor_version = release_has_utf8_atoms() ? 2 : 1};
}

/* {minor_version, 0..highest} */
static bool read_minor_version(Term option, Word highest, EtfOptions *options)
{
    const Term *pair = tuple_elements(option);
    if (!is_natural(pair[1]) || small_value(pair[1]) > highest) return false;
    options->minor_version = (uint8_t)small_value(pair[1]);
    return true;
}

static bool read_encode_option(Term option, EtfOptions *options)
{
    if (option == A(compressed)) {
        options->compressed = DEFAULT_LEVEL;
    } else if (option == A(deterministic)) {
        options->deterministic = true;
    } else if (is_tuple_of(option, 2)) {
        const Term *pair = tuple_elements(option);
        if (pair[0] == A(minor_version)) return read_minor_version(option, 2, options);
        if (pair[0] != A(compressed) || !is_natural(pair[1])) return false;
        if (small_value(pair[1]) > LEVEL_MAX) return false;
        options->compressed = (uint8_t)small_value(pair[1]);
    } else {
        return option == A(local) && release_has_utf8_atoms();
    }
    return true;
}

static bool read_encode_options(Term list, EtfOptions *options)
{
    *options = default_options();
    for (; is_cons(list); list = cons_tail(list)) {
        if (!read_encode_option(cons_head(list), options)) return false;
    }
    return is_nil(list);
}

/* ---- Encoding ---- */

/* The deflated form of `plain`, where that is smaller; else TERM_NIL. */
static Term deflate(Process *p, const uint8_t *plain, size_t size, int level)
{
    if (size <= COMPRESSED_HEAD || size > UINT32_MAX) return TERM_NIL;
    uint8_t *packed = memory_alloc(size);
    if (!packed) return native_memory(p);
    packed[0] = VERSION;
    packed[1] = COMPRESSED;
    store_big32(packed + 2, (uint32_t)(size - 1));
    size_t bytes =
        os_deflate(plain + 1, size - 1, packed + COMPRESSED_HEAD, size - COMPRESSED_HEAD, level);
    Term result = TERM_NIL;
    if (bytes) result = or_memory(p, binary_from(&p->heap, packed, COMPRESSED_HEAD + bytes));
    memory_free(packed, size);
    work_charge(p, size, BYTES_PER_REDUCTION / 4);
    return result;
}

/* The encoder writes into an Output. */
static bool make_room(EtfEncoder *e, size_t bytes)
{
    Output *out = e->context;
    out->size = (size_t)(e->at - e->start);
    if (!output_reserve(out, bytes)) return false;
    e->start = out->data;
    e->at = out->data + out->size;
    e->end = out->data + out->room;
    return true;
}

_Static_assert((int)ETF_FRAME_WORDS == (int)SHELF_UNIT, "the shelf parts frames");

/* Takes both to where they were: the state is {[LargeMaps | Shelf], Output}. False: out of
   memory. */
static bool encoder_start(EtfEncoder *e, Output *out, Term state, Term t)
{
    if (is_nil(state)) output_init(out);
    else output_restore(out, tuple_elements(state)[1]);
    e->context = out;
    e->make_room = make_room;
    e->start = out->data;
    e->at = out->data + out->size;
    e->end = out->data + out->room;
    if (is_nil(state)) return etf_encoder_start(e, t);
    e->large_count = (size_t)small_value(cons_head(tuple_elements(state)[0]));
    return true;
}

static EtfStatus encoder_step(EtfEncoder *e, Term *shelf)
{
    EtfStatus status = etf_encoder_step(e);
    while (status == ETF_DONE && !is_nil(*shelf))
        status = work_unshelve(&e->work, shelf) ? etf_encoder_step(e) : ETF_NO_MEMORY;
    return status;
}

static Term encoder_pause(Process *p, EtfEncoder *e, Output *out, Term shelf)
{
    Term large = make_small((Word)e->large_count), rest = work_shelve(p, &e->work, shelf);
    return output_yield(p, out, is_none(rest) ? rest : make_list(p, &large, 1, rest));
}

static Term encoder_finish(Process *p, Output *out, const EtfOptions *options)
{
    Term result = TERM_NIL;
    if (options->compressed) result = deflate(p, out->data, out->size, options->compressed);
    if (is_nil(result)) return output_finish(p, out);
    output_drop(out);
    return result;
}

static Term encode(Process *p, Term t, const EtfOptions *options)
{
    EtfEncoder e;
    Output out;
    Term state = work_state(p), result = TERM_NONE;
    Term shelf = is_nil(state) ? TERM_NIL : cons_tail(tuple_elements(state)[0]);
    etf_encoder_init(&e, options);
    e.heap = &p->heap;
    bool started = encoder_start(&e, &out, state, t);
    size_t budget = e.budget = work_budget(p, CELLS_PER_REDUCTION), before = out.size;
    EtfStatus status = started ? encoder_step(&e, &shelf) : ETF_NO_MEMORY;
    if (status == ETF_NO_MEMORY) {
        output_drop(&out);
        native_memory(p);
    } else {
        out.size = (size_t)(e.at - e.start);
        work_charge(p, budget - e.budget, CELLS_PER_REDUCTION);
        work_charge(p, out.size - before, COPIES_PER_REDUCTION);
        result = status == ETF_MORE ? encoder_pause(p, &e, &out, shelf)
                                    : encoder_finish(p, &out, options);
    }
    etf_encoder_done(&e);
    return result;
}

static Term erlang_term_to_binary_1(Process *p, Term *args)
{
    EtfOptions options = default_options();
    return encode(p, args[0], &options);
}

static Term erlang_term_to_binary_2(Process *p, Term *args)
{
    EtfOptions options;
    return read_encode_options(args[1], &options) ? encode(p, args[0], &options) : badarg(p);
}

static Term in_list(Process *p, Term binary)
{
    return is_none(binary) ? TERM_NONE : make_list(p, &binary, 1, TERM_NIL);
}

static Term erlang_term_to_iovec_1(Process *p, Term *args)
{
    return in_list(p, erlang_term_to_binary_1(p, args));
}

static Term erlang_term_to_iovec_2(Process *p, Term *args)
{
    return in_list(p, erlang_term_to_binary_2(p, args));
}

static Term encoded_size(Process *p, Term t, const EtfOptions *options)
{
    size_t size = etf_encoded_size(t, options);
    if (size == SIZE_MAX) return native_memory(p);
    work_charge(p, size, BYTES_PER_REDUCTION);
    return make_integer(p, (int64_t)size);
}

static Term erlang_external_size_1(Process *p, Term *args)
{
    EtfOptions options = default_options();
    return encoded_size(p, args[0], &options);
}

static Term erlang_external_size_2(Process *p, Term *args)
{
    EtfOptions options = default_options();
    Term list = args[1];
    for (; is_cons(list); list = cons_tail(list)) {
        Term option = cons_head(list);
        if (!is_tuple_of(option, 2) || tuple_elements(option)[0] != A(minor_version))
            return badarg(p);
        if (!read_minor_version(option, release_has_utf8_atoms() ? 2 : 1, &options))
            return badarg(p);
    }
    return is_nil(list) ? encoded_size(p, args[0], &options) : badarg(p);
}

/* ---- Decoding ---- */

/* A long term is decoded in steps: the state is a reference that keeps the decoder. */
enum { LONG_BYTES = 16384 };

typedef struct Decoding {
    Resource resource;
    EtfDecoder *decoder;
    uint8_t *bytes; /* a copy of the input that is to be freed, or NULL */
    size_t size;
} Decoding;

static void decoding_destroy(Resource *resource)
{
    Decoding *d = (Decoding *)resource;
    if (d->decoder) etf_decoder_free(d->decoder);
    if (d->bytes) memory_free(d->bytes, d->size);
    memory_free(d, sizeof *d);
}
static const ResourceType decoding_type = {"decoding", decoding_destroy};

static Term decode_error(Process *p, EtfStatus status)
{
    return status == ETF_NO_MEMORY ? native_memory(p) : badarg(p);
}

/* Takes over `temporary`. */
static Term decoding_make(Process *p, const EtfInput *input, uint8_t *temporary)
{
    EtfStatus status = ETF_NO_MEMORY;
    Decoding *d = memory_alloc(sizeof *d);
    EtfDecoder *decoder = d ? etf_decoder_make(input, &status) : NULL;
    if (!decoder) {
        if (d) memory_free(d, sizeof *d);
        if (temporary) memory_free(temporary, input->size);
        return decode_error(p, status);
    }
    *d = (Decoding){.decoder = decoder, .bytes = temporary, .size = input->size};
    resource_init(&d->resource, &decoding_type);
    Term ref = resource_make_ref(&p->heap, &d->resource);
    resource_release(&d->resource);
    return or_memory(p, ref);
}

static Term decode_step(Process *p, Term ref, size_t *used)
{
    Decoding *d = (Decoding *)resource_of(ref, &decoding_type);
    size_t budget = work_budget(p, CELLS_PER_REDUCTION), left = budget;
    EtfStatus status = etf_decoder_step(d->decoder, &left);
    work_charge(p, budget - left, CELLS_PER_REDUCTION);
    if (status == ETF_MORE) return native_yield(p, ref);
    if (status != ETF_DONE) return decode_error(p, status);
    Term t = etf_decoder_take(d->decoder, &p->heap, used);
    etf_decoder_free(d->decoder);
    d->decoder = NULL;
    return t;
}

static Term decode(Process *p, Term binary, bool safe, size_t *used)
{
    EtfInput input = {.with_version = true, .safe = safe};
    EtfStatus status;
    uint8_t *temporary;
    Term state = work_state(p);
    if (!is_nil(state)) return decode_step(p, state, used);
    if (!is_binary(binary)) return badarg(p);
    if (!binary_bytes_aligned(binary, &input.bytes, &input.size, &temporary))
        return native_memory(p);
    if (input.size > LONG_BYTES) {
        state = decoding_make(p, &input, temporary);
        return is_none(state) ? TERM_NONE : decode_step(p, state, used);
    }
    Term t = etf_decode(&p->heap, &input, used, &status);
    if (temporary) memory_free(temporary, input.size);
    work_charge(p, input.size, BYTES_PER_REDUCTION);
    return is_none(t) ? decode_error(p, status) : t;
}

static Term erlang_binary_to_term_1(Process *p, Term *args)
{
    size_t used;
    return decode(p, args[0], false, &used);
}

static Term erlang_binary_to_term_2(Process *p, Term *args)
{
    bool safe = false, tell_used = false;
    size_t used;
    Term list = args[1];
    for (; is_cons(list); list = cons_tail(list)) {
        if (cons_head(list) == A(safe)) safe = true;
        else if (cons_head(list) == A(used)) tell_used = true;
        else return badarg_cause(p, A(badopt));
    }
    if (!is_nil(list)) return badarg_cause(p, A(badopt));
    Term t = decode(p, args[0], safe, &used);
    if (is_none(t) || !tell_used) return t;
    return make_tuple(p, 2, t, make_small((Word)used));
}

static const Native erlang_etf_natives[] = {
    NATIVE(erlang, binary_to_term, 1, YIELDS), NATIVE(erlang, binary_to_term, 2, YIELDS),
    NATIVE(erlang, external_size, 1, CHARGED), NATIVE(erlang, external_size, 2, CHARGED),
    NATIVE(erlang, term_to_binary, 1, YIELDS), NATIVE(erlang, term_to_binary, 2, YIELDS),
    NATIVE(erlang, term_to_iovec, 1, YIELDS),  NATIVE(erlang, term_to_iovec, 2, YIELDS),
};
NATIVE_TABLE(erlang_etf);
