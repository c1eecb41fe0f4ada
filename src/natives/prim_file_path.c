/* SPDX-License-Identifier: Apache-2.0 */
/* prim_file_path.c - natives of module prim_file on names. */
#include "base/memory.h"
#include "mote/os/path.h"
#include "natives/file.h"
#include "natives/support.h"
#include "natives/work.h"

/* ---- What runs beside the schedulers ---- */

static int run_info(FileTask *task)
{
    return os_path_info(task->name, task->offset != 0, &task->info);
}

static int run_set_mode(FileTask *task)
{
    return os_path_set_mode(task->name, (uint32_t)task->offset);
}

static int run_set_owner(FileTask *task)
{
    return os_path_set_owner(task->name, (int32_t)task->offset, (int32_t)task->length);
}

static int run_set_times(FileTask *task)
{
    return os_path_set_times(task->name, task->offset, task->length);
}

static int run_link(FileTask *task) { return os_path_link(task->name, task->second); }
static int run_link_symbolic(FileTask *task)
{
    return os_path_link_symbolic(task->name, task->second);
}
static int run_rename(FileTask *task) { return os_path_rename(task->name, task->second); }
static int run_remove(FileTask *task) { return os_path_remove(task->name); }
static int run_make_folder(FileTask *task) { return os_path_make_folder(task->name); }
static int run_remove_folder(FileTask *task) { return os_path_remove_folder(task->name); }
static int run_enter(FileTask *task) { return os_path_enter(task->name); }

/* Until the text is shorter than the room for it. */
static int read_text(FileTask *task, bool is_link)
{
    enum { MORE = 256 };
    do {
        if (!file_task_reserve(task, MORE)) return FILE_NO_MEMORY;
        char *text = (char *)task->bytes->data;
        size_t room = task->bytes->room, *size = &task->size;
        int error = is_link ? os_path_read_link(task->name, text, room, size)
                            : os_path_current(text, room, size);
        if (error) return error;
    } while (task->size == task->bytes->room);
    return 0;
}

static int run_read_link(FileTask *task) { return read_text(task, true); }
static int run_current(FileTask *task) { return read_text(task, false); }

/* Names, each behind its size. */
static int add_name(const char *name, size_t size, void *context)
{
    FileTask *task = context;
    if (!file_task_reserve(task, sizeof size + size)) return FILE_NO_MEMORY;
    uint8_t *end = task->bytes->data + task->size;
    memcpy(end, &size, sizeof size);
    memcpy(end + sizeof size, name, size);
    task->size += sizeof size + size;
    return 0;
}

static int run_list(FileTask *task) { return os_path_list(task->name, add_name, task); }

/* ---- Folders ---- */

/* A slice's worth of names at a time; what is done stands behind the task in the state, `offset`
   says how far that is. */
static Term answer_list(Process *p, FileTask *task)
{
    Term state = p->roots[ROOT_NATIVE_STATE], list = is_cons(state) ? cons_tail(state) : TERM_NIL;
    bool spent = false; /* Not before a name is done: each slice has its share. */
    for (size_t at = (size_t)task->offset; at < task->size;) {
        size_t size;
        const uint8_t *from = task->bytes->data + at;
        memcpy(&size, from, sizeof size);
        size_t words = BINARY_WORDS(size) + 4; /* and a cell of the list, one of the state */
        if (spent || !native_room(p, words)) {
            Term reference = is_cons(state) ? cons_head(state) : state;
            Term saved = make_list(p, &reference, 1, list);
            if (is_none(saved)) return TERM_NONE;
            task->offset = (int64_t)at;
            return spent ? native_yield(p, saved) : work_need(p, saved, words + 1024);
        }
        Term name = binary_from(&p->heap, from + sizeof size, size);
        if (is_none(name) || !list_push(p, name, &list)) return native_memory(p);
        at += sizeof size + size;
        spent = !native_charge(p, 1);
    }
    return make_tuple(p, 2, A(ok), list);
}

static Term prim_file_list_dir_nif_1(Process *p, Term *args)
{
    return file_operate_named(p, args, 1, &(FileTask){.run = run_list, .answer = answer_list});
}

static Term prim_file_make_dir_nif_1(Process *p, Term *args)
{
    return file_operate_named(p, args, 1, &(FileTask){.run = run_make_folder});
}

static Term prim_file_del_dir_nif_1(Process *p, Term *args)
{
    return file_operate_named(p, args, 1, &(FileTask){.run = run_remove_folder});
}

static Term prim_file_set_cwd_nif_1(Process *p, Term *args)
{
    return file_operate_named(p, args, 1, &(FileTask){.run = run_enter});
}

static Term prim_file_get_cwd_nif_0(Process *p, Term *args)
{
    (void)args;
    return file_operate_named(p, NULL, 0,
                              &(FileTask){.run = run_current, .answer = file_answer_bytes});
}

/* Drives with folders of their own are not Unix. */
static Term prim_file_get_device_cwd_nif_1(Process *p, Term *args)
{
    return is_small(args[0]) ? make_tuple(p, 2, A(error), A(enotsup)) : badarg(p);
}

static Term prim_file_altname_nif_1(Process *p, Term *args)
{
    size_t size;
    if (!is_file_name(args[0], &size)) return file_error(p, FILE_INVALID);
    return make_tuple(p, 2, A(error), A(enotsup));
}

/* ---- Files ---- */

static Term prim_file_read_info_nif_2(Process *p, Term *args)
{
    if (!is_small(args[1])) return badarg(p);
    return file_operate_named(p, args, 1,
                              &(FileTask){.run = run_info,
                                          .answer = file_answer_info,
                                          .offset = small_value(args[1])});
}

static Term prim_file_set_permissions_nif_2(Process *p, Term *args)
{
    int64_t mode;
    if (!integer_to_i64(args[1], &mode) || mode != (uint32_t)mode) return badarg(p);
    return file_operate_named(p, args, 1, &(FileTask){.run = run_set_mode, .offset = mode});
}

static bool is_int(Term t, int64_t *value)
{
    return integer_to_i64(t, value) && *value == (int32_t)*value;
}

static Term prim_file_set_owner_nif_3(Process *p, Term *args)
{
    int64_t owner, group;
    if (!is_int(args[1], &owner) || !is_int(args[2], &group)) return badarg(p);
    return file_operate_named(
        p, args, 1, &(FileTask){.run = run_set_owner, .offset = owner, .length = group});
}

/* The third time, of creation, is not set. */
static Term prim_file_set_time_nif_4(Process *p, Term *args)
{
    int64_t accessed, modified, created;
    if (!integer_to_i64(args[1], &accessed) || !integer_to_i64(args[2], &modified) ||
        !integer_to_i64(args[3], &created))
        return badarg(p);
    return file_operate_named(
        p, args, 1, &(FileTask){.run = run_set_times, .offset = accessed, .length = modified});
}

static Term prim_file_read_link_nif_1(Process *p, Term *args)
{
    return file_operate_named(p, args, 1,
                              &(FileTask){.run = run_read_link, .answer = file_answer_bytes});
}

static Term prim_file_del_file_nif_1(Process *p, Term *args)
{
    return file_operate_named(p, args, 1, &(FileTask){.run = run_remove});
}

static Term prim_file_rename_nif_2(Process *p, Term *args)
{
    return file_operate_named(p, args, 2, &(FileTask){.run = run_rename});
}

static Term prim_file_make_hard_link_nif_2(Process *p, Term *args)
{
    return file_operate_named(p, args, 2, &(FileTask){.run = run_link});
}

static Term prim_file_make_soft_link_nif_2(Process *p, Term *args)
{
    return file_operate_named(p, args, 2, &(FileTask){.run = run_link_symbolic});
}

static const Native prim_file_path_natives[] = {
    NATIVE(prim_file, altname_nif, 1, CHARGED),
    NATIVE(prim_file, del_dir_nif, 1, YIELDS),
    NATIVE(prim_file, del_file_nif, 1, YIELDS),
    NATIVE(prim_file, get_cwd_nif, 0, YIELDS),
    NATIVE(prim_file, get_device_cwd_nif, 1, CONSTANT),
    NATIVE(prim_file, list_dir_nif, 1, YIELDS),
    NATIVE(prim_file, make_dir_nif, 1, YIELDS),
    NATIVE(prim_file, make_hard_link_nif, 2, YIELDS),
    NATIVE(prim_file, make_soft_link_nif, 2, YIELDS),
    NATIVE(prim_file, read_info_nif, 2, YIELDS),
    NATIVE(prim_file, read_link_nif, 1, YIELDS),
    NATIVE(prim_file, rename_nif, 2, YIELDS),
    NATIVE(prim_file, set_cwd_nif, 1, YIELDS),
    NATIVE(prim_file, set_owner_nif, 3, YIELDS),
    NATIVE(prim_file, set_permissions_nif, 2, YIELDS),
    NATIVE(prim_file, set_time_nif, 4, YIELDS),
};
NATIVE_TABLE(prim_file_path);
