/* SPDX-License-Identifier: Apache-2.0 */
/* test_mailbox.c - selective receive, collections in the middle of it, markers, timeouts. */

#include "heap/binary.h"
#include "heap/resource.h"
#include "process/world.h"

static int start(void **state)
{
    (void)state;
    world_start(1000, 1);
    return 0;
}

static void send(Process *p, Term message) { assert_true(message_send(p->pid, p->pid, message)); }

static void test_order(void **state)
{
    (void)state;
    Process *p = world_process();
    assert_true(is_none(mailbox_peek(p)));
    for (Word i = 1; i <= 5; i++) send(p, make_small(i));
    /* The third one, then the first. */
    assert_true(mailbox_peek(p) == make_small(1));
    mailbox_next(p);
    assert_true(mailbox_peek(p) == make_small(2));
    mailbox_next(p);
    assert_true(mailbox_peek(p) == make_small(3));
    mailbox_remove(p);
    assert_true(mailbox_peek(p) == make_small(1));
    for (int i = 0; i < 4; i++) mailbox_next(p);
    assert_true(is_none(mailbox_peek(p)));
    send(p, make_small(6)); /* It goes on where it was. */
    assert_true(mailbox_peek(p) == make_small(6));
    mailbox_remove(p);
    assert_int_equal(4, p->message_count);
    const Word rest[] = {1, 2, 4, 5};
    for (int i = 0; i < 4; i++) assert_true(world_receive(p) == make_small(rest[i]));
    assert_true(is_none(world_receive(p)));
    world_exit(p, A(normal));
}

/* Messages of all sizes, binaries among them, through copying, adopting and collections. */
static Term make_message(Process *p, size_t i)
{
    static const char text[400] = "some bytes";
    Term head = i % 3 == 0 ? binary_from(&p->heap, text, i % sizeof text) : make_small((Word)i);
    return world_tuple(p, 3, make_small((Word)i), head, world_list(p, i % 100));
}

static void check_message(Term message, size_t i)
{
    size_t length;
    assert_true(is_tuple_of(message, 3) && tuple_elements(message)[0] == make_small((Word)i));
    assert_true(list_length(tuple_elements(message)[2], &length) && length == i % 100);
    if (i % 3 == 0) {
        assert_int_equal(i % 400 * 8, bitstring_bits(tuple_elements(message)[1]));
    } else {
        assert_true(tuple_elements(message)[1] == make_small((Word)i));
    }
}

static void test_contents(void **state)
{
    (void)state;
    enum { COUNT = 1000, KEPT = 8 };
    Term kept[KEPT];
    size_t number[KEPT];
    Process *p = world_process(), *q = world_process();
    for (int i = 0; i < KEPT; i++) kept[i] = TERM_NIL;
    for (size_t i = 0; i < COUNT; i++) {
        send(p, make_message(q, i));
        world_collect(q, NULL, 0);
    }
    for (size_t i = 0; i < COUNT; i++) {
        /* Every other time the oldest is passed over first. */
        Term message = mailbox_peek(p);
        if (i % 2 && i + 1 < COUNT) {
            mailbox_next(p);
            mailbox_peek(p);
            mailbox_rewind(p);
            message = mailbox_peek(p);
        }
        check_message(message, i);
        if (i % 7 == 0) {
            kept[i % KEPT] = message;
            number[i % KEPT] = i;
            world_collect(p, kept, KEPT);
            message = kept[i % KEPT];
        }
        mailbox_remove(p);
        check_message(message, i);
        for (int k = 0; k < KEPT; k++) {
            if (!is_nil(kept[k])) check_message(kept[k], number[k]);
        }
    }
    world_exit(p, A(normal));
    world_exit(q, A(normal));
}

/* A collection while a message is looked at that then does not match. */
static void test_held(void **state)
{
    (void)state;
    Process *p = world_process();
    for (size_t i = 0; i < 6; i++) send(p, make_message(p, 3 * i));
    mailbox_peek(p);
    mailbox_next(p);
    for (size_t i = 1; i < 6; i++) {
        Term roots[1] = {mailbox_peek(p)};
        world_collect(p, roots, 1);
        check_message(roots[0], 3 * i);
        assert_true(mailbox_peek(p) == p->roots[ROOT_MESSAGE]);
        world_collect(p, roots, 1);
        if (i % 2) {
            mailbox_next(p);
        } else {
            mailbox_remove(p);
            mailbox_peek(p);
            for (size_t k = 0; k <= i / 2; k++) mailbox_next(p);
        }
        world_collect(p, NULL, 0);
    }
    mailbox_rewind(p);
    const size_t left[] = {0, 3, 9, 15};
    assert_int_equal(4, p->message_count);
    for (int i = 0; i < 4; i++) {
        Term message = mailbox_peek(p);
        check_message(message, left[i]);
        mailbox_remove(p);
    }
    assert_ptr_equal(&p->messages, p->last);
    /* Without memory to put it back the process ends. */
    send(p, make_message(p, 99));
    send(p, make_message(p, 50));
    mailbox_peek(p);
    mailbox_next(p);
    mailbox_peek(p);
    world_collect(p, NULL, 0);
    memory_fail_after(1);
    mailbox_next(p);
    memory_fail_after(0);
    assert_true(world_die(p) == A(system_limit));
}

/* ---- Markers ---- */

static void test_markers(void **state)
{
    (void)state;
    Process *p = world_process();
    for (Word i = 0; i < 10; i++) send(p, make_small(i));
    Term marker = mailbox_marker_reserve(p), reference = reference_make(&p->heap);
    mailbox_marker_bind(p, marker, reference);
    send(p, A(ok));
    mailbox_marker_use(p, reference);
    assert_true(mailbox_peek(p) == A(ok));
    mailbox_rewind(p);
    /* The message before the place leaves; more come; the place stays right. */
    for (Word i = 0; i < 9; i++) mailbox_next(p);
    assert_true(mailbox_peek(p) == make_small(9));
    mailbox_remove(p);
    mailbox_marker_use(p, reference);
    assert_true(mailbox_peek(p) == A(ok));
    mailbox_remove(p);
    mailbox_marker_use(p, reference);
    assert_true(is_none(mailbox_peek(p)));
    send(p, A(true));
    assert_true(mailbox_peek(p) == A(true));
    mailbox_rewind(p);
    mailbox_marker_use(p, reference_make(&p->heap)); /* Unknown: from the start. */
    assert_true(mailbox_peek(p) == make_small(0));
    mailbox_rewind(p);
    mailbox_marker_clear(p, marker);
    mailbox_marker_use(p, reference);
    assert_true(mailbox_peek(p) == make_small(0));
    for (int i = 0; i < 20; i++) { /* More than there are: the oldest go. */
        marker = mailbox_marker_reserve(p);
        reference = reference_make(&p->heap);
        mailbox_marker_bind(p, marker, reference);
    }
    mailbox_rewind(p);
    mailbox_marker_use(p, reference);
    assert_true(is_none(mailbox_peek(p)));
    world_exit(p, A(normal));
}

/* ---- Timeouts ---- */

static void wait_ms(Process *p, Word ms)
{
    bool bad;
    assert_false(mailbox_wait_until(p, make_small(ms), &bad) || bad);
}

static bool times_out(Process *p, unsigned ms)
{
    timer_run(port_now() + ms * 1000000ull);
    assert_true(world_turn(p));
    return p->flags & PROCESS_TIMED_OUT;
}

static void test_timeouts(void **state)
{
    (void)state;
    Process *p = world_process();
    bool bad;
    assert_true(mailbox_wait_until(p, make_small(0), &bad) && !bad);
    assert_false(mailbox_wait_until(p, A(infinity), &bad) || bad);
    assert_false(mailbox_wait_until(p, A(ok), &bad) || bad); /* Is not read again. */
    mailbox_rewind(p);
    assert_true(mailbox_wait_until(p, make_small(-1), &bad) && bad);
    assert_true(mailbox_wait_until(p, A(ok), &bad) && bad);
    if (WORD_BYTES == 8) {
        assert_true(mailbox_wait_until(p, make_small((Word)0xFFFFFFFFu + 1), &bad) && bad);
    }
    wait_ms(p, 10000);
    wait_ms(p, 10000); /* Runs already. */
    assert_false(times_out(p, 9000));
    assert_true(times_out(p, 10001));
    assert_true(mailbox_wait_until(p, make_small(10000), &bad) && !bad);
    mailbox_rewind(p);
    assert_false(p->flags & (PROCESS_TIMED_OUT | PROCESS_TIMER_SET));
    /* Stopped in time, and just too late. */
    wait_ms(p, 10000);
    mailbox_rewind(p);
    assert_false(times_out(p, 50000));
    wait_ms(p, 1);
    timer_run(port_now() + 2000000);
    mailbox_rewind(p);
    wait_ms(p, 100000); /* The old signal is still in the inbox. */
    assert_false(times_out(p, 60000));
    assert_true(times_out(p, 200000));
    mailbox_rewind(p);
    wait_ms(p, 5); /* Its end takes the timer out. */
    world_exit(p, A(normal));
    timer_run(port_now() + 1000000000ull);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_order),    cmocka_unit_test(test_contents),
        cmocka_unit_test(test_held),     cmocka_unit_test(test_markers),
        cmocka_unit_test(test_timeouts),
    };
    return cmocka_run_group_tests(tests, start, NULL);
}
