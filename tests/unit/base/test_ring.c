/* SPDX-License-Identifier: Apache-2.0 */
/* test_ring.c - order, losses, and many writers. */

#include "base/ring.h"
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

#define CELLS 8

static void test_full(void **state)
{
    (void)state;
    Ring ring;
    RingCell cells[CELLS];
    RingEvent event = {{0}};
    ring_init(&ring, cells, CELLS);
    for (unsigned round = 0; round < 100; round++) {
        assert_false(ring_take(&ring, &event));
        for (uintptr_t i = 0; i < CELLS + 3; i++) {
            event.words[0] = i;
            assert_int_equal(i < CELLS, ring_put(&ring, &event));
        }
        for (uintptr_t i = 0; i < CELLS; i++) {
            assert_true(ring_take(&ring, &event));
            assert_int_equal(i, event.words[0]);
        }
        assert_int_equal(3, ring_take_lost(&ring));
        assert_int_equal(0, ring_take_lost(&ring));
    }
}

#define WRITERS 3
#define EVENTS 30000

static Ring shared;

static void *put_all(void *argument)
{
    uintptr_t writer = (uintptr_t)argument, lost = 0;
    for (uintptr_t i = 0; i < EVENTS; i++) {
        RingEvent event = {{writer, i, writer ^ i, ~i}};
        lost += !ring_put(&shared, &event);
    }
    return (void *)lost;
}

static void test_writers(void **state)
{
    (void)state;
    static RingCell cells[64];
    pthread_t threads[WRITERS];
    uintptr_t next[WRITERS] = {0};
    size_t taken = 0, lost = 0, lost_by_writers = 0;
    ring_init(&shared, cells, 64);
    for (uintptr_t i = 0; i < WRITERS; i++) pthread_create(&threads[i], NULL, put_all, (void *)i);
    while (taken + lost < WRITERS * EVENTS) {
        RingEvent event;
        lost += ring_take_lost(&shared);
        if (!ring_take(&shared, &event)) continue;
        taken++;
        uintptr_t writer = event.words[0], number = event.words[1];
        assert_true(writer < WRITERS && number >= next[writer]);
        assert_true(event.words[2] == (writer ^ number) && event.words[3] == ~number);
        next[writer] = number + 1;
    }
    for (unsigned i = 0; i < WRITERS; i++) {
        void *count;
        pthread_join(threads[i], &count);
        lost_by_writers += (uintptr_t)count;
    }
    assert_int_equal(lost, lost_by_writers);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_full),
        cmocka_unit_test(test_writers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
