/* SPDX-License-Identifier: Apache-2.0 */
/* test_tree.c - balanced trees. */

#include "base/memory.h"
#include "base/random.h"
#include "ets/objects.h"
#include "ets/tree.h"

enum { KEYS = 1000 };
static Tree tree;
static bool present[KEYS];

/* Heights are right, and differ by one at most. Returns the height; small trees, so it recurses. */
static int check_height(const EtsObject *o)
{
    if (!o) return 0;
    int a = check_height(o->link[0]), b = check_height(o->link[1]);
    assert_in_range(a - b + 1, 0, 2);
    assert_int_equal(1 + (a > b ? a : b), o->height);
    return o->height;
}

static void check_all(void)
{
    TreeWalk walk;
    check_height(tree.root);
    Word expected = 0;
    for (EtsObject *o = tree_walk_start(&walk, &tree, 1); o; o = tree_walk_next(&walk)) {
        while (!present[expected]) expected++;
        assert_int_equal(expected++, object_key(o));
    }
    while (expected < KEYS) assert_false(present[expected++]);
    expected = KEYS - 1;
    for (EtsObject *o = tree_walk_start(&walk, &tree, 0); o; o = tree_walk_next(&walk)) {
        while (!present[expected]) expected--;
        assert_int_equal(expected--, object_key(o));
    }
}

static void put(Word key, Word value)
{
    EtsObject *old = tree_insert(&tree, object_of(key, value));
    assert_int_equal(present[key], old != NULL);
    if (old) object_free(old);
    present[key] = true;
}

static void drop(Word key)
{
    EtsObject *old = tree_remove(&tree, make_small(key));
    assert_int_equal(present[key], old != NULL);
    if (old) object_free(old);
    present[key] = false;
}

static void finish(void)
{
    for (EtsObject *o; (o = tree_take_any(&tree)) != NULL;) object_free(o);
    tree_done(&tree);
    memset(present, 0, sizeof present);
}

static void test_in_order(void **state)
{
    (void)state;
    tree = (Tree){.root = NULL};
    for (Word i = 0; i < KEYS; i++) put(i, i);
    check_all();
    assert_in_range(tree.root->height, 10, 14);
    for (Word i = 0; i < KEYS; i += 3) drop(i);
    check_all();
    for (Word i = KEYS - 1; i >= 0; i--) drop(i);
    assert_null(tree.root);
    assert_null(tree_remove(&tree, make_small(1)));
    finish();
}

static void test_random(void **state)
{
    (void)state;
    Random random;
    random_seed(&random, 7);
    tree = (Tree){.root = NULL};
    for (int step = 0; step < 30000; step++) {
        Word key = random_below(&random, KEYS);
        bool wants = random_below(&random, 4) != 0;
        if ((step / 4000) % 2) wants = !wants;
        if (wants) put(key, step);
        else drop(key);
        if (step % 1000 == 0) check_all();
    }
    check_all();
    for (Word key = 0; key < KEYS; key++)
        assert_int_equal(present[key], tree_find(&tree, make_small(key)) != NULL);
    finish();
}

static void test_beside(void **state)
{
    (void)state;
    tree = (Tree){.root = NULL};
    assert_null(tree_end(&tree, 0));
    assert_null(tree_beside(&tree, make_small(1), 1));
    for (Word i = 10; i <= 100; i += 10) put(i, i);
    assert_int_equal(10, object_key(tree_end(&tree, 0)));
    assert_int_equal(100, object_key(tree_end(&tree, 1)));
    for (Word key = 0; key < 115; key++) {
        Word above = key < 10 ? 10 : key / 10 * 10 + 10, below = (key + 9) / 10 * 10 - 10;
        const EtsObject *next = tree_beside(&tree, make_small(key), 1);
        const EtsObject *previous = tree_beside(&tree, make_small(key), 0);
        assert_int_equal(above <= 100 ? above : 0, next ? object_key(next) : 0);
        assert_int_equal(below < 10    ? 0
                         : below > 100 ? 100
                                       : below,
                         previous ? object_key(previous) : 0);
        TreeWalk walk;
        assert_ptr_equal(next, tree_walk_after(&walk, &tree, make_small(key), 1));
        size_t count = 0;
        for (const EtsObject *o = next; o; o = tree_walk_next(&walk)) count++;
        assert_int_equal(above > 100 ? 0 : (110 - above) / 10, count);
        assert_ptr_equal(previous, tree_walk_after(&walk, &tree, make_small(key), 0));
    }
    finish();
}

/* Steps give what tree_beside does, in whatever order, while the tree changes. */
static void test_steps(void **state)
{
    (void)state;
    Random random;
    random_seed(&random, 11);
    tree = (Tree){.root = NULL};
    Word key = 0;
    int side = 1;
    for (int step = 0; step < 30000; step++) {
        unsigned choice = (unsigned)random_below(&random, 40);
        if (choice == 0) side = !side;
        if (choice == 1) key = random_below(&random, KEYS);
        if (choice == 2) drop(random_below(&random, KEYS));
        if (choice >= 3 && choice < 6) put(random_below(&random, KEYS), step);
        EtsObject *expected = tree_beside(&tree, make_small(key), side);
        EtsObject *object = tree_step(&tree, make_small(key), side);
        assert_ptr_equal(expected, object);
        key = object ? object_key(object) : (Word)random_below(&random, KEYS);
        if (object) assert_ptr_equal(object, tree_find(&tree, make_small(key)));
    }
    finish();
}

/* Somebody else is stepping, or there is no memory: found all the same. */
static void test_steps_without_walk(void **state)
{
    (void)state;
    tree = (Tree){.root = NULL};
    for (Word i = 0; i < 10; i++) put(i, i);
    atomic_store(&tree.is_walked, true);
    assert_int_equal(4, object_key(tree_step(&tree, make_small(3), 1)));
    atomic_store(&tree.is_walked, false);
    memory_fail_after(1);
    assert_int_equal(2, object_key(tree_step(&tree, make_small(3), 0)));
    assert_null(tree.walk);
    assert_int_equal(4, object_key(tree_step(&tree, make_small(3), 1)));
    assert_non_null(tree.walk);
    finish();
}

static void test_replace(void **state)
{
    (void)state;
    tree = (Tree){.root = NULL};
    for (Word i = 0; i < 100; i++) put(i, i);
    for (Word i = 0; i < 100; i++) put(i, -i);
    check_all();
    for (Word i = 0; i < 100; i++)
        assert_int_equal(-i, object_value(tree_find(&tree, make_small(i))));
    finish();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_in_order),
        cmocka_unit_test(test_random),
        cmocka_unit_test(test_beside),
        cmocka_unit_test(test_steps),
        cmocka_unit_test(test_steps_without_walk),
        cmocka_unit_test(test_replace),
    };
    world_start(100, 1);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
