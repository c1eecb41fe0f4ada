/* SPDX-License-Identifier: Apache-2.0 */
/* re_capture.c - what re:run/3 gives of a match. */
#include "natives/re_capture.h"
#include "base/utf8.h"
#include "heap/binary.h"
#include "natives/iolist.h"
#include "natives/support.h"

/* ---- Names ---- */

enum { NAME_MAX = 255, ENTRY_NAME = 2 };

static const char *entry_name(const Regex *regex, uint32_t i)
{
    return (const char *)regex->names + (size_t)i * regex->name_size + ENTRY_NAME;
}

static size_t entry_number(const Regex *regex, uint32_t i)
{
    const uint8_t *entry = regex->names + (size_t)i * regex->name_size;
    return (size_t)entry[0] << 8 | entry[1];
}

/* The text of an atom, a string or a binary, with a NUL; "" for what is too long for a name.
   False: it is nothing of these. */
static bool read_name(Term t, char name[NAME_MAX + 1])
{
    size_t size = 0;
    const uint8_t *bytes = NULL;
    if (is_atom(t)) {
        bytes = (const uint8_t *)atom_text(t, &size);
    } else if (is_binary(t)) {
        binary_bytes(t, &bytes, &size);
    } else {
        for (; is_cons(t); t = cons_tail(t)) {
            Term head = cons_head(t);
            if (!is_natural(head) || small_value(head) > 255) return false;
            if (size <= NAME_MAX) name[size++] = (char)small_value(head);
        }
        if (!is_nil(t) || size == 0) return false;
    }
    if (size > NAME_MAX) size = 0;
    if (bytes) memcpy(name, bytes, size);
    name[size] = 0;
    return true;
}

/* ---- What is wanted ---- */

static bool read_list(Term list, Capture *capture)
{
    char name[NAME_MAX + 1];
    capture->kind = CAPTURE_LIST;
    capture->list = list;
    for (; is_cons(list); list = cons_tail(list)) {
        Term head = cons_head(list);
        capture->count++;
        if (is_small(head) ? small_value(head) < 0 || small_value(head) > INT32_MAX
                           : !read_name(head, name))
            return false;
    }
    return is_nil(list);
}

bool capture_read(const ReOptions *options, const ReCode *code, Capture *capture)
{
    size_t groups = code->regex.captures;
    *capture = (Capture){CAPTURE_ALL, A(index), TERM_NIL, groups + 1};
    if (!is_none(options->type)) capture->type = options->type;
    if (capture->type != A(index) && capture->type != A(list) && capture->type != A(binary))
        return false;
    switch (options->capture) {
    case A(all): return true;
    case A(first): capture->kind = CAPTURE_FIRST; return true;
    case A(all_but_first): capture->kind = CAPTURE_REST; return true;
    case A(none):
    case TERM_NIL: capture->kind = CAPTURE_NONE; return true;
    case A(all_names):
        capture->kind = code->regex.name_count ? CAPTURE_NAMES : CAPTURE_NONE;
        capture->count = code->regex.name_count;
        return true;
    default:
        if (is_none(options->capture)) return true;
        capture->count = 0;
        return read_list(options->capture, capture);
    }
}

size_t capture_words(const Capture *capture)
{
    size_t part = capture->type == A(index) ? 3 : BINARY_WORDS(BINARY_HEAP_MAX);
    return 8 + capture->count * (2 + part);
}

/* ---- Parts ---- */

/* Where the results are made. */
typedef struct Parts {
    Process *p;
    const Capture *capture;
    const ReSearch *search;
    Term subject;
} Parts;

static bool is_set(const ReSearch *search, size_t group)
{
    return group < search->count && search->pairs[2 * group] != REGEX_UNSET;
}

/* The characters; what is no UTF-8 throughout: the bytes. */
static Term characters(Process *p, const uint8_t *bytes, size_t size, bool utf8)
{
    size_t count = 0;
    bool valid = utf8 && utf8_valid_prefix(bytes, size, &count) == size;
    return valid ? make_characters(p, bytes, size) : make_string(p, (const char *)bytes, size);
}

static Term make_part(const Parts *parts, size_t group)
{
    const ReSearch *search = parts->search;
    bool set = is_set(search, group);
    size_t start = set ? search->pairs[2 * group] : 0, end = set ? search->pairs[2 * group + 1] : 0;
    size_t size = end > start ? end - start : 0;
    Process *p = parts->p;
    switch (parts->capture->type) {
    case A(index):
        return make_tuple(p, 2, make_small(set ? (Word)start : -1), make_small((Word)size));
    case A(binary): return or_memory(p, binary_part(&p->heap, parts->subject, start, size));
    default:
        work_charge(p, size, CELLS_PER_REDUCTION);
        return characters(p, search->subject + start, size, search->code->regex.utf);
    }
}

/* The first group of that name that is set, else any of it; SIZE_MAX: none has the name. */
static size_t group_of_name(const ReSearch *search, const char *name)
{
    const Regex *regex = &search->code->regex;
    size_t group = SIZE_MAX;
    for (uint32_t i = 0; i < regex->name_count; i++) {
        if (strcmp(entry_name(regex, i), name) != 0) continue;
        group = entry_number(regex, i);
        if (is_set(search, group)) break;
    }
    return group;
}

static Term make_range(const Parts *parts, size_t first, size_t end)
{
    Term list = TERM_NIL;
    while (end-- > first) {
        Term part = make_part(parts, end);
        if (is_none(part)) return TERM_NONE;
        if (!list_push(parts->p, part, &list)) return native_memory(parts->p);
    }
    return list;
}

static Term make_named(const Parts *parts)
{
    const Regex *regex = &parts->search->code->regex;
    Term list = TERM_NIL;
    for (uint32_t i = regex->name_count; i-- > 0;) {
        if (i > 0 && strcmp(entry_name(regex, i), entry_name(regex, i - 1)) == 0) continue;
        Term part = make_part(parts, group_of_name(parts->search, entry_name(regex, i)));
        if (is_none(part)) return TERM_NONE;
        if (!list_push(parts->p, part, &list)) return native_memory(parts->p);
    }
    return list;
}

static Term make_listed(const Parts *parts)
{
    char name[NAME_MAX + 1];
    Term wanted = parts->capture->list, *cell, list;
    cell = heap_reserve(&parts->p->heap, 2 * parts->capture->count);
    if (!cell) return native_memory(parts->p);
    for (list = make_cons(cell); is_cons(wanted); cell += 2) {
        Term head = cons_head(wanted);
        size_t group = SIZE_MAX;
        wanted = cons_tail(wanted);
        if (is_small(head)) group = (size_t)small_value(head);
        else if (read_name(head, name)) group = group_of_name(parts->search, name);
        Term part = make_part(parts, group);
        /* The cells are part of the heap already. */
        Term tail = is_cons(wanted) ? make_cons(cell + 2) : TERM_NIL;
        cons_put(cell, is_none(part) ? TERM_NIL : part, tail);
        if (is_none(part)) list = TERM_NONE;
    }
    return list;
}

/* Words that parts as lists take. */
static size_t list_words(const ReSearch *search, const Capture *capture)
{
    size_t words = 0, most = 0;
    if (capture->type != A(list)) return 0;
    for (size_t i = 0; i < search->count; i++) {
        size_t size = is_set(search, i) && search->pairs[2 * i + 1] > search->pairs[2 * i]
                          ? search->pairs[2 * i + 1] - search->pairs[2 * i]
                          : 0;
        words += 2 * size;
        most = size > most ? size : most;
    }
    /* A list may name the same group often. */
    return capture->kind == CAPTURE_LIST ? 2 * most * capture->count : words;
}

Term capture_result(Process *p, const Capture *capture, const ReSearch *search, Term subject,
                    Term state)
{
    Parts parts = {p, capture, search, subject};
    Term list = TERM_NIL;
    if (capture->kind == CAPTURE_NONE) return A(match);
    size_t words = capture_words(capture) + list_words(search, capture);
    if (work_lacks(p, words)) return work_need(p, state, words);
    switch (capture->kind) {
    case CAPTURE_FIRST: list = make_range(&parts, 0, 1); break;
    case CAPTURE_REST: list = make_range(&parts, 1, search->count); break;
    case CAPTURE_NAMES: list = make_named(&parts); break;
    case CAPTURE_LIST: list = make_listed(&parts); break;
    default: list = make_range(&parts, 0, search->count); break;
    }
    return is_none(list) ? TERM_NONE : make_tuple(p, 2, A(match), list);
}

Term capture_names(Process *p, const ReCode *code)
{
    const Regex *regex = &code->regex;
    Term list = TERM_NIL;
    for (uint32_t i = regex->name_count; i-- > 0;) {
        const char *name = entry_name(regex, i);
        if (i > 0 && strcmp(name, entry_name(regex, i - 1)) == 0) continue;
        Term binary = or_memory(p, binary_from(&p->heap, name, strlen(name)));
        if (is_none(binary)) return TERM_NONE;
        if (!list_push(p, binary, &list)) return native_memory(p);
    }
    return make_tuple(p, 2, A(namelist), list);
}
