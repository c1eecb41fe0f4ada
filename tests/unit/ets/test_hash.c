/* SPDX-License-Identifier: Apache-2.0 */
/* test_hash.c - hash tables that grow and shrink bucket by bucket. */

#include "base/random.h"
#include "ets/hash.h"
#include "ets/objects.h"

static HashTable table;

static EtsObject *find(Word key)
{
    return hash_find(&table, make_small(key), term_hash(make_small(key)));
}

static void put(Word key, Word value)
{
    EtsObject *object = object_of(key, value);
    const EtsObject *same = hash_find_any(&table, object->tuple[1], object->hash);
    assert_true(hash_insert(&table, object, same));
}

static void drop(EtsObject *object)
{
    hash_remove(&table, object);
    object_free(object);
}

/* Every object is in the chain of its hash; returns how many there are. */
static size_t check(void)
{
    size_t count = 0;
    for (size_t i = 0; i < table.buckets; i++) {
        for (EtsObject *o = hash_bucket(&table, i); o; o = o->link[0]) {
            assert_int_equal(i, hash_index(&table, o->hash));
            count++;
        }
    }
    assert_int_equal(count, table.chained);
    return count;
}

static void finish(void)
{
    size_t position = 0;
    for (EtsObject *o; (o = hash_take_any(&table, &position)) != NULL;) object_free(o);
    assert_int_equal(0, table.chained);
    hash_done(&table);
    assert_int_equal(0, hash_bytes(&table));
}

static void test_grow_and_shrink(void **state)
{
    (void)state;
    enum { COUNT = 3000 };
    table = (HashTable){.key = 0};
    assert_null(find(1));
    for (Word i = 0; i < COUNT; i++) {
        put(i, 2 * i);
        if (i % 100 == 0) assert_int_equal(i + 1, check());
    }
    assert_in_range(table.buckets, COUNT - 16, COUNT + 16);
    for (Word i = 0; i < COUNT; i++) assert_int_equal(2 * i, object_value(find(i)));
    for (Word i = 0; i < COUNT; i++) {
        drop(find(i));
        assert_null(find(i));
        if (i % 100 == 0) assert_int_equal(COUNT - i - 1, check());
    }
    assert_in_range(table.buckets, 16, 32);
    finish();
}

static void test_random(void **state)
{
    (void)state;
    enum { KEYS = 500 };
    static bool present[KEYS];
    Random random;
    random_seed(&random, 42);
    table = (HashTable){.key = 0};
    for (int step = 0; step < 40000; step++) {
        /* Tides: now more are put, now more are taken. */
        Word key = random_below(&random, KEYS);
        bool wants = random_below(&random, 4) != 0;
        if ((step / 5000) % 2) wants = !wants;
        EtsObject *found = find(key);
        assert_int_equal(present[key], found != NULL);
        if (wants && !found) put(key, step);
        if (!wants && found) drop(found);
        present[key] = wants;
    }
    check();
    finish();
}

/* The objects of a key stay together, the newest first. */
static void test_same_keys(void **state)
{
    (void)state;
    table = (HashTable){.key = 0};
    for (Word i = 0; i < 300; i++) {
        put(7, i);
        put(1000 + i, i);
    }
    check();
    Word value = 299;
    for (EtsObject *o = find(7); o; o = hash_find_next(&table, o))
        assert_int_equal(value--, object_value(o));
    assert_int_equal(-1, value);
    finish();
}

static void test_replace(void **state)
{
    (void)state;
    table = (HashTable){.key = 0};
    for (Word i = 0; i < 50; i++) put(i, i);
    for (Word i = 0; i < 50; i++) {
        EtsObject *old = find(i);
        hash_replace(&table, old, object_of(i, -i));
        object_free(old);
        assert_int_equal(-i, object_value(find(i)));
    }
    assert_int_equal(50, check());
    finish();
}

static void test_marked(void **state)
{
    (void)state;
    table = (HashTable){.key = 0};
    for (Word i = 0; i < 200; i++) put(i, i);
    size_t buckets = table.buckets, first = 0, count = 0;
    table.is_fixed = true;
    for (Word i = 0; i < 200; i += 2) hash_mark(&table, find(i));
    for (Word i = 0; i < 200; i++) assert_int_equal(i % 2, find(i) != NULL);
    assert_non_null(hash_find_any(&table, make_small(4), term_hash(make_small(4))));
    /* Only the others are gone through. */
    for (EtsObject *o; (o = hash_first_from(&table, &first)) != NULL; first++) {
        for (; o; o = o->link[0]) count += !o->is_deleted;
    }
    assert_int_equal(100, count);
    for (Word i = 1000; i < 1300; i++) put(i, i);
    assert_int_equal(buckets, table.buckets);
    table.is_fixed = false;
    for (EtsObject *o; (o = hash_take_marked(&table)) != NULL;) object_free(o);
    assert_int_equal(400, check());
    finish();
}

static void test_no_memory(void **state)
{
    (void)state;
    table = (HashTable){.key = 0};
    EtsObject *object = object_of(1, 1);
    memory_fail_after(1);
    assert_false(hash_insert(&table, object, NULL));
    memory_fail_after(0);
    assert_true(hash_insert(&table, object, NULL));
    /* Without memory for more buckets there are longer chains. */
    for (Word i = 2; i < 100; i++) {
        EtsObject *next = object_of(i, i);
        memory_fail_after(1);
        assert_true(hash_insert(&table, next, NULL));
        memory_fail_after(0);
    }
    assert_int_equal(16, table.buckets);
    assert_int_equal(99, check());
    finish();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_grow_and_shrink), cmocka_unit_test(test_random),
        cmocka_unit_test(test_same_keys),       cmocka_unit_test(test_replace),
        cmocka_unit_test(test_marked),          cmocka_unit_test(test_no_memory),
    };
    world_start(100, 1);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
