/* SPDX-License-Identifier: Apache-2.0 */
/* port_ram_file.h - files in memory, as OTP's ram_file keeps them: one port each. */
#ifndef NATIVES_PORT_RAM_FILE_H
#define NATIVES_PORT_RAM_FILE_H

#include "process/port.h"

/* An empty file that can neither be read nor written yet: the first request opens it. `binary`:
   what is read comes as binaries. Count 1. NULL: out of memory. */
Port *ram_file_make(bool binary);

#endif
