%% SPDX-License-Identifier: Apache-2.0
%% set_modules.erl - sets (both versions), ordsets and gb_sets: the same answers.
-module(set_modules).
-export([start/0]).
-include("../show.hrl").

start() ->
    [module(Module, New) || {Module, New} <- makers()],
    versions(),
    big().

makers() ->
    [{sets, fun(L) -> sets:from_list(L) end},
     {sets, fun(L) -> sets:from_list(L, [{version, 2}]) end},
     {ordsets, fun ordsets:from_list/1},
     {gb_sets, fun gb_sets:from_list/1}].

module(M, New) ->
    io:format("~w~n", [M]),
    A = New([c, a, b, a]),
    B = New([b, d]),
    List = fun(Set) -> lists:sort(M:to_list(Set)) end,
    ?SHOW(List(A)),
    ?SHOW(M:size(A)),
    ?SHOW(M:is_element(a, A)),
    ?SHOW(M:is_element(z, A)),
    ?SHOW(List(M:add_element(e, A))),
    ?SHOW(List(M:add_element(a, A))),
    ?SHOW(List(M:del_element(a, A))),
    ?SHOW(List(M:del_element(z, A))),
    ?SHOW(List(M:union(A, B))),
    ?SHOW(List(M:union([A, B, New([x])]))),
    ?SHOW(List(M:intersection(A, B))),
    ?SHOW(List(M:intersection([A, B, New([b, x])]))),
    ?SHOW(List(M:subtract(A, B))),
    ?SHOW(M:is_subset(New([a, b]), A)),
    ?SHOW(M:is_subset(A, B)),
    ?SHOW(M:is_disjoint(A, B)),
    ?SHOW(M:is_disjoint(A, New([x, y]))),
    ?SHOW(lists:sort(M:fold(fun(E, Acc) -> [E | Acc] end, [], A))),
    ?SHOW(List(M:filter(fun(E) -> E > a end, A))),
    ?SHOW(M:is_empty(New([]))),
    ?SHOW(M:is_empty(A)),
    ?SHOW(M:is_set(A)),
    ?SHOW(M:is_set(foo)),
    ?SHOW(List(New([1, 1.0, 2]))),
    ?SHOW(M:union([])),
    ?SHOW(M:add_element(a, {bad, set})).

versions() ->
    One = sets:from_list([a, b], [{version, 1}]),
    Two = sets:from_list([b, c], [{version, 2}]),
    ?SHOW(lists:sort(sets:to_list(sets:union(One, Two)))),
    ?SHOW(sets:to_list(sets:intersection(One, Two))),
    ?SHOW(sets:new([{version, 2}])).

big() ->
    L = [N * 31 rem 1999 || N <- lists:seq(1, 3000)],
    Sizes = [begin Set = New(L), M:size(Set) end || {M, New} <- makers()],
    ?SHOW(Sizes),
    S = lists:foldl(fun sets:del_element/2, sets:from_list(L), lists:seq(3, 1998)),
    ?SHOW(lists:sort(sets:to_list(S))).
