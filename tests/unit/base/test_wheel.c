/* SPDX-License-Identifier: Apache-2.0 */
/* test_wheel.c - the timer wheel against a list that is searched. */

#include "base/wheel.h"
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <cmocka.h>
#include "base/random.h"

#define TIMERS 300

typedef struct Model {
    Wheel wheel;
    Random random;
    WheelTimer timers[TIMERS];
    uint64_t order[TIMERS]; /* of insertion */
    uint64_t inserted, now;
    bool late[TIMERS], must_wait[TIMERS];
    unsigned fired;
    uint64_t last_deadline, last_order;
    bool last_late;
} Model;

static uint64_t distance(Model *m)
{
    return random_next(&m->random) >> (10 + random_below(&m->random, 54));
}

static void insert(Model *m, unsigned i, uint64_t deadline)
{
    m->late[i] = deadline <= m->wheel.now;
    m->order[i] = m->inserted++;
    m->must_wait[i] = false;
    wheel_insert(&m->wheel, &m->timers[i], deadline);
}

static void fire(WheelTimer *timer, void *argument)
{
    Model *m = argument;
    unsigned i = (unsigned)(timer - m->timers);
    assert_false(wheel_timer_is_set(timer));
    assert_true(timer->deadline <= m->now);
    assert_false(m->must_wait[i]);
    if (m->fired++) {
        assert_true(m->late[i] <= m->last_late);
        if (!m->late[i] && !m->last_late) assert_true(timer->deadline >= m->last_deadline);
        if (m->late[i] == m->last_late && (m->late[i] || timer->deadline == m->last_deadline))
            assert_true(m->order[i] > m->last_order);
    }
    m->last_late = m->late[i];
    m->last_deadline = timer->deadline;
    m->last_order = m->order[i];
    unsigned other = random_below(&m->random, TIMERS);
    if (random_below(&m->random, 4) == 0) wheel_cancel(&m->timers[other]);
    if (random_below(&m->random, 4) == 0 && !wheel_timer_is_set(&m->timers[other])) {
        uint64_t d = distance(m);
        insert(m, other, d % 3 ? m->wheel.now + d : m->wheel.now / 2);
        m->must_wait[other] = m->late[other];
    }
}

static void check(Model *m)
{
    uint64_t least = WHEEL_NEVER, next = wheel_next(&m->wheel);
    for (unsigned i = 0; i < TIMERS; i++) {
        const WheelTimer *t = &m->timers[i];
        if (!wheel_timer_is_set(t)) continue;
        if (!m->must_wait[i]) assert_true(t->deadline > m->now);
        if (t->deadline < least) least = t->deadline;
        m->must_wait[i] = false;
    }
    if (least == WHEEL_NEVER) {
        assert_true(next == WHEEL_NEVER);
    } else {
        assert_true(next <= least || next == m->wheel.now);
        assert_true(next >= m->wheel.now);
    }
}

static void run(uint64_t seed, unsigned steps, unsigned far)
{
    static Model m;
    memset(&m, 0, sizeof m);
    random_seed(&m.random, seed);
    m.now = random_next(&m.random) >> 20;
    wheel_init(&m.wheel, m.now);
    for (unsigned step = 0; step < steps; step++) {
        for (unsigned k = random_below(&m.random, 20); k > 0; k--) {
            unsigned i = random_below(&m.random, TIMERS);
            bool set = wheel_timer_is_set(&m.timers[i]);
            if (set) assert_true(wheel_cancel(&m.timers[i]));
            else insert(&m, i, m.now + (distance(&m) >> far) + 1);
        }
        uint64_t go = distance(&m) >> (far + 4);
        m.now = step % 3 ? m.now + go : wheel_next(&m.wheel);
        if (m.now == WHEEL_NEVER) m.now = m.wheel.now;
        m.fired = 0;
        wheel_advance(&m.wheel, m.now, fire, &m);
        assert_true(m.wheel.now == m.now);
        check(&m);
    }
}

static void test_near(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed < 40; seed++) run(seed, 500, 34);
}

static void test_far(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed < 20; seed++) run(seed, 300, 14);
}

static void count(WheelTimer *timer, void *argument)
{
    (void)timer;
    ++*(unsigned *)argument;
}

static void test_edges(void **state)
{
    (void)state;
    Wheel wheel;
    WheelTimer a, b;
    unsigned fired = 0;
    wheel_init(&wheel, 31);
    assert_true(wheel_next(&wheel) == WHEEL_NEVER);
    wheel_timer_init(&a);
    wheel_timer_init(&b);
    assert_false(wheel_cancel(&a));
    wheel_insert(&wheel, &a, 32);
    wheel_insert(&wheel, &b, UINT64_MAX - 1);
    assert_true(wheel_next(&wheel) == 32);
    wheel_advance(&wheel, 31, count, &fired);
    assert_int_equal(0, fired);
    wheel_advance(&wheel, 32, count, &fired);
    assert_int_equal(1, fired);
    wheel_insert(&wheel, &a, 5);
    wheel_advance(&wheel, 1, count, &fired);
    assert_int_equal(2, fired);
    assert_true(wheel.now == 32);
    assert_true(wheel_cancel(&b));
    assert_true(wheel_next(&wheel) == WHEEL_NEVER);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_near),
        cmocka_unit_test(test_far),
        cmocka_unit_test(test_edges),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
