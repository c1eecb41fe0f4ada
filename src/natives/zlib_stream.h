/* SPDX-License-Identifier: Apache-2.0 */
/* zlib_stream.h - what module zlib's references stand for: a stream with its queue of input. */
#ifndef NATIVES_ZLIB_STREAM_H
#define NATIVES_ZLIB_STREAM_H

/* Input waits as boxes, each with a list of binaries; bytes that were used up are passed over. A
   step moves some of it through zlib, and may be left in the middle when the slice is used up:
   its output so far stands in the stream. Only the owner's slices touch a stream. */

#include "heap/copy.h"
#include "heap/resource.h"
#include "mote/os/zlib.h"
#include "natives/output.h"

typedef enum StreamMode {
    STREAM_FRESH,
    STREAM_DEFLATES,
    STREAM_INFLATES,
    STREAM_CLOSED
} StreamMode;

/* What happens to input behind the end of what is inflated; as module zlib numbers it. */
typedef enum StreamEnd { END_ERROR, END_RESET, END_CUT } StreamEnd;

typedef struct StreamInput StreamInput;

typedef struct Stream {
    Resource resource;
    _Atomic(Term) owner; /* pid */
    StreamMode mode;
    ZlibStream zlib;
    StreamInput *first, **last;
    size_t offset, queued; /* bytes: used up of the first binary, waiting altogether */
    bool has_stash;
    TermBox stash;
    size_t buffer_size; /* what the program set; module zlib uses it */
    StreamEnd end;
    bool ended; /* inflating came to the end of the data */
    bool raw;   /* without header: `crc` is of the plain data; else 0 */
    uint32_t crc;
    bool stepping; /* `output` and `consumed` count */
    Output output;
    size_t consumed;
} Stream;

extern const ResourceType stream_type;

Stream *stream_make(Term owner); /* count 1; NULL: out of memory */

ZlibStatus stream_deflate(Stream *stream, const int numbers[4]);
ZlibStatus stream_inflate(Stream *stream, int window_bits, StreamEnd end);
ZlibStatus stream_reset(Stream *stream);
/* Back to FRESH. BAD_DATA: in the middle of something. */
ZlibStatus stream_finish(Stream *stream);

/* Adds a proper list of binaries, `size` bytes altogether, to the input. False: out of memory. */
bool stream_enqueue(Stream *stream, Term list, size_t size);
/* Replaces the stash. False: out of memory. */
bool stream_stash(Stream *stream, Term t);
void stream_clear_stash(Stream *stream);

/* One step: at most so many bytes in and out, with zlib's `flush` at the end of the input. */
typedef struct StreamLimits {
    size_t in, out;
    int flush;
} StreamLimits;
/* OK: goes on with the next piece, when the slice allows; anything else ends the step, which then
   has `stream->output` and `stream->consumed`. *work: bytes handled. */
ZlibStatus stream_piece(Stream *stream, const StreamLimits *limits, size_t *work);

#endif
