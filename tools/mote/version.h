/* SPDX-License-Identifier: Apache-2.0 */
/* version.h - the version of the command and of the VM in it. */
#ifndef TOOLS_MOTE_VERSION_H
#define TOOLS_MOTE_VERSION_H

#define MOTE_VERSION "0.1.0"

#endif
