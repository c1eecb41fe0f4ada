/* SPDX-License-Identifier: Apache-2.0 */
/* md5.h - the MD5 digest (RFC 1321). */
#ifndef BASE_MD5_H
#define BASE_MD5_H

/* Not a defence against anyone: it names modules and answers erlang:md5/1. The state is plain data,
   so a caller may keep it in a binary, as erlang:md5_init/0 does. */

#include <stddef.h>
#include <stdint.h>

#define MD5_SIZE 16

typedef struct Md5 {
    uint32_t state[4];
    uint32_t size_low, size_high; /* bytes taken so far */
    uint8_t block[64];            /* the bytes that do not fill a block yet */
} Md5;

void md5_init(Md5 *md5);
void md5_update(Md5 *md5, const void *bytes, size_t size);
/* Ends the digest; `md5` needs md5_init before it is used again. */
void md5_final(Md5 *md5, uint8_t digest[MD5_SIZE]);

#endif
