/* SPDX-License-Identifier: Apache-2.0 */
/* release.c - what differs between OTP's releases. */

#include "term/release.h"
#include "term/compare.h"

static unsigned current = RELEASE_MIN;

void release_set(unsigned number)
{
    current = number < RELEASE_MIN ? RELEASE_MIN : number > RELEASE_MAX ? RELEASE_MAX : number;
    compare_signed_zeros = current >= 27;
}

unsigned release_number(void) { return current; }

bool release_has_utf8_atoms(void) { return current >= 26; }
