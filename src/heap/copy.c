/* SPDX-License-Identifier: Apache-2.0 */
/* copy.c - copies of terms between heaps. */

#include "heap/copy.h"
#include "base/memory.h"
#include "base/worklist.h"
#include "heap/binary.h"
#include "heap/resource.h"

/* ---- Sizes ---- */

/* The next word of a row that is no immediate, in *t, or nil; what comes behind it goes on the
   worklist: how many, and where. So it grows with the depth of terms, not with their size. */
static inline bool take_next(Worklist *work, const Term *words, size_t count, Term *t)
{
    for (; count && is_immediate(*words); count--) words++;
    *t = count ? *words : TERM_NIL;
    return count < 2 ||
           (worklist_push(work, count - 1) && worklist_push(work, (uintptr_t)(words + 1)));
}

/* The bytes of a part of a binary on a heap: its copy is a binary by itself. NULL: not so. */
static const uint8_t *small_part(const SubBin *part, bool with_literals)
{
    const Term *whole = boxed_ptr(part->whole);
    if (header_kind(*whole) != KIND_BIN_HEAP) return NULL;
    if ((part->bit_offset | part->bit_size) % 8) return NULL;
    if (!with_literals && is_literal(part->whole)) return NULL;
    return (const uint8_t *)(whole + 2) + part->bit_offset / 8;
}

static size_t size_of(Term t, bool with_literals)
{
    Worklist work;
    size_t words = 0;
    bool more = true;
    worklist_init(&work);
    while (more) {
        if (with_literals ? is_immediate(t) : is_literal(t)) {
            if (worklist_is_empty(&work)) break;
            const Term *row = (const Term *)worklist_pop(&work);
            more = take_next(&work, row, worklist_pop(&work), &t);
        } else if (is_cons(t)) {
            words += 2;
            more = take_next(&work, cons_ptr(t), 2, &t);
        } else {
            const Term *p = boxed_ptr(t);
            size_t size = header_size(*p);
            Kind kind = header_kind(*p);
            const SubBin *part = kind == KIND_BIN_SUB ? (const SubBin *)p : NULL;
            bool is_small = part && small_part(part, with_literals);
            words += is_small ? BINARY_WORDS(part->bit_size / 8) : 1 + size;
            t = part && !is_small ? part->whole : TERM_NIL;
            if (kind_is_plain(kind)) more = take_next(&work, p + 1, size, &t);
        }
    }
    worklist_done(&work);
    return more ? words : SIZE_MAX;
}

size_t term_size(Term t) { return size_of(t, false); }

size_t term_size_with_literals(Term t) { return size_of(t, true); }

/* ---- Copies ---- */

/* The target is scanned from its start: words that still point at the source are copied to its end
   and replaced. What already points into the target was put there by copy_list. */
typedef struct Copier {
    CopyTarget *target;
    Term *scan;
} Copier;

static bool needs_copy(const CopyTarget *target, Term t)
{
    return target->with_literals ? !is_immediate(t) : !is_literal(t);
}

/* The cells of a list, one behind the other; heads still point at the source. */
static Term copy_list(CopyTarget *target, Term t)
{
    Term *first = target->top, *cell = first;
    while (is_cons(t) && needs_copy(target, t)) {
        cell[0] = cons_head(t);
        cell[1] = make_cons(cell + 2);
        t = cons_tail(t);
        cell += 2;
    }
    cell[-1] = t;
    target->top = cell;
    return make_cons(first);
}

static void link_copy(CopyTarget *target, OffHeap *object)
{
    object->next = target->off_heap;
    target->off_heap = object;
    if (header_kind(object->header) == KIND_BIN_REFC) {
        bytes_retain(((RefcBin *)object)->bytes);
        target->off_heap_bytes += ((RefcBin *)object)->size;
    } else {
        resource_retain(((ResourceRef *)object)->resource);
    }
}

static Term copy_part(CopyTarget *target, const uint8_t *bytes, size_t size)
{
    Term *to = target->top;
    size_t words = BINARY_WORDS(size);
    to[words - 1] = 0; /* Padding is defined. */
    to[0] = make_header(KIND_BIN_HEAP, words - 1);
    to[1] = size;
    memcpy(to + 2, bytes, size);
    target->top += words;
    return make_boxed(to);
}

static Term copy_boxed(CopyTarget *target, Term t)
{
    const Term *p = boxed_ptr(t);
    size_t words = 1 + header_size(*p);
    Kind kind = header_kind(*p);
    const SubBin *part = (const SubBin *)p;
    const uint8_t *bytes =
        kind == KIND_BIN_SUB ? small_part(part, target->with_literals) : NULL;
    if (bytes) return copy_part(target, bytes, part->bit_size / 8);
    Term *to = target->top;
    memcpy(to, p, words * WORD_BYTES);
    target->top += words;
    if (kind == KIND_BIN_REFC || kind == KIND_RESOURCE) link_copy(target, (OffHeap *)to);
    if (kind == KIND_BIN_SUB) ((SubBin *)to)->is_writable = 0;
    return make_boxed(to);
}

static Term copy_one(CopyTarget *target, Term t)
{
    return is_cons(t) ? copy_list(target, t) : copy_boxed(target, t);
}

static void copy_word(CopyTarget *target, const Term *start, Term *word)
{
    Term t = *word;
    if (!needs_copy(target, t)) return;
    const Term *p = (const Term *)(t & ~(Term)3);
    if (p >= start && p < target->top) return;
    *word = copy_one(target, t);
}

Term term_copy(Term t, CopyTarget *target)
{
    if (!needs_copy(target, t)) return t;
    Term *start = target->top, *scan = start;
    Term copy = copy_one(target, t);
    while (scan < target->top) {
        Term word = *scan;
        if (!is_header(word)) {
            copy_word(target, start, scan++);
        } else if (kind_is_plain(header_kind(word))) {
            scan++;
        } else {
            if (header_kind(word) == KIND_BIN_SUB)
                copy_word(target, start, &((SubBin *)scan)->whole);
            scan += 1 + header_size(word);
        }
    }
    return copy;
}

Term term_copy_to_heap(Heap *heap, Term t)
{
    size_t words = term_size(t);
    if (words == 0) return t;
    return words == SIZE_MAX ? TERM_NONE : term_copy_sized(heap, t, words);
}

Term term_copy_sized(Heap *heap, Term t, size_t words)
{
    Term *top = heap_reserve(heap, words);
    if (!top) return TERM_NONE;
    CopyTarget target = {top, heap->off_heap, 0, false};
    Term copy = term_copy(t, &target);
    heap->off_heap = target.off_heap;
    if (target.off_heap_bytes) heap_account(heap, target.off_heap_bytes);
    return copy;
}

void term_copy_block(Term *to, const Term *block, size_t words)
{
    const Term *end = block + words;
    uintptr_t distance = (uintptr_t)to - (uintptr_t)block;
    while (block < end) {
        Term word = *block++;
        *to++ = is_immediate(word) ? word : word + distance;
        if (!is_header(word) || kind_is_plain(header_kind(word))) continue;
        size_t raw = header_size(word);
        memcpy(to, block, raw * WORD_BYTES);
        to += raw;
        block += raw;
        if (header_kind(word) == KIND_BIN_SUB) to[-1] += distance;
    }
}

/* ---- Boxes ---- */

bool term_box(Term t, TermBox *box, bool with_literals)
{
    *box = (TermBox){t, NULL, NULL};
    size_t words = size_of(t, with_literals);
    if (words == 0) return true;
    box->fragment = words == SIZE_MAX ? NULL : fragment_make(words);
    if (!box->fragment) return false;
    CopyTarget target = {box->fragment->words, NULL, 0, with_literals};
    box->term = term_copy(t, &target);
    box->fragment->used = words;
    box->off_heap = target.off_heap;
    return true;
}

Term term_unbox(TermBox *box, Heap *heap)
{
    if (box->fragment) heap_adopt(heap, box->fragment, box->off_heap, box->fragment->room);
    box->fragment = NULL;
    box->off_heap = NULL;
    return box->term;
}

void term_box_free(TermBox *box)
{
    off_heap_release(box->off_heap);
    fragment_free_all(box->fragment);
    *box = (TermBox){TERM_NIL, NULL, NULL};
}

void off_heap_release(OffHeap *list)
{
    while (list) {
        OffHeap *next = list->next;
        if (header_kind(list->header) == KIND_BIN_REFC) {
            bytes_release(((RefcBin *)list)->bytes);
        } else {
            resource_release(((ResourceRef *)list)->resource);
        }
        list = next;
    }
}

Term term_copy_to_literal(Term t, void **block, size_t *bytes)
{
    size_t words = term_size_with_literals(t);
    *block = NULL;
    *bytes = 0;
    if (words == 0) return t;
    if (words == SIZE_MAX) return TERM_NONE;
    /* The first word holds the off-heap list, for whoever frees the block. */
    *bytes = (words + 1) * WORD_BYTES;
    Term *start = literal_alloc(*bytes);
    if (!start) return TERM_NONE;
    CopyTarget target = {start + 1, NULL, 0, true};
    Term copy = term_copy(t, &target);
    start[0] = (Term)target.off_heap;
    *block = start;
    return copy;
}
