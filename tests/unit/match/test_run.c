/* SPDX-License-Identifier: Apache-2.0 */
/* test_run.c - rows through match specifications, on the heap and in memory of their own. */

#include "match/run.h"
#include "match/specs.h"

static MatchProgram *compile(const char *text)
{
    MatchOutcome outcome;
    MatchProgram *program = match_compile(read_text(text), NULL, &outcome);
    assert_int_equal(MATCH_GOOD, outcome);
    return program;
}

/* The row in a block of its own, gone before the result is looked at. */
static void assert_result(const char *spec, const char *row, const char *result)
{
    MatchProgram *program = compile(spec);
    MatchRun run;
    TermBox box;
    assert_true(term_box(read_text(row), &box, true));
    assert_true(match_run_init(&run, program, &terms_heap, atom_of("me")));
    run.row = box.fragment ? box.fragment->words : NULL;
    run.row_words = box.fragment ? box.fragment->room : 0;
    Term t = match_run(&run, box.term);
    match_run_done(&run);
    resource_release(&program->resource);
    if (box.fragment) memset(box.fragment->words, 0xAB, box.fragment->room * WORD_BYTES);
    term_box_free(&box);
    assert_false(run.is_out);
    if (result) assert_prints(result, t);
    else assert_true(is_none(t));
}

static void test_rows(void **state)
{
    (void)state;
    assert_result("[{_,[],[$_]}]", "{1,{2,[3]}}", "{1,{2,[3]}}");
    assert_result("[{{$1,_,$2},[],[$$]}]", "{1,2,{3}}", "[1,{3}]");
    assert_result("[{{$1,_,$2},[],[$$]}]", "{1,2}", NULL);
    assert_result("[{{$1,{$2,[$3|$4]}},[],[{{$4,$3,$2,$1}}]}]", "{a,{[b],[c,d]}}", "{[d],c,[b],a}");
    assert_result("[{{$1,$1},[],[yes]}]", "{[a,{b}],[a,{b}]}", "yes");
    assert_result("[{{$1,$1},[],[yes]},{_,[],[no]}]", "{[a,{b}],[a,{c}]}", "no");
    assert_result("[{{a,{b,[c]}},[],[yes]}]", "{a,{b,[c]}}", "yes");
    assert_result("[{{$1},[{>,$1,3}],[big]},{{$1},[{<,$1,2}],[small]}]", "{7}", "big");
    assert_result("[{{$1},[{>,$1,3}],[big]},{{$1},[{<,$1,2}],[small]}]", "{1}", "small");
    assert_result("[{{$1},[{>,$1,3}],[big]},{{$1},[{<,$1,2}],[small]}]", "{3}", NULL);
    assert_result("[{{$1},[],[{hd,$1}]}]", "{[{x}]}", "{x}");
    assert_result("[{{$1},[],[{{{hd,$1},{self}}}]}]", "{x}", "{'EXIT',me}");
    assert_result("[{{$1},[{hd,$1}],[a]}]", "{x}", NULL);
    assert_result("[{{$1},[],[[1,{const,{$1}},[$1|$1]]]}]", "{{q}}", "[1,{'$1'},[{q}|{q}]]");
    assert_result("[{{$1},[],[{andalso,$1,{element,2,$_}}]}]", "{false}", "false");
    assert_result("[{{$1},[],[{andalso,$1,{element,2,$_}}]}]", "{true}", "'EXIT'");
    assert_result("[{{$1},[{orelse,{==,$1,1},{hd,$1}}],[$1]}]", "{1}", "1");
    assert_result("[]", "{1}", NULL);
}

/* Registers that have no room inside. */
static void test_wide(void **state)
{
    (void)state;
    char spec[2000] = "[{[", row[2000] = "[", result[2000] = "[";
    for (int i = 0; i < 100; i++) {
        sprintf(spec + strlen(spec), "$%d,", i);
        sprintf(row + strlen(row), "%d,", i);
        sprintf(result + strlen(result), i < 99 ? "%d," : "%d]", i);
    }
    strcat(spec, "],[],[$$]}]");
    strcat(row, "]");
    assert_result(spec, row, result);
}

static void test_memory(void **state)
{
    (void)state;
    char spec[2000] = "[{{$1,$2},[],[{{[$1|$2],{const,[{a}";
    for (int i = 0; i < 300; i++) strcat(spec, ",0");
    MatchProgram *program = compile(strcat(spec, "]},{{$2}}}}]}]"));
    Term row = read_text("{[],{d,e}}");
    size_t tries = 0;
    for (Term t = TERM_NONE; is_none(t);) {
        Heap heap = {.min_size = 10};
        MatchRun run;
        assert_true(heap_init(&heap, 10));
        assert_true(match_run_init(&run, program, &heap, TERM_NIL));
        memory_fail_after(++tries);
        t = match_run(&run, row);
        memory_fail_after(0);
        assert_true(is_none(t) == run.is_out);
        match_run_done(&run);
        if (!is_none(t)) assert_true(is_tuple_of(t, 3));
        heap_done(&heap);
    }
    assert_true(tries > 1);
    resource_release(&program->resource);
}

int main(void)
{
    terms_start();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows),
        cmocka_unit_test(test_wide),
        cmocka_unit_test(test_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
