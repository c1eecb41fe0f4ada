%% SPDX-License-Identifier: Apache-2.0
%% maps_large.erl - Maps that grow through the flat form into a tree and back; equality and order.
-module(maps_large).
-export([start/0]).
-include("../show.hrl").

start() ->
    grow(),
    shrink(),
    compare(),
    keys_of_all_types(),
    colliding().

grow() ->
    M = fill(1, 1000, #{}),
    ?SHOW(map_size(M)),
    ?SHOW(lists:sum(maps:values(M))),
    ?SHOW([maps:get(K, M) || K <- [1, 31, 32, 33, 34, 500, 1000]]),
    ?SHOW(maps:find(1001, M)),
    ?SHOW(lists:sort(maps:keys(M)) =:= lists:seq(1, 1000)),
    ?SHOW(maps:fold(fun(K, V, A) -> A + K * V end, 0, M)),
    ?SHOW(map_size(maps:filter(fun(K, _) -> K rem 10 =:= 0 end, M))),
    ?SHOW(lists:sum(maps:values(maps:map(fun(K, V) -> V - K end, M)))),
    ?SHOW(count(maps:next(maps:iterator(M)), 0)),
    ?SHOW(M =:= maps:from_list([{K, K * K} || K <- lists:seq(1000, 1, -1)])),
    ?SHOW(map_size(maps:merge(M, maps:from_keys(lists:seq(500, 1500), x)))),
    ?SHOW(erlang:phash2(M)),
    ?SHOW(maps:get(700, M#{700 := changed, 2000 => new})),
    ?SHOW(M#{2000 := changed}).

fill(K, Last, M) when K > Last -> M;
fill(K, Last, M) -> fill(K + 1, Last, M#{K => K * K}).

count(none, N) -> N;
count({_, _, Rest}, N) -> count(maps:next(Rest), N + 1).

shrink() ->
    M = lists:foldl(fun maps:remove/2, fill(1, 100, #{}), lists:seq(4, 100)),
    ?SHOW(M),
    ?SHOW(M =:= #{1 => 1, 2 => 4, 3 => 9}),
    ?SHOW(sizes(fill(1, 40, #{}), 40)).

sizes(_, 28) -> [];
sizes(M, K) ->
    Next = maps:remove(K, M),
    [{map_size(Next), Next =:= fill(1, K - 1, #{})} | sizes(Next, K - 1)].

compare() ->
    A = fill(1, 50, #{}),
    B = A#{50 := 0},
    ?SHOW(A =:= B),
    ?SHOW(A > B),
    ?SHOW(A < maps:put(51, x, B)),
    ?SHOW(#{1 => a} == #{1.0 => a}),
    ?SHOW(#{1 => 1} == #{1 => 1.0}),
    ?SHOW(#{1 => 1} =:= #{1 => 1.0}),
    ?SHOW(maps:put(51, 1, A) == maps:put(51, 1.0, A)),
    ?SHOW(#{a => 1, b => 2} < #{a => 1, c => 0}),
    ?SHOW(#{a => 1, b => 2} < #{a => 2, b => 1}),
    ?SHOW(lists:sort([#{1 => b}, #{}, #{1 => a}, #{0 => z}, #{1 => 1, 2 => 2}])).

keys_of_all_types() ->
    Keys = [1, 1.0, -1, 1 bsl 70, a, 'A b', "s", [], {}, {1, 2}, <<>>, <<1:3>>, <<"bin">>,
            #{}, #{1 => 2}, true, self()]
        ++ lists:seq(100, 120),
    M = maps:from_list([{K, erlang:phash2(K, 1)} || K <- Keys]),
    ?SHOW(map_size(M) =:= length(Keys)),
    ?SHOW(lists:all(fun(K) -> maps:is_key(K, M) end, Keys)),
    ?SHOW([maps:is_key(K, M) || K <- [2, 2.0, -1.0, "t", {1}, <<1:4>>, #{1 => 3}]]).

%% Many keys that differ only deep inside.
colliding() ->
    Keys = [{lists:duplicate(20, a), N, N * 1.0} || N <- lists:seq(1, 200)],
    M = maps:from_keys(Keys, yes),
    ?SHOW(map_size(M)),
    ?SHOW(length([K || K <- Keys, maps:get(K, M) =:= yes])),
    ?SHOW(map_size(maps:without(tl(Keys), M))).
