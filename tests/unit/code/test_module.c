/* SPDX-License-Identifier: Apache-2.0 */
/* test_module.c - modules by name and address; generations; exports and funs. */

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <cmocka.h>
#include "sample.h"

static Term name(void) { return atom_intern_z("sample"); }

static const uint32_t *code_of(const char *function, unsigned arity)
{
    Export *e = export_find(name(), atom_intern_z(function), arity);
    return e ? atomic_load(&e->code) : NULL;
}

static Module *load(void)
{
    LoadError error;
    Module *module = sample_prepare(&error);
    assert_non_null(module);
    assert_true(module_commit(module));
    return module;
}

static bool purge(bool pending)
{
    return module_purge_begin(name(), pending) && module_purge_end(name(), true);
}

static void unload(void)
{
    assert_true(module_delete(name()));
    assert_true(purge(false));
    epoch_quiescent(0);
    epoch_quiescent(0);
}

static void test_digest_is_otps(void **state)
{
    (void)state;
    LoadError error;
    Module *module = sample_prepare(&error);
    assert_memory_equal(sample_md5, module->md5, sizeof sample_md5);
    assert_null(module_find(name())); /* Not before it is committed. */
    module_discard(module);
}

static void test_by_name_and_address(void **state)
{
    (void)state;
    Module *module = load();
    assert_ptr_equal(module, module_find(name()));
    assert_ptr_equal(module, module_of(module->base));
    const Function *fact = module_function_at(module, code_of("fact", 1));
    assert_non_null(fact);
    assert_true(fact->is_exported);
    const uint32_t *start = module->base + fact->offset;
    assert_ptr_equal(start, code_of("fact", 1));
    assert_ptr_equal(module->base, entry_base(start));
    assert_int_equal(1, entry_frame(start));
    assert_ptr_equal(fact, module_function_at(module, start));
    assert_ptr_equal(fact, module_function_at(module, start - 2)); /* its func_info */
    assert_ptr_equal(module, module_at(start));
    assert_null(module_at(module->base + module->code_words));
    assert_null(module_at(module->base - 1));
    const Point *point = module_point(module, start);
    assert_int_equal(FRAME_NONE, point->frame);
    assert_int_equal(6, point->line); /* fact(0) -> 1; */
    unload();
}

static void test_generations(void **state)
{
    (void)state;
    LoadError error;
    Module *first = load(), *second = load();
    assert_ptr_equal(second, module_find(name()));
    assert_ptr_equal(first, module_old(name()));
    assert_ptr_equal(second, module_at(code_of("sum", 1)));
    assert_ptr_equal(first, module_at(first->base + 1));
    Module *third = sample_prepare(&error);
    assert_false(module_commit(third)); /* The old one is still there. */
    assert_false(module_delete(name()));
    assert_true(purge(false));
    assert_false(purge(false));
    assert_true(module_commit(third));
    assert_true(purge(false));
    unload();
    assert_null(module_find(name()));
    assert_ptr_equal(export_missing_code(), code_of("sum", 1));
}

static void test_funs(void **state)
{
    (void)state;
    Module *module = load();
    assert_int_equal(1, module->fun_count);
    FunEntry *entry = module->funs[0].entry;
    assert_int_equal(1, entry->arity);
    assert_int_equal(1, entry->free_count);
    assert_ptr_equal(module, module_at(atomic_load(&entry->code)));
    Module *next = load();
    assert_ptr_equal(entry, next->funs[0].entry); /* The same code, the same fun. */
    assert_true(purge(false));
    assert_ptr_equal(next, module_at(atomic_load(&entry->code)));
    unload();
    assert_null(atomic_load(&entry->code));
}

static void test_purge_that_is_given_up(void **state)
{
    (void)state;
    Module *module = load();
    FunEntry *entry = module->funs[0].entry;
    assert_true(module_delete(name()));
    assert_false(module_purge_end(name(), true)); /* It has not begun. */
    assert_true(module_purge_begin(name(), false));
    assert_false(module_purge_begin(name(), false));
    assert_true(module_is_purging(name()));
    assert_null(atomic_load(&entry->code)); /* Nobody enters. */
    assert_true(module_purge_end(name(), false));
    assert_false(module_is_purging(name()));
    assert_ptr_equal(module, module_old(name()));
    assert_ptr_equal(module, module_at(atomic_load(&entry->code)));
    assert_true(purge(false));
}

static Module *prepare_pending(void)
{
    LoadError error;
    Module *module = sample_prepare(&error);
    assert_non_null(module);
    module->on_load = module->functions[0].offset;
    assert_true(module_commit(module));
    return module;
}

static void test_pending(void **state)
{
    (void)state;
    LoadError error;
    Module *first = load(), *module = prepare_pending(), *other = sample_prepare(&error);
    assert_ptr_equal(first, module_find(name()));
    assert_ptr_equal(module, module_pending(name()));
    assert_ptr_equal(module, module_at(module->base));
    assert_false(module_commit(other));
    assert_true(purge(true));
    assert_null(module_pending(name()));
    assert_ptr_equal(first, module_at(code_of("sum", 1)));
    assert_false(module_keep(name()));
    module = prepare_pending();
    assert_true(module_keep(name()));
    assert_null(module_pending(name()));
    assert_ptr_equal(module, module_at(code_of("sum", 1)));
    assert_ptr_equal(first, module_old(name()));
    module_discard(other);
    assert_true(purge(false));
    unload();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_digest_is_otps),
        cmocka_unit_test(test_by_name_and_address),
        cmocka_unit_test(test_generations),
        cmocka_unit_test(test_funs),
        cmocka_unit_test(test_purge_that_is_given_up),
        cmocka_unit_test(test_pending),
    };
    sample_start();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
