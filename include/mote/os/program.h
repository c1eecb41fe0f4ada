/* SPDX-License-Identifier: Apache-2.0 */
/* program.h - programs of the operating system, talked to through pipes. */
#ifndef MOTE_OS_PROGRAM_H
#define MOTE_OS_PROGRAM_H

/* Functions that return an int return 0 or an error (include/mote/os/error.h). Where there is no
   operating system, starting fails. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct OsProgramStart {
    const char *path;             /* of the file */
    const char *const *arguments; /* from the program's own name on; ends with NULL */
    const char *const *changes;   /* of the environment: NAME=VALUE, or NAME to take it away; ends
                                     with NULL */
    const char *folder;           /* to run in; NULL: the VM's */
    bool input, output;           /* what pipes there are to be: to and from the program */
    bool errors;                  /* what it writes to its standard error comes with its output */
    bool apart;                   /* its ends are 3 and 4 instead of 0 and 1 */
} OsProgramStart;

typedef struct OsProgram {
    uint32_t id;
    int input, output; /* the VM's ends, which do not block; -1: there is none */
    int end;           /* can be read when the program has ended */
} OsProgram;

/* Starts a program; may block: for jobs. */
int os_program_start(const OsProgramStart *start, OsProgram *program);
/* True once it has ended: its status as a shell gives it. */
bool os_program_status(int end, int *status);

/* Handles of programs, and others that somebody gave the VM: */
void os_handle_use(int handle); /* from now on it does not block */
/* `size` is what could be written, read at once; reading also gives 0 at the end: `at_end`. */
int os_handle_write(int handle, const void *bytes, size_t room, size_t *size);
int os_handle_read(int handle, void *bytes, size_t room, size_t *size, bool *at_end);
void os_handle_close(int handle);

#endif
