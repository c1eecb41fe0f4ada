/* SPDX-License-Identifier: Apache-2.0 */
/* prim_file.c - natives of module prim_file on open files. */
#include "base/bitcopy.h"
#include "base/bytes.h"
#include "base/memory.h"
#include "mote/os/file.h"
#include "natives/file.h"
#include "natives/support.h"

/* ---- Answers ---- */

static Term answer_ok(Process *p, Task *base)
{
    FileTask *task = (FileTask *)base;
    return task->error ? file_error(p, task->error) : A(ok);
}

/* What was read, as a binary; the task's no more. */
static Term take_bytes(Process *p, FileTask *task)
{
    Bytes *bytes = task->bytes, *less;
    if (task->size <= BINARY_HEAP_MAX) return binary_from(&p->heap, bytes->data, task->size);
    if (task->size < bytes->room && (less = bytes_resize(bytes, task->size))) bytes = less;
    bytes->size = task->size;
    task->bytes = NULL;
    return binary_from_bytes(&p->heap, bytes);
}

static Term answer_bytes(Process *p, Task *base)
{
    FileTask *task = (FileTask *)base;
    if (task->error) return file_error(p, task->error);
    Term binary = take_bytes(p, task);
    return is_none(binary) ? native_memory(p) : make_tuple(p, 2, A(ok), binary);
}

static Term answer_bytes_or_eof(Process *p, Task *base)
{
    FileTask *task = (FileTask *)base;
    return task->error == 0 && task->size == 0 ? A(eof) : answer_bytes(p, base);
}

static Term answer_position(Process *p, Task *base)
{
    FileTask *task = (FileTask *)base;
    if (task->error) return file_error(p, task->error);
    Term position = make_integer(p, task->offset);
    return is_none(position) ? TERM_NONE : make_tuple(p, 2, A(ok), position);
}

static Term answer_info(Process *p, Task *base)
{
    FileTask *task = (FileTask *)base;
    return task->error ? file_error(p, task->error) : file_info_term(p, &task->info);
}

/* ---- Arguments ---- */

static bool natural(Term t, int64_t *value) { return integer_to_i64(t, value) && *value >= 0; }

/* For numbers that are not natural, or are too large. */
static Term bad_numbers(Process *p, Term file, Term a, Term b)
{
    return file_of(file) && is_number(a) && is_number(b) ? file_error(p, FILE_INVALID) : badarg(p);
}

static Term start(Process *p, Term reference, const FileTask *with)
{
    if (!file_of(reference)) return badarg(p);
    FileTask *task = file_task_make(with->run, 0);
    if (!task) return native_memory(p);
    task->modes = with->modes;
    task->offset = with->offset;
    task->length = with->length;
    return file_task_start(p, reference, task);
}

/* ---- Opening and closing ---- */

static int run_open(FileTask *task)
{
    int handle, error = os_file_open((const char *)task->name, task->modes, &handle);
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

static Term answer_open(Process *p, Task *base)
{
    FileTask *task = (FileTask *)base;
    if (task->error) return file_error(p, task->error);
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
        size_t i = file_atom_index(cons_head(list), names, COUNT);
        if (i < COUNT) modes |= 1u << i;
    }
    if (modes & (OS_FILE_APPEND | OS_FILE_EXCLUSIVE)) return modes | OS_FILE_WRITE;
    return modes & (OS_FILE_READ | OS_FILE_WRITE) ? modes : modes | OS_FILE_READ;
}

static Term start_named(Process *p, Term name, int (*run)(FileTask *task), unsigned modes)
{
    size_t size;
    if (!is_file_name(name, &size)) return file_error(p, FILE_INVALID);
    FileTask *task = file_task_make(run, size);
    if (!task) return native_memory(p);
    file_name_copy(name, task->name);
    task->modes = modes;
    return task_start(p, &task->task, &file_task_type);
}

static Term prim_file_open_nif_2(Process *p, Term *args)
{
    if (task_is_started(p)) return task_answer(p, &file_task_type, answer_open);
    if (!is_list(args[1])) return badarg(p);
    return start_named(p, args[0], run_open, read_modes(args[1]));
}

static Term prim_file_file_desc_to_ref_nif_1(Process *p, Term *args)
{
    int64_t descriptor;
    if (task_is_started(p)) return task_answer(p, &file_task_type, answer_open);
    if (!integer_to_i64(args[0], &descriptor) || descriptor != (int32_t)descriptor)
        return badarg(p);
    FileTask *task = file_task_make(run_adopt, 0);
    if (!task) return native_memory(p);
    task->offset = descriptor;
    return task_start(p, &task->task, &file_task_type);
}

static int run_close(FileTask *task)
{
    atomic_store_explicit(&task->file->state, FILE_CLOSED, memory_order_release);
    return os_file_close(task->file->handle);
}

static Term prim_file_close_nif_1(Process *p, Term *args)
{
    if (task_is_started(p)) return task_answer(p, &file_task_type, answer_ok);
    return start(p, args[0], &(FileTask){.run = run_close});
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

static Term prim_file_read_nif_2(Process *p, Term *args)
{
    int64_t size;
    if (task_is_started(p)) return task_answer(p, &file_task_type, answer_bytes_or_eof);
    if (!natural(args[1], &size)) return bad_numbers(p, args[0], args[1], args[1]);
    return start(p, args[0], &(FileTask){.run = run_read, .offset = OS_FILE_HERE, .length = size});
}

static Term prim_file_pread_nif_3(Process *p, Term *args)
{
    int64_t offset, size;
    if (task_is_started(p)) return task_answer(p, &file_task_type, answer_bytes_or_eof);
    if (!natural(args[1], &offset) || !natural(args[2], &size))
        return bad_numbers(p, args[0], args[1], args[2]);
    return start(p, args[0], &(FileTask){.run = run_read, .offset = offset, .length = size});
}

/* The file's size may be unknown (0), or wrong by now. */
static int read_all(FileTask *task, int handle, size_t room)
{
    enum { UNKNOWN = 16384 };
    bool known = room > 0;
    task->bytes = bytes_alloc(0, known ? room : UNKNOWN);
    while (task->bytes) {
        size_t some, rest = task->bytes->room - task->size;
        int error = os_file_read(handle, OS_FILE_HERE, task->bytes->data + task->size, rest, &some);
        if (error) return error;
        task->size += some;
        if (known || some < rest) return 0;
        Bytes *more = bytes_resize(task->bytes, task->bytes->room * 2);
        if (!more) return FILE_NO_MEMORY;
        task->bytes = more;
    }
    return FILE_NO_MEMORY;
}

static int run_read_file(FileTask *task)
{
    int handle, error = os_file_open((const char *)task->name, OS_FILE_READ, &handle);
    if (error) return error;
    if (os_file_info(handle, &task->info)) task->info.size = 0;
    bool fits = task->info.size < SIZE_MAX / 2;
    error = fits ? read_all(task, handle, (size_t)task->info.size) : FILE_NO_MEMORY;
    os_file_close(handle);
    return error;
}

static Term prim_file_read_file_nif_1(Process *p, Term *args)
{
    if (task_is_started(p)) return task_answer(p, &file_task_type, answer_bytes);
    return start_named(p, args[0], run_read_file, 0);
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

static Term answer_indirect(Process *p, Task *base)
{
    FileTask *task = (FileTask *)base;
    if (task->error) return file_error(p, task->error);
    if (task->modes) return A(eof);
    Term size = make_integer(p, task->length), offset = make_integer(p, task->offset);
    if (is_none(size) || is_none(offset)) return TERM_NONE;
    Term bytes = task->size ? take_bytes(p, task) : A(eof);
    if (is_none(bytes)) return native_memory(p);
    Term found = make_tuple(p, 3, size, offset, bytes);
    return is_none(found) ? TERM_NONE : make_tuple(p, 2, A(ok), found);
}

static Term prim_file_ipread_s32bu_p32bu_nif_3(Process *p, Term *args)
{
    int64_t offset, most;
    if (task_is_started(p)) return task_answer(p, &file_task_type, answer_indirect);
    if (!natural(args[1], &offset) || !integer_to_i64(args[2], &most) || most >= INT64_C(1) << 31)
        return bad_numbers(p, args[0], args[1], args[2]);
    return start(p, args[0],
                 &(FileTask){.run = run_read_indirect, .offset = offset, .length = most});
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
    uint8_t *copy = task->name;
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

static Term start_write(Process *p, Term reference, int64_t offset, Term list)
{
    size_t count, copied;
    Term rest;
    if (!file_of(reference) || !measure_parts(list, &count, &copied, &rest)) return badarg(p);
    FileTask *task = file_task_make(run_write, copied);
    if (!task) return native_memory(p);
    task->offset = offset;
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
    if (!task_is_started(p)) return start_write(p, args[0], OS_FILE_HERE, args[1]);
    Term result = task_answer(p, &file_task_type, answer_ok), rest = unwritten(args[1]);
    if (result != A(ok) || is_nil(rest)) return result;
    return make_tuple(p, 2, A(continue), rest);
}

static Term answer_written(Process *p, Task *base)
{
    FileTask *task = (FileTask *)base;
    return task->error ? file_error(p, task->error) : make_integer(p, (int64_t)task->size);
}

static Term prim_file_pwrite_nif_3(Process *p, Term *args)
{
    int64_t offset;
    if (!task_is_started(p)) {
        if (!is_number(args[1])) return badarg(p);
        if (!natural(args[1], &offset)) return file_error(p, FILE_INVALID);
        return start_write(p, args[0], offset, args[2]);
    }
    Term written = task_answer(p, &file_task_type, answer_written), rest = unwritten(args[2]);
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
    if (task_is_started(p)) return task_answer(p, &file_task_type, answer_position);
    size_t mark = file_atom_index(args[1], marks, 3);
    if (mark == 3 || !integer_to_i64(args[2], &offset)) return badarg(p);
    return start(p, args[0],
                 &(FileTask){.run = run_seek, .modes = (unsigned)mark, .offset = offset});
}

static int run_sync(FileTask *task) { return os_file_sync(task->file->handle, task->modes); }

static Term prim_file_sync_nif_2(Process *p, Term *args)
{
    if (task_is_started(p)) return task_answer(p, &file_task_type, answer_ok);
    if (!is_small(args[1])) return badarg(p);
    return start(p, args[0], &(FileTask){.run = run_sync, .modes = args[1] != make_small(0)});
}

static int run_truncate(FileTask *task) { return os_file_truncate(task->file->handle); }

static Term prim_file_truncate_nif_1(Process *p, Term *args)
{
    if (task_is_started(p)) return task_answer(p, &file_task_type, answer_ok);
    return start(p, args[0], &(FileTask){.run = run_truncate});
}

static int run_allocate(FileTask *task)
{
    return os_file_allocate(task->file->handle, task->offset, task->length);
}

static Term prim_file_allocate_nif_3(Process *p, Term *args)
{
    int64_t offset, length;
    if (task_is_started(p)) return task_answer(p, &file_task_type, answer_ok);
    if (!natural(args[1], &offset) || !natural(args[2], &length))
        return bad_numbers(p, args[0], args[1], args[2]);
    return start(p, args[0], &(FileTask){.run = run_allocate, .offset = offset, .length = length});
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
    if (task_is_started(p)) return task_answer(p, &file_task_type, answer_ok);
    if (!natural(args[1], &offset) || !natural(args[2], &length))
        return bad_numbers(p, args[0], args[1], args[2]);
    size_t advice = file_atom_index(args[3], advices, 6);
    if (advice == 6) return file_of(args[0]) ? file_error(p, FILE_INVALID) : badarg(p);
    return start(p, args[0], &(FileTask){.run = run_advise,
                                         .modes = (unsigned)advice,
                                         .offset = offset,
                                         .length = length});
}

static int run_info(FileTask *task) { return os_file_info(task->file->handle, &task->info); }

static Term prim_file_read_handle_info_nif_1(Process *p, Term *args)
{
    if (task_is_started(p)) return task_answer(p, &file_task_type, answer_info);
    return start(p, args[0], &(FileTask){.run = run_info});
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
