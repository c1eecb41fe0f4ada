/* SPDX-License-Identifier: Apache-2.0 */
/* test_key.c - what patterns say of keys. */

#include "match/key.h"
#include "match/specs.h"

static void assert_key(const char *pattern, MatchKey how)
{
    char clause[200];
    Term key;
    sprintf(clause, "{%s,[],[a]}", pattern);
    assert_int_equal(how, match_key(read_text(clause), 1, &key));
}

static void test_keys(void **state)
{
    (void)state;
    assert_key("_", MATCH_KEY_ANY);
    assert_key("$1", MATCH_KEY_ANY);
    assert_key("{_,$1}", MATCH_KEY_ANY);
    assert_key("{a}", MATCH_KEY_NEVER);
    assert_key("[a,b]", MATCH_KEY_NEVER);
    assert_key("{_,b,$1}", MATCH_KEY_KNOWN);
    assert_key("{_,{b,[c]}}", MATCH_KEY_KNOWN);
    assert_key("{_,{b,[c|_]}}", MATCH_KEY_PART);
    assert_key("{_,[_]}", MATCH_KEY_PART);
}

/* For each key: smaller than what the pattern matches, within, or larger. */
static void test_order(void **state)
{
    (void)state;
    static const struct {
        const char *pattern, *key;
        int order;
    } cases[] = {
        {"{a,_}", "{a,1}", 0},     {"{a,_}", "{a,[]}", 0},      {"{a,_}", "{b,1}", 1},
        {"{b,_}", "{a,z}", -1},    {"{a,_}", "{a}", -1},        {"{a,_}", "{a,1,1}", 1},
        {"{a,_}", "a", -1},        {"{a,_}", "[a]", 1},         {"[a,b|_]", "[a,b]", 0},
        {"[a,b|_]", "[a,b,c]", 0}, {"[a,b|_]", "[a]", -1},      {"[a,b|_]", "[a,c]", 1},
        {"[a,b|_]", "[]", -1},     {"{_,b}", "{z,c}", 0},       {"{{a,$1},b}", "{{a,1},z}", 0},
        {"{{a,1},b}", "{{a,2},b}", 1}, {"{[a|$1],b}", "{[a],c}", 0}, {"{[b|$1],b}", "{[a],b}", -1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int order = match_key_order(read_text(cases[i].pattern), read_text(cases[i].key));
        assert_int_equal(cases[i].order, order);
    }
}

static void test_keeps(void **state)
{
    (void)state;
    static const struct {
        const char *clause;
        bool keeps;
    } cases[] = {
        {"{{$1,$2},[],[{{$1}}]}", true},           {"{{$1,$2},[],[{{$2,$1}}]}", false},
        {"{{$1,$2},[],[$_]}", true},               {"{{$1,$2},[],[a,$_]}", false},
        {"{_,[],[{{{element,1,$_}}}]}", true},     {"{_,[],[{{{element,2,$_}}}]}", false},
        {"{{{a,$1}},[],[{{{{a,$1}}}}]}", true},    {"{{{a,$1}},[],[{{{a,$1}}}]}", false},
        {"{{[a|$1]},[],[{{[{const,a}|$1]}}]}", true}, {"{{a},[],[{const,{a,b}}]}", true},
        {"{{a},[],[{const,{b,a}}]}", false},       {"{{_},[],[{{_}}]}", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(cases[i].keeps, match_keeps_key(read_text(cases[i].clause), 0));
}

int main(void)
{
    terms_start();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_keys),
        cmocka_unit_test(test_order),
        cmocka_unit_test(test_keeps),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
