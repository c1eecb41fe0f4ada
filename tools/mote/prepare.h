/* SPDX-License-Identifier: Apache-2.0 */
/* prepare.h - modules as the VM would load them, without running anything. */
#ifndef TOOLS_MOTE_PREPARE_H
#define TOOLS_MOTE_PREPARE_H

#include "code/module.h"
#include "file.h"

/* Sets up the tables of names. False: out of memory. */
bool prepare_init(void);
/* NULL: refused. The caller ends with module_discard. */
Module *prepare_module(const File *file, LoadError *error);

#endif
