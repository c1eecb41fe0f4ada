/* SPDX-License-Identifier: Apache-2.0 */
/* test_export.c - one entry for each M:F/A. */

#include "term/export.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <cmocka.h>
#include "base/memory.h"
#include "term/atom.h"

static const uint32_t missing[2];

static int start(void **state)
{
    (void)state;
    return atom_init(10000) && export_init(missing + 1) ? 0 : -1;
}

static Term numbered(unsigned i)
{
    char text[16];
    return atom_intern(text, (size_t)snprintf(text, sizeof text, "f%u", i));
}

static void test_one_entry_each(void **state)
{
    (void)state;
    static Export *entries[3][200][3];
    for (unsigned m = 0; m < 3; m++) {
        for (unsigned f = 0; f < 200; f++) {
            for (unsigned arity = 0; arity < 3; arity++) {
                Term module = numbered(m), function = numbered(f);
                assert_null(export_find(module, function, arity));
                Export *e = export_intern(module, function, arity);
                assert_non_null(e);
                assert_true(e->module == module && e->function == function && e->arity == arity);
                assert_ptr_equal(missing + 1, atomic_load(&e->code));
                entries[m][f][arity] = e;
            }
        }
    }
    for (unsigned m = 0; m < 3; m++) {
        for (unsigned f = 0; f < 200; f++) {
            for (unsigned arity = 0; arity < 3; arity++) {
                assert_ptr_equal(entries[m][f][arity],
                                 export_intern(numbered(m), numbered(f), arity));
                assert_ptr_equal(entries[m][f][arity],
                                 export_find(numbered(m), numbered(f), arity));
            }
        }
    }
}

static void test_callable(void **state)
{
    (void)state;
    static const uint32_t code[2];
    Export *e = export_intern(A(ok), A(error), 1);
    assert_ptr_equal(missing + 1, export_missing_code());
    assert_false(export_is_callable(e));
    atomic_store(&e->code, code + 1);
    assert_true(export_is_callable(e));
    atomic_store(&e->code, export_missing_code());
    assert_false(export_is_callable(e));
    e->native = (const struct Native *)code;
    assert_true(export_is_callable(e));
}

static void test_no_memory(void **state)
{
    (void)state;
    memory_fail_after(1);
    assert_null(export_intern(A(error), A(error), 7));
    memory_fail_after(0);
    assert_null(export_find(A(error), A(error), 7));
    assert_non_null(export_intern(A(error), A(error), 7));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_one_entry_each),
        cmocka_unit_test(test_callable),
        cmocka_unit_test(test_no_memory),
    };
    return cmocka_run_group_tests(tests, start, NULL);
}
