/* SPDX-License-Identifier: Apache-2.0 */
/* zlib.c - natives of module zlib; OTP's module stands on top. */
#include "base/memory.h"
#include "natives/iolist.h"
#include "natives/support.h"
#include "natives/zlib_stream.h"

/* ---- Errors and arguments ---- */

static Term raise_text(Process *p, const char *reason)
{
    Term atom = make_atom_text(p, reason);
    return is_none(atom) ? TERM_NONE : raise_error(p, atom);
}

/* ok, or the error. */
static Term result_of(Process *p, ZlibStatus status)
{
    switch (status) {
    case ZLIB_OK: return A(ok);
    case ZLIB_ABSENT: return raise_error(p, A(enotsup));
    case ZLIB_NO_MEMORY: return native_memory(p);
    case ZLIB_BAD_DATA: return raise_text(p, "data_error");
    case ZLIB_STUCK: return raise_text(p, "buf_error");
    case ZLIB_WANTS_DICTIONARY: return make_atom_text(p, "need_dictionary");
    default: return raise_text(p, "stream_error");
    }
}

/* The stream that the first argument stands for, if it is the caller's. NULL: raised. */
static Stream *own_stream(Process *p, Term t)
{
    Stream *stream = (Stream *)resource_of(t, &stream_type);
    if (!stream) {
        badarg(p);
    } else if (atomic_load_explicit(&stream->owner, memory_order_acquire) != p->pid) {
        raise_text(p, "not_on_controlling_process");
        return NULL;
    }
    return stream;
}

static Stream *stream_in(Process *p, Term t, StreamMode mode)
{
    Stream *stream = own_stream(p, t);
    if (!stream || stream->mode == mode) return stream;
    raise_text(p, mode == STREAM_FRESH ? "already_initialized" : "not_initialized");
    return NULL;
}

/* One that has been initialised. */
static Stream *open_stream(Process *p, Term t)
{
    Stream *stream = own_stream(p, t);
    if (!stream || stream->mode == STREAM_INFLATES || stream->mode == STREAM_DEFLATES)
        return stream;
    raise_text(p, "not_initialized");
    return NULL;
}

/* `count` small integers from `args`. */
static bool read_numbers(const Term *args, int *numbers, size_t count)
{
    int64_t number;
    for (size_t i = 0; i < count; i++) {
        if (!integer_to_i64(args[i], &number) || number != (int)number) return false;
        numbers[i] = (int)number;
    }
    return true;
}

static bool read_size(Term t, size_t *size)
{
    if (!is_natural(t)) return false;
    *size = (size_t)small_value(t);
    return true;
}

/* ---- Opening and closing ---- */

static Term zlib_open_nif_0(Process *p, Term *args)
{
    (void)args;
    Stream *stream = stream_make(p->pid);
    if (!stream) return native_memory(p);
    Term ref = resource_make_ref(&p->heap, &stream->resource);
    resource_release(&stream->resource);
    return or_memory(p, ref);
}

static Term zlib_close_nif_1(Process *p, Term *args)
{
    Stream *stream = own_stream(p, args[0]);
    if (!stream) return TERM_NONE;
    if (stream->mode == STREAM_CLOSED) return raise_text(p, "not_initialized");
    if (stream->zlib.state) stream_finish(stream);
    stream_clear_stash(stream);
    stream->mode = STREAM_CLOSED;
    return A(ok);
}

static Term zlib_set_controller_nif_2(Process *p, Term *args)
{
    if (!is_local_pid(args[1])) return badarg(p);
    Stream *stream = own_stream(p, args[0]);
    if (!stream) return TERM_NONE;
    atomic_store_explicit(&stream->owner, args[1], memory_order_release);
    return A(ok);
}

static Term zlib_deflateInit_nif_6(Process *p, Term *args)
{
    int numbers[5]; /* level, method, window bits, memory level, strategy */
    if (!read_numbers(args + 1, numbers, 5)) return badarg(p);
    Stream *stream = stream_in(p, args[0], STREAM_FRESH);
    if (!stream) return TERM_NONE;
    if (numbers[1] != 8) return result_of(p, ZLIB_BAD_CALL);
    numbers[1] = numbers[0];
    return result_of(p, stream_deflate(stream, numbers + 1));
}

static Term zlib_inflateInit_nif_3(Process *p, Term *args)
{
    int numbers[2];
    if (!read_numbers(args + 1, numbers, 2) || numbers[1] < END_ERROR || numbers[1] > END_CUT)
        return badarg(p);
    Stream *stream = stream_in(p, args[0], STREAM_FRESH);
    if (!stream) return TERM_NONE;
    return result_of(p, stream_inflate(stream, numbers[0], (StreamEnd)numbers[1]));
}

/* The result of one call, on a stream in that mode. */
static Term call(Process *p, Term t, StreamMode mode, ZlibStatus (*operation)(Stream *stream))
{
    Stream *stream = stream_in(p, t, mode);
    return stream ? result_of(p, operation(stream)) : TERM_NONE;
}
static Term zlib_deflateReset_nif_1(Process *p, Term *args)
{
    return call(p, args[0], STREAM_DEFLATES, stream_reset);
}
static Term zlib_inflateReset_nif_1(Process *p, Term *args)
{
    return call(p, args[0], STREAM_INFLATES, stream_reset);
}
static Term zlib_deflateEnd_nif_1(Process *p, Term *args)
{
    return call(p, args[0], STREAM_DEFLATES, stream_finish);
}
static Term zlib_inflateEnd_nif_1(Process *p, Term *args)
{
    return call(p, args[0], STREAM_INFLATES, stream_finish);
}

static Term zlib_deflateParams_nif_3(Process *p, Term *args)
{
    int numbers[2];
    if (!read_numbers(args + 1, numbers, 2)) return badarg(p);
    Stream *stream = stream_in(p, args[0], STREAM_DEFLATES);
    if (!stream) return TERM_NONE;
    return result_of(p, os_deflate_params(&stream->zlib, numbers[0], numbers[1]));
}

/* ---- Dictionaries ---- */

static Term set_dictionary(Process *p, const Term *args, StreamMode mode)
{
    Term dictionary = iolist_collect(p, work_state(p), args[1], false);
    if (is_none(dictionary)) return TERM_NONE;
    Stream *stream = stream_in(p, args[0], mode);
    if (!stream) return TERM_NONE;
    const uint8_t *bytes;
    uint8_t *temporary = NULL;
    size_t size;
    if (!binary_bytes_aligned(dictionary, &bytes, &size, &temporary)) return native_memory(p);
    ZlibStatus status = size > INT32_MAX
                            ? ZLIB_BAD_CALL
                            : os_zlib_set_dictionary(&stream->zlib, bytes, size);
    work_charge(p, size, COPIES_PER_REDUCTION);
    if (temporary) memory_free(temporary, size);
    if (status != ZLIB_OK || mode == STREAM_INFLATES) return result_of(p, status);
    return make_unsigned(p, stream->zlib.check);
}
static Term zlib_deflateSetDictionary_nif_2(Process *p, Term *args)
{
    return set_dictionary(p, args, STREAM_DEFLATES);
}
static Term zlib_inflateSetDictionary_nif_2(Process *p, Term *args)
{
    return set_dictionary(p, args, STREAM_INFLATES);
}

static Term zlib_inflateGetDictionary_nif_1(Process *p, Term *args)
{
    enum { DICTIONARY_MAX = 32768 };
    Stream *stream = stream_in(p, args[0], STREAM_INFLATES);
    if (!stream) return TERM_NONE;
    Output out;
    output_init(&out);
    if (!output_reserve(&out, DICTIONARY_MAX)) return native_memory(p);
    ZlibStatus status = os_inflate_dictionary(&stream->zlib, out.data, &out.size);
    if (status == ZLIB_OK) return output_finish(p, &out);
    output_drop(&out);
    return result_of(p, status);
}

/* ---- Data ---- */

/* Takes some of a list of binaries: ok, or {continue, Rest}. */
static Term zlib_enqueue_nif_2(Process *p, Term *args)
{
    enum { AT_ONCE = 16 };
    Term some[AT_ONCE], rest = args[1];
    size_t count = 0, size = 0;
    for (; count < AT_ONCE && is_cons(rest); rest = cons_tail(rest)) {
        Term binary = cons_head(rest);
        if (!is_binary(binary)) return badarg(p);
        if (bitstring_bits(binary) == 0) continue;
        size += bitstring_bits(binary) / 8;
        some[count++] = binary;
    }
    if (!is_list(rest)) return badarg(p);
    Stream *stream = open_stream(p, args[0]);
    Term list = stream ? make_list(p, some, count, TERM_NIL) : TERM_NONE;
    if (is_none(list)) return TERM_NONE;
    if (!stream_enqueue(stream, list, size)) return native_memory(p);
    if (is_nil(rest)) return A(ok);
    return make_tuple(p, 2, A(continue), rest);
}

/* {finished, Output}, {continue, Output} or {need_dictionary, Check, Output}; Output is a list of
   at most one binary. */
static Term step_result(Process *p, Stream *stream, size_t limit, ZlibStatus status)
{
    size_t made = stream->output.size;
    stream->stepping = false;
    bool moved = made > 0 || stream->consumed > 0 || stream->queued == 0;
    if (status < ZLIB_BAD_CALL && !moved) status = ZLIB_BAD_DATA;
    if (status >= ZLIB_BAD_CALL) {
        output_drop(&stream->output);
        return result_of(p, status);
    }
    Term output = output_finish(p, &stream->output);
    if (!is_none(output) && made == 0) output = TERM_NIL;
    else if (!is_none(output)) output = make_list(p, &output, 1, TERM_NIL);
    bool finished = stream->queued == 0 && made < limit;
    bool wants = !finished && status == ZLIB_WANTS_DICTIONARY;
    Term tag = make_atom_text(p, finished ? "finished" : wants ? "need_dictionary" : "continue");
    if (is_none(output) || is_none(tag)) return TERM_NONE;
    if (!wants) return make_tuple(p, 2, tag, output);
    Term check = make_unsigned(p, stream->zlib.check);
    return is_none(check) ? TERM_NONE : make_tuple(p, 3, tag, check, output);
}

/* Bytes that one reduction handles: measured at the default level. */
enum { DEFLATES_PER_REDUCTION = 16, INFLATES_PER_REDUCTION = 64, OUTPUT_MAX = 1 << 24 };

static Term step(Process *p, const Term *args, StreamMode mode)
{
    StreamLimits limits;
    work_state(p);
    if (!read_size(args[1], &limits.in) || !read_size(args[2], &limits.out) ||
        !read_numbers(args + 3, &limits.flush, 1) || limits.out == 0)
        return badarg(p);
    if (limits.out > OUTPUT_MAX) limits.out = OUTPUT_MAX;
    Stream *stream = stream_in(p, args[0], mode);
    if (!stream) return TERM_NONE;
    ZlibStatus status;
    size_t work;
    do {
        status = stream_piece(stream, &limits, &work);
        work_charge(p, work, mode == STREAM_DEFLATES ? DEFLATES_PER_REDUCTION
                                                     : INFLATES_PER_REDUCTION);
        if (status == ZLIB_OK && !native_charge(p, 1)) return native_yield(p, A(ok));
    } while (status == ZLIB_OK);
    return step_result(p, stream, limits.out, status);
}
static Term zlib_deflate_nif_4(Process *p, Term *args) { return step(p, args, STREAM_DEFLATES); }
static Term zlib_inflate_nif_4(Process *p, Term *args) { return step(p, args, STREAM_INFLATES); }

/* ---- What module zlib keeps in a stream ---- */

static Term zlib_crc32_nif_1(Process *p, Term *args)
{
    Stream *stream = open_stream(p, args[0]);
    return stream ? make_unsigned(p, stream->crc) : TERM_NONE;
}

static Term zlib_getBufSize_nif_1(Process *p, Term *args)
{
    Stream *stream = own_stream(p, args[0]);
    return stream ? make_unsigned(p, stream->buffer_size) : TERM_NONE;
}

static Term zlib_setBufSize_nif_2(Process *p, Term *args)
{
    size_t size;
    if (!read_size(args[1], &size)) return badarg(p);
    Stream *stream = own_stream(p, args[0]);
    if (!stream) return TERM_NONE;
    stream->buffer_size = size;
    return A(ok);
}

static Term zlib_getStash_nif_1(Process *p, Term *args)
{
    Stream *stream = own_stream(p, args[0]);
    if (!stream) return TERM_NONE;
    if (!stream->has_stash) return make_atom_text(p, "empty");
    Term copy = or_memory(p, term_copy_to_heap(&p->heap, stream->stash.term));
    return is_none(copy) ? TERM_NONE : make_tuple(p, 2, A(ok), copy);
}

static Term zlib_clearStash_nif_1(Process *p, Term *args)
{
    Stream *stream = own_stream(p, args[0]);
    if (!stream) return TERM_NONE;
    stream_clear_stash(stream);
    return A(ok);
}

static Term zlib_setStash_nif_2(Process *p, Term *args)
{
    Stream *stream = own_stream(p, args[0]);
    if (!stream) return TERM_NONE;
    return stream_stash(stream, args[1]) ? A(ok) : native_memory(p);
}

static const Native zlib_natives[] = {
    NATIVE(zlib, clearStash_nif, 1, CONSTANT),
    NATIVE(zlib, close_nif, 1, CONSTANT),
    NATIVE(zlib, crc32_nif, 1, CONSTANT),
    NATIVE(zlib, deflateEnd_nif, 1, CONSTANT),
    NATIVE(zlib, deflateInit_nif, 6, CONSTANT),
    NATIVE(zlib, deflateParams_nif, 3, CONSTANT),
    NATIVE(zlib, deflateReset_nif, 1, CONSTANT),
    NATIVE(zlib, deflateSetDictionary_nif, 2, YIELDS),
    NATIVE(zlib, deflate_nif, 4, YIELDS),
    NATIVE(zlib, enqueue_nif, 2, CHARGED),
    NATIVE(zlib, getBufSize_nif, 1, CONSTANT),
    NATIVE(zlib, getStash_nif, 1, CHARGED),
    NATIVE(zlib, inflateEnd_nif, 1, CONSTANT),
    NATIVE(zlib, inflateGetDictionary_nif, 1, CONSTANT),
    NATIVE(zlib, inflateInit_nif, 3, CONSTANT),
    NATIVE(zlib, inflateReset_nif, 1, CONSTANT),
    NATIVE(zlib, inflateSetDictionary_nif, 2, YIELDS),
    NATIVE(zlib, inflate_nif, 4, YIELDS),
    NATIVE(zlib, open_nif, 0, CONSTANT),
    NATIVE(zlib, setBufSize_nif, 2, CONSTANT),
    NATIVE(zlib, setStash_nif, 2, CHARGED),
    NATIVE(zlib, set_controller_nif, 2, CONSTANT),
};
NATIVE_TABLE(zlib);
