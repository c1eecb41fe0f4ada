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
uint32_t term_hash(Term t);
/* A second, independent value for a hash trie whose 32 bits are used up: level 0, 1, ... */
uint32_t term_hash_level(Term t, unsigned level);

#endif
