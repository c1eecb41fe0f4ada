/* SPDX-License-Identifier: Apache-2.0 */
/* two_way.h - the two-way algorithm for one pattern. */
#ifndef NATIVES_TWO_WAY_H
#define NATIVES_TWO_WAY_H

#include "natives/binary_pattern.h"

/* `size` > 1. */
void two_way_init(TwoWay *two_way, const uint8_t *needle, size_t size);
/* The first occurrence, or NULL. */
const uint8_t *two_way_find(const TwoWay *two_way, const uint8_t *needle, size_t size,
                            const uint8_t *data, size_t data_size);

#endif
