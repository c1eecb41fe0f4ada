/* SPDX-License-Identifier: Apache-2.0 */
/* test_atom.c - numbers and texts of atoms, their order, the limit, and threads that intern. */

#include "term/atom.h"
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <cmocka.h>
#include "base/memory.h"

#define LIMIT 60000

static int start(void **state)
{
    (void)state;
    return atom_init(LIMIT) ? 0 : -1;
}

static void assert_text(Term atom, const char *want)
{
    size_t size;
    const char *text = atom_text(atom, &size);
    assert_int_equal(strlen(want), size);
    assert_memory_equal(want, text, size);
}

static void test_built_in(void **state)
{
    (void)state;
    assert_int_equal(ATOM_INDEX_COUNT, atom_count());
    for (uint32_t i = 0; i < ATOM_INDEX_COUNT; i++) {
        size_t size;
        const char *text = atom_text(make_atom(i), &size);
        assert_true(atom_text_check(text, size));
        /* Fails where atoms.def has a text twice. */
        assert_true(atom_find(text, size) == make_atom(i));
        assert_true(atom_intern(text, size) == make_atom(i));
    }
    assert_text(A(ok), "ok");
    assert_int_equal(ATOM_INDEX_COUNT, atom_count());
}

static void test_interning(void **state)
{
    (void)state;
    char text[] = "made_at_run_time", copy[sizeof text];
    memcpy(copy, text, sizeof text);
    assert_true(is_none(atom_find(text, sizeof text - 1)));
    Term atom = atom_intern(text, sizeof text - 1);
    assert_true(is_atom(atom));
    memset(text, 'x', sizeof text - 1); /* the table has its own copy */
    assert_text(atom, copy);
    assert_true(atom_intern_z(copy) == atom);
    assert_true(atom_find(copy, sizeof copy - 1) == atom);
    assert_true(is_none(atom_find(copy, sizeof copy - 2)));
    Term empty = atom_intern("", 0);
    assert_text(empty, "");
    assert_true(atom_intern("a\0b", 3) != atom_intern("a\0c", 3));
}

static void test_texts_that_are_none(void **state)
{
    (void)state;
    char text[256 * 4];
    memset(text, 'x', sizeof text);
    assert_true(atom_text_check(text, 255));
    assert_false(atom_text_check(text, 256));
    for (unsigned i = 0; i < 256; i++) memcpy(text + 4 * i, "\xF0\x9F\x98\x80", 4);
    assert_true(atom_text_check(text, 255 * 4));
    assert_false(atom_text_check(text, 256 * 4));
    assert_false(atom_text_check(text, 3));
    assert_false(atom_text_check("\xFF", 1));
    assert_false(atom_text_check("\xC0\x80", 2));
    assert_false(atom_text_check("\xED\xA0\x80", 3)); /* half of a surrogate pair */
    assert_true(atom_text_check("", 0));
    assert_true(is_none(atom_find(text, sizeof text + 1)));
}

static void test_order(void **state)
{
    (void)state;
    static const char *const sorted[] = {"", "A", "a", "aa", "ab", "b", "\xC3\xA9", "\xE6\x97\xA5"};
    for (int i = 0; i < 8; i++) {
        for (int j = 0; j < 8; j++) {
            int want = i < j ? -1 : i > j;
            assert_int_equal(want,
                             atom_compare(atom_intern_z(sorted[i]), atom_intern_z(sorted[j])));
        }
    }
}

/* The first atom that needs new memory for itself is refused; what is there stays. */
static void test_no_memory(void **state)
{
    (void)state;
    char text[8];
    unsigned refused = 0;
    for (unsigned i = 0; i < 2000; i++) {
        size_t size = (size_t)snprintf(text, sizeof text, "m%u", i);
        memory_fail_after(1);
        Term atom = atom_intern(text, size);
        memory_fail_after(0);
        if (is_none(atom)) {
            refused++;
            atom = atom_intern(text, size);
        }
        assert_text(atom, text);
        assert_true(atom_find(text, size) == atom);
    }
    assert_in_range(refused, 5, 100);
}

enum { THREADS = 3, EACH = 12000 };
static Term seen[THREADS][EACH];

/* All threads intern the same texts, each from another one on. */
static void *intern_all(void *argument)
{
    unsigned thread = (unsigned)(uintptr_t)argument;
    for (unsigned i = 0; i < EACH; i++) {
        unsigned number = (i + thread * EACH / THREADS) % EACH;
        char text[16];
        size_t size = (size_t)snprintf(text, sizeof text, "t%u", number);
        seen[thread][number] = atom_intern(text, size);
    }
    return NULL;
}

static void test_threads(void **state)
{
    (void)state;
    pthread_t threads[THREADS];
    uint32_t before = atom_count();
    for (uintptr_t i = 0; i < THREADS; i++)
        pthread_create(&threads[i], NULL, intern_all, (void *)i);
    for (unsigned i = 0; i < THREADS; i++) pthread_join(threads[i], NULL);
    assert_int_equal(before + EACH, atom_count());
    for (unsigned i = 0; i < EACH; i++) {
        char text[16];
        snprintf(text, sizeof text, "t%u", i);
        assert_text(seen[0][i], text);
        for (unsigned j = 1; j < THREADS; j++) assert_true(seen[j][i] == seen[0][i]);
    }
}

static void test_limit(void **state)
{
    (void)state;
    char text[16];
    size_t size = 0;
    assert_int_equal(LIMIT, atom_limit());
    for (unsigned i = 0; atom_count() < LIMIT; i++) {
        size = (size_t)snprintf(text, sizeof text, "limit%u", i);
        assert_false(is_none(atom_intern(text, size)));
    }
    assert_true(is_none(atom_intern_z("one too many")));
    assert_true(is_none(atom_find("one too many", 12)));
    assert_false(is_none(atom_intern(text, size)));
    assert_int_equal(LIMIT, atom_count());
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_built_in),
        cmocka_unit_test(test_interning),
        cmocka_unit_test(test_texts_that_are_none),
        cmocka_unit_test(test_order),
        cmocka_unit_test(test_no_memory),
        cmocka_unit_test(test_threads),
        cmocka_unit_test(test_limit),
    };
    return cmocka_run_group_tests(tests, start, NULL);
}
