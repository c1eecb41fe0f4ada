/* SPDX-License-Identifier: Apache-2.0 */
/* utf8.h - UTF-8. */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

/* Valid code points are 0 .. 0x10FFFF without the surrogates; the shortest form alone is valid. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Reads one code point from `size` bytes: the number of bytes it took, or 0 where none is valid. */
size_t utf8_decode(const uint8_t *bytes, size_t size, uint32_t *code);
/* The size of the valid UTF-8 that `size` bytes start with; *count: its code points. */
size_t utf8_valid_prefix(const uint8_t *bytes, size_t size, size_t *count);
/* Writes a valid code point (4 bytes at most): the number of bytes. */
size_t utf8_encode(uint32_t code, uint8_t *out);
static inline bool utf8_is_code_point(uint32_t code)
{
    return code <= 0x10FFFF && (code < 0xD800 || code > 0xDFFF);
}
static inline size_t utf8_bytes(uint32_t code)
{
    return code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
}

#endif
