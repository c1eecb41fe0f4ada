/* SPDX-License-Identifier: Apache-2.0 */
/* zlib.c - no zlib. */

#include "mote/os/zlib.h"
#include "base/checksum.h"

bool os_inflate(const uint8_t *src, size_t size, uint8_t *dst, size_t want)
{
    (void)src, (void)size, (void)dst, (void)want;
    return false;
}

size_t os_deflate(const uint8_t *src, size_t size, uint8_t *dst, size_t room, int level)
{
    (void)src, (void)size, (void)dst, (void)room, (void)level;
    return 0;
}

ZlibStatus os_deflate_open(ZlibStream *stream, const int numbers[4])
{
    (void)stream, (void)numbers;
    return ZLIB_ABSENT;
}

ZlibStatus os_inflate_open(ZlibStream *stream, int window_bits)
{
    (void)stream, (void)window_bits;
    return ZLIB_ABSENT;
}

ZlibStatus os_zlib_close(ZlibStream *stream)
{
    (void)stream;
    return ZLIB_ABSENT;
}

ZlibStatus os_zlib_step(ZlibStream *stream, int flush)
{
    (void)stream, (void)flush;
    return ZLIB_ABSENT;
}

ZlibStatus os_zlib_reset(ZlibStream *stream)
{
    (void)stream;
    return ZLIB_ABSENT;
}

ZlibStatus os_zlib_set_dictionary(ZlibStream *stream, const uint8_t *bytes, size_t size)
{
    (void)stream, (void)bytes, (void)size;
    return ZLIB_ABSENT;
}

ZlibStatus os_inflate_dictionary(ZlibStream *stream, uint8_t *bytes, size_t *size)
{
    (void)stream, (void)bytes, (void)size;
    return ZLIB_ABSENT;
}

ZlibStatus os_deflate_params(ZlibStream *stream, int level, int strategy)
{
    (void)stream, (void)level, (void)strategy;
    return ZLIB_ABSENT;
}

uint32_t os_crc32(uint32_t crc, const uint8_t *bytes, size_t size)
{
    return crc32_update(crc, bytes, size);
}

uint32_t os_adler32(uint32_t adler, const uint8_t *bytes, size_t size)
{
    return adler32_update(adler, bytes, size);
}
