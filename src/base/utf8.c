/* SPDX-License-Identifier: Apache-2.0 */
/* utf8.c - UTF-8. */

#include "base/utf8.h"
#include <string.h>

/* Length of the sequence that a lead byte starts, 0 for none. */
static size_t sequence_length(uint8_t lead)
{
    if (lead < 0x80) return 1;
    if (lead < 0xC2 || lead > 0xF4) return 0;
    return lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
}

/* The first continuation byte's range excludes overlong forms, surrogates and what is too large. */
static bool second_is_valid(uint8_t lead, uint8_t second)
{
    if (lead == 0xE0) return second >= 0xA0 && second <= 0xBF;
    if (lead == 0xED) return second >= 0x80 && second <= 0x9F;
    if (lead == 0xF0) return second >= 0x90 && second <= 0xBF;
    if (lead == 0xF4) return second >= 0x80 && second <= 0x8F;
    return (second & 0xC0) == 0x80;
}

static bool prefix_is_valid(const uint8_t *bytes, size_t count)
{
    if (count > 1 && !second_is_valid(bytes[0], bytes[1])) return false;
    for (size_t i = 2; i < count; i++) {
        if ((bytes[i] & 0xC0) != 0x80) return false;
    }
    return true;
}

size_t utf8_decode(const uint8_t *bytes, size_t size, uint32_t *code)
{
    size_t length = size ? sequence_length(bytes[0]) : 0;
    if (length == 0 || length > size || !prefix_is_valid(bytes, length)) return 0;
    uint32_t value = length == 1 ? bytes[0] : bytes[0] & (0x7Fu >> length);
    for (size_t i = 1; i < length; i++) value = value << 6 | (bytes[i] & 0x3F);
    *code = value;
    return length;
}

/* The bytes of a sequence of two or three at the start of `size` bytes, 0 for none of these:
   most of what is not ASCII. */
static inline size_t short_sequence(const uint8_t *bytes, size_t size)
{
    uint8_t lead = bytes[0];
    if (lead >= 0xC2 && lead < 0xE0) return size > 1 && (bytes[1] & 0xC0) == 0x80 ? 2 : 0;
    if ((lead & 0xF0) != 0xE0 || size < 3 || !second_is_valid(lead, bytes[1])) return 0;
    return (bytes[2] & 0xC0) == 0x80 ? 3 : 0;
}

size_t utf8_valid_prefix(const uint8_t *bytes, size_t size, size_t *count)
{
    const uintptr_t high_bits = (uintptr_t)-1 / 0xFF * 0x80;
    size_t at = 0, more = 0; /* bytes beyond the first of each code point */
    while (at < size) {
        uintptr_t word;
        if (size - at >= sizeof word) {
            memcpy(&word, bytes + at, sizeof word);
            if (!(word & high_bits)) {
                at += sizeof word;
                continue;
            }
        }
        while (at < size && bytes[at] < 0x80) at++;
        while (at < size && bytes[at] >= 0x80) {
            uint32_t code;
            size_t length = short_sequence(bytes + at, size - at);
            if (length == 0) length = utf8_decode(bytes + at, size - at, &code);
            if (length == 0) {
                *count = at - more;
                return at;
            }
            at += length;
            more += length - 1;
        }
    }
    *count = at - more;
    return at;
}

size_t utf8_encode(uint32_t code, uint8_t *out)
{
    size_t length = utf8_bytes(code);
    if (length == 1) {
        out[0] = (uint8_t)code;
        return 1;
    }
    static const uint8_t lead[] = {0, 0, 0xC0, 0xE0, 0xF0};
    for (size_t i = length - 1; i > 0; i--, code >>= 6) out[i] = 0x80 | (code & 0x3F);
    out[0] = (uint8_t)(lead[length] | code);
    return length;
}
