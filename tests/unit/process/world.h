/* SPDX-License-Identifier: Apache-2.0 */
/* world.h - processes without code, for tests of what they do to each other. */
#ifndef TESTS_UNIT_WORLD_H
#define TESTS_UNIT_WORLD_H

/* A test plays the scheduler and the program: world_process gives a process that runs; what it does
   are calls of the functions under test; world_turn is the start of its next slice. */

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <cmocka.h>
#include "base/epoch.h"
#include "base/memory.h"
#include "mote/port.h"
#include "process/link.h"
#include "process/mailbox.h"
#include "process/registry.h"
#include "process/run_queue.h"
#include "process/signal.h"
#include "process/timer.h"
#include "term/atom.h"
#include "term/compare.h"
#include "term/hash.h"
#include "term/node.h"

/* Entry words, as code/module.h has them, with nothing behind that is ever run. */
static const uint32_t world_code[] = {0, 0, 0, 0};
static Export *world_function;

static inline void world_start(size_t limit, unsigned schedulers)
{
    epoch_init();
    hash_init();
    assert_true(literal_init(1 << 20) && atom_init(10000));
    assert_true(export_init(world_code + 1) && node_init());
    assert_true(process_init(limit, world_code + 1, world_code + 3));
    assert_true(registry_init() && timer_init());
    run_queue_init(schedulers);
    epoch_enter(0);
    world_function = export_intern(A(erlang), A(apply), 2);
}

static inline Process *world_spawn(Process *parent, const SpawnOptions *options, Term *reference)
{
    SpawnOptions plain;
    spawn_options_init(&plain);
    plain.min_heap_size = 500; /* No fragments where a test counts memory. */
    if (!options) options = &plain;
    Term pid = process_spawn(parent, world_function, TERM_NIL, options, reference);
    assert_true(is_local_pid(pid));
    Process *p = run_queue_take(0);
    assert_ptr_equal(process_find(pid), p);
    p->live = 0;
    return p;
}

static inline Process *world_process(void) { return world_spawn(NULL, NULL, NULL); }

/* Handles the signals that have come. False: p must exit. */
static inline bool world_turn(Process *p) { return mailbox_fetch(p); }

static inline void world_exit(Process *p, Term reason)
{
    p->roots[ROOT_REASON] = reason;
    p->reductions = 1000000;
    assert_true(process_exit_step(p));
    epoch_quiescent(0);
    epoch_quiescent(0);
}

/* Ends p for the reason that a signal gave. */
static inline Term world_die(Process *p)
{
    assert_true(p->flags & PROCESS_KILLED);
    Term reason = p->roots[ROOT_REASON];
    world_exit(p, reason);
    return reason;
}

/* Takes the oldest message. TERM_NONE: there is none. */
static inline Term world_receive(Process *p)
{
    Term message = mailbox_peek(p);
    if (!is_none(message)) mailbox_remove(p);
    return message;
}

static inline Term world_tuple(Process *p, size_t arity, ...)
{
    Term *tuple = heap_reserve(&p->heap, arity + 1);
    va_list elements;
    assert_non_null(tuple);
    va_start(elements, arity);
    tuple[0] = make_header(KIND_TUPLE, arity);
    for (size_t i = 1; i <= arity; i++) tuple[i] = va_arg(elements, Term);
    va_end(elements);
    return make_boxed(tuple);
}

/* A list of the small integers 1..count. */
static inline Term world_list(Process *p, size_t count)
{
    Term list = TERM_NIL;
    for (; count > 0; count--) {
        Term *cell = heap_reserve(&p->heap, 2);
        assert_non_null(cell);
        list = cons_put(cell, make_small((Word)count), list);
    }
    return list;
}

static inline void world_collect(Process *p, Term *terms, size_t count)
{
    RootSet sets[PROCESS_ROOT_SETS + 1];
    size_t set_count = process_roots(p, sets), cost = 0;
    sets[set_count++] = (RootSet){terms, count};
    assert_true(heap_collect(&p->heap, 0, sets, set_count, &cost));
}

/* True if the message is {'EXIT', From, Reason}. */
static inline bool world_is_exit(Term t, Term from, Term reason)
{
    if (!is_tuple_of(t, 3)) return false;
    const Term *e = tuple_elements(t);
    return e[0] == A(EXIT) && e[1] == from && term_equal_exact(e[2], reason);
}

static inline bool world_is_down(Term t, Term tag, Term reference, Term object, Term reason)
{
    if (!is_tuple_of(t, 5)) return false;
    const Term *e = tuple_elements(t);
    return term_equal_exact(e[0], tag) && term_equal_exact(e[1], reference) && e[2] == A(process) &&
           term_equal_exact(e[3], object) && term_equal_exact(e[4], reason);
}

static inline size_t world_links(Process *p) { return p->links.count; }

#endif
