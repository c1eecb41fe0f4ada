/* SPDX-License-Identifier: Apache-2.0 */
/* zlib.c - zlib. */
#include "mote/os/zlib.h"
#include <zlib.h>
#include "base/memory.h"
#include "unsized.h"

/* ---- At once ---- */

bool os_inflate(const uint8_t *src, size_t size, uint8_t *dst, size_t want)
{
    z_stream stream = {0};
    uint8_t spare; /* zlib wants a place to write to even where nothing is to be written */
    if (size > UINT32_MAX || want > UINT32_MAX) return false;
    if (inflateInit(&stream) != Z_OK) return false;
    stream.next_in = (Bytef *)src;
    stream.avail_in = (uInt)size;
    stream.next_out = want > 0 ? dst : &spare;
    stream.avail_out = (uInt)want;
    int result = inflate(&stream, Z_FINISH);
    bool complete = result == Z_STREAM_END && stream.avail_out == 0;
    inflateEnd(&stream);
    return complete;
}

size_t os_deflate(const uint8_t *src, size_t size, uint8_t *dst, size_t room, int level)
{
    uLongf used = room;
    return compress2(dst, &used, src, size, level) == Z_OK ? used : 0;
}

/* ---- Memory ---- */

static voidpf take(voidpf unused, uInt items, uInt size)
{
    (void)unused;
    return unsized_alloc((size_t)items * size);
}

static void give_back(voidpf unused, voidpf data)
{
    (void)unused;
    unsized_free(data);
}

/* ---- Streams ---- */

static ZlibStatus status_of(int result)
{
    switch (result) {
    case Z_OK: return ZLIB_OK;
    case Z_STREAM_END: return ZLIB_END;
    case Z_BUF_ERROR: return ZLIB_STUCK;
    case Z_NEED_DICT: return ZLIB_WANTS_DICTIONARY;
    case Z_DATA_ERROR: return ZLIB_BAD_DATA;
    case Z_MEM_ERROR: return ZLIB_NO_MEMORY;
    default: return ZLIB_BAD_CALL;
    }
}

static z_stream *make_state(void)
{
    z_stream *state = memory_alloc(sizeof *state);
    if (state) *state = (z_stream){.zalloc = take, .zfree = give_back};
    return state;
}

static ZlibStatus opened(ZlibStream *stream, z_stream *state, bool deflates, int result)
{
    if (result != Z_OK) {
        memory_free(state, sizeof *state);
        return status_of(result);
    }
    *stream = (ZlibStream){.check = (uint32_t)state->adler, .deflates = deflates, .state = state};
    return ZLIB_OK;
}

ZlibStatus os_deflate_open(ZlibStream *stream, const int numbers[4])
{
    z_stream *state = make_state();
    if (!state) return ZLIB_NO_MEMORY;
    return opened(stream, state, true,
                  deflateInit2(state, numbers[0], Z_DEFLATED, numbers[1], numbers[2], numbers[3]));
}

ZlibStatus os_inflate_open(ZlibStream *stream, int window_bits)
{
    z_stream *state = make_state();
    return state ? opened(stream, state, false, inflateInit2(state, window_bits)) : ZLIB_NO_MEMORY;
}

ZlibStatus os_zlib_close(ZlibStream *stream)
{
    z_stream *state = stream->state;
    int result = stream->deflates ? deflateEnd(state) : inflateEnd(state);
    memory_free(state, sizeof *state);
    stream->state = NULL;
    return status_of(result);
}

ZlibStatus os_zlib_step(ZlibStream *stream, int flush)
{
    z_stream *state = stream->state;
    state->next_in = (Bytef *)stream->in;
    state->avail_in = (uInt)stream->in_size;
    state->next_out = stream->out;
    state->avail_out = (uInt)stream->out_size;
    int result = stream->deflates ? deflate(state, flush) : inflate(state, flush);
    stream->in = state->next_in;
    stream->in_size = state->avail_in;
    stream->out = state->next_out;
    stream->out_size = state->avail_out;
    stream->check = (uint32_t)state->adler;
    return status_of(result);
}

ZlibStatus os_zlib_reset(ZlibStream *stream)
{
    return status_of(stream->deflates ? deflateReset(stream->state) : inflateReset(stream->state));
}

ZlibStatus os_zlib_set_dictionary(ZlibStream *stream, const uint8_t *bytes, size_t size)
{
    z_stream *state = stream->state;
    int result = stream->deflates ? deflateSetDictionary(state, bytes, (uInt)size)
                                  : inflateSetDictionary(state, bytes, (uInt)size);
    stream->check = (uint32_t)state->adler;
    return status_of(result);
}

ZlibStatus os_inflate_dictionary(ZlibStream *stream, uint8_t *bytes, size_t *size)
{
    uInt used = 0;
    int result = inflateGetDictionary(stream->state, bytes, &used);
    *size = used;
    return status_of(result);
}

ZlibStatus os_deflate_params(ZlibStream *stream, int level, int strategy)
{
    z_stream *state = stream->state;
    uint8_t spare; /* nothing is left to be written */
    state->avail_in = 0;
    state->next_out = &spare;
    state->avail_out = 0;
    return status_of(deflateParams(state, level, strategy));
}

/* ---- Checksums ---- */

/* Without bytes zlib would give the sum's start. */
uint32_t os_crc32(uint32_t crc, const uint8_t *bytes, size_t size)
{
    return bytes ? (uint32_t)crc32_z(crc, bytes, size) : crc;
}

uint32_t os_adler32(uint32_t adler, const uint8_t *bytes, size_t size)
{
    return bytes ? (uint32_t)adler32_z(adler, bytes, size) : adler;
}
