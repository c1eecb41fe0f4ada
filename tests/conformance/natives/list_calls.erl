%% SPDX-License-Identifier: Apache-2.0
%% list_calls.erl - Natives of module lists, ++ and --.
-module(list_calls).
-export([start/0]).
-include("calls.hrl").

start() ->
    lists(),
    find(),
    [calls(erlang, F, appended()) || F <- ['++', append]],
    [calls(erlang, F, subtracted()) || F <- ['--', subtract]],
    long().

mixed() -> [a, 1, 2.0, "x", {1, 2}, <<"b">>, 1 bsl 80, [], #{a => 1}].

lists() ->
    L = mixed(),
    calls(lists, reverse, [[[], []], [[1], []], [[1, 2, 3], x], [L, L], [[1 | 2], []], [a, []], [[], a],
                           [<<>>, a], [lists:seq(1, 3000) ++ x, []]]),
    calls(lists, member, [[X, L] || X <- L] ++
              [[1.0, [1, 1.0]], [1, [1.0]], [z, L], [z, []], [z, [a | b]], [a, [a | b]], [a, b],
               ["q", lists:seq(1, 2000) ++ ["q"]], [0.0, [-0.0, 0.0]]]).

find() ->
    Long = [{I, I} || I <- lists:seq(1, 2000)],
    Arguments =
        [{a, 1, [{a, 1}]}, {1, 1, [{1.0, x}]}, {1.0, 1, [{1, x}]}, {a, 2, [{a}, b, {b, a}, {c, a}]},
         {"k", 1, [{"j"}, {"k", 3}]}, {a, 0, []}, {a, x, []}, {a, -1, [{a}]}, {a, 1 bsl 70, [{a}]},
         {a, 1, [{b} | c]}, {a, 1, c}, {a, 1, []}, {1500, 2, Long}, {nope, 2, Long}, {1999, 1, Long},
         {b, 3, [{1, 2, b}, {1, 2}]}, {a, 1.0, []}, {[], 1, [{[]}]}, {1 bsl 70, 1, [{1 bsl 70, z}]},
         {a, 1, [[a], <<"a">>, #{a => 1}, {a}]}],
    [calls(lists, F, [[K, N, T] || {K, N, T} <- Arguments]) || F <- [keyfind, keymember, keysearch]].

appended() ->
    [[[], []], [[], x], [[1], x], [[1], []], [[1, 2, 3], [4, 5]], [[1 | 2], []], [[1 | 2], [3]], [a, []],
     [a, b], [lists:seq(1, 3000), z], [lists:seq(1, 3000) ++ z, []]].

subtracted() ->
    Dozen = lists:seq(1, 30),
    [[[], []], [[1, 2, 3, 2, 1], [2, 1, 2]], [[1, 2], []], [[], [1]], [[1 | 2], [1]], [[1], [1 | 2]],
     [a, []], [[], a], [[1, 1.0, 2], [1.0]], [[a, b, "c", {d}, "c"], ["c"]],
     [lists:seq(1, 1000), lists:seq(1000, 1, -3)], [[1, 1, 1, 1], [1, 1]],
     [[{X rem 7} || X <- Dozen], [{X rem 5} || X <- Dozen]], [Dozen, lists:seq(1, 17)],
     [Dozen, lists:seq(14, 40)], [[1.0, 1, 0.0], [1, 0]]].

%% More than a slice's work.
long() ->
    L = lists:seq(1, 300000),
    checked(fun() -> lists:reverse(L) end, fun(R) -> {hd(R), length(R), lists:sum(R)} end),
    checked(fun() -> L ++ L end, fun(R) -> {length(R), lists:sum(R)} end),
    checked(fun() -> L ++ z end, fun(R) -> R =:= lists:foldr(fun(X, T) -> [X | T] end, z, L) end),
    checked(fun() -> L -- lists:seq(2, 300000, 2) end, fun(R) -> {length(R), lists:sum(R)} end),
    checked(fun() -> L -- [299999] end, fun(R) -> {length(R), lists:sum(R)} end),
    checked(fun() -> (L ++ L) -- L end, fun(R) -> R =:= L end),
    checked(fun() -> lists:member(300000, L) end, fun(R) -> R end),
    checked(fun() -> lists:member("no", L) end, fun(R) -> R end),
    Pairs = [{I} || I <- L],
    checked(fun() -> lists:keyfind(299999, 1, Pairs) end, fun(R) -> R end),
    checked(fun() -> list_to_tuple(L) end, fun(R) -> {tuple_size(R), element(1234, R)} end),
    checked(fun() -> tuple_to_list(list_to_tuple(L)) end, fun(R) -> R =:= L end).

checked(Make, Show) -> io:format("~0tp~n", [Show(Make())]).
