/* SPDX-License-Identifier: Apache-2.0 */
/* file.c - open files, and what the natives of module prim_file share. */
#include "natives/file.h"
#include "base/memory.h"
#include "mote/os/error.h"
#include "natives/support.h"
#include "term/span.h"

/* ---- Open files ---- */

static void close_work(OsJob *job)
{
    File *file = (File *)((char *)job - offsetof(File, close));
    os_file_close(file->handle);
}

static void close_done(OsJob *job)
{
    File *file = (File *)((char *)job - offsetof(File, close));
    resource_release(&file->resource);
}

/* Closes a file that was taken; consumes a count of it. */
static void close_later(File *file)
{
    file->close = (OsJob){NULL, close_work, close_done};
    if (os_job_start(&file->close)) return;
    close_work(&file->close);
    close_done(&file->close);
}

static bool change(File *file, int from, int to)
{
    return atomic_compare_exchange_strong_explicit(&file->state, &from, to, memory_order_acq_rel,
                                                   memory_order_acquire);
}

static bool take(File *file) { return change(file, FILE_IDLE, FILE_CLOSED); }

static void file_destroy(Resource *resource)
{
    File *file = (File *)resource;
    owned_remove(&file->owned);
    if (!take(file)) {
        memory_free(file, sizeof *file);
        return;
    }
    atomic_store_explicit(&resource->count, 1, memory_order_relaxed);
    close_later(file);
}
static const ResourceType file_type = {"file", file_destroy};

/* The owner has died. */
static void file_lose(Resource *resource)
{
    File *file = (File *)resource;
    while (!change(file, FILE_BUSY, FILE_CLOSING)) {
        if (take(file)) {
            resource_retain(resource);
            close_later(file);
            return;
        }
        int state = atomic_load_explicit(&file->state, memory_order_acquire);
        if (state == FILE_CLOSED || state == FILE_CLOSING) return;
    }
}

File *file_of(Term t) { return (File *)resource_of(t, &file_type); }

File *file_make(int handle)
{
    File *file = memory_alloc(sizeof *file);
    if (!file) {
        os_file_close(handle);
        return NULL;
    }
    memset(file, 0, sizeof *file);
    resource_init(&file->resource, &file_type);
    file->handle = handle;
    atomic_init(&file->state, FILE_IDLE);
    return file;
}

bool file_own(Process *p, File *file)
{
    return owned_add(p, &file->owned, &file->resource, file_lose);
}

/* ---- Tasks ---- */

static void task_destroy(Resource *resource)
{
    FileTask *task = (FileTask *)resource;
    file_task_drop(task);
}
static const ResourceType file_task_type = {"file task", task_destroy};

/* Runs on a thread of its own. What is written to parts is not touched until it ends. */
static void task_work(Task *base)
{
    FileTask *task = (FileTask *)base;
    File *file = task->file;
    task->error = task->run(task);
    task->has_run = true;
    if (!file || change(file, FILE_BUSY, FILE_IDLE)) return;
    /* The owner died meanwhile. */
    if (change(file, FILE_CLOSING, FILE_CLOSED)) os_file_close(file->handle);
}

FileTask *file_task_make(const FileTask *like, size_t extra)
{
    if (extra > SIZE_MAX / 2) return NULL;
    FileTask *task = (FileTask *)task_make(sizeof *task + extra, task_work);
    if (!task) return NULL;
    task->run = like->run;
    task->answer = like->answer;
    task->modes = like->modes;
    task->offset = like->offset;
    task->length = like->length;
    task->name_size = extra;
    return task;
}

void file_task_drop(FileTask *task)
{
    for (size_t i = 0; i < task->part_count; i++) {
        if (task->parts[i].bytes) bytes_release(task->parts[i].bytes);
    }
    memory_free(task->parts, task->part_room * sizeof *task->parts);
    if (task->bytes) bytes_release(task->bytes);
    if (task->file && !task->has_run) change(task->file, FILE_BUSY, FILE_IDLE);
    if (task->file) resource_release(&task->file->resource);
    task_free(&task->task, sizeof *task + task->name_size);
}

Term file_task_start(Process *p, Term reference, FileTask *task)
{
    File *file = file_of(reference);
    if (!file || !change(file, FILE_IDLE, FILE_BUSY)) {
        file_task_drop(task);
        return file ? file_error(p, FILE_INVALID) : badarg(p);
    }
    resource_retain(&file->resource);
    task->file = file;
    return task_start(p, &task->task, &file_task_type);
}

static Term answer(Process *p, Task *base)
{
    FileTask *task = (FileTask *)base;
    if (task->error) return file_error(p, task->error);
    return task->answer ? task->answer(p, task) : A(ok);
}

Term file_task_answer(Process *p) { return task_answer(p, &file_task_type, answer); }

bool file_task_reserve(FileTask *task, size_t more)
{
    size_t room = task->bytes ? task->bytes->room : 0, least = task->size + more;
    if (room >= least) return true;
    if (room * 2 > least) least = room * 2;
    Bytes *bytes = task->bytes ? bytes_resize(task->bytes, least) : bytes_alloc(0, least);
    if (!bytes) return false;
    task->bytes = bytes;
    return true;
}

/* ---- Whole natives ---- */

Term file_operate(Process *p, Term reference, const FileTask *like)
{
    if (task_is_started(p)) return file_task_answer(p);
    FileTask *task = file_task_make(like, 0);
    return task ? file_task_start(p, reference, task) : native_memory(p);
}

static void copy_name(Term t, char *to)
{
    BitSpan span = bitstring_span(t);
    span_copy(span, (uint8_t *)to, span.bit_size / 8);
}

Term file_operate_named(Process *p, const Term *names, size_t count, const FileTask *like)
{
    size_t sizes[2] = {0, 0};
    if (task_is_started(p)) return file_task_answer(p);
    for (size_t i = 0; i < count; i++) {
        if (!is_file_name(names[i], &sizes[i])) return file_error(p, FILE_INVALID);
    }
    FileTask *task = file_task_make(like, sizes[0] + sizes[1]);
    if (!task) return native_memory(p);
    for (size_t i = 0; i < count; i++) copy_name(names[i], task->name + (i ? sizes[0] : 0));
    task->second = task->name + sizes[0];
    return task_start(p, &task->task, &file_task_type);
}

/* ---- Terms ---- */

Term file_error(Process *p, int error)
{
    const char *name = error == FILE_NO_MEMORY ? "enomem"
                       : error == FILE_INVALID ? "einval"
                                               : os_error_name(error);
    Term reason = make_atom_text(p, name);
    return is_none(reason) ? TERM_NONE : make_tuple(p, 2, A(error), reason);
}

/* No file is older than 1902, as on OTP. */
static int64_t file_time(int64_t seconds)
{
    const int64_t first = -2145916800;
    return seconds < first ? first : seconds;
}

Term file_answer_info(Process *p, FileTask *task)
{
    static const char *const types[] = {"device", "directory", "regular", "symlink", "other"};
    static const char *const accesses[] = {"none", "read", "write", "read_write"};
    const OsFileInfo *info = &task->info;
    Term t[14];
    int access = (info->readable ? 1 : 0) + (info->writable ? 2 : 0);
    t[0] = make_atom_text(p, "file_info");
    t[1] = make_unsigned(p, info->size);
    t[2] = make_atom_text(p, types[info->type]);
    t[3] = make_atom_text(p, accesses[access]);
    t[4] = make_integer(p, file_time(info->accessed));
    t[5] = make_integer(p, file_time(info->modified));
    t[6] = make_integer(p, file_time(info->changed));
    const uint32_t numbers[] = {info->mode,    info->links,  info->device, info->special,
                                info->number,  info->owner,  info->group};
    for (size_t i = 0; i < 7; i++) t[7 + i] = make_unsigned(p, numbers[i]);
    for (size_t i = 0; i < 14; i++) {
        if (is_none(t[i])) return TERM_NONE;
    }
    Term *tuple = heap_reserve(&p->heap, 15);
    if (!tuple) return native_memory(p);
    tuple[0] = make_header(KIND_TUPLE, 14);
    memcpy(tuple + 1, t, sizeof t);
    return make_boxed(tuple);
}

Term file_task_bytes(Process *p, FileTask *task)
{
    Bytes *bytes = task->bytes, *less;
    if (task->size <= BINARY_HEAP_MAX)
        return or_memory(p, binary_from(&p->heap, bytes->data, task->size));
    if (task->size < bytes->room && (less = bytes_resize(bytes, task->size))) bytes = less;
    bytes->size = task->size;
    task->bytes = NULL;
    return or_memory(p, binary_from_bytes(&p->heap, bytes));
}

Term file_answer_bytes(Process *p, FileTask *task)
{
    Term binary = file_task_bytes(p, task);
    return is_none(binary) ? TERM_NONE : make_tuple(p, 2, A(ok), binary);
}

bool is_file_name(Term t, size_t *size)
{
    if (!is_binary(t)) return false;
    BitSpan span = bitstring_span(t);
    *size = span.bit_size / 8;
    if (*size == 0) return false;
    size_t end = 0;
    while (end < *size && span_byte(span, end)) end++;
    for (size_t i = end; i < *size; i++) {
        if (span_byte(span, i)) return false;
    }
    return end < *size;
}
