/* SPDX-License-Identifier: Apache-2.0 */
/* release.c - what differs between OTP's releases. */

#include "term/release.h"

unsigned release_current = RELEASE_MIN;

void release_set(unsigned number)
{
    release_current = number < RELEASE_MIN   ? RELEASE_MIN
                      : number > RELEASE_MAX ? RELEASE_MAX
                                             : number;
}
