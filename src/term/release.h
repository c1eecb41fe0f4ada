/* SPDX-License-Identifier: Apache-2.0 */
/* release.h - the OTP release whose code the VM runs (design D19). */
#ifndef TERM_RELEASE_H
#define TERM_RELEASE_H

/* Set once at boot, before any term is made. Whatever differs between releases asks here. */
#include <stdbool.h>

enum { RELEASE_MIN = 25, RELEASE_MAX = 29 };

void release_set(unsigned number);
unsigned release_number(void);
/* External terms have UTF-8 atoms only (26 and later). */
bool release_has_utf8_atoms(void);

#endif
