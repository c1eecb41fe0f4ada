/* SPDX-License-Identifier: Apache-2.0 */
/* test_table.c - the directory of tables, opening, fixing, owners. */

#include "ets/objects.h"
#include "ets/table.h"

static Process *p, *other;

static EtsSettings settings_of(const char *name, EtsType type, EtsProtection protection)
{
    return (EtsSettings){.name = atom_intern_z(name),
                         .type = type,
                         .protection = protection,
                         .heir = TERM_NONE,
                         .heir_data = TERM_NIL};
}

static EtsTable *make(const char *name, EtsType type, EtsProtection protection)
{
    EtsTable *table;
    EtsSettings settings = settings_of(name, type, protection);
    assert_int_equal(MAKE_DONE, ets_make(p, &settings, &table));
    return table;
}

static void bury(EtsTable *table)
{
    rw_lock_write(&table->lock);
    ets_kill(table, p);
    rw_lock_write_done(&table->lock);
    while (!ets_bury(table)) continue;
    epoch_quiescent(0);
}

static bool opens(Process *who, Term id, EtsAccess access, Term *cause)
{
    EtsOpen open;
    bool done = ets_open(&open, who, id, access);
    if (done) ets_close(&open);
    *cause = done ? A(ok) : open.cause;
    return done;
}

static void test_directory(void **state)
{
    (void)state;
    EtsSettings settings = settings_of("named", ETS_SET, ETS_PUBLIC);
    EtsTable *table, *again;
    bool memory;
    settings.is_named = true;
    assert_int_equal(MAKE_DONE, ets_make(p, &settings, &table));
    assert_int_equal(MAKE_EXISTS, ets_make(p, &settings, &again));
    assert_ptr_equal(table, ets_find(atom_intern_z("named")));
    Term reference = ets_reference(table, &p->heap);
    assert_ptr_equal(table, ets_find(reference));
    assert_true(term_equal_exact(reference, ets_reference(table, &p->heap)));
    /* The same numbers, as they come from outside. */
    Term *words = heap_reserve(&p->heap, 1 + REF_SIZE);
    assert_ptr_equal(table, ets_find(reference_put(words, table->number, TERM_NIL)));
    assert_true(ets_rename(table, atom_intern_z("renamed"), &memory));
    assert_null(ets_find(atom_intern_z("named")));
    assert_ptr_equal(table, ets_find(atom_intern_z("renamed")));
    EtsTable *second = make("second", ETS_SET, ETS_PUBLIC);
    assert_null(ets_find(atom_intern_z("second"))); /* It has no name to be found by. */
    memory_fail_after(1);
    assert_false(ets_rename(table, atom_intern_z("third"), &memory));
    memory_fail_after(0);
    assert_false(memory);
    assert_ptr_equal(table, ets_find(atom_intern_z("renamed")));
    bury(table);
    assert_null(ets_find(atom_intern_z("renamed")));
    Term cause;
    assert_false(opens(p, reference, ACCESS_READ, &cause));
    assert_int_equal(A(id), cause);
    bury(second);
}

static void test_access(void **state)
{
    (void)state;
    static const struct {
        EtsProtection protection;
        bool reads, writes;
    } rights[] = {
        {ETS_PRIVATE, false, false}, {ETS_PROTECTED, true, false}, {ETS_PUBLIC, true, true}};
    Term cause;
    for (size_t i = 0; i < 3; i++) {
        EtsTable *table = make("t", ETS_SET, rights[i].protection);
        Term id = ets_reference(table, &p->heap);
        assert_true(opens(p, id, ACCESS_READ, &cause) && opens(p, id, ACCESS_WRITE, &cause));
        assert_int_equal(rights[i].reads, opens(other, id, ACCESS_READ, &cause));
        assert_int_equal(rights[i].reads, opens(other, id, ACCESS_FIX, &cause));
        assert_int_equal(rights[i].writes, opens(other, id, ACCESS_WRITE, &cause));
        assert_int_equal(rights[i].writes ? A(ok) : A(access), cause);
        bury(table);
    }
    assert_false(opens(p, make_small(1), ACCESS_READ, &cause));
    assert_int_equal(A(type), cause);
    assert_false(opens(p, atom_intern_z("nosuch"), ACCESS_READ, &cause));
    assert_int_equal(A(id), cause);
}

static void test_objects(void **state)
{
    (void)state;
    for (EtsType type = ETS_SET; type <= ETS_ORDERED_SET; type++) {
        EtsTable *table = make("t", type, ETS_PUBLIC);
        for (Word i = 0; i < 100; i++) assert_true(ets_put(table, object_of(i % 50, i % 25)));
        size_t expected = type == ETS_DUPLICATE_BAG ? 100 : 50;
        assert_int_equal(expected, table->store.count);
        size_t found = 0;
        for (EtsObject *o = ets_get(table, make_small(7)); o; o = ets_get_next(table, o)) found++;
        assert_int_equal(expected / 50, found);
        ets_delete(table, make_small(7), TERM_NONE);
        assert_null(ets_get(table, make_small(7)));
        EtsObject *old = ets_get(table, make_small(8));
        ets_replace(table, old, object_of(8, 1000));
        assert_int_equal(1000, object_value(ets_get(table, make_small(8))));
        Term tuple = world_tuple(p, 2, make_small(8), make_small(1000));
        ets_delete(table, make_small(8), tuple);
        assert_int_equal(type == ETS_DUPLICATE_BAG, ets_get(table, make_small(8)) != NULL);
        ets_clear(table);
        assert_int_equal(0, table->store.count);
        assert_int_equal(0, table->store.bytes);
        assert_null(ets_end(table, 0));
        bury(table);
    }
}

static void test_beside(void **state)
{
    (void)state;
    for (EtsType type = ETS_SET; type <= ETS_ORDERED_SET; type++) {
        EtsTable *table = make("t", type, ETS_PUBLIC);
        bool found, seen[200] = {false};
        for (Word i = 0; i < 200; i++) assert_true(ets_put(table, object_of(i, i)));
        size_t count = 0;
        for (EtsObject *o = ets_end(table, 0); o; count++) {
            assert_false(seen[object_key(o)]);
            seen[object_key(o)] = true;
            o = ets_beside(table, ets_key_of(table, o), 1, &found);
            assert_true(found);
        }
        assert_int_equal(200, count);
        assert_null(ets_beside(table, make_small(1000), 1, &found));
        assert_int_equal(type == ETS_ORDERED_SET, found);
        bury(table);
    }
}

static void test_fixed(void **state)
{
    (void)state;
    EtsTable *table = make("t", ETS_SET, ETS_PUBLIC);
    bool found;
    for (Word i = 0; i < 100; i++) assert_true(ets_put(table, object_of(i, i)));
    assert_true(ets_fix(table, p) && ets_fix(table, p) && ets_fix(table, other));
    for (Word i = 0; i < 100; i++) {
        ets_delete(table, make_small(i), TERM_NONE);
        ets_beside(table, make_small(i), 1, &found);
        assert_true(found);
    }
    assert_int_equal(0, table->store.count);
    assert_int_equal(100, table->store.hash.chained);
    assert_true(ets_put(table, object_of(95, 55)));
    assert_int_equal(55, object_value(ets_get(table, make_small(95))));
    ets_unfix(table, p->pid);
    ets_unfix(table, other->pid);
    ets_unfix(table, other->pid); /* Once too often: nothing happens. */
    assert_int_equal(100, table->store.hash.chained);
    assert_true(ets_purge(table, SIZE_MAX)); /* Not yet. */
    ets_unfix(table, p->pid);
    assert_int_equal(100, table->store.hash.chained);
    assert_false(ets_purge(table, 50));
    assert_true(ets_purge(table, SIZE_MAX));
    assert_int_equal(1, table->store.hash.chained);
    assert_int_equal(object_bytes(3), table->store.bytes);
    bury(table);
}

static EtsTable *inherited;
static bool inherit(Process *from, EtsTable *table)
{
    assert_true(from != other);
    inherited = table;
    atomic_store(&table->owner, table->settings.heir);
    return true;
}

static void test_exit(void **state)
{
    (void)state;
    Process *owner = world_process(), *keep = p;
    EtsSettings settings = settings_of("left", ETS_SET, ETS_PUBLIC);
    EtsTable *table;
    size_t used = memory_used();
    p = owner;
    EtsTable *large = make("large", ETS_ORDERED_SET, ETS_PUBLIC);
    for (Word i = 0; i < 2000; i++) assert_true(ets_put(large, object_of(i, i)));
    settings.heir = other->pid;
    assert_int_equal(MAKE_DONE, ets_make(owner, &settings, &table));
    p = keep;
    EtsTable *fixed = make("fixed", ETS_SET, ETS_PUBLIC);
    assert_true(ets_fix(fixed, owner));
    int steps = 1;
    while (!ets_exit(owner, inherit)) steps++;
    assert_in_range(steps, 2000 / 256, 2000 / 256 + 2);
    assert_ptr_equal(table, inherited);
    assert_null(fixed->fixations);
    assert_true(ets_exit(owner, inherit));
    bury(fixed);
    bury(table);
    epoch_quiescent(0);
    world_exit(owner, A(normal));
    assert_true(memory_used() <= used);
}

static void test_take_all(void **state)
{
    (void)state;
    EtsTable *table = make("t", ETS_BAG, ETS_PUBLIC);
    for (Word i = 0; i < 1000; i++) assert_true(ets_put(table, object_of(i, i)));
    EtsRest *rest = ets_take_all(table);
    assert_non_null(rest);
    assert_int_equal(0, table->store.count);
    assert_int_equal(1000, rest->store.count);
    assert_true(ets_put(table, object_of(1, 1)));
    assert_false(store_free_some(&rest->store, 999));
    assert_false(store_free_some(&rest->store, 1));
    assert_true(store_free_some(&rest->store, 1));
    resource_release(&rest->resource);
    bury(table);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_directory), cmocka_unit_test(test_access),
        cmocka_unit_test(test_objects),   cmocka_unit_test(test_beside),
        cmocka_unit_test(test_fixed),     cmocka_unit_test(test_exit),
        cmocka_unit_test(test_take_all),
    };
    world_start(100, 1);
    p = world_process();
    other = world_process();
    static const unsigned schedulers = 2;
    assert_true(ets_init(&schedulers));
    return cmocka_run_group_tests(tests, NULL, NULL);
}
