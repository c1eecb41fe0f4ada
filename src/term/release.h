/* SPDX-License-Identifier: Apache-2.0 */
/* release.h - the OTP release whose code the VM runs (design D19). */
#ifndef TERM_RELEASE_H
#define TERM_RELEASE_H

/* Set once at boot, before any term is made. Whatever differs between releases asks here:
   release_has_signed_zeros() and the other names of term/releases.def. */
#include <stdbool.h>

enum { RELEASE_MIN = 25, RELEASE_MAX = 29 };

extern unsigned release_current; /* read only */

void release_set(unsigned number);
static inline unsigned release_number(void) { return release_current; }

#define SINCE(name, release, what) \
    static inline bool release_has_##name(void) { return release_current >= (release); }
#include "term/releases.def"
#undef SINCE

#endif
