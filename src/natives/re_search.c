/* SPDX-License-Identifier: Apache-2.0 */
/* re_search.c - matching in steps that fit a slice. */
#include "natives/re_search.h"
#include "base/memory.h"
#include "heap/binary.h"
#include "heap/copy.h"
#include "mote/port.h"

enum {
    WINDOW = 1024, /* bytes, at first */
    WINDOW_MAX = 65536,
    LIMIT_MOST = 20000,          /* backtracking steps of a window, about 30 ns each */
    LIMIT_BYTES = 1 << 21,       /* bytes that those steps may look at */
    KILOBYTES_INLINE = 256,      /* what each scheduler's thread may keep */
    KILOBYTES_ALONE = 1 << 20,
    NANOSECONDS_PER_REDUCTION = 250
};

/* ---- Life ---- */

static size_t pair_bytes(const ReSearch *search)
{
    return 2 * ((size_t)search->code->regex.captures + 1) * sizeof(size_t);
}

bool re_search_start(ReSearch *search)
{
    size_t bytes = pair_bytes(search);
    search->pairs = bytes <= sizeof search->few ? search->few : memory_alloc(bytes);
    return search->pairs != NULL;
}

void re_search_end(ReSearch *search)
{
    if (search->pairs != search->few) memory_free(search->pairs, pair_bytes(search));
}

/* ---- In the slice ---- */

static ReStep step_of(int status)
{
    switch (status) {
    case REGEX_NO_MATCH: return RE_NOT_FOUND;
    case REGEX_OVER_LIMIT: return RE_OVER_LIMIT;
    case REGEX_OVER_DEPTH: return RE_OVER_DEPTH;
    case REGEX_BAD_TEXT: return RE_BAD_TEXT;
    default: return status > 0 ? RE_FOUND : RE_FAILED;
    }
}

/* The end of a window that begins at `at`: it cuts neither a character nor a CR LF. */
static size_t window_end(const ReSearch *search, size_t window)
{
    const uint8_t *subject = search->subject;
    size_t end = search->at + window;
    if (window >= search->size - search->at) return search->size;
    if (search->code->regex.utf) {
        for (int i = 0; i < 3 && end < search->size && (subject[end] & 0xC0) == 0x80; i++) end++;
    }
    if (end < search->size && subject[end] == '\n' && subject[end - 1] == '\r') end++;
    return end;
}

static int match_window(ReSearch *search, Process *p, size_t end, uint32_t limit)
{
    RegexMatch match = {.subject = search->subject,
                        .size = end,
                        .start = search->at,
                        .options = search->options | (end < search->size ? REGEX_WINDOW : 0),
                        .limit = limit,
                        .depth = search->depth,
                        .kilobytes = KILOBYTES_INLINE};
    uint64_t before = port_now();
    int status = os_regex_match(&search->code->regex, &match, search->pairs);
    uint64_t time = (port_now() - before) / NANOSECONDS_PER_REDUCTION;
    p->reductions -= time < 100000 ? (int32_t)time + 1 : 100000;
    /* An empty match where the window ends may be another one with what follows. */
    if (status > 0 && end < search->size && search->pairs[1] >= end)
        return search->pairs[0] >= end ? REGEX_NO_MATCH : REGEX_PARTIAL;
    return status;
}

static bool is_anchored(const ReSearch *search)
{
    return search->code->regex.anchored || (search->options & REGEX_ANCHORED);
}

static uint32_t limit_for(const ReSearch *search, size_t bytes)
{
    uint32_t limit = LIMIT_BYTES / (uint32_t)(bytes + 1);
    if (limit > LIMIT_MOST) limit = LIMIT_MOST;
    return limit < search->limit ? limit : search->limit;
}

ReStep re_search_step(ReSearch *search, Process *p)
{
    size_t window = search->code->whole ? SIZE_MAX : WINDOW;
    for (;;) {
        size_t end = window_end(search, window), bytes = end - search->at;
        if (bytes > WINDOW_MAX + 4) return RE_HELP;
        uint32_t limit = limit_for(search, bytes);
        int status = match_window(search, p, end, limit);
        if (status == REGEX_OVER_DEPTH) return RE_HELP;
        if (status == REGEX_OVER_LIMIT && limit < search->limit) return RE_HELP;
        if (status > 0) search->count = (uint32_t)status;
        if (status == REGEX_PARTIAL) {
            window *= 4;
            continue;
        }
        if (status != REGEX_NO_MATCH || end == search->size || is_anchored(search))
            return step_of(status);
        search->at = end;
        search->options &= ~(uint32_t)REGEX_NOTEMPTY_ATSTART;
        window = WINDOW;
        if (p->reductions <= 0) return RE_PAUSE;
    }
}

/* ---- On a thread beside the schedulers ---- */

typedef struct Help {
    Task task;
    TermBox subject;
    ReCode *code; /* retained */
    RegexMatch match;
    int status;
    size_t pair_bytes;
    size_t pairs[];
} Help;

static void help_free(Help *help)
{
    term_box_free(&help->subject);
    resource_release(&help->code->resource);
    task_free(&help->task, sizeof *help + help->pair_bytes);
}

static void destroy(Resource *resource) { help_free((Help *)resource); }
static const ResourceType help_type = {"re match", destroy};

static void work(Task *task)
{
    Help *help = (Help *)task;
    help->status = os_regex_match(&help->code->regex, &help->match, help->pairs);
}

Term re_search_help(Process *p, const ReSearch *search, Term subject)
{
    size_t bytes = pair_bytes(search);
    Help *help = (Help *)task_make(sizeof *help + bytes, work);
    if (!help) return native_memory(p);
    help->pair_bytes = bytes;
    help->code = (ReCode *)search->code;
    resource_retain(&help->code->resource);
    if (!term_box(subject, &help->subject, true)) {
        help->subject = (TermBox){TERM_NIL, NULL, NULL};
        help_free(help);
        return native_memory(p);
    }
    help->match = (RegexMatch){.subject = bitstring_span(help->subject.term).data,
                               .size = search->size,
                               .start = search->at,
                               .options = search->options,
                               .limit = search->limit,
                               .depth = search->depth,
                               .kilobytes = KILOBYTES_ALONE,
                               .alone = true};
    task_start(p, &help->task, &help_type);
    return p->action == ACTION_WAIT ? p->roots[ROOT_NATIVE_STATE] : TERM_NONE;
}

ReStep re_search_helped(ReSearch *search, Term reference)
{
    Help *help = (Help *)resource_of(reference, &help_type);
    if (!atomic_load_explicit(&help->task.is_done, memory_order_acquire)) return RE_PAUSE;
    if (help->status > 0) {
        search->count = (uint32_t)help->status;
        memcpy(search->pairs, help->pairs, 2 * search->count * sizeof *search->pairs);
    }
    return step_of(help->status);
}
