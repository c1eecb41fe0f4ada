/* SPDX-License-Identifier: Apache-2.0 */
/* test_threads.c - schedulers in threads run processes that send, link, monitor, spawn and exit
   at random. */

#include <pthread.h>
#include "base/random.h"
#include "process/world.h"

/* Each slice of a process is some random deeds towards processes that it picks from a board of
   pids. At the end all threads stop, what signals are left is handled, and both sides of each
   link and monitor must agree; then all end, and no memory is left. */

enum { THREADS = 3, BOARD = 64, SLICES = 30000, DEEDS = 4 };

static _Atomic(Term) board[BOARD];
static _Atomic(int) slices_left;
static int start(void **state)
{
    (void)state;
    world_start(500, THREADS);
    return 0;
}

static Term pick(Random *dice) { return atomic_load(&board[random_below(dice, BOARD)]); }

static void put_on_board(Random *dice, Term pid)
{
    atomic_store(&board[random_below(dice, BOARD)], pid);
}

/* ---- What a process does ---- */

/* Keeps the monitors that it made as keys of its dictionary would: here, in its saved registers. */
static void do_monitor(Process *p, Random *dice, Term other)
{
    static const MonitorOptions plain = {ALIAS_NONE, TERM_NONE};
    static const MonitorOptions alias = {ALIAS_REPLY_DEMONITOR, TERM_NONE};
    Term reference = monitor_make(p, A(process), other, random_below(dice, 2) ? &plain : &alias);
    assert_true(is_kind(reference, KIND_REF));
    p->saved[0] = reference;
    /* Who gets it may answer to the alias. */
    if (random_below(dice, 2)) message_send(p->pid, other, reference);
}

static void do_receive(Process *p)
{
    mailbox_rewind(p);
    Term message = world_receive(p);
    if (is_kind(message, KIND_REF)) message_send(p->pid, message, A(ok));
    while (p->message_count > 50 && !is_none(world_receive(p))) continue;
}

static void do_spawn(Process *p, Random *dice)
{
    SpawnOptions options;
    spawn_options_init(&options);
    options.link = random_below(dice, 2);
    options.monitor = random_below(dice, 2);
    options.flags = random_below(dice, 3) ? PROCESS_TRAP_EXIT : 0;
    options.priority = (int)random_below(dice, 4);
    Term pid = process_spawn(p, world_function, TERM_NIL, &options, &p->saved[0]);
    if (is_none(p->saved[0])) p->saved[0] = TERM_NIL;
    if (!is_none(pid)) put_on_board(dice, pid);
}

static Term make_reason(Process *p, Random *dice)
{
    if (random_below(dice, 2)) return A(normal);
    return world_tuple(p, 2, A(error), world_list(p, random_below(dice, 20)));
}

/* False: p exits. */
static bool do_deed(Process *p, Random *dice)
{
    bool noproc, was_there;
    Term other = pick(dice);
    if (!is_local_pid(other)) other = p->pid;
    switch (random_below(dice, 16)) {
    case 0:
    case 1:
    case 2: assert_true(message_send(p->pid, other, make_small(1))); break;
    case 3: assert_true(message_send(p->pid, other, world_list(p, random_below(dice, 90)))); break;
    case 4:
    case 5: assert_true(link_make(p, other, &noproc)); break;
    case 6: assert_true(link_drop(p, other)); break;
    case 7:
    case 8: do_monitor(p, dice, other); break;
    case 9: monitor_drop(p, p->saved[0], random_below(dice, 2), &was_there); break;
    case 10: do_spawn(p, dice); break;
    case 11: exit_send(p->pid, other, make_reason(p, dice)); break;
    case 12: registry_add(make_atom(random_below(dice, 40)), other); break;
    case 13:
        timer_start(p, random_below(dice, 2) ? other : make_atom(random_below(dice, 40)), A(ok),
                    port_now() + random_below(dice, 300000), true);
        break;
    case 14: return random_below(dice, 4) != 0;
    default: do_receive(p); break;
    }
    return true;
}

static void run_slice(Process *p, Random *dice)
{
    bool lives = !process_is_exiting(p) && world_turn(p);
    if (lives) world_collect(p, p->saved, FIRST_SAVED);
    p->live = FIRST_SAVED;
    for (int i = 0; i < DEEDS && lives; i++) lives = do_deed(p, dice);
    if (!lives) {
        if (!process_is_exiting(p) && !(p->flags & PROCESS_KILLED))
            p->roots[ROOT_REASON] = make_reason(p, dice);
        p->reductions = 3;
        if (!process_exit_step(p)) run_queue_put(p);
    } else if (random_below(dice, 3)) {
        p->reductions = (int32_t)random_below(dice, 4000);
        /* Waits, for a message or for a while. */
        bool bad;
        mailbox_rewind(p);
        while (!is_none(mailbox_peek(p)) && !(p->flags & PROCESS_KILLED)) mailbox_next(p);
        if (!(p->flags & PROCESS_KILLED) && !mailbox_wait_until(p, make_small(1), &bad))
            process_wait(p);
        else run_queue_put(p);
    } else {
        p->reductions = 0;
        run_queue_put(p);
    }
}

static void replace_dead(Random *dice)
{
    SpawnOptions options;
    spawn_options_init(&options);
    if (process_count() > BOARD / 2) return;
    Term pid = process_spawn(NULL, world_function, TERM_NIL, &options, NULL);
    if (!is_none(pid)) put_on_board(dice, pid);
}

static void *run(void *argument)
{
    unsigned id = (unsigned)(size_t)argument;
    Random dice = {.state = id + 1};
    epoch_enter(id);
    while (atomic_load(&slices_left) > 0) {
        timer_run(port_now());
        replace_dead(&dice);
        Process *p = run_queue_take(id);
        if (p) {
            run_slice(p, &dice);
            atomic_fetch_sub(&slices_left, 1);
            epoch_quiescent(id);
        } else {
            epoch_leave(id);
            port_sleep(id, port_now() + 200000);
            epoch_enter(id);
        }
    }
    epoch_leave(id);
    return NULL;
}

/* ---- The end ---- */

static Term survivors[1000];
static size_t survivor_count;

static bool note(Term pid, void *context)
{
    (void)context;
    survivors[survivor_count++] = pid;
    return true;
}

typedef struct Wanted {
    const LinkInfo *info;
    Term pid;
    bool found;
} Wanted;

static bool find_other_side(const LinkInfo *info, void *context)
{
    Wanted *wanted = context;
    bool is_link = wanted->info->kind == LINK_PID;
    if (is_link) {
        if (info->kind == LINK_PID && info->who == wanted->pid) wanted->found = true;
    } else if (info->kind != LINK_PID && info->kind != wanted->info->kind &&
               memcmp(info->number, wanted->info->number, 3 * sizeof(uint32_t)) == 0) {
        wanted->found = true;
    }
    return true;
}

static bool check_side(const LinkInfo *info, void *context)
{
    Process *p = context, *other = process_find(info->who);
    Wanted wanted = {info, p->pid, false};
    if (info->kind == ALIAS_OWN) return true;
    assert_non_null(other);
    link_each(other, find_other_side, &wanted);
    assert_true(wanted.found);
    return true;
}

/* Ends who has to end, handles all signals. */
static void settle(void)
{
    bool busy = true;
    while (busy) {
        busy = false;
        timer_run(port_now() + 1000000000ull);
        survivor_count = 0;
        process_each(note, NULL);
        for (size_t i = 0; i < survivor_count; i++) {
            Process *p = process_find(survivors[i]);
            if (!p) continue;
            busy = busy || !inbox_is_empty(&p->inbox);
            if (process_is_exiting(p) || !world_turn(p)) {
                busy = true;
                p->reductions = 1000000;
                assert_true(process_exit_step(p));
            }
        }
        epoch_quiescent(0);
    }
}

static void test_all(void **state)
{
    (void)state;
    Random dice = {.state = 99};
    pthread_t threads[THREADS];
    for (int i = 0; i < BOARD; i++) atomic_store(&board[i], TERM_NIL);
    atomic_store(&slices_left, SLICES);
    for (int i = 0; i < BOARD; i++) {
        Process *p = world_process();
        atomic_store(&board[i], p->pid);
        run_queue_put(p);
    }
    epoch_leave(0);
    for (size_t i = 0; i < THREADS; i++) pthread_create(&threads[i], NULL, run, (void *)i);
    for (size_t i = 0; i < THREADS; i++) pthread_join(threads[i], NULL);
    epoch_enter(0);
    /* Those in the middle of their exit are no longer found, but in the queue. */
    for (Process *p; (p = run_queue_take(0));) {
        if (!process_is_exiting(p)) continue;
        p->reductions = 1000000;
        assert_true(process_exit_step(p));
    }
    settle();
    print_message("%zu processes at the end\n", survivor_count);
    for (size_t i = 0; i < survivor_count; i++) {
        Process *p = process_find(survivors[i]);
        link_each(p, check_side, p);
    }
    while (process_count()) {
        survivor_count = 0;
        process_each(note, NULL);
        for (size_t i = 0; i < survivor_count; i++) {
            Process *p = process_find(survivors[i]);
            p->roots[ROOT_REASON] = make_reason(p, &dice);
            p->reductions = 1000000;
            assert_true(process_exit_step(p));
        }
    }
    epoch_quiescent(0);
    epoch_quiescent(0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_all)};
    return cmocka_run_group_tests(tests, start, NULL);
}
