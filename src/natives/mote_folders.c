/* SPDX-License-Identifier: Apache-2.0 */
/* mote_folders.c - module mote: the folders where modules are looked for. */

#include "base/memory.h"
#include "heap/binary.h"
#include "natives/support.h"
#include "vm/finder.h"

typedef struct Listing {
    Process *p;
    size_t words; /* of all */
    bool counting, failed;
    Term list; /* last folder first */
} Listing;

static void list_folder(const char *folder, void *context)
{
    Listing *l = context;
    size_t size = strlen(folder);
    if (l->counting) {
        l->words += BINARY_WORDS(size) + 2;
        return;
    }
    Term text = l->failed ? TERM_NONE : binary_from(&l->p->heap, folder, size);
    l->failed = is_none(text) || !list_push(l->p, text, &l->list);
}

/* mote:folders() -> [Folder :: binary()], last first */
static Term mote_folders_0(Process *p, Term *args)
{
    (void)args;
    MoteFolders folders = finder_folders();
    Listing l = {p, 0, true, false, TERM_NIL};
    if (!folders.each) return TERM_NIL;
    folders.each(list_folder, &l);
    if (!native_room(p, l.words)) return native_need(p, l.words);
    l.counting = false;
    folders.each(list_folder, &l);
    return l.failed ? native_memory(p) : l.list;
}

/* Text of `size` bytes at `out` with a NUL behind it. */
static bool copy_text(Term t, char *out, size_t size)
{
    const uint8_t *bytes;
    uint8_t *temporary = NULL;
    size_t length;
    if (!binary_bytes_aligned(t, &bytes, &length, &temporary)) return false;
    memcpy(out, bytes, length);
    out[length] = 0;
    memory_free(temporary, length);
    return length == size;
}

static size_t binary_size(Term t)
{
    return is_binary(t) ? bitstring_bits(t) / 8 : SIZE_MAX;
}

/* One block: the pointers, then the texts. */
static bool fill(Term list, const char **names, char *text)
{
    for (; is_cons(list); list = cons_tail(list)) {
        size_t size = binary_size(cons_head(list));
        if (!copy_text(cons_head(list), text, size)) return false;
        *names++ = text;
        text += size + 1;
    }
    return true;
}

/* mote:set_folders([Folder :: binary()]) -> ok */
static Term mote_set_folders_1(Process *p, Term *args)
{
    MoteFolders folders = finder_folders();
    size_t count, bytes;
    if (!folders.set) return raise_error(p, A(enotsup));
    if (!list_length(args[0], &count) || count > 10000) return badarg(p);
    bytes = count * sizeof(char *);
    for (Term l = args[0]; is_cons(l); l = cons_tail(l)) {
        size_t size = binary_size(cons_head(l));
        if (size > 65536) return badarg(p);
        bytes += size + 1;
    }
    const char **names = memory_alloc(bytes + 1);
    if (!names) return native_memory(p);
    bool set = fill(args[0], names, (char *)(names + count)) && folders.set(names, count);
    memory_free(names, bytes + 1);
    return set ? A(ok) : native_memory(p);
}

static const Native mote_folders_natives[] = {
    NATIVE(mote, folders, 0, CONSTANT),
    NATIVE(mote, set_folders, 1, CONSTANT),
};
NATIVE_TABLE(mote_folders);
