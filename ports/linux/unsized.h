/* SPDX-License-Identifier: Apache-2.0 */
/* unsized.h - memory for libraries that free without saying the size. */
#ifndef LINUX_UNSIZED_H
#define LINUX_UNSIZED_H

#include <stddef.h>

/* From base/memory.h, so that what libraries take is counted and limited. NULL: out of memory. */
void *unsized_alloc(size_t bytes);
void unsized_free(void *data); /* or NULL */

#endif
