/* SPDX-License-Identifier: Apache-2.0 */
/* zlib_stream.c - streams of module zlib. */
#include "natives/zlib_stream.h"
#include "base/memory.h"
#include "heap/binary.h"

enum { PIECE_IN = 8192, PIECE_OUT = 16384, DEFAULT_BUFFER = 4000 };

struct StreamInput {
    StreamInput *next;
    TermBox box;
    Term list; /* of binaries; not empty */
};

/* ---- Life ---- */

static void drop_first(Stream *stream)
{
    StreamInput *input = stream->first;
    stream->first = input->next;
    if (!stream->first) stream->last = &stream->first;
    term_box_free(&input->box);
    memory_free(input, sizeof *input);
}

static void drop_input(Stream *stream)
{
    while (stream->first) drop_first(stream);
    stream->offset = stream->queued = 0;
}

static void destroy(Resource *resource)
{
    Stream *stream = (Stream *)resource;
    drop_input(stream);
    stream_clear_stash(stream);
    if (stream->stepping) output_drop(&stream->output);
    if (stream->zlib.state) os_zlib_close(&stream->zlib);
    memory_free(stream, sizeof *stream);
}
const ResourceType stream_type = {"zlib", destroy};

Stream *stream_make(Term owner)
{
    Stream *stream = memory_alloc(sizeof *stream);
    if (!stream) return NULL;
    memset(stream, 0, sizeof *stream);
    resource_init(&stream->resource, &stream_type);
    atomic_init(&stream->owner, owner);
    stream->last = &stream->first;
    stream->buffer_size = DEFAULT_BUFFER;
    return stream;
}

static ZlibStatus opened(Stream *stream, ZlibStatus status, StreamMode mode, int window_bits)
{
    if (status != ZLIB_OK) return status;
    stream->mode = mode;
    stream->raw = window_bits < 0;
    stream->ended = false;
    stream->crc = 0;
    return ZLIB_OK;
}

ZlibStatus stream_deflate(Stream *stream, const int numbers[4])
{
    ZlibStatus status = os_deflate_open(&stream->zlib, numbers);
    return opened(stream, status, STREAM_DEFLATES, numbers[1]);
}

ZlibStatus stream_inflate(Stream *stream, int window_bits, StreamEnd end)
{
    stream->end = end;
    return opened(stream, os_inflate_open(&stream->zlib, window_bits), STREAM_INFLATES,
                  window_bits);
}

ZlibStatus stream_reset(Stream *stream)
{
    drop_input(stream);
    stream->ended = false;
    stream->crc = 0;
    return os_zlib_reset(&stream->zlib);
}

ZlibStatus stream_finish(Stream *stream)
{
    bool complete = stream->queued == 0 && (stream->mode == STREAM_DEFLATES || stream->ended);
    drop_input(stream);
    stream_clear_stash(stream);
    stream->mode = STREAM_FRESH;
    ZlibStatus status = os_zlib_close(&stream->zlib);
    return status == ZLIB_OK && !complete ? ZLIB_BAD_DATA : status;
}

/* ---- Input and stash ---- */

bool stream_enqueue(Stream *stream, Term list, size_t size)
{
    if (is_nil(list)) return true;
    StreamInput *input = memory_alloc(sizeof *input);
    if (!input) return false;
    if (!term_box(list, &input->box, true)) {
        memory_free(input, sizeof *input);
        return false;
    }
    input->next = NULL;
    input->list = input->box.term;
    *stream->last = input;
    stream->last = &input->next;
    stream->queued += size;
    return true;
}

bool stream_stash(Stream *stream, Term t)
{
    TermBox box;
    if (!term_box(t, &box, true)) return false;
    stream_clear_stash(stream);
    stream->stash = box;
    stream->has_stash = true;
    return true;
}

void stream_clear_stash(Stream *stream)
{
    if (stream->has_stash) term_box_free(&stream->stash);
    stream->has_stash = false;
}

/* The bytes that come next. */
static void peek(const Stream *stream, const uint8_t **data, size_t *size)
{
    *size = 0;
    if (!stream->first) return;
    BitSpan span = bitstring_span(cons_head(stream->first->list));
    *data = span.data + stream->offset;
    *size = span.bit_size / 8 - stream->offset;
}

static void pass(Stream *stream, size_t bytes)
{
    stream->offset += bytes;
    stream->queued -= bytes;
    while (stream->first) {
        Term list = stream->first->list;
        if (bitstring_bits(cons_head(list)) / 8 > stream->offset) return;
        stream->offset = 0;
        stream->first->list = cons_tail(list);
        if (is_nil(stream->first->list)) drop_first(stream);
    }
}

/* ---- Steps ---- */

static bool begin(Stream *stream)
{
    if (stream->ended && stream->queued > 0) {
        if (stream->end == END_ERROR) return false;
        if (stream->end == END_CUT) {
            drop_input(stream);
        } else {
            stream->ended = false;
            os_zlib_reset(&stream->zlib);
        }
    }
    output_init(&stream->output);
    stream->consumed = 0;
    stream->stepping = true;
    return true;
}

static size_t least(size_t a, size_t b) { return a < b ? a : b; }

ZlibStatus stream_piece(Stream *stream, const StreamLimits *limits, size_t *work)
{
    ZlibStream *zlib = &stream->zlib;
    Output *out = &stream->output;
    const uint8_t *data = NULL;
    size_t in;
    *work = 0;
    if (!stream->stepping && !begin(stream)) return ZLIB_BAD_DATA;
    peek(stream, &data, &in);
    in = least(least(in, PIECE_IN), limits->in - stream->consumed);
    size_t room = least(limits->out - out->size, PIECE_OUT);
    if (!output_reserve(out, room)) return ZLIB_NO_MEMORY;
    uint8_t *to = out->data + out->size;
    zlib->in = data;
    zlib->in_size = in;
    zlib->out = to;
    zlib->out_size = room;
    ZlibStatus status = os_zlib_step(zlib, in == stream->queued ? limits->flush : 0);
    size_t used = in - zlib->in_size, made = room - zlib->out_size;
    if (stream->raw)
        stream->crc = zlib->deflates ? os_crc32(stream->crc, data, used)
                                     : os_crc32(stream->crc, to, made);
    if (status == ZLIB_END && !zlib->deflates) stream->ended = true;
    pass(stream, used);
    stream->consumed += used;
    out->size += made;
    *work = used + made;
    bool more = stream->queued > 0 && stream->consumed < limits->in && out->size < limits->out;
    return status == ZLIB_OK && !more ? ZLIB_STUCK : status;
}
