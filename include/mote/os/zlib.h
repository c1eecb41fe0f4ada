/* SPDX-License-Identifier: Apache-2.0 */
/* zlib.h - the formats of RFC 1950 to 1952, on machines that have zlib. */
#ifndef MOTE_OS_ZLIB_H
#define MOTE_OS_ZLIB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* ---- At once ---- */

/* Inflates a zlib stream at the start of `src`, which must give exactly `want` bytes. False: it is
   damaged, gives another size, or there is no memory. Machines without zlib always return false. */
bool os_inflate(const uint8_t *src, size_t size, uint8_t *dst, size_t want);

/* Deflates at `level` 1..9 into at most `room` bytes: their number, 0 where it does not fit or
   there is no zlib. */
size_t os_deflate(const uint8_t *src, size_t size, uint8_t *dst, size_t room, int level);

/* ---- Streams ---- */

/* Opened for one direction, then stepped as often as there is input or room. One thread at a time
   may use a stream. Numbers are zlib's own: window bits, levels, strategies, flush values. */

typedef enum ZlibStatus {
    ZLIB_OK,
    ZLIB_END,              /* of the stream */
    ZLIB_STUCK,            /* neither input nor room made a difference */
    ZLIB_WANTS_DICTIONARY, /* `check` says which */
    ZLIB_BAD_CALL,         /* parameters, or the state of the stream */
    ZLIB_BAD_DATA,
    ZLIB_NO_MEMORY,
    ZLIB_ABSENT /* this machine has no zlib */
} ZlibStatus;

typedef struct ZlibStream {
    const uint8_t *in; /* what is left of the input, and of the room for output */
    size_t in_size;
    uint8_t *out;
    size_t out_size;
    uint32_t check; /* Adler-32 of the data so far, or of the wanted dictionary */
    bool deflates;
    void *state; /* zlib's; NULL: not open */
} ZlibStream;

/* `numbers`: level, window bits, memory level, strategy. */
ZlibStatus os_deflate_open(ZlibStream *stream, const int numbers[4]);
ZlibStatus os_inflate_open(ZlibStream *stream, int window_bits);
/* Ends and frees it, whatever the result is: BAD_DATA if it was closed in the middle. */
ZlibStatus os_zlib_close(ZlibStream *stream);

/* At most 2^32-1 bytes of either side at a time. */
ZlibStatus os_zlib_step(ZlibStream *stream, int flush);
ZlibStatus os_zlib_reset(ZlibStream *stream);
ZlibStatus os_zlib_set_dictionary(ZlibStream *stream, const uint8_t *bytes, size_t size);
/* The last at most 32 KB that were inflated, into a block of that size. */
ZlibStatus os_inflate_dictionary(ZlibStream *stream, uint8_t *bytes, size_t *size);
/* Of a stream that has no input left. */
ZlibStatus os_deflate_params(ZlibStream *stream, int level, int strategy);

/* ---- Checksums ---- */

/* As crc32_update and adler32_update of base/checksum.h, which they are without zlib. */
uint32_t os_crc32(uint32_t crc, const uint8_t *bytes, size_t size);
uint32_t os_adler32(uint32_t adler, const uint8_t *bytes, size_t size);

#endif
