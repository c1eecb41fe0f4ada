/* SPDX-License-Identifier: Apache-2.0 */
/* port_ram_file.c - files in memory: the port that OTP's ram_file talks to. */

/* A request is a byte that says what is wanted and what that takes, numbers of 32 bits first; the
   answer is data whose first byte says its kind. */

#include "natives/port_ram_file.h"
#include "base/bytes.h"
#include "base/memory.h"
#include "term/atom.h"

enum Request {
    RAM_OPEN = 1,
    RAM_READ = 2,
    RAM_SEEK = 3,
    RAM_WRITE = 4,
    RAM_SYNC = 9,
    RAM_TRUNCATE = 14,
    RAM_READ_AT = 17,
    RAM_WRITE_AT = 18,
    RAM_SYNC_DATA = 19,
    RAM_GET = 30,
    RAM_SIZE = 37,
    RAM_ADVISE = 38,
    RAM_ALLOCATE = 39
};
enum Answer { ANSWER_OK = 0, ANSWER_ERROR = 1, ANSWER_DATA = 2, ANSWER_NUMBER = 3 };
enum { MODE_READ = 1, MODE_WRITE = 2 };
enum { FROM_START = 0, FROM_HERE = 1, FROM_END = 2 };

typedef struct RamFile {
    Port port; /* first */
    bool binary;
    uint32_t mode;
    uint8_t *bytes;
    size_t room, size;
    int64_t position;
} RamFile;

/* ---- Answers ---- */

/* {Port, {data, [Kind, Head... | Bytes]}}; NULL: there are no bytes. */
static void answer(RamFile *file, const uint8_t *head, size_t head_size, const uint8_t *bytes,
                   size_t size)
{
    Heap heap = {.min_size = 32};
    if (!heap_init(&heap, (file->binary ? 0 : 2 * size) + 2 * head_size + 64)) {
        port_end(&file->port, "enomem");
        return;
    }
    Term data = port_bytes(&heap, bytes, size, file->binary && bytes);
    Term *cell = is_none(data) ? NULL : heap_reserve(&heap, 2 * head_size);
    for (size_t i = head_size; cell && i-- > 0; cell += 2)
        data = cons_put(cell, make_small((Word)head[i]), data);
    port_tell_owner(&file->port, &heap,
                    cell ? heap_pair(&heap, atom_intern_z("data"), data) : TERM_NONE);
    heap_done(&heap);
    file->port.input += head_size + size;
}

static void answer_ok(RamFile *file) { answer(file, (const uint8_t[]){ANSWER_OK}, 1, NULL, 0); }

static void answer_number(RamFile *file, size_t number)
{
    uint8_t head[5] = {ANSWER_NUMBER};
    store_big32(head + 1, (uint32_t)number);
    answer(file, head, sizeof head, NULL, 0);
}

static void answer_error(RamFile *file, const char *name)
{
    uint8_t head[16] = {ANSWER_ERROR};
    size_t size = strlen(name);
    memcpy(head + 1, name, size);
    answer(file, head, size + 1, NULL, 0);
}

/* ---- The file ---- */

static bool reserve(RamFile *file, int64_t size)
{
    if (size <= (int64_t)file->room) return true;
    size_t room = (size_t)size + ((size_t)size >> 1);
    uint8_t *bytes = size > UINT32_MAX ? NULL : memory_realloc(file->bytes, file->room, room);
    if (!bytes) return false;
    file->bytes = bytes;
    file->room = room;
    return true;
}

/* Up to `size` there are zeros where nothing was written. */
static bool extend(RamFile *file, int64_t size)
{
    if (!reserve(file, size)) return false;
    if (size > (int64_t)file->size) {
        memset(file->bytes + file->size, 0, (size_t)size - file->size);
        file->size = (size_t)size;
    }
    return true;
}

/* False: it has been answered. */
static bool allow(RamFile *file, uint32_t mode, int64_t at)
{
    const char *error = !(file->mode & mode) ? "ebadf" : at < 0 ? "einval" : NULL;
    if (error) answer_error(file, error);
    return !error;
}

static size_t read_at(RamFile *file, int64_t at, uint32_t most)
{
    size_t left = at < (int64_t)file->size ? file->size - (size_t)at : 0;
    size_t size = left < most ? left : most;
    uint8_t head[5] = {ANSWER_DATA};
    store_big32(head + 1, (uint32_t)size);
    answer(file, head, sizeof head, size ? file->bytes + at : head, size);
    return size;
}

static size_t write_at(RamFile *file, int64_t at, const uint8_t *bytes, size_t size)
{
    int64_t end = at + (int64_t)size;
    if (!extend(file, size ? end : 0)) {
        answer_error(file, "enomem");
        return 0;
    }
    if (size) memcpy(file->bytes + at, bytes, size);
    answer_number(file, size);
    return size;
}

static void open_file(RamFile *file, const uint8_t *bytes, size_t size)
{
    file->size = 0;
    file->position = 0;
    file->mode = load_big32(bytes);
    if (!extend(file, (int64_t)size - 4)) {
        answer_error(file, "enomem");
        return;
    }
    if (file->size) memcpy(file->bytes, bytes + 4, file->size);
    answer_number(file, 0);
}

static void seek(RamFile *file, int32_t offset, uint32_t origin)
{
    int64_t from = origin == FROM_HERE  ? file->position
                   : origin == FROM_END ? (int64_t)file->size
                                        : 0;
    if (origin > FROM_END || from + offset < 0) {
        answer_error(file, "einval");
        return;
    }
    file->position = from + offset;
    answer_number(file, (size_t)file->position);
}

static void truncate(RamFile *file)
{
    if (!(file->mode & MODE_WRITE)) {
        answer_error(file, "eacces");
    } else if (!extend(file, file->position)) {
        answer_error(file, "enomem");
    } else {
        file->size = (size_t)file->position;
        answer_ok(file);
    }
}

/* ---- Requests ---- */

/* How many bytes a request has at least; 0: there is no such request. */
static size_t least_size(uint8_t request)
{
    switch (request) {
    case RAM_OPEN:
    case RAM_READ:
    case RAM_WRITE_AT: return 5;
    case RAM_SEEK:
    case RAM_READ_AT: return 9;
    case RAM_WRITE:
    case RAM_SYNC:
    case RAM_TRUNCATE:
    case RAM_SYNC_DATA:
    case RAM_GET:
    case RAM_SIZE: return 1;
    case RAM_ADVISE:
    case RAM_ALLOCATE: return 17;
    default: return 0;
    }
}

static void handle(RamFile *file, uint8_t request, const uint8_t *bytes, size_t size)
{
    int64_t at = size >= 4 ? (int32_t)load_big32(bytes) : 0;
    switch (request) {
    case RAM_OPEN: open_file(file, bytes, size); break;
    case RAM_READ:
        if (allow(file, MODE_READ, 0))
            file->position += (int64_t)read_at(file, file->position, (uint32_t)at);
        break;
    case RAM_READ_AT:
        if (allow(file, MODE_READ, at)) read_at(file, at, load_big32(bytes + 4));
        break;
    case RAM_WRITE:
        if (allow(file, MODE_WRITE, 0))
            file->position += (int64_t)write_at(file, file->position, bytes, size);
        break;
    case RAM_WRITE_AT:
        if (allow(file, MODE_WRITE, at)) write_at(file, at, bytes + 4, size - 4);
        break;
    case RAM_SEEK: seek(file, (int32_t)at, load_big32(bytes + 4)); break;
    case RAM_TRUNCATE: truncate(file); break;
    case RAM_GET: read_at(file, 0, UINT32_MAX); break;
    case RAM_SIZE: answer_number(file, file->size); break;
    default: answer_ok(file); break; /* Nothing is to be done for the others. */
    }
}

static void output(Port *port, const uint8_t *bytes, size_t size)
{
    size_t least = size ? least_size(bytes[0]) : 0;
    port->output += size;
    if (least && size >= least) handle((RamFile *)port, bytes[0], bytes + 1, size - 1);
}

static void close_file(Port *port)
{
    RamFile *file = (RamFile *)port;
    memory_free(file->bytes, file->room);
    file->bytes = NULL;
    file->room = file->size = 0;
}

static uint32_t no_program(const Port *port) { return (void)port, 0; }
static size_t nothing_queued(const Port *port) { return (void)port, 0; }

static const PortDriver ram_file_driver = {
    sizeof(RamFile), NULL, output, NULL, close_file, no_program, nothing_queued};

Port *ram_file_make(bool binary)
{
    RamFile *file = (RamFile *)port_make(&ram_file_driver);
    if (file) file->binary = binary;
    return (Port *)file;
}
