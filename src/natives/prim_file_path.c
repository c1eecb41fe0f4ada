/* SPDX-License-Identifier: Apache-2.0 */
/* prim_file_path.c - natives of module prim_file on names. */
#include "base/memory.h"
#include "mote/os/path.h"
#include "natives/file.h"
#include "natives/support.h"
#include "natives/work.h"

/* An operation on one or two paths; what a field is for depends on it. */
typedef struct PathTask {
    Task task; /* first */
    int (*run)(struct PathTask *task);
    int error;
    int64_t numbers[3];
    OsFileInfo info;
    uint8_t *text; /* results: names, each behind its size */
    size_t text_size, text_room;
    const char *second; /* behind the first */
    size_t path_bytes;
    char path[];
} PathTask;

static void path_destroy(Resource *resource)
{
    PathTask *task = (PathTask *)resource;
    memory_free(task->text, task->text_room);
    task_free(&task->task, sizeof *task + task->path_bytes);
}
static const ResourceType path_task_type = {"path task", path_destroy};

static void path_work(Task *base)
{
    PathTask *task = (PathTask *)base;
    task->error = task->run(task);
}

static PathTask *path_task(int (*run)(PathTask *task), size_t bytes)
{
    PathTask *task = bytes < SIZE_MAX / 2 ? (PathTask *)task_make(sizeof *task + bytes, path_work)
                                          : NULL;
    if (!task) return NULL;
    task->run = run;
    task->path_bytes = bytes;
    return task;
}

/* Starts `run` on one path. */
static Term start_one(Process *p, Term path, int (*run)(PathTask *task), const int64_t numbers[3])
{
    size_t size;
    if (!is_file_name(path, &size)) return file_error(p, FILE_INVALID);
    PathTask *task = path_task(run, size);
    if (!task) return native_memory(p);
    if (numbers) memcpy(task->numbers, numbers, sizeof task->numbers);
    file_name_copy(path, (uint8_t *)task->path);
    return task_start(p, &task->task, &path_task_type);
}

static Term start_two(Process *p, const Term *paths, int (*run)(PathTask *task))
{
    size_t first, second;
    if (!is_file_name(paths[0], &first) || !is_file_name(paths[1], &second))
        return file_error(p, FILE_INVALID);
    PathTask *task = path_task(run, first + second);
    if (!task) return native_memory(p);
    file_name_copy(paths[0], (uint8_t *)task->path);
    file_name_copy(paths[1], (uint8_t *)task->path + first);
    task->second = task->path + first;
    return task_start(p, &task->task, &path_task_type);
}

/* ---- Answers ---- */

static Term answer_ok(Process *p, Task *base)
{
    PathTask *task = (PathTask *)base;
    return task->error ? file_error(p, task->error) : A(ok);
}

static Term answer_info(Process *p, Task *base)
{
    PathTask *task = (PathTask *)base;
    return task->error ? file_error(p, task->error) : file_info_term(p, &task->info);
}

static Term answer_text(Process *p, Task *base)
{
    PathTask *task = (PathTask *)base;
    if (task->error) return file_error(p, task->error);
    Term text = binary_from(&p->heap, task->text, task->text_size);
    return is_none(text) ? native_memory(p) : make_tuple(p, 2, A(ok), text);
}

static Term path_answer(Process *p, Term (*answer)(Process *p, Task *task))
{
    return task_answer(p, &path_task_type, answer);
}

/* ---- What runs beside the schedulers ---- */

static bool text_reserve(PathTask *task, size_t more)
{
    if (task->text_room - task->text_size >= more) return true;
    size_t room = task->text_room * 2 > task->text_size + more ? task->text_room * 2
                                                               : task->text_size + more;
    uint8_t *text = memory_realloc(task->text, task->text_room, room);
    if (!text) return false;
    task->text = text;
    task->text_room = room;
    return true;
}

static int run_info(PathTask *task)
{
    return os_path_info(task->path, task->numbers[0] != 0, &task->info);
}

static int run_set_mode(PathTask *task)
{
    return os_path_set_mode(task->path, (uint32_t)task->numbers[0]);
}

static int run_set_owner(PathTask *task)
{
    return os_path_set_owner(task->path, (int32_t)task->numbers[0], (int32_t)task->numbers[1]);
}

static int run_set_times(PathTask *task)
{
    return os_path_set_times(task->path, task->numbers[0], task->numbers[1]);
}

static int run_link(PathTask *task) { return os_path_link(task->path, task->second); }
static int run_link_symbolic(PathTask *task)
{
    return os_path_link_symbolic(task->path, task->second);
}
static int run_rename(PathTask *task) { return os_path_rename(task->path, task->second); }
static int run_remove(PathTask *task) { return os_path_remove(task->path); }
static int run_make_folder(PathTask *task) { return os_path_make_folder(task->path); }
static int run_remove_folder(PathTask *task) { return os_path_remove_folder(task->path); }
static int run_enter(PathTask *task) { return os_path_enter(task->path); }

/* Until the text is shorter than the room for it. */
static int read_text(PathTask *task, bool is_link)
{
    do {
        if (!text_reserve(task, task->text_room + 256)) return FILE_NO_MEMORY;
        char *text = (char *)task->text;
        size_t room = task->text_room, *size = &task->text_size;
        int error = is_link ? os_path_read_link(task->path, text, room, size)
                            : os_path_current(text, room, size);
        if (error) return error;
    } while (task->text_size == task->text_room);
    return 0;
}

static int run_read_link(PathTask *task) { return read_text(task, true); }
static int run_current(PathTask *task) { return read_text(task, false); }

static int add_name(const char *name, size_t size, void *context)
{
    PathTask *task = context;
    if (!text_reserve(task, sizeof size + size)) return FILE_NO_MEMORY;
    memcpy(task->text + task->text_size, &size, sizeof size);
    memcpy(task->text + task->text_size + sizeof size, name, size);
    task->text_size += sizeof size + size;
    return 0;
}

static int run_list(PathTask *task) { return os_path_list(task->path, add_name, task); }

/* ---- Folders ---- */

/* A slice's worth of names at a time; what is done stands behind the task in the state, numbers[0]
   says how far that is. */
static Term answer_list(Process *p, Task *base)
{
    PathTask *task = (PathTask *)base;
    Term state = p->roots[ROOT_NATIVE_STATE], list = is_cons(state) ? cons_tail(state) : TERM_NIL;
    bool spent = false; /* Not before a name is done: each slice has its share. */
    if (task->error) return file_error(p, task->error);
    for (size_t at = (size_t)task->numbers[0]; at < task->text_size;) {
        size_t size;
        memcpy(&size, task->text + at, sizeof size);
        size_t words = BINARY_WORDS(size) + 4; /* and a cell of the list, one of the state */
        if (spent || !native_room(p, words)) {
            Term reference = is_cons(state) ? cons_head(state) : state;
            Term saved = make_list(p, &reference, 1, list);
            if (is_none(saved)) return TERM_NONE;
            task->numbers[0] = (int64_t)at;
            return spent ? native_yield(p, saved) : work_need(p, saved, words + 1024);
        }
        Term name = binary_from(&p->heap, task->text + at + sizeof size, size);
        if (is_none(name) || !list_push(p, name, &list)) return native_memory(p);
        at += sizeof size + size;
        spent = !native_charge(p, 1);
    }
    return make_tuple(p, 2, A(ok), list);
}

static Term prim_file_list_dir_nif_1(Process *p, Term *args)
{
    if (task_is_started(p)) return path_answer(p, answer_list);
    return start_one(p, args[0], run_list, NULL);
}

static Term prim_file_make_dir_nif_1(Process *p, Term *args)
{
    if (task_is_started(p)) return path_answer(p, answer_ok);
    return start_one(p, args[0], run_make_folder, NULL);
}

static Term prim_file_del_dir_nif_1(Process *p, Term *args)
{
    if (task_is_started(p)) return path_answer(p, answer_ok);
    return start_one(p, args[0], run_remove_folder, NULL);
}

static Term prim_file_set_cwd_nif_1(Process *p, Term *args)
{
    if (task_is_started(p)) return path_answer(p, answer_ok);
    return start_one(p, args[0], run_enter, NULL);
}

static Term prim_file_get_cwd_nif_0(Process *p, Term *args)
{
    (void)args;
    if (task_is_started(p)) return path_answer(p, answer_text);
    PathTask *task = path_task(run_current, 0);
    return task ? task_start(p, &task->task, &path_task_type) : native_memory(p);
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
    if (task_is_started(p)) return path_answer(p, answer_info);
    if (!is_small(args[1])) return badarg(p);
    const int64_t numbers[3] = {small_value(args[1])};
    return start_one(p, args[0], run_info, numbers);
}

static Term prim_file_set_permissions_nif_2(Process *p, Term *args)
{
    int64_t numbers[3] = {0};
    if (task_is_started(p)) return path_answer(p, answer_ok);
    if (!integer_to_i64(args[1], numbers) || numbers[0] != (uint32_t)numbers[0]) return badarg(p);
    return start_one(p, args[0], run_set_mode, numbers);
}

static bool is_int(Term t, int64_t *value)
{
    return integer_to_i64(t, value) && *value == (int32_t)*value;
}

static Term prim_file_set_owner_nif_3(Process *p, Term *args)
{
    int64_t numbers[3] = {0};
    if (task_is_started(p)) return path_answer(p, answer_ok);
    if (!is_int(args[1], numbers) || !is_int(args[2], numbers + 1)) return badarg(p);
    return start_one(p, args[0], run_set_owner, numbers);
}

static Term prim_file_set_time_nif_4(Process *p, Term *args)
{
    int64_t numbers[3];
    if (task_is_started(p)) return path_answer(p, answer_ok);
    for (size_t i = 0; i < 3; i++) {
        if (!integer_to_i64(args[i + 1], &numbers[i])) return badarg(p);
    }
    return start_one(p, args[0], run_set_times, numbers);
}

static Term prim_file_read_link_nif_1(Process *p, Term *args)
{
    if (task_is_started(p)) return path_answer(p, answer_text);
    return start_one(p, args[0], run_read_link, NULL);
}

static Term prim_file_del_file_nif_1(Process *p, Term *args)
{
    if (task_is_started(p)) return path_answer(p, answer_ok);
    return start_one(p, args[0], run_remove, NULL);
}

static Term prim_file_rename_nif_2(Process *p, Term *args)
{
    if (task_is_started(p)) return path_answer(p, answer_ok);
    return start_two(p, args, run_rename);
}

static Term prim_file_make_hard_link_nif_2(Process *p, Term *args)
{
    if (task_is_started(p)) return path_answer(p, answer_ok);
    return start_two(p, args, run_link);
}

static Term prim_file_make_soft_link_nif_2(Process *p, Term *args)
{
    if (task_is_started(p)) return path_answer(p, answer_ok);
    return start_two(p, args, run_link_symbolic);
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
