/* SPDX-License-Identifier: Apache-2.0 */
/* prim_file.c - natives of module prim_file on open files. */
#include "base/bitcopy.h"
#include "base/bytes.h"
#include "base/memory.h"
#include "mote/os/file.h"
#include "natives/file.h"
#include "natives/support.h"

/* ---- Answers ---- */

static Term answer_bytes_or_eof(Process *p, FileTask *task)
{
    return task->size ? file_answer_bytes(p, task) : A(eof);
}

static Term answer_position(Process *p, FileTask *task)
{
    Term position = make_integer(p, task->offset);
    return is_none(position) ? TERM_NONE : make_tuple(p, 2, A(ok), position);
}

/* ---- Arguments ---- */

static bool natural(Term t, int64_t *value) { return integer_to_i64(t, value) && *value >= 0; }

/* For numbers that are not natural, or are too large. */
static Term bad_numbers(Process *p, Term file, Term a, Term b)
{
    return file_of(file) && is_number(a) && is_number(b) ? file_error(p, FILE_INVALID) : badarg(p);
}

/* ---- Opening and closing ---- */

static int run_open(FileTask *task)
{
    int handle, error = os_file_open(task->name, task->modes, &handle);
    if (error) return error;
    task->file = file_make(handle);
    return task->file ? 0 : FILE_NO_MEMORY;
}

static int run_adopt(FileTask *task)
{
    int handle, error = os_file_adopt((int)task->offset, &handle);
    if (error) return error;
    task->file = file_make(handle);
    return task->file ? 0 : FILE_NO_MEMORY;
}

static Term answer_open(Process *p, FileTask *task)
{
    Term reference = resource_make_ref(&p->heap, &task->file->resource);
    if (is_none(reference) || !file_own(p, task->file)) return native_memory(p);
    return make_tuple(p, 2, A(ok), reference);
}

/* Modes that are none are module file's. */
static unsigned read_modes(Term list)
{
    static const char *const names[] = {"read", "write",     "append",         "exclusive",
                                        "sync", "directory", "skip_type_check"};
    enum { COUNT = sizeof names / sizeof *names };
    unsigned modes = 0;
    for (; is_cons(list); list = cons_tail(list)) {
        size_t i = atom_among(cons_head(list), names, COUNT);
        if (i < COUNT) modes |= 1u << i;
    }
    if (modes & (OS_FILE_APPEND | OS_FILE_EXCLUSIVE)) return modes | OS_FILE_WRITE;
    return modes & (OS_FILE_READ | OS_FILE_WRITE) ? modes : modes | OS_FILE_READ;
}

static Term prim_file_open_nif_2(Process *p, Term *args)
{
    if (task_is_started(p)) return file_task_answer(p);
    if (!is_list(args[1])) return badarg(p);
    return file_operate_named(
        p, args, 1,
        &(FileTask){.run = run_open, .answer = answer_open, .modes = read_modes(args[1])});
}

static Term prim_file_file_desc_to_ref_nif_1(Process *p, Term *args)
{
    int64_t descriptor;
    if (!integer_to_i64(args[0], &descriptor) || descriptor != (int32_t)descriptor)
        return badarg(p);
    return file_operate_named(
        p, NULL, 0, &(FileTask){.run = run_adopt, .answer = answer_open, .offset = descriptor});
}

static int run_close(FileTask *task)
{
    atomic_store_explicit(&task->file->state, FILE_CLOSED, memory_order_release);
    return os_file_close(task->file->handle);
}

static Term prim_file_close_nif_1(Process *p, Term *args)
{
    return file_operate(p, args[0], &(FileTask){.run = run_close});
}

static Term prim_file_get_handle_nif_1(Process *p, Term *args)
{
    File *file = file_of(args[0]);
    if (!file) return badarg(p);
    if (atomic_load_explicit(&file->state, memory_order_acquire) == FILE_CLOSED)
        return file_error(p, FILE_INVALID);
    return or_memory(p, binary_from(&p->heap, &file->handle, sizeof file->handle));
}

/* ---- Reading ---- */

static int run_read(FileTask *task)
{
    if ((uint64_t)task->length > SIZE_MAX / 2) return FILE_NO_MEMORY;
    size_t room = (size_t)task->length;
    task->bytes = bytes_alloc(room, room);
    if (!task->bytes) return FILE_NO_MEMORY;
    return os_file_read(task->file->handle, task->offset, task->bytes->data, room, &task->size);
}

static Term read_at(Process *p, Term reference, int64_t offset, int64_t size)
{
    return file_operate(p, reference, &(FileTask){.run = run_read,
                                                  .answer = answer_bytes_or_eof,
                                                  .offset = offset,
                                                  .length = size});
}

static Term prim_file_read_nif_2(Process *p, Term *args)
{
    int64_t size;
    if (!natural(args[1], &size)) return bad_numbers(p, args[0], args[1], args[1]);
    return read_at(p, args[0], OS_FILE_HERE, size);
}

static Term prim_file_pread_nif_3(Process *p, Term *args)
{
    int64_t offset, size;
    if (!natural(args[1], &offset) || !natural(args[2], &size))
        return bad_numbers(p, args[0], args[1], args[2]);
    return read_at(p, args[0], offset, size);
}

/* The file's size may be unknown (0), or wrong by now. */
static int read_all(FileTask *task, int handle, size_t room)
{
    enum { UNKNOWN = 16384 };
    while (file_task_reserve(task, room ? room : UNKNOWN)) {
        size_t some, rest = task->bytes->room - task->size;
        int error = os_file_read(handle, OS_FILE_HERE, task->bytes->data + task->size, rest, &some);
        if (error) return error;
        task->size += some;
        if (room || some < rest) return 0;
    }
    return FILE_NO_MEMORY;
}

static int run_read_file(FileTask *task)
{
    int handle, error = os_file_open(task->name, OS_FILE_READ, &handle);
    if (error) return error;
    if (os_file_info(handle, &task->info)) task->info.size = 0;
    bool fits = task->info.size < SIZE_MAX / 2;
    error = fits ? read_all(task, handle, (size_t)task->info.size) : FILE_NO_MEMORY;
    os_file_close(handle);
    return error;
}

static Term prim_file_read_file_nif_1(Process *p, Term *args)
{
    return file_operate_named(p, args, 1,
                              &(FileTask){.run = run_read_file, .answer = file_answer_bytes});
}

/* Reads a size and an offset of 32 bits each, then what is there. `modes`: there was nothing. */
static int run_read_indirect(FileTask *task)
{
    uint8_t pointer[8];
    size_t size;
    int handle = task->file->handle;
    int error = os_file_read(handle, task->offset, pointer, sizeof pointer, &size);
    if (error) return error;
    int64_t room = load_big32(pointer);
    task->modes = size < sizeof pointer || room > task->length;
    if (task->modes) return 0;
    task->length = room;
    task->offset = load_big32(pointer + 4);
    return run_read(task);
}

static Term answer_indirect(Process *p, FileTask *task)
{
    if (task->modes) return A(eof);
    Term size = make_integer(p, task->length), offset = make_integer(p, task->offset);
    if (is_none(size) || is_none(offset)) return TERM_NONE;
    Term bytes = task->size ? file_task_bytes(p, task) : A(eof);
    if (is_none(bytes)) return TERM_NONE;
    Term found = make_tuple(p, 3, size, offset, bytes);
    return is_none(found) ? TERM_NONE : make_tuple(p, 2, A(ok), found);
}

static Term prim_file_ipread_s32bu_p32bu_nif_3(Process *p, Term *args)
{
    int64_t offset, most;
    if (!natural(args[1], &offset) || !integer_to_i64(args[2], &most) || most >= INT64_C(1) << 31)
        return bad_numbers(p, args[0], args[1], args[2]);
    return file_operate(p, args[0], &(FileTask){.run = run_read_indirect,
                                                .answer = answer_indirect,
                                                .offset = offset,
                                                .length = most});
}

/* ---- Writing ---- */

/* Counts the first binaries of the list, and the bytes that are copied to the task. False: they are
   no binaries. */
static bool measure_parts(Term list, size_t *count, size_t *copied, Term *rest)
{
    *count = *copied = 0;
    for (; is_cons(list) && *count < FILE_PARTS_MAX; list = cons_tail(list)) {
        Term head = cons_head(list);
        if (!is_binary(head)) return false;
        if (!bitstring_block(head)) *copied += bitstring_span(head).bit_size / 8;
        ++*count;
    }
    *rest = list;
    return is_list(list);
}

static void keep_parts(FileTask *task, Term list, size_t count)
{
    uint8_t *copy = (uint8_t *)task->name;
    for (size_t i = 0; i < count; i++, list = cons_tail(list)) {
        BitSpan span = bitstring_span(cons_head(list));
        Bytes *bytes = bitstring_block(cons_head(list));
        if (bytes) {
            bytes_retain(bytes);
        } else {
            bits_copy(copy, 0, span.data, span.bit_offset, span.bit_size);
            span = (BitSpan){copy, 0, span.bit_size};
            copy += span.bit_size / 8;
        }
        task->parts[i] = (FilePart){bytes, span};
    }
    task->part_count = count;
}

/* A part that starts inside a byte is moved to a block of its own. */
static bool align_part(FilePart *part)
{
    if (part->data.bit_offset == 0) return true;
    size_t size = part->data.bit_size / 8;
    Bytes *bytes = bytes_alloc(size, size);
    if (!bytes) return false;
    bits_copy(bytes->data, 0, part->data.data, part->data.bit_offset, part->data.bit_size);
    bytes_release(part->bytes);
    *part = (FilePart){bytes, {bytes->data, 0, part->data.bit_size}};
    return true;
}

static int run_write(FileTask *task)
{
    OsPart parts[FILE_PARTS_MAX];
    for (size_t i = 0; i < task->part_count; i++) {
        FilePart *part = &task->parts[i];
        if (!align_part(part)) return FILE_NO_MEMORY;
        parts[i] = (OsPart){part->data.data, part->data.bit_size / 8};
    }
    return os_file_write(task->file->handle, task->offset, parts, task->part_count, &task->size);
}

static Term start_write(Process *p, Term reference, Term list, const FileTask *like)
{
    size_t count, copied;
    Term rest;
    if (!file_of(reference) || !measure_parts(list, &count, &copied, &rest)) return badarg(p);
    FileTask *task = file_task_make(like, copied);
    if (!task) return native_memory(p);
    task->parts = memory_alloc(count * sizeof *task->parts);
    task->part_room = count;
    if (!task->parts) {
        file_task_drop(task);
        return native_memory(p);
    }
    keep_parts(task, list, count);
    return file_task_start(p, reference, task);
}

/* What of the list was not written yet. */
static Term unwritten(Term list)
{
    for (size_t i = 0; is_cons(list) && i < FILE_PARTS_MAX; i++) list = cons_tail(list);
    return list;
}

static Term prim_file_write_nif_2(Process *p, Term *args)
{
    const FileTask like = {.run = run_write, .offset = OS_FILE_HERE};
    if (!task_is_started(p)) return start_write(p, args[0], args[1], &like);
    Term result = file_task_answer(p), rest = unwritten(args[1]);
    if (result != A(ok) || is_nil(rest)) return result;
    return make_tuple(p, 2, A(continue), rest);
}

static Term answer_written(Process *p, FileTask *task)
{
    return make_integer(p, (int64_t)task->size);
}

static Term prim_file_pwrite_nif_3(Process *p, Term *args)
{
    int64_t offset;
    if (!task_is_started(p)) {
        if (!is_number(args[1])) return badarg(p);
        if (!natural(args[1], &offset)) return file_error(p, FILE_INVALID);
        const FileTask like = {.run = run_write, .answer = answer_written, .offset = offset};
        return start_write(p, args[0], args[2], &like);
    }
    Term written = file_task_answer(p), rest = unwritten(args[2]);
    if (is_none(written) || !is_integer(written)) return written;
    if (is_nil(rest)) return A(ok);
    return make_tuple(p, 3, A(continue), written, rest);
}

/* ---- The rest ---- */

static int run_seek(FileTask *task)
{
    return os_file_seek(task->file->handle, (OsSeek)task->modes, task->offset, &task->offset);
}

static Term prim_file_seek_nif_3(Process *p, Term *args)
{
    static const char *const marks[] = {"bof", "cur", "eof"};
    int64_t offset;
    size_t mark = atom_among(args[1], marks, 3);
    if (mark == 3 || !integer_to_i64(args[2], &offset)) return badarg(p);
    return file_operate(p, args[0], &(FileTask){.run = run_seek,
                                                .answer = answer_position,
                                                .modes = (unsigned)mark,
                                                .offset = offset});
}

static int run_sync(FileTask *task) { return os_file_sync(task->file->handle, task->modes); }

static Term prim_file_sync_nif_2(Process *p, Term *args)
{
    if (!is_small(args[1])) return badarg(p);
    return file_operate(p, args[0],
                        &(FileTask){.run = run_sync, .modes = args[1] != make_small(0)});
}

static int run_truncate(FileTask *task) { return os_file_truncate(task->file->handle); }

static Term prim_file_truncate_nif_1(Process *p, Term *args)
{
    return file_operate(p, args[0], &(FileTask){.run = run_truncate});
}

static int run_allocate(FileTask *task)
{
    return os_file_allocate(task->file->handle, task->offset, task->length);
}

static Term prim_file_allocate_nif_3(Process *p, Term *args)
{
    int64_t offset, length;
    if (!natural(args[1], &offset) || !natural(args[2], &length))
        return bad_numbers(p, args[0], args[1], args[2]);
    return file_operate(p, args[0],
                        &(FileTask){.run = run_allocate, .offset = offset, .length = length});
}

static int run_advise(FileTask *task)
{
    return os_file_advise(task->file->handle, task->offset, task->length, (OsAdvice)task->modes);
}

static Term prim_file_advise_nif_4(Process *p, Term *args)
{
    static const char *const advices[] = {"normal",    "random",    "sequential",
                                          "will_need", "dont_need", "no_reuse"};
    int64_t offset, length;
    if (!natural(args[1], &offset) || !natural(args[2], &length))
        return bad_numbers(p, args[0], args[1], args[2]);
    size_t advice = atom_among(args[3], advices, 6);
    if (advice == 6) return file_of(args[0]) ? file_error(p, FILE_INVALID) : badarg(p);
    return file_operate(p, args[0], &(FileTask){.run = run_advise,
                                                .modes = (unsigned)advice,
                                                .offset = offset,
                                                .length = length});
}

static int run_info(FileTask *task) { return os_file_info(task->file->handle, &task->info); }

static Term prim_file_read_handle_info_nif_1(Process *p, Term *args)
{
    return file_operate(p, args[0],
                        &(FileTask){.run = run_info, .answer = file_answer_info});
}

static const Native prim_file_natives[] = {
    NATIVE(prim_file, advise_nif, 4, YIELDS),
    NATIVE(prim_file, allocate_nif, 3, YIELDS),
    NATIVE(prim_file, close_nif, 1, YIELDS),
    NATIVE(prim_file, file_desc_to_ref_nif, 1, YIELDS),
    NATIVE(prim_file, get_handle_nif, 1, CONSTANT),
    NATIVE(prim_file, ipread_s32bu_p32bu_nif, 3, YIELDS),
    NATIVE(prim_file, open_nif, 2, YIELDS),
    NATIVE(prim_file, pread_nif, 3, YIELDS),
    NATIVE(prim_file, pwrite_nif, 3, YIELDS),
    NATIVE(prim_file, read_file_nif, 1, YIELDS),
    NATIVE(prim_file, read_handle_info_nif, 1, YIELDS),
    NATIVE(prim_file, read_nif, 2, YIELDS),
    NATIVE(prim_file, seek_nif, 3, YIELDS),
    NATIVE(prim_file, sync_nif, 2, YIELDS),
    NATIVE(prim_file, truncate_nif, 1, YIELDS),
    NATIVE(prim_file, write_nif, 2, YIELDS),
};
NATIVE_TABLE(prim_file);
