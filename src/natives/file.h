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

/* An operation on an open file or on names; what a field is for depends on it. */
typedef struct FileTask {
    Task task; /* first */
    int (*run)(struct FileTask *task); /* an error of the system's, or 0 */
    Term (*answer)(Process *p, struct FileTask *task); /* if there is no error; NULL: ok */
    unsigned modes; /* of opening, of a file; a mark, an advice, a boolean */
    int64_t offset, length; /* or other numbers */
    File *file;             /* NULL: it is on names */
    int error;
    size_t size;  /* bytes that were read or written */
    Bytes *bytes; /* what was read */
    OsFileInfo info;
    size_t part_count, part_room;
    FilePart *parts;
    bool has_run;
    const char *second; /* the name behind the first one */
    size_t name_size;   /* of the names or of the copies behind */
    char name[];
} FileTask;

/* A task as `like` says, up to `length`, with `extra` bytes behind it. NULL: out of memory. */
FileTask *file_task_make(const FileTask *like, size_t extra);
/* Gives up a task that was not started. */
void file_task_drop(FileTask *task);
/* Starts the task on the file that `reference` stands for; takes it. */
Term file_task_start(Process *p, Term reference, FileTask *task);
/* What the native returns when it is called again: {error, Name}, or the task's answer. */
Term file_task_answer(Process *p);
/* In the task: room for `more` bytes behind those that were read. False: out of memory. */
bool file_task_reserve(FileTask *task, size_t more);

/* Whole natives: a task as `like` says, on the open file that `reference` stands for, or on up to
   two names. They are called again until there is an answer. */
Term file_operate(Process *p, Term reference, const FileTask *like);
Term file_operate_named(Process *p, const Term *names, size_t count, const FileTask *like);

/* Answers: #file_info{}; {ok, Bytes}. */
Term file_answer_info(Process *p, FileTask *task);
Term file_answer_bytes(Process *p, FileTask *task);
/* The bytes that were read, as a binary; the task's no more. TERM_NONE: raised. */
Term file_task_bytes(Process *p, FileTask *task);

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
/* A name as the system takes it: a binary with NULs at its end and nowhere else. */
bool is_file_name(Term t, size_t *size);

#endif
