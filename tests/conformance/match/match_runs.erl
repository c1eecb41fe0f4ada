%% SPDX-License-Identifier: Apache-2.0
%% match_runs.erl - ets: compiled match specifications, over lists of any length.
-module(match_runs).
-export([start/0]).
-include("../natives/masked.hrl").

start() ->
    One = ets:match_spec_compile([{{'$1'}, [], ['$1']}]),
    calls(ets, match_spec_compile, [[[{'_', [], [true]}]], [[{'_', [], ['$1']}]], [[]], [a], [[{a, b}]], [[{'_', [], [true]} | x]]]),
    calls(ets, is_compiled_ms, [[One], [a], [<<>>], [make_ref()], [[{'_', [], [true]}]]]),
    calls(ets, match_spec_run_r, [[[{1}, {2}, x, {3}], One, [q]], [[{1}, {2} | y], One, []], [a, One, []], [[], One, q], [[{1}], One, q], [[{1}], a, []],
                                  [[{1}], make_ref(), []], [[], a, []]]),
    value("run", ets:match_spec_run([{1}, {2}, x, {3}, {{4, [5]}}, {<<"six">>}], One)),
    calls(ets, test_ms, [[{1, 2}, [{{'$1', '$2'}, [], ['$1']}]], [x, [{{'$1', '$2'}, [], ['$1']}]], [{1}, [{{'$1', '$2'}, [], ['$1']}]], [{1}, [{{'$1'}, [], ['$2']}]],
                         [{1}, x]]),
    long(),
    deep(),
    transformed().

%% More than one slice, more than one collection.
long() ->
    N = 200000,
    Program = ets:match_spec_compile([{{'$1', '$2'}, [{'>', '$2', 50}], [{{'$2', '$1', [x, '$_']}}]}, {{'$1', '_'}, [{'==', {'rem', '$1', 2}, 0}], ['$1']}]),
    List = [{I, I rem 100} || I <- lists:seq(1, N)],
    Found = ets:match_spec_run(List, Program),
    value("long", {length(Found), erlang:phash2(Found), lists:last(Found)}),
    Expected = lists:flatmap(fun({A, B}) when B > 50 -> [{B, A, [x, {A, B}]}]; ({A, _}) when A rem 2 =:= 0 -> [A]; (_) -> [] end, List),
    value("same", Found =:= Expected).

%% Specifications of any depth and length.
deep() ->
    Deep = lists:foldl(fun(_, A) -> [A] end, '$1', lists:seq(1, 100000)),
    Row = lists:foldl(fun(_, A) -> [A] end, x, lists:seq(1, 100000)),
    value("deep pattern", erlang:match_spec_test({Row}, [{{Deep}, [], ['$$']}], table)),
    value("deep constant", erlang:match_spec_test({Row}, [{{Row}, [], [ok]}], table)),
    Nested = fun(Inner) -> lists:foldl(fun(_, A) -> [A] end, Inner, lists:seq(1, 100)) end,
    {ok, Value, [], []} = erlang:match_spec_test({7}, [{{'$1'}, [], [Nested('$1')]}], table),
    value("deep body", Value =:= Nested(7)),
    Long = lists:duplicate(100000, '_') ++ '$1',
    value("long pattern", erlang:match_spec_test({lists:seq(1, 100001)}, [{{Long}, [], ['$1']}], table)),
    Wide = list_to_tuple(['$1' | lists:duplicate(1000, a)]),
    value("wide", erlang:match_spec_test(setelement(1, Wide, x), [{Wide, [], ['$1']}], table)),
    Sum = lists:foldl(fun(_, A) -> {'+', A, '$1'} end, 0, lists:seq(1, 50)),
    value("sum", erlang:match_spec_test({3}, [{{'$1'}, [{'==', Sum, 150}], [Sum]}], table)),
    Many = [{{N}, [], [N + 1]} || N <- lists:seq(1, 5000)],
    value("many clauses", erlang:match_spec_test({4711}, Many, table)).

%% What the compiler makes of funs.
-include_lib("stdlib/include/ms_transform.hrl").
transformed() ->
    M1 = ets:fun2ms(fun({A, B, C}) when A > 3, B =/= x; is_list(C) -> {A, [B | C]} end),
    M2 = ets:fun2ms(fun({A, #{k := V}} = O) when is_map_key(k, V) orelse V > 5, abs(A) < 10 -> {O, V, A + 1} end),
    value("fun2ms", {M1, M2}),
    value("rows", [ets:test_ms(R, M1) || R <- [{4, y, []}, {4, x, 1}, {1, x, "abc"}, {5, z, z}, {5}]]),
    value("rows", [ets:test_ms(R, M2) || R <- [{4, #{k => 6}}, {40, #{k => 6}}, {4, #{k => #{k => 1}}}, {4, #{}}, {4, #{k => 1}}]]).
