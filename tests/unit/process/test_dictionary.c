/* SPDX-License-Identifier: Apache-2.0 */
/* test_dictionary.c - the dictionary against an array of what it should hold. */

#include "base/random.h"
#include "process/dictionary.h"
#include "process/world.h"

enum { KEYS = 200 };
static Process *p;
static Random dice = {.state = 3};

static int start(void **state)
{
    (void)state;
    world_start(100, 1);
    p = world_process();
    return 0;
}

/* Equal for equal i, but new each time. */
static Term make_key(unsigned i)
{
    return i % 3 ? make_small((Word)i) : world_tuple(p, 2, A(tag), make_small((Word)i));
}

static size_t length_of(Term list)
{
    size_t length;
    assert_true(list_length(list, &length));
    return length;
}

static void test_random(void **state)
{
    (void)state;
    Term model[KEYS];
    size_t count = 0;
    for (int i = 0; i < KEYS; i++) model[i] = A(undefined);
    for (int step = 0; step < 50000; step++) {
        unsigned i = random_below(&dice, KEYS);
        Term key = make_key(i), value = make_small(step);
        Term got = dictionary_get(p, key);
        assert_true((is_none(got) ? A(undefined) : got) == model[i]);
        bool puts = random_below(&dice, 100) < (step / 5000 % 2 ? 30u : 60u);
        count -= model[i] != A(undefined);
        assert_true((puts ? dictionary_put(p, key, value) : dictionary_erase(p, key)) == model[i]);
        model[i] = puts ? value : A(undefined);
        count += puts;
        assert_int_equal(count, dictionary_count(p));
        if (step % 97 == 0) world_collect(p, NULL, 0);
        if (step % 997 == 0) {
            assert_int_equal(count, length_of(dictionary_list(p)));
            assert_int_equal(count, length_of(dictionary_keys(p, TERM_NONE)));
        }
    }
}

static void test_lists(void **state)
{
    (void)state;
    dictionary_clear(p);
    assert_true(is_nil(dictionary_list(p)) && is_nil(dictionary_keys(p, TERM_NONE)));
    assert_true(dictionary_put(p, A(ok), world_list(p, 3)) == A(undefined));
    assert_true(dictionary_put(p, A(error), make_small(1)) == A(undefined));
    Term keys = dictionary_keys(p, world_list(p, 3));
    assert_true(cons_head(keys) == A(ok) && is_nil(cons_tail(keys)));
    assert_true(is_nil(dictionary_keys(p, make_small(2))));
    assert_true(dictionary_erase(p, A(ok)) != A(undefined));
    assert_true(dictionary_erase(p, A(ok)) == A(undefined));
    Term pair = cons_head(dictionary_list(p));
    assert_true(tuple_elements(pair)[0] == A(error) && tuple_elements(pair)[1] == make_small(1));
    dictionary_clear(p);
}

static void test_memory(void **state)
{
    (void)state;
    memory_fail_after(1);
    assert_true(is_none(dictionary_put(p, A(ok), A(ok))));
    memory_fail_after(0);
    for (Word i = 0; i < 6; i++) dictionary_put(p, make_small(i), A(ok));
    memory_fail_after(1);
    assert_true(is_none(dictionary_put(p, A(ok), A(ok))));
    memory_fail_after(0);
    assert_int_equal(6, dictionary_count(p));
    assert_true(dictionary_get(p, make_small(5)) == A(ok));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_random),
        cmocka_unit_test(test_lists),
        cmocka_unit_test(test_memory),
    };
    return cmocka_run_group_tests(tests, start, NULL);
}
