/* SPDX-License-Identifier: Apache-2.0 */
/* inflate.c - zlib's format through zlib. */
#include "mote/os/inflate.h"
#include <zlib.h>

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
