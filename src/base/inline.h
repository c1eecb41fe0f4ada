/* SPDX-License-Identifier: Apache-2.0 */
/* inline.h - functions of headers that a build for size (-Os) has once instead of in each file. */
#ifndef BASE_INLINE_H
#define BASE_INLINE_H

/* Hosts: both are `static inline`. For size: INLINE leaves it to the compiler whether a call is
   inlined, SHARED never is; one C file holds what is called, by `extern inline` and the prototype,
   or, as term.c, by INLINE as `extern inline` before the header is included. Such a function uses
   no static one, not even static inline. */
#ifndef INLINE
#ifdef __OPTIMIZE_SIZE__
#define INLINE inline
#else
#define INLINE static inline
#endif
#endif

#ifdef __OPTIMIZE_SIZE__
#define SHARED __attribute__((noinline)) inline
#pragma GCC diagnostic ignored "-Wattributes" /* gcc wonders at the two words */
#else
#define SHARED static inline
#endif

#endif
