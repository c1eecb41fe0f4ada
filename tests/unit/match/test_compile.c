/* SPDX-License-Identifier: Apache-2.0 */
/* test_compile.c - match specifications: programs, texts of errors, no memory. */

#include "match/specs.h"

typedef struct Texts {
    MatchReport report;
    char all[500];
} Texts;

static void add_text(MatchReport *report, const char *text, size_t size)
{
    Texts *texts = (Texts *)report;
    strncat(texts->all, text, size);
    strcat(texts->all, "/");
}

static void test_errors(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"x", "Match programs are not in a list./"},
        {"[{a,[],[b]}|c]", "Match programs are not in a proper list./"},
        {"[{a,b}]", "Match program part is not a tuple of arity 3./"},
        {"[{a,b,c}]",
         "Match expression is not a list./Body clause does not return anything./"},
        {"[{{$1},[{foo,$2},$2],[$3|x]}]",
         "Function foo/1 does_not_exist./Variable $2 is unbound./Variable $3 is unbound./Match "
         "expression is not a proper list./"},
        {"[{{$1},[],[{message,$1}]}]", "Special form 'message' used in wrong dialect./"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Texts texts = {{add_text}, ""};
        MatchOutcome outcome;
        assert_null(match_compile(read_text(cases[i][0]), &texts.report, &outcome));
        assert_int_equal(MATCH_BAD, outcome);
        assert_string_equal(cases[i][1], texts.all);
        assert_null(match_compile(read_text(cases[i][0]), NULL, &outcome));
    }
}

static uint32_t count_of(const char *text)
{
    MatchOutcome outcome;
    MatchProgram *program = match_compile(read_text(text), NULL, &outcome);
    assert_int_equal(MATCH_GOOD, outcome);
    uint32_t count = program->count;
    resource_release(&program->resource);
    return count;
}

/* What has no variables is one constant, whatever is in it. */
static void test_constants(void **state)
{
    (void)state;
    uint32_t least = count_of("[{_,[],[a]}]"); /* CLAUSE PATTERN_END BODY CONSTANT RESULT */
    assert_int_equal(5, least);
    assert_int_equal(least, count_of("[{_,[],[[a,[b,c],d|e]]}]"));
    assert_int_equal(least, count_of("[{_,[],[{const,{$1,[$2]}}]}]"));
    assert_int_equal(least, count_of("[{_,[],[x,[y],a]}]"));
    assert_int_equal(least + 1, count_of("[{{a,{b,[c,d]}},[],[a]}]"));
    assert_int_equal(least + 3, count_of("[{{a,{b,[c,d]},$1},[],[a]}]") - 1);
    assert_int_equal(0, count_of("[]"));
}

static void test_depth(void **state)
{
    (void)state;
    Term pattern = atom_of("$1"), body = pattern;
    for (int i = 0; i < 100000; i++) {
        pattern = cons_put(heap_reserve(&terms_heap, 2), pattern, TERM_NIL);
        body = cons_put(heap_reserve(&terms_heap, 2), TERM_NIL, body);
    }
    MatchOutcome outcome;
    Term words[MATCH_PATTERN_WORDS];
    MatchProgram *program =
        match_compile(match_pattern_spec(words, pattern, body), NULL, &outcome);
    assert_int_equal(MATCH_GOOD, outcome);
    assert_true(program->stack >= 100000);
    resource_release(&program->resource);
}

static void test_memory(void **state)
{
    (void)state;
    Term spec = read_text("[{{$1,$2,{$3,[$4,$5,$6]}},"
                          "[{>,{+,$1,1},{-,$2,2}},{andalso,{<,$1,$2},{or,true,{is_list,$5}}}],"
                          "[{{$1,[$2,$3,{{$4,$5}}|$6],{const,{a}}}}]},{{$1,x,[y]},[],[$$]}]");
    size_t before = memory_used(), tries = 0;
    MatchOutcome outcome = MATCH_NO_MEMORY;
    while (outcome != MATCH_GOOD) {
        memory_fail_after(++tries);
        MatchProgram *program = match_compile(spec, NULL, &outcome);
        memory_fail_after(0);
        assert_true(outcome == (program ? MATCH_GOOD : MATCH_NO_MEMORY));
        if (program) resource_release(&program->resource);
        assert_int_equal(before, memory_used());
    }
    assert_true(tries > 2);
}

static void test_variables(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int64_t number;
    } atoms[] = {{"$0", 0}, {"$1", 1}, {"$42", 42}, {"$2147483647", 2147483647},
                 {"$", -1}, {"$x", -1}, {"$01", -1}, {"1", -1},
                 {"_", -1}, {"$$", -1}, {"$_", -1},  {"$2147483648", -1}};
    for (size_t i = 0; i < sizeof atoms / sizeof *atoms; i++)
        assert_int_equal(atoms[i].number, match_variable(atom_of(atoms[i].text)));
    assert_int_equal(-1, match_variable(make_small(1)));
}

int main(void)
{
    terms_start();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_errors), cmocka_unit_test(test_constants),
        cmocka_unit_test(test_depth),  cmocka_unit_test(test_memory),
        cmocka_unit_test(test_variables),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
