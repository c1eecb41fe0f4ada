/* SPDX-License-Identifier: Apache-2.0 */
/* os.c - natives of module os, and of modules that ask the system one thing only. */
#include "base/utf8.h"
#include "mote/os/env.h"
#include "mote/port.h"
#include "natives/output.h"
#include "natives/support.h"

/* ---- Text of the operating system: UTF-8 ---- */

/* A string without NUL, and in names without '=', becomes UTF-8 with a NUL behind. False: it is
   no such string (or out of memory: *memory). */
static bool read_text(Term list, bool is_name, Output *out, bool *memory)
{
    *memory = false;
    output_init(out);
    for (; is_cons(list); list = cons_tail(list)) {
        Term code = cons_head(list);
        if (!is_small(code) || code > make_small(0x10FFFF) || code == make_small(0)) break;
        if (!utf8_is_code_point((uint32_t)small_value(code))) break;
        if (is_name && code == make_small('=')) break;
        *memory = !output_reserve(out, 4);
        if (*memory) break;
        out->size += utf8_encode((uint32_t)small_value(code), out->data + out->size);
    }
    if (is_nil(list)) {
        *memory = !output_put(out, "", 1);
        if (!*memory) return true;
    }
    output_drop(out);
    return false;
}

static Term text_error(Process *p, bool memory) { return memory ? native_memory(p) : badarg(p); }

/* ---- The environment ---- */

/* Into `value`, which holds nothing yet. False: there is no such name (or out of memory:
   *memory). */
static bool read_variable(const char *name, Output *value, bool *memory)
{
    size_t size;
    *memory = false;
    output_init(value);
    while ((size = os_env_get(name, (char *)value->data, value->room)) != SIZE_MAX) {
        if (size <= value->room) {
            value->size = size;
            return true;
        }
        *memory = !output_reserve(value, size);
        if (*memory) break;
    }
    output_drop(value);
    return false;
}

static Term os_getenv_1(Process *p, Term *args)
{
    Output name, value;
    bool memory;
    if (!read_text(args[0], true, &name, &memory)) return text_error(p, memory);
    bool found = read_variable((const char *)name.data, &value, &memory);
    output_drop(&name);
    if (!found) return memory ? native_memory(p) : A(false);
    Term text = make_characters(p, value.data, value.size);
    output_drop(&value);
    return text;
}

static Term os_putenv_2(Process *p, Term *args)
{
    Output name, value;
    bool memory;
    if (!read_text(args[0], true, &name, &memory)) return text_error(p, memory);
    if (!read_text(args[1], false, &value, &memory)) {
        output_drop(&name);
        return text_error(p, memory);
    }
    /* OTP keeps a variable without a name; no system can. */
    bool done = name.size == 1 || os_env_set((const char *)name.data, (const char *)value.data);
    output_drop(&name);
    output_drop(&value);
    return done ? A(true) : badarg(p);
}

static Term os_unsetenv_1(Process *p, Term *args)
{
    Output name;
    bool memory;
    if (!read_text(args[0], true, &name, &memory)) return text_error(p, memory);
    if (name.size > 1) os_env_unset((const char *)name.data);
    output_drop(&name);
    return A(true);
}

typedef struct EnvList {
    Process *p;
    Term list;
    bool failed;
} EnvList;

static void add_variable(const char *entry, void *context)
{
    EnvList *to = context;
    const char *end = strchr(entry, '=');
    if (to->failed || !end) return;
    Term name = make_characters(to->p, (const uint8_t *)entry, (size_t)(end - entry));
    Term value = make_characters(to->p, (const uint8_t *)end + 1, strlen(end + 1));
    to->failed = is_none(name) || is_none(value);
    if (to->failed) return;
    Term pair = make_tuple(to->p, 2, name, value);
    to->failed = is_none(pair) || !list_push(to->p, pair, &to->list);
}

static Term os_env_0(Process *p, Term *args)
{
    EnvList list = {p, TERM_NIL, false};
    (void)args;
    os_env_each(add_variable, &list);
    return list.failed ? native_memory(p) : list.list;
}

/* ---- Numbers and clocks ---- */

static Term os_getpid_0(Process *p, Term *args)
{
    char text[10];
    size_t at = sizeof text;
    uint32_t id = os_process_id();
    (void)args;
    do {
        text[--at] = (char)('0' + id % 10);
        id /= 10;
    } while (id);
    return make_string(p, text + at, sizeof text - at);
}

static Term os_perf_counter_0(Process *p, Term *args)
{
    (void)args;
    return make_integer(p, (int64_t)port_now());
}

static Term os_system_time_0(Process *p, Term *args)
{
    (void)args;
    return make_integer(p, port_clock());
}

static Term os_system_time_1(Process *p, Term *args)
{
    uint64_t parts;
    return time_unit_parts(args[0], &parts) ? make_time(p, port_clock(), parts) : badarg(p);
}

static Term os_timestamp_0(Process *p, Term *args)
{
    enum { MILLION = 1000000, MICROSECOND = 1000 };
    int64_t microseconds = port_clock() / MICROSECOND, seconds = microseconds / MILLION;
    (void)args;
    return make_tuple(p, 3, make_small((Word)(seconds / MILLION)),
                      make_small((Word)(seconds % MILLION)),
                      make_small((Word)(microseconds % MILLION)));
}

/* ---- What the system's text is like ---- */

static Term file_native_name_encoding_0(Process *p, Term *args)
{
    (void)p;
    (void)args;
    return A(utf8);
}

static Term io_printable_range_0(Process *p, Term *args)
{
    (void)p;
    (void)args;
    return A(latin1);
}

static Term error_logger_warning_map_0(Process *p, Term *args)
{
    (void)p;
    (void)args;
    return A(warning);
}

static const Native os_natives[] = {
    NATIVE(os, env, 0, CHARGED),
    NATIVE(os, getenv, 1, CHARGED),
    NATIVE(os, getpid, 0, CONSTANT),
    NATIVE(os, perf_counter, 0, CONSTANT),
    NATIVE(os, putenv, 2, CHARGED),
    NATIVE(os, system_time, 0, CONSTANT),
    NATIVE(os, system_time, 1, CONSTANT),
    NATIVE(os, timestamp, 0, CONSTANT),
    NATIVE(os, unsetenv, 1, CHARGED),
    NATIVE(error_logger, warning_map, 0, CONSTANT),
    NATIVE(file, native_name_encoding, 0, CONSTANT),
    NATIVE(io, printable_range, 0, CONSTANT),
};
NATIVE_TABLE(os);
