/* SPDX-License-Identifier: Apache-2.0 */
/* natives.h - makes the natives callable. */
#ifndef VM_NATIVES_H
#define VM_NATIVES_H

#include <stdbool.h>

/* Enters all rows of `native_modules` in the table of exports. False: out of memory. */
bool natives_init(void);

#endif
