/* SPDX-License-Identifier: Apache-2.0 */
/* file.h - open files, and what the natives of module prim_file share. */
#ifndef NATIVES_FILE_H
#define NATIVES_FILE_H

#include "heap/binary.h"
#include "mote/os/file.h"
#include "natives/task.h"
#include "process/owned.h"

/* An open file: one operation at a time, each a task. It is closed by close_nif; else when its
   owner dies, or when the last reference is gone: then by a job, since closing may block. Where
   the owner dies during an operation the file is closed behind it. */

typedef enum FileState { FILE_IDLE, FILE_BUSY, FILE_CLOSING, FILE_CLOSED } FileState;

typedef struct File {
    Resource resource; /* first */
    Owned owned;
    OsJob close;
    _Atomic(int) state; /* FileState */
    int handle;
} File;

/* Part of what is written: bytes of a counted block, which is kept; or of the task itself. */
typedef struct FilePart {
    Bytes *bytes; /* NULL: `data` lies in the task */
    BitSpan data;
} FilePart;

enum { FILE_PARTS_MAX = 64 };

/* An operation; what a field is for depends on it. */
typedef struct FileTask {
    Task task; /* first */
    File *file;
    int (*run)(struct FileTask *task); /* an error of the system's, or 0 */
    int error;
    unsigned modes; /* of opening; a mark, an advice, a boolean */
    int64_t offset, length;
    size_t size;  /* bytes that were read or written */
    Bytes *bytes; /* what was read */
    OsFileInfo info;
    size_t name_size;   /* of the name or of the copies behind */
    size_t part_count, part_room;
    FilePart *parts;
    bool has_run;
    uint8_t name[];
} FileTask;

extern const ResourceType file_task_type;

/* A task for `run` with `extra` bytes behind it. NULL: out of memory. */
FileTask *file_task_make(int (*run)(FileTask *task), size_t extra);
/* Gives up a task that was not started. */
void file_task_drop(FileTask *task);
/* Starts the task on the file that `reference` stands for; takes it. */
Term file_task_start(Process *p, Term reference, FileTask *task);

/* The file that t refers to, or NULL. */
File *file_of(Term t);
/* A file for an open `handle`, owned by nobody. NULL: out of memory, the handle is closed. */
File *file_make(int handle);
/* p, which runs, becomes its owner. False: out of memory. */
bool file_own(Process *p, File *file);

/* Errors beside the system's. */
enum { FILE_NO_MEMORY = -1, FILE_INVALID = -2 };

/* {error, Name}. */
Term file_error(Process *p, int error);
/* #file_info{} */
Term file_info_term(Process *p, const OsFileInfo *info);
/* The index of atom t in a row of `count` texts; `count`: it is none of them. */
size_t file_atom_index(Term t, const char *const *texts, size_t count);
/* A name as the system takes it: a binary with NULs at its end and nowhere else. */
bool is_file_name(Term t, size_t *size);
/* Copies such a name. */
void file_name_copy(Term t, uint8_t *to);

#endif
