/* SPDX-License-Identifier: Apache-2.0 */
/* test_table.c - the hash table, alone and read by other threads. */

#include "base/table.h"
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <cmocka.h>
#include "base/epoch.h"
#include "base/memory.h"
#include "base/random.h"

#define KEYS 500

typedef struct Entry {
    Retired retired;
    uint32_t key, check;
} Entry;

/* Bad on purpose: chains must be walked. */
static uint32_t hash_key(uint32_t key) { return key / 3; }
static uint32_t hash(const void *entry) { return hash_key(((const Entry *)entry)->key); }
static bool matches(const void *entry, const void *key)
{
    return ((const Entry *)entry)->key == *(const uint32_t *)key;
}
static const TableKind kind = {hash, matches};

static void *get(Table *table, uint32_t key) { return table_get(table, &key, hash_key(key)); }

static size_t count_all(Table *table)
{
    size_t position = 0, count = 0;
    while (table_next(table, &position)) count++;
    return count;
}

static void test_as_an_array(void **state)
{
    (void)state;
    static Entry entries[KEYS];
    bool there[KEYS] = {false};
    size_t count = 0;
    Random random = {.state = 1};
    Table table;
    table_init(&table, &kind);
    epoch_enter(0);
    for (unsigned i = 0; i < 100000; i++) {
        uint32_t key = random_below(&random, i / 10000 % 2 ? 20 : KEYS);
        assert_ptr_equal(there[key] ? &entries[key] : NULL, get(&table, key));
        entries[key].key = key;
        if (there[key]) {
            assert_ptr_equal(&entries[key], table_remove(&table, &key, hash_key(key)));
            count--;
        } else {
            assert_null(table_remove(&table, &key, hash_key(key)));
            assert_true(table_put(&table, &entries[key]));
            count++;
        }
        there[key] = !there[key];
        assert_int_equal(count, table.count);
        if (i % 1000 == 0) assert_int_equal(count, count_all(&table));
        epoch_quiescent(0);
    }
    table_done(&table);
    epoch_quiescent(0);
    epoch_quiescent(0);
    epoch_leave(0);
    assert_int_equal(0, memory_used());
}

static void test_no_memory(void **state)
{
    (void)state;
    static Entry entries[100];
    Table table;
    table_init(&table, &kind);
    epoch_enter(0);
    for (uint32_t i = 0; i < 100; i++) {
        entries[i].key = i;
        memory_fail_after(1);
        bool put = table_put(&table, &entries[i]);
        memory_fail_after(0);
        if (!put) assert_true(table_put(&table, &entries[i]));
    }
    for (uint32_t i = 0; i < 100; i++) assert_ptr_equal(&entries[i], get(&table, i));
    table_done(&table);
    epoch_leave(0);
}

/* ---- Readers beside a writer ---- */

static Table shared;
static _Atomic(bool) stop;

static void free_entry(Retired *retired)
{
    Entry *entry = (Entry *)retired;
    entry->check = 0;
    memory_free(entry, sizeof *entry);
}

static void *read_on(void *argument)
{
    unsigned id = (unsigned)(uintptr_t)argument;
    Random random = {.state = id};
    uintptr_t wrong = 0;
    epoch_enter(id);
    while (!atomic_load(&stop)) {
        uint32_t key = random_below(&random, KEYS);
        Entry *entry = get(&shared, key);
        if (entry ? entry->check != ~key : key % 2 == 0) wrong++;
        if (random_below(&random, 16) == 0) epoch_quiescent(id);
        if (random_below(&random, 4096) == 0) {
            epoch_leave(id);
            epoch_enter(id);
        }
    }
    epoch_leave(id);
    return (void *)wrong;
}

static void add(uint32_t key)
{
    Entry *entry = memory_alloc(sizeof *entry);
    assert_non_null(entry);
    entry->key = key;
    entry->check = ~key;
    assert_true(table_put(&shared, entry));
}

/* Adds and removes odd keys; the even ones stay, so readers must always find them. */
static void write_on(void)
{
    Random random = {.state = 99};
    for (unsigned i = 0; i < 40000; i++) {
        uint32_t key = random_below(&random, KEYS) | 1;
        Entry *entry = table_remove(&shared, &key, hash_key(key));
        if (entry)
            epoch_retire(&entry->retired, free_entry);
        else
            add(key);
        epoch_quiescent(1);
    }
}

static void empty(void)
{
    size_t at = 0;
    for (Entry *entry; (entry = table_next(&shared, &at));)
        epoch_retire(&entry->retired, free_entry);
    table_done(&shared);
    epoch_quiescent(1);
    epoch_quiescent(1);
}

static void test_readers(void **state)
{
    (void)state;
    pthread_t threads[2];
    table_init(&shared, &kind);
    epoch_enter(1);
    for (uint32_t key = 0; key < KEYS; key += 2) add(key);
    atomic_store(&stop, false);
    for (uintptr_t i = 0; i < 2; i++) pthread_create(&threads[i], NULL, read_on, (void *)(i + 2));
    write_on();
    atomic_store(&stop, true);
    for (unsigned i = 0; i < 2; i++) {
        void *wrong;
        pthread_join(threads[i], &wrong);
        assert_null(wrong);
    }
    empty();
    assert_int_equal(0, memory_used());
    epoch_leave(1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_as_an_array),
        cmocka_unit_test(test_no_memory),
        cmocka_unit_test(test_readers),
    };
    epoch_init();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
