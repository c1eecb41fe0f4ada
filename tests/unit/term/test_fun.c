/* SPDX-License-Identifier: Apache-2.0 */
/* test_fun.c - one entry for each local fun of each version of a module. */

#include "term/fun.h"
#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>
#include "base/memory.h"
#include "term/atom.h"

static int start(void **state)
{
    (void)state;
    return atom_init(1000) && fun_init() ? 0 : -1;
}

static FunEntry *intern(Term module, uint32_t index, uint32_t old_uniq, const uint8_t uniq[16])
{
    FunEntry like = {.module = module, .index = index, .old_uniq = old_uniq, .arity = index % 256};
    memcpy(like.uniq, uniq, sizeof like.uniq);
    return fun_intern(&like);
}

static void test_entries(void **state)
{
    (void)state;
    uint8_t uniq[16] = {1}, other[16] = {1, [15] = 1};
    FunEntry *e = intern(A(ok), 3, 77, uniq);
    assert_non_null(e);
    assert_true(e->module == A(ok) && e->index == 3 && e->old_uniq == 77);
    assert_memory_equal(uniq, e->uniq, sizeof uniq);
    assert_true(is_none(e->function));
    assert_null(atomic_load(&e->code));
    assert_int_equal(3, e->arity);
    /* What is there already is not described anew. */
    FunEntry other_form = {.module = A(ok), .index = 3, .old_uniq = 77, .arity = 9};
    memcpy(other_form.uniq, uniq, sizeof uniq);
    assert_ptr_equal(e, fun_intern(&other_form));
    assert_int_equal(3, e->arity);
    assert_ptr_equal(e, intern(A(ok), 3, 77, uniq));
    assert_ptr_not_equal(e, intern(A(error), 3, 77, uniq));
    assert_ptr_not_equal(e, intern(A(ok), 4, 77, uniq));
    assert_ptr_not_equal(e, intern(A(ok), 3, 78, uniq));
    assert_ptr_not_equal(e, intern(A(ok), 3, 77, other));
}

static void test_many(void **state)
{
    (void)state;
    static FunEntry *entries[1000];
    uint8_t uniq[16] = {2};
    for (unsigned i = 0; i < 1000; i++) entries[i] = intern(A(ok), i, i, uniq);
    for (unsigned i = 0; i < 1000; i++) {
        assert_int_equal(i, entries[i]->index);
        assert_ptr_equal(entries[i], intern(A(ok), i, i, uniq));
    }
}

static void test_no_memory(void **state)
{
    (void)state;
    uint8_t uniq[16] = {3};
    memory_fail_after(1);
    assert_null(intern(A(ok), 1, 1, uniq));
    memory_fail_after(0);
    assert_non_null(intern(A(ok), 1, 1, uniq));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_entries),
        cmocka_unit_test(test_many),
        cmocka_unit_test(test_no_memory),
    };
    return cmocka_run_group_tests(tests, start, NULL);
}
