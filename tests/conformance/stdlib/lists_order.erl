%% SPDX-License-Identifier: Apache-2.0
%% lists_order.erl - Sorting and merging in all forms: stability, mixed types, long lists.
-module(lists_order).
-export([start/0]).
-include("../show.hrl").

start() ->
    sorting(),
    keys(),
    merging(),
    long(),
    bad().

sorting() ->
    Mixed = [b, 2, "x", {1}, 1.5, <<"b">>, [], 1, {}, -1, #{}, a, {0, 0}, 2.0],
    ?SHOW(lists:sort(Mixed)),
    ?SHOW(lists:usort([3, 1, 2, 3, 1, 1.0, 2])),
    ?SHOW(lists:sort([2, 1.0, 1, 2.0])),
    ?SHOW(lists:sort(fun(A, B) -> A >= B end, [1, 3, 2, 3])),
    ?SHOW(lists:usort(fun(A, B) -> A rem 3 =< B rem 3 end, [1, 2, 3, 4, 5])),
    ?SHOW(lists:sort(fun({A, _}, {B, _}) -> A =< B end, [{2, a}, {1, b}, {2, c}, {1, d}])),
    ?SHOW(lists:sort([])),
    ?SHOW(lists:usort([x])),
    ?SHOW(lists:uniq([b, a, b, c, a])),
    ?SHOW(lists:uniq(fun(X) -> X rem 3 end, [1, 4, 2, 3, 6])).

keys() ->
    L = [{2, a}, {1, b}, {2.0, c}, {1, d}],
    ?SHOW(lists:keysort(1, L)),
    ?SHOW(lists:ukeysort(1, L)),
    ?SHOW(lists:keysort(2, L)),
    ?SHOW(lists:keymerge(1, [{1, a}, {3, b}], [{1, c}, {2, d}])),
    ?SHOW(lists:ukeymerge(1, [{1, a}, {3, b}], [{1, c}, {2, d}])).

merging() ->
    ?SHOW(lists:merge([[1, 4], [2, 5], [0, 3]])),
    ?SHOW(lists:merge([1, 3], [2, 4])),
    ?SHOW(lists:merge(fun(A, B) -> A >= B end, [3, 1], [4, 2])),
    ?SHOW(lists:merge3([1, 4], [2, 5], [0, 3])),
    ?SHOW(lists:umerge([[1, 2], [2, 3], [1, 3]])),
    ?SHOW(lists:umerge([1, 2], [2, 3])),
    ?SHOW(lists:umerge(fun(A, B) -> A >= B end, [3, 2], [2, 1])),
    ?SHOW(lists:umerge3([1, 2], [2, 3], [1, 3])).

long() ->
    L = numbers(5000, 17, []),
    Sorted = lists:sort(L),
    ?SHOW(length(Sorted)),
    ?SHOW(ascending(Sorted)),
    ?SHOW(Sorted =:= lists:sort(fun erlang:'=<'/2, L)),
    ?SHOW(lists:sort(Sorted) =:= Sorted),
    ?SHOW(lists:sort(lists:reverse(Sorted)) =:= Sorted),
    ?SHOW(length(lists:usort(L))),
    ?SHOW(erlang:phash2(Sorted)),
    Pairs = [{X rem 100, X} || X <- L],
    ?SHOW(lists:keysort(1, Pairs) =:= lists:sort(fun({A, _}, {B, _}) -> A =< B end, Pairs)),
    ?SHOW(length(lists:ukeysort(1, Pairs))).

numbers(0, _, Acc) -> Acc;
numbers(N, S, Acc) -> numbers(N - 1, (S * 7919 + 31) rem 4093, [S | Acc]).

ascending([A, B | T]) when A =< B -> ascending([B | T]);
ascending([_]) -> true;
ascending(_) -> false.

bad() ->
    ?SHOW(lists:sort(a)),
    ?SHOW(lists:sort([b, a | c])),
    ?SHOW(lists:keysort(3, [{1, 2}, {3, 4}])),
    ?SHOW(lists:keysort(0, [{1}])),
    ?SHOW(lists:usort(nofun, [1, 2])),
    ?SHOW(lists:merge([1], x)).
