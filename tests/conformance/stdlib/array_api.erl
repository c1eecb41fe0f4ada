%% SPDX-License-Identifier: Apache-2.0
%% array_api.erl - array: fixed and growing, default values, sparse folds, conversion, bad indexes.
-module(array_api).
-export([start/0]).
-include("../show.hrl").

start() ->
    A = array:from_list([a, b, c]),
    ?SHOW(array:to_list(A)),
    ?SHOW(array:size(A)),
    ?SHOW(array:get(1, A)),
    ?SHOW(array:get(99, A)),
    ?SHOW(array:default(A)),
    ?SHOW(array:is_fix(A)),
    ?SHOW(array:to_list(array:set(5, f, A))),
    ?SHOW(array:sparse_to_list(array:set(5, f, A))),
    ?SHOW(array:to_list(array:reset(1, A))),
    ?SHOW(array:size(array:resize(10, A))),
    ?SHOW(array:to_list(array:resize(2, A))),
    ?SHOW(array:size(array:resize(array:reset(2, A)))),
    ?SHOW(array:to_orddict(A)),
    ?SHOW(array:sparse_to_orddict(array:set(40, z, A))),
    ?SHOW(array:to_list(array:from_orddict([{1, x}, {3, y}], none))),
    ?SHOW(array:map(fun(I, V) -> {I, V} end, A) =:= array:from_list([{0, a}, {1, b}, {2, c}])),
    ?SHOW(array:to_list(array:sparse_map(fun(_, V) -> [V] end, array:set(4, e, A)))),
    ?SHOW(array:foldl(fun(I, V, Acc) -> [{I, V} | Acc] end, [], A)),
    ?SHOW(array:foldr(fun(I, V, Acc) -> [{I, V} | Acc] end, [], A)),
    ?SHOW(array:sparse_foldl(fun(I, _, Acc) -> I + Acc end, 0, array:set(40, z, A))),
    ?SHOW(array:sparse_foldr(fun(I, _, Acc) -> [I | Acc] end, [], array:set(40, z, A))),
    ?SHOW(array:sparse_size(array:set(40, array:default(A), A))),
    ?SHOW(array:is_array(A)),
    ?SHOW(array:is_array([])),
    ?SHOW(array:to_list(array:relax(array:new(2, {default, 0})))),
    fixed(),
    big().

fixed() ->
    F = array:new([{size, 3}, {default, 0}, {fixed, true}]),
    ?SHOW(array:to_list(F)),
    ?SHOW(array:is_fix(F)),
    ?SHOW(array:set(2, x, F) =:= array:from_list([0, 0, x], 0)),
    ?SHOW(array:get(3, F)),
    ?SHOW(array:set(3, x, F)),
    ?SHOW(array:get(-1, F)),
    ?SHOW(array:set(x, y, F)),
    ?SHOW(array:new(-1)),
    ?SHOW(array:new([unknown])),
    ?SHOW(array:from_list(x)),
    ?SHOW(array:size(notarray)).

big() ->
    A = lists:foldl(fun(I, Acc) -> array:set(I, I * I, Acc) end, array:new({default, -1}),
                    lists:seq(0, 5000, 3)),
    ?SHOW(array:size(A)),
    ?SHOW([array:get(I, A) || I <- [0, 1, 3, 999, 4998, 4999]]),
    ?SHOW(array:sparse_foldl(fun(_, V, Sum) -> V + Sum end, 0, A)),
    ?SHOW(array:foldl(fun(_, V, Sum) -> V + Sum end, 0, A)).
