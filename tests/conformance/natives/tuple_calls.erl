%% SPDX-License-Identifier: Apache-2.0
%% tuple_calls.erl - Natives that make tuples, and tuples of lists.
-module(tuple_calls).
-export([start/0]).
-include("calls.hrl").

start() ->
    T = list_to_tuple(lists:seq(1, 100)),
    calls(erlang, setelement, [[1, {a}, b], [2, {a}, b], [0, {a}, b], [a, {a}, b], [1, a, b],
                               [1 bsl 70, {a}, b], [50, T, z], [100, T, z], [101, T, z], [1, {}, z],
                               [1.0, {a}, b]]),
    calls(erlang, make_tuple, [[0, a], [3, a], [-1, a], [a, a], [16777216, a], [1 bsl 70, x], [200, []],
                               [3, a, []], [3, a, [{1, x}, {3, y}, {1, z}]], [3, a, [{4, x}]],
                               [3, a, [{0, x}]], [3, a, [x]], [3, a, x], [3, a, [{1, x} | y]],
                               [0, a, []], [-1, a, []], [a, a, []]]),
    calls(erlang, append_element, [[{}, a], [{1, 2}, a], [a, a], [T, x]]),
    calls(erlang, insert_element, [[1, {}, a], [2, {}, a], [1, {b}, a], [2, {b}, a], [3, {b}, a],
                                   [0, {b}, a], [x, {b}, a], [50, T, a], [1, b, a]]),
    calls(erlang, delete_element, [[1, {a}], [1, {}], [2, {a, b}], [1, {a, b}], [3, {a, b}], [0, {a, b}],
                                   [a, {a}], [1, a], [50, T]]),
    calls(erlang, list_to_tuple, [[[]], [[1, 2]], [[1 | 2]], [a], [lists:seq(1, 1000)]]),
    calls(erlang, tuple_to_list, [[{}], [{1, 2}], [a], [T], [[1]], [#{}]]).
