/* SPDX-License-Identifier: Apache-2.0 */
/* mote.h - the VM as a library: configure, run, and learn how it ended. */
#ifndef MOTE_MOTE_H
#define MOTE_MOTE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A file that holds a module. `bytes` stay valid until `release`, which may be NULL. */
typedef struct MoteFile {
    const uint8_t *bytes;
    size_t size;
    const char *path; /* for messages and code:which/1 */
    void (*release)(struct MoteFile *file);
} MoteFile;

/* Finds the .beam of module `name` (not NUL-terminated). False: there is none. Runs on a thread of
   include/mote/os/job.h and may block; several may run at once. */
typedef bool MoteFinder(const char *name, size_t size, MoteFile *file);

/* The folders where a finder looks, in order, where there are such things and a program may change
   them (code:add_patha/1). They may be called by several threads, at any time. */
typedef struct MoteFolders {
    void (*each)(void (*visit)(const char *folder, void *context), void *context);
    bool (*set)(const char *const *folders, size_t count); /* false: no memory */
} MoteFolders;

typedef struct MoteConfig {
    unsigned schedulers; /* 0: one per core */
    size_t memory;       /* bytes that all of the VM may use; 0: no limit */
    uint32_t atoms;      /* the most atoms; 0: 1,048,576 */
    unsigned release;    /* of OTP, whose modules it runs: 25..29 */
    MoteFinder *finder;
    MoteFolders folders; /* functions may be NULL */
    const char *const *arguments; /* given to mote_boot:start/1 as a list of binaries */
    size_t argument_count;
} MoteConfig;

/* Runs until the program has ended. Returns its exit status; 1 with a message on the console
   where the VM cannot even start. Once per process. */
int mote_run(const MoteConfig *config);

#endif
