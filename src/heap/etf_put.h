/* SPDX-License-Identifier: Apache-2.0 */
/* etf_put.h - writing terms without parts in external term format; used by etf_*.c only. */
#ifndef HEAP_ETF_PUT_H
#define HEAP_ETF_PUT_H

#include "heap/etf.h"
#include "heap/etf_format.h"

/* Room is asked for once per term; the puts behind it do not look. Where there is none the
   encoder has failed, and what is written until its step ends goes to a place that nobody reads. */

bool etf_room_slow(EtfEncoder *e, size_t bytes);
static inline void etf_room(EtfEncoder *e, size_t bytes)
{
    if ((size_t)(e->end - e->at) < bytes) etf_room_slow(e, bytes);
}

static inline void put_u8(EtfEncoder *e, unsigned value) { *e->at++ = (uint8_t)value; }
static inline void put_u16(EtfEncoder *e, unsigned value)
{
    put_u8(e, value >> 8);
    put_u8(e, value);
}
static inline void put_u32(EtfEncoder *e, uint32_t value)
{
    put_u16(e, value >> 16);
    put_u16(e, value & 0xFFFF);
}

/* True for terms that `etf_put_leaf` writes whole. */
static inline bool etf_is_leaf(Term t)
{
    return !is_cons(t) && (!is_boxed(t) || boxed_kind(t) > KIND_FUN);
}
void etf_put_leaf(EtfEncoder *e, Term t);
void etf_put_atom(EtfEncoder *e, Term atom);
void etf_put_integer(EtfEncoder *e, int64_t value);

#endif
