/* SPDX-License-Identifier: Apache-2.0 */
/* test_intern.c - sets that only grow: growth, failure to grow, readers beside a writer. */

#include "term/intern.h"
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>
#include "base/memory.h"

#define ENTRIES 20000

/* An entry is the address of a number in this array. */
static uint32_t numbers[ENTRIES];
static bool may_make = true;

static bool matches(uintptr_t entry, const void *key)
{
    return *(uint32_t *)entry == *(const uint32_t *)key;
}
/* Bad on purpose: runs of equal hashes. */
static uint32_t hash_of(uint32_t key) { return key / 4 * 5; }
static uint32_t hash(uintptr_t entry) { return hash_of(*(uint32_t *)entry); }
static uintptr_t make(const void *key)
{
    uint32_t number = *(const uint32_t *)key;
    if (!may_make) return 0;
    numbers[number] = number;
    return (uintptr_t)&numbers[number];
}
static const InternKind kind = {matches, hash, make};

static uintptr_t get(InternTable *table, uint32_t key)
{
    return intern_get(table, hash_of(key), &key);
}
static uintptr_t find(InternTable *table, uint32_t key)
{
    return intern_find(table, hash_of(key), &key);
}

static bool count_visits(uintptr_t entry, void *context)
{
    assert_true(entry >= (uintptr_t)numbers);
    return ++*(unsigned *)context != 100;
}

static void test_growth(void **state)
{
    (void)state;
    InternTable table;
    assert_true(intern_init(&table, &kind, 4));
    for (uint32_t i = 0; i < ENTRIES; i++) {
        assert_int_equal(0, find(&table, i));
        assert_int_equal(&numbers[i], get(&table, i));
        assert_int_equal(&numbers[i], get(&table, i));
        assert_int_equal(&numbers[i / 2], find(&table, i / 2));
        assert_int_equal(i + 1, table.count);
    }
    unsigned visits = 0;
    intern_each(&table, count_visits, &visits);
    assert_int_equal(100, visits);
    visits = 100;
    intern_each(&table, count_visits, &visits);
    assert_int_equal(100 + ENTRIES, visits);
}

static void test_refusal(void **state)
{
    (void)state;
    InternTable table;
    assert_true(intern_init(&table, &kind, 8));
    may_make = false;
    assert_int_equal(0, get(&table, 1));
    assert_int_equal(0, table.count);
    may_make = true;
    /* An index that cannot grow is filled up to one empty slot, which ends searches. */
    memory_limit_set(memory_used());
    unsigned made = 0;
    for (uint32_t i = 0; i < 20; i++) made += get(&table, i) != 0;
    assert_int_equal(7, made);
    for (uint32_t i = 0; i < 20; i++) assert_int_equal(i < 7, find(&table, i) != 0);
    memory_limit_set(SIZE_MAX);
    for (uint32_t i = 0; i < 20; i++) assert_int_not_equal(0, get(&table, i));
    memory_fail_after(1);
    assert_false(intern_init(&table, &kind, 8));
    memory_fail_after(0);
}

static InternTable shared;
static _Atomic(bool) done;

/* What was found once is found for ever. */
static void *read_all(void *argument)
{
    uint32_t known = 0;
    (void)argument;
    while (!atomic_load(&done)) {
        uintptr_t entry = find(&shared, known);
        if (entry == 0) continue;
        if (entry != (uintptr_t)&numbers[known]) return "wrong entry";
        if (known > 0 && find(&shared, known / 2) == 0) return "lost entry";
        if (known < ENTRIES - 1) known++;
    }
    return NULL;
}

static void *write_all(void *argument)
{
    (void)argument;
    for (uint32_t i = 0; i < ENTRIES; i++) get(&shared, i);
    return NULL;
}

static void test_threads(void **state)
{
    (void)state;
    pthread_t readers[2], writers[2];
    memset(numbers, 0xFF, sizeof numbers);
    assert_true(intern_init(&shared, &kind, 4));
    for (unsigned i = 0; i < 2; i++) {
        pthread_create(&readers[i], NULL, read_all, NULL);
        pthread_create(&writers[i], NULL, write_all, NULL);
    }
    for (unsigned i = 0; i < 2; i++) pthread_join(writers[i], NULL);
    atomic_store(&done, true);
    for (unsigned i = 0; i < 2; i++) {
        void *complaint;
        pthread_join(readers[i], &complaint);
        assert_null(complaint);
    }
    assert_int_equal(ENTRIES, shared.count);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_growth),
        cmocka_unit_test(test_refusal),
        cmocka_unit_test(test_threads),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
