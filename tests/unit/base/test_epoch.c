/* SPDX-License-Identifier: Apache-2.0 */
/* test_epoch.c - nothing is freed while a member may read it, and all is freed in the end. */

#include "base/epoch.h"
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>

#define ALIVE 0x600DF00D

typedef struct Item {
    Retired retired;
    unsigned state;
} Item;

static _Atomic(int) freed;

static void item_free(Retired *retired)
{
    Item *item = (Item *)retired;
    item->state = 0;
    free(item);
    atomic_fetch_add(&freed, 1);
}

static Item *item_new(void)
{
    Item *item = malloc(sizeof *item);
    item->state = ALIVE;
    return item;
}

static void test_order(void **state)
{
    (void)state;
    atomic_store(&freed, 0);
    epoch_enter(0);
    epoch_enter(1);
    epoch_retire(&item_new()->retired, item_free);
    epoch_quiescent(0);
    epoch_quiescent(0);
    assert_int_equal(0, atomic_load(&freed)); /* Member 1 may read it. */
    epoch_quiescent(1);
    epoch_quiescent(0);
    assert_int_equal(1, atomic_load(&freed));
    epoch_retire(&item_new()->retired, item_free);
    epoch_leave(1); /* Who is away reads nothing. */
    epoch_quiescent(0);
    epoch_quiescent(0);
    assert_int_equal(2, atomic_load(&freed));
    epoch_leave(0);
}

/* ---- Threads ---- */

#define THREADS 3
#define SLOTS 4
#define ROUNDS 30000

static _Atomic(Item *) slots[SLOTS];

static void *work(void *argument)
{
    unsigned id = (unsigned)(uintptr_t)argument, seed = id * 7919 + 1;
    uintptr_t wrong = 0;
    epoch_enter(id);
    for (unsigned i = 0; i < ROUNDS; i++) {
        seed = seed * 1103515245 + 12345;
        _Atomic(Item *) *slot = &slots[seed >> 16 & (SLOTS - 1)];
        Item *item = atomic_load_explicit(slot, memory_order_acquire);
        if (item->state != ALIVE) wrong++;
        if (seed >> 20 & 1) {
            Item *old = atomic_exchange(slot, item_new());
            epoch_retire(&old->retired, item_free);
        }
        if (item->state != ALIVE) wrong++;
        if ((seed >> 21 & 7) == 0) epoch_quiescent(id);
        if ((seed >> 21 & 255) == 1) {
            epoch_leave(id);
            epoch_enter(id);
        }
    }
    epoch_leave(id);
    return (void *)wrong;
}

static void test_threads(void **state)
{
    (void)state;
    pthread_t threads[THREADS];
    for (unsigned i = 0; i < SLOTS; i++) atomic_store(&slots[i], item_new());
    for (uintptr_t i = 0; i < THREADS; i++) pthread_create(&threads[i], NULL, work, (void *)i);
    for (unsigned i = 0; i < THREADS; i++) {
        void *wrong;
        pthread_join(threads[i], &wrong);
        assert_null(wrong);
    }
    for (unsigned i = 0; i < SLOTS; i++)
        epoch_retire(&atomic_load(&slots[i])->retired, item_free);
    epoch_enter(0);
    epoch_quiescent(0);
    epoch_quiescent(0);
    epoch_leave(0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_order),
        cmocka_unit_test(test_threads),
    };
    epoch_init();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
