/* SPDX-License-Identifier: Apache-2.0 */
/* otp.h - the installed OTP, and where modules are found. */
#ifndef TOOLS_MOTE_OTP_H
#define TOOLS_MOTE_OTP_H

#include <stdbool.h>
#include "mote/mote.h"

/* Finds OTP: in `root` if that is not NULL, else through `erl` in PATH. False: *why says what to
   do. */
bool otp_open(const char *root, const char **why);
/* 25, 26, ...; 0 before otp_open. */
unsigned otp_release(void);
/* The folder that holds lib/ and erts-*. */
const char *otp_root(void);

/* Adds a folder to look in before OTP's. */
void otp_add_path(const char *folder);
/* Adds the ebin of each folder in `parent` to those of OTP. */
void otp_add_libraries(const char *parent);

/* Calls `accept` with the folder above that of each `program` in PATH, links resolved, until it
   says true. */
typedef bool OtpAccept(const char *folder);
bool otp_from_path(const char *program, OtpAccept *accept);

/* The file of module `name` (`size` characters) in one folder. */
bool otp_find_in(const char *folder, const char *name, size_t size, MoteFile *file);
/* True if OTP's kernel or stdlib has a module of this name. */
bool otp_has_basic(const char *name);

/* A MoteFinder: folders of otp_add_path (newest first), the modules inside the command, OTP's
   lib. The others are for the programs that ask for these folders, or change them. */
bool otp_find(const char *name, size_t size, MoteFile *file);
void otp_each_folder(void (*visit)(const char *folder, void *context), void *context);
bool otp_set_folders(const char *const *names, size_t count);

#endif
