/* SPDX-License-Identifier: Apache-2.0 */
/* bitcopy.h - ranges of bits that start at any bit. Bit 0 of a byte is its most significant one. */
#ifndef BASE_BITCOPY_H
#define BASE_BITCOPY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Copies `count` bits; the other bits of the first and last target byte stay. No overlap. */
void bits_copy(uint8_t *to, uintptr_t to_bit, const uint8_t *from, uintptr_t from_bit,
               uintptr_t count);
/* -1, 0, 1 as unsigned bit strings of `count` bits. */
int bits_compare(const uint8_t *a, uintptr_t a_bit, const uint8_t *b, uintptr_t b_bit,
                 uintptr_t count);
/* The next `count` (0..64) bits as an unsigned big-endian number. */
uint64_t bits_read(const uint8_t *from, uintptr_t from_bit, unsigned count);

#endif
