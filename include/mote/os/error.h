/* SPDX-License-Identifier: Apache-2.0 */
/* error.h - how calls of the operating system say what went wrong. */
#ifndef MOTE_OS_ERROR_H
#define MOTE_OS_ERROR_H

/* Functions of include/mote/os that may fail return 0, or a number of the system's own. Any thread
   may ask for its name: POSIX's in lower case, such as "enoent". */
const char *os_error_name(int error);

#endif
