/* SPDX-License-Identifier: Apache-2.0 */
/* hash.h - hash values of terms. */
#ifndef TERM_HASH_H
#define TERM_HASH_H

#include "term/term.h"

/* Seeds the VM's own hash from port_random; called once at boot, before any term is hashed. */
void hash_init(void);

/* erlang:phash2/1 before the range is applied: 32 bits, exactly OTP's values, part of its
   contract. */
uint32_t term_phash2(Term t);
/* erlang:phash/2's function of old, exactly OTP's, range 1..`range`; 0 stands for
   2^32. */
uint32_t term_phash(Term t, uint32_t range);

/* The VM's own, fast; for maps and tables; equal for terms that are =:=; differs between runs. */
extern uint32_t hash_start;
static inline uint32_t hash_fold(uint32_t hash, uint32_t x, uint32_t y)
{
    uint64_t product = (uint64_t)(hash ^ x ^ 0x85EBCA6Bu) * (uint32_t)((y + hash) ^ 0xC2B2AE35u);
    uint64_t spread = ((uint64_t)x * 0x9E3779B1u) ^ product;
    return (uint32_t)spread ^ (uint32_t)(spread >> 32) ^ (hash << 7 | hash >> 25);
}
/* Of a term that is no immediate. */
uint32_t term_hash_parts(Term t);
static inline uint32_t term_hash(Term t)
{
    if (!is_immediate(t)) return term_hash_parts(t);
    return hash_fold(hash_start, (uint32_t)t, (uint32_t)((uint64_t)t >> 32));
}
/* A second, independent value for a hash trie whose 32 bits are used up: level 0, 1, ... */
uint32_t term_hash_level(Term t, unsigned level);

#endif
