%% SPDX-License-Identifier: Apache-2.0
%% map_calls.erl - Natives of module maps and what maps.erl is made of.
-module(map_calls).
-export([start/0]).
-include("calls.hrl").

start() ->
    Large = maps:from_list([{I, I} || I <- lists:seq(1, 40)]),
    Small = #{a => 1, b => 2},
    [calls(maps, F, [[a, Small], [c, Small], [1, Large], [100, Large], [a, b], [1.0, Large], [a, []]])
     || F <- [find, get, is_key]],
    [calls(maps, F, [[a, Small], [c, Small], [a, b], [1.0, Small], [a, []]]) || F <- [remove, take]],
    Full = maps:from_list([{I, I} || I <- lists:seq(1, 32)]),
    calls(maps, put, [[a, 1, Small], [a, 3, Small], [c, 3, Small], [a, b, c], [a, 1, #{}], [5, x, Full]]),
    calls(maps, update, [[a, 1, Small], [a, 3, Small], [c, 3, Small], [a, b, c], [5, x, Full]]),
    calls(maps, from_list, [[[]], [[{a, 1}]], [[{a, 1}, {b, 2}, {a, 3}]], [[{a, 1} | b]], [[{a}]], [a],
                            [[{1, a}, {1.0, b}]], [[{a, 1, 2}]], [[{I rem 20, I} || I <- lists:seq(1, 200)]]]),
    calls(maps, from_keys, [[[], 1], [[a, b, a], 1], [[a | b], 1], [a, 1]]),
    calls(maps, merge, [[Small, Small], [#{}, Small], [Small, #{}], [a, Small], [Small, a],
                        [#{c => 3}, Small], [Full, #{5 => x}]]),
    Mixed = #{1 => 2, 1.0 => 3, {} => 4, "x" => 5},
    [calls(maps, F, [[Small], [#{}], [a], [Mixed], [[]]]) || F <- [keys, values]],
    calls(erts_internal, map_next, [[0, Small, iterator], [0, Small, []], [0, Small, [x]],
                                    [0, #{}, iterator], [0, #{}, [y]], [0, 3, iterator],
                                    [a, Small, iterator], [0, Small, foo], [5, Small, []],
                                    [-1, Small, []], [1 bsl 70, Small, []]]),
    calls(erts_internal, map_to_tuple_keys, [[Small], [#{}], [Large], [3]]),
    large(Large).

%% Order is not OTP's, contents are.
large(Large) ->
    sorted(maps:to_list(maps:put(100, x, Large))),
    sorted(maps:to_list(maps:remove(20, Large))),
    sorted(maps:keys(Large)),
    sorted(maps:values(Large)),
    sorted(maps:to_list(maps:merge(Large, maps:from_keys(lists:seq(30, 60), y)))),
    sorted(walk(maps:iterator(Large))),
    Huge = maps:from_list([{{I rem 5000}, I} || I <- lists:seq(1, 20000)]),
    sorted([map_size(Huge), lists:sum(maps:values(Huge)), length(walk(maps:iterator(Huge)))]),
    long([{I, I} || I <- lists:seq(1, 30000)]).

%% More than a slice's work.
long(Pairs) ->
    Map = maps:from_list(Pairs),
    Other = maps:from_keys(lists:seq(15000, 60000), x),
    Few = maps:from_keys(lists:seq(1, 30000, 7), y),
    [sorted([lists:sort(maps:keys(M)) =:= [K || {K, _} <- L], lists:sort(maps:to_list(M)) =:= L,
             [maps:get(K, M) || K <- maps:keys(M)] =:= maps:values(M), erlang:phash2(L)])
     || M <- [Map, Other, maps:merge(Map, Other), maps:merge(Other, Map), maps:merge(Map, Few),
              maps:merge(Few, Map), maps:merge(Map, Map), maps:from_list(Pairs ++ [{I, z} || {I, _} <- Pairs])],
        L <- [lists:sort(maps:to_list(M))]],
    Bad = [fun() -> maps:from_list(Pairs ++ [a]) end, fun() -> maps:from_list(Pairs ++ b) end,
           fun() -> maps:from_keys(Pairs ++ b, c) end],
    sorted([try F() catch error:Reason -> Reason end || F <- Bad]).

sorted(List) -> io:format("~0tp~n", [lists:sort(List)]).

walk(Iterator) ->
    case maps:next(Iterator) of
        none -> [];
        {Key, Value, Next} -> [{Key, Value} | walk(Next)]
    end.
