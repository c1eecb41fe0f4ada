/* SPDX-License-Identifier: Apache-2.0 */
/* erts_debug.c - natives of module erts_debug: what terms take on the heap. */
#include "base/memory.h"
#include "base/worklist.h"
#include "heap/copy.h"
#include "natives/support.h"
#include "natives/work.h"

static Term size_result(Process *p, size_t words)
{
    if (words == SIZE_MAX) return native_memory(p);
    work_charge(p, words, CELLS_PER_REDUCTION);
    return make_integer(p, (int64_t)words);
}

static Term erts_debug_flat_size_1(Process *p, Term *args)
{
    return size_result(p, term_size_with_literals(args[0]));
}

/* ---- size_shared/1 ---- */

/* Terms seen, by address: an open table that is at most half full. */
typedef struct Seen {
    Term *slots;
    size_t room, count; /* room: a power of two, or 0 */
} Seen;

static Term *seen_slot(const Seen *seen, Term t)
{
    size_t i = (size_t)((t >> 3) * (Term)0x9E3779B1u) & (seen->room - 1);
    while (seen->slots[i] && seen->slots[i] != t) i = (i + 1) & (seen->room - 1);
    return &seen->slots[i];
}

static bool seen_grow(Seen *seen)
{
    Seen larger = {.room = seen->room ? seen->room * 2 : 256, .count = seen->count};
    larger.slots = memory_alloc(larger.room * sizeof(Term));
    if (!larger.slots) return false;
    memset(larger.slots, 0, larger.room * sizeof(Term));
    for (size_t i = 0; i < seen->room; i++) {
        if (seen->slots[i]) *seen_slot(&larger, seen->slots[i]) = seen->slots[i];
    }
    if (seen->slots) memory_free(seen->slots, seen->room * sizeof(Term));
    *seen = larger;
    return true;
}

/* Queues a term that has words on the heap and was not seen. False: out of memory. */
static bool visit(Seen *seen, Worklist *work, Term t)
{
    if (is_literal(t)) return true;
    if (2 * (seen->count + 1) > seen->room && !seen_grow(seen)) return false;
    Term *slot = seen_slot(seen, t);
    if (*slot) return true;
    *slot = t;
    seen->count++;
    return worklist_push(work, t);
}

/* Adds the words of `t` itself and queues its parts. */
static bool visit_parts(Seen *seen, Worklist *work, Term t, size_t *words)
{
    if (is_cons(t)) {
        *words += 2;
        return visit(seen, work, cons_head(t)) && visit(seen, work, cons_tail(t));
    }
    const Term *object = boxed_ptr(t);
    size_t size = header_size(*object);
    *words += 1 + size;
    if (header_kind(*object) == KIND_BIN_SUB)
        return visit(seen, work, ((const SubBin *)object)->whole);
    if (!kind_is_plain(header_kind(*object))) return true;
    for (size_t i = 1; i <= size; i++) {
        if (!visit(seen, work, object[i])) return false;
    }
    return true;
}

static Term erts_debug_size_shared_1(Process *p, Term *args)
{
    Seen seen = {NULL, 0, 0};
    Worklist work;
    size_t words = 0;
    worklist_init(&work);
    bool memory = visit(&seen, &work, args[0]);
    while (memory && !worklist_is_empty(&work))
        memory = visit_parts(&seen, &work, worklist_pop(&work), &words);
    worklist_done(&work);
    if (seen.slots) memory_free(seen.slots, seen.room * sizeof(Term));
    return size_result(p, memory ? words : SIZE_MAX);
}

/* ---- Sharing ---- */

static Term erts_debug_same_2(Process *p, Term *args)
{
    (void)p;
    return make_bool(args[0] == args[1]);
}

/* Terms never change, so that the copy with all sharing kept may be the term. The second
   argument asks for copies of literals too. */
static Term erts_debug_copy_shared_2(Process *p, Term *args)
{
    return is_boolean(args[1]) ? args[0] : badarg(p);
}

static const Native erts_debug_natives[] = {
    NATIVE(erts_debug, copy_shared, 2, CONSTANT),
    NATIVE(erts_debug, flat_size, 1, CHARGED),
    NATIVE(erts_debug, same, 2, CONSTANT),
    NATIVE(erts_debug, size_shared, 1, CHARGED),
};
NATIVE_TABLE(erts_debug);
