%% SPDX-License-Identifier: Apache-2.0
%% maps_basic.erl - The functions of maps on small maps: results sorted, bad keys, bad maps.
-module(maps_basic).
-export([start/0]).
-include("../show.hrl").

start() ->
    M = #{1 => one, two => 2, "three" => 3.0, {4} => <<"4">>},
    ?SHOW(sorted(M)),
    ?SHOW(maps:get(two, M)),
    ?SHOW(maps:get(none, M, default)),
    ?SHOW(maps:find({4}, M)),
    ?SHOW(maps:find(1.0, M)),
    ?SHOW(maps:is_key("three", M)),
    ?SHOW(maps:is_key(three, M)),
    ?SHOW(maps:size(M)),
    ?SHOW(sorted(maps:put(1, new, M))),
    ?SHOW(sorted(maps:put(1.0, new, M))),
    ?SHOW(sorted(maps:update(1, new, M))),
    ?SHOW(sorted(maps:remove(1, M))),
    ?SHOW(sorted(maps:remove(absent, M))),
    ?SHOW(taken(maps:take(two, M))),
    ?SHOW(maps:take(three, M)),
    ?SHOW(lists:sort(maps:keys(M))),
    ?SHOW(lists:sort(maps:values(M))),
    ?SHOW(sorted(maps:merge(#{a => 1, b => 2}, #{b => 3, c => 4}))),
    ?SHOW(sorted(maps:merge_with(fun(K, A, B) -> {K, A, B} end,
                                 #{a => 1, b => 2}, #{b => 3, c => 4}))),
    ?SHOW(sorted(maps:from_list([{a, 1}, {b, 2}, {a, 3}]))),
    ?SHOW(sorted(maps:from_keys([x, y, x], 0))),
    ?SHOW(sorted(maps:with([a, c, z], #{a => 1, b => 2, c => 3}))),
    ?SHOW(sorted(maps:without([a, z], #{a => 1, b => 2, c => 3}))),
    ?SHOW(sorted(maps:intersect(#{a => 1, b => 2}, #{b => 3, c => 4}))),
    ?SHOW(sorted(maps:intersect_with(fun(_, A, B) -> A + B end,
                                     #{a => 1, b => 2}, #{b => 3, c => 4}))),
    funs(#{1 => 10, 2 => 20, 3 => 30}),
    bad().

sorted(M) -> lists:sort(maps:to_list(M)).

taken({Value, M}) -> {Value, sorted(M)}.

funs(M) ->
    ?SHOW(maps:map(fun(K, V) -> K + V end, M)),
    ?SHOW(maps:filter(fun(K, _) -> K > 1 end, M)),
    ?SHOW(maps:filtermap(fun(K, V) -> K =/= 2 andalso {true, V + 1} end, M)),
    ?SHOW(maps:fold(fun(K, V, A) -> K * V + A end, 0, M)),
    ?SHOW(maps:foreach(fun(K, V) -> put(K, V) end, M)),
    ?SHOW([get(1), get(2), get(3)]),
    ?SHOW(maps:groups_from_list(fun(X) -> X rem 3 end, [1, 2, 3, 4, 5])),
    ?SHOW(maps:groups_from_list(fun(X) -> X rem 2 end, fun(X) -> -X end, [1, 2, 3])),
    ?SHOW(maps:update_with(2, fun(V) -> V + 1 end, M)),
    ?SHOW(maps:update_with(9, fun(V) -> V + 1 end, first, M)),
    ?SHOW(maps:update_with(9, fun(V) -> V + 1 end, M)),
    ?SHOW(maps:next(maps:iterator(#{}))),
    ?SHOW(walk(maps:next(maps:iterator(M)))).

walk(none) -> [];
walk({K, V, Rest}) -> lists:sort([{K, V} | walk(maps:next(Rest))]).

bad() ->
    ?SHOW(maps:get(none, #{1 => 2})),
    ?SHOW(maps:update(none, x, #{1 => 2})),
    ?SHOW(maps:get(a, nomap)),
    ?SHOW(maps:get(a, nomap, b)),
    ?SHOW(maps:find(a, [])),
    ?SHOW(maps:is_key(a, {})),
    ?SHOW(maps:put(a, b, 1)),
    ?SHOW(maps:update(a, b, 1)),
    ?SHOW(maps:remove(a, 1)),
    ?SHOW(maps:take(a, 1)),
    ?SHOW(maps:keys(a)),
    ?SHOW(maps:values(a)),
    ?SHOW(maps:to_list(a)),
    ?SHOW(maps:size(a)),
    ?SHOW(maps:merge(#{}, a)),
    ?SHOW(maps:merge(a, #{})),
    ?SHOW(maps:from_list([a])),
    ?SHOW(maps:from_list([{a, 1} | b])),
    ?SHOW(maps:from_keys(a, 1)),
    ?SHOW(maps:map(a, #{})),
    ?SHOW(maps:fold(fun(_, _, _) -> 0 end, 0, x)),
    ?SHOW(maps:with([a], x)),
    ?SHOW(maps:without(a, #{})),
    ?SHOW(maps:iterator(x)),
    ?SHOW(maps:next(x)),
    ?SHOW(maps:filter(fun(_, _) -> maybe_so end, #{1 => 2})).
