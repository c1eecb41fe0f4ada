/* SPDX-License-Identifier: Apache-2.0 */
/* error.c - without an operating system there is one error. */
#include "mote/os/error.h"

const char *os_error_name(int error)
{
    (void)error;
    return "enotsup";
}
