%% SPDX-License-Identifier: Apache-2.0
%% ets_objects.erl - ets: inserting, looking up, updating and deleting objects of each type of table.
-module(ets_objects).
-export([start/0]).
-include("masked.hrl").

start() ->
    Dead = ets:new(dead, []),
    ets:delete(Dead),
    Tables = [ets:new(T, [T]) || T <- [set, bag, duplicate_bag, ordered_set]] ++ [ets:new(k, [{keypos, 2}])],
    [begin
         io:format("---- ~p~n", [try ets:info(T, type) catch error:badarg -> none end]),
         objects(T),
         updates(T),
         counters(T)
     end || T <- Tables ++ [Dead, nosuch, 1]],
    keys(),
    copies(),
    slots().

objects(T) ->
    calls(ets, insert, [[T, {1, 2}], [T, x], [T, [{1}, x]], [T, {}], [T, []], [T, [{1} | 2]], [T, [{7, 8}, {9, 8}]], [T, {}]]),
    calls(ets, lookup, [[T, 1], [T, 2], [T, nokey], [T, 1.0]]),
    calls(ets, lookup_element, [[T, 1, 2], [T, 1, 9], [T, nokey, 2], [T, 1, 0], [T, 1, x], [T, 1, -1], [T, 1, 1 bsl 70]]),
    calls(ets, member, [[T, 1], [T, nokey]]),
    [begin ets:delete(T, K), ok end || T =/= 1, T =/= nosuch, ets:info(T) =/= undefined, K <- [7, 9, 8]],
    calls(ets, first, [[T]]),
    calls(ets, last, [[T]]),
    calls(ets, next, [[T, 1], [T, nokey]]),
    calls(ets, prev, [[T, 1], [T, nokey]]),
    calls(ets, take, [[T, nokey], [T, 1], [T, 1]]),
    calls(ets, insert, [[T, [{1, a}, {1, b}, {1, a}, {2, c}]]]),
    calls(ets, lookup, [[T, 1]]),
    calls(ets, delete_object, [[T, {1, a}], [T, {1, z}], [T, x], [T, {}], [T, [{1, b}]]]),
    calls(ets, lookup, [[T, 1]]),
    calls(ets, delete, [[T, 1], [T, 1], [T, nokey], [T, a], [T, b], [T, c], [T, 2]]),
    calls(ets, insert_new, [[T, {1, 5}], [T, {1, 5}], [T, [{1, 5}, {2, 3}]], [T, [{3, 4}, {3, 6}]], [T, x], [T, [x]], [T, []]]),
    value("both", try lists:sort(ets:lookup(T, 3)) catch error:E -> E end),
    calls(ets, delete_all_objects, [[T]]).

updates(T) ->
    calls(ets, insert, [[T, {1, 2, "x", 4}]]),
    calls(ets, update_element,
          [[T, 1, {3, a}], [T, 2, {3, b}], [T, nokey, {2, 3}], [T, 1, {1, 5}], [T, 2, {2, 5}], [T, 1, {5, 5}], [T, 1, {0, 5}],
           [T, 1, x], [T, 2, x], [T, 1, [x]], [T, 1, {3}], [T, 1, []], [T, 1, [{3, [c]}, {4, "d"}]], [T, 1, [{3, e}, {3, f}]],
           [T, 1, [{3, g}, {9, h}]], [T, 2, [{3, g}, {9, h}]], [T, 1, [{3, g} | h]]]),
    calls(ets, match_object, [[T, '_']]),
    calls(ets, delete_all_objects, [[T]]).

counters(T) ->
    calls(ets, insert, [[T, {1, 2, "x", 4}]]),
    calls(ets, update_counter,
          [[T, 1, 1], [T, 2, 1], [T, 1, {4, 5}], [T, 2, {4, 5}], [T, 1, {3, 1}], [T, 1, {5, 1}], [T, 1, {0, 1}], [T, 1, {1, 1}],
           [T, 2, {2, 1}], [T, nokey, 1], [T, 1, x], [T, 1, {4, x}], [T, 1, []], [T, 1, [x]], [T, 1, [{4, 1}, {4, 1}]],
           [T, 1, [{4, 1}, {3, 1}]], [T, 1, {4, 5, 20, 3}], [T, 1, {4, 5, 20, 3}], [T, 1, {4, -5, 0, 3}], [T, 1, {4, -5, 2, 30}],
           [T, 1, {4, 5, x, 3}], [T, 1, {4, 5, 3, x}], [T, 1, {4, 5, 3}], [T, 1, {4, 1 bsl 80}], [T, 1, {4, 0}], [T, 1, {4, -(1 bsl 80)}],
           [T, 1, [{4, 1} | x]], [T, nokey2, {4, 1}, {a, 1, 2}], [T, nokey, {3, 1}, {a, 1, 2}], [T, nokey, {3, 1}, {a, 1, 2}],
           [T, nokey3, {2, 1}, x], [T, nokey3, {2, 1}, {1}], [T, nokey3, [], {a, x, 2}], [T, nokey3, {2, 1}, []],
           [T, nokey4, {4, 1, 0, 9}, {a, 1, 2, 3}]]),
    calls(ets, delete_all_objects, [[T]]).

%% Keys that are equal, or nearly.
keys() ->
    Keys = [1, 1.0, -0.0, 0.0, 0, a, "a", <<"a">>, {a}, [a], 1 bsl 70, 1.5, <<1:3>>, #{}, #{a => 1}, #{a => 1.0}, {1}, {1.0}],
    [begin
         T = ets:new(t, [Type]),
         ets:insert(T, [{K, N} || {K, N} <- lists:zip(Keys, lists:seq(1, length(Keys)))]),
         value(Type, {ets:info(T, size), [ets:lookup(T, K) || K <- Keys]}),
         ets:delete(T)
     end || Type <- [set, ordered_set]],
    T = ets:new(t, [ordered_set]),
    ets:insert(T, [{K} || K <- Keys]),
    value("in order", ets:tab2list(T)),
    value("ends", [ets:first(T), ets:last(T), ets:next(T, 0.5), ets:prev(T, 0.5), ets:next(T, {0}), ets:prev(T, -1)]).

%% What is in a table is a copy, and what comes out of it too.
copies() ->
    T = ets:new(t, []),
    Large = binary:copy(<<"0123456789">>, 100),
    Fun = fun(X) -> X + byte_size(Large) end,
    Terms = [Large, binary:part(Large, 10, 50), <<Large/binary, 1:3>>, Fun, fun lists:map/2, self(), make_ref(), 1.5, -(1 bsl 200),
             maps:from_list([{N, N} || N <- lists:seq(1, 100)]), lists:seq(1, 300), [a | b], "", {}],
    ets:insert(T, [{N, X} || {N, X} <- lists:zip(lists:seq(1, length(Terms)), Terms)]),
    erlang:garbage_collect(),
    Out = [X || {N, _} <- lists:zip(lists:seq(1, length(Terms)), Terms), {_, X} <- ets:lookup(T, N)],
    ets:delete(T),
    erlang:garbage_collect(),
    value("equal", Out =:= Terms),
    value("fun", (lists:nth(4, Out))(1)).

slots() ->
    T = ets:new(t, [ordered_set]),
    ets:insert(T, [{N} || N <- [3, 1, 2]]),
    calls(ets, slot, [[T, 0], [T, 1], [T, 2], [T, 3], [T, 4], [T, -1], [T, x], [nosuch, 0], [1, 0]]),
    S = ets:new(t, []),
    ets:insert(S, [{N} || N <- lists:seq(1, 100)]),
    value("all slots", lists:sort(slots(S, 0))),
    calls(ets, slot, [[S, 1 bsl 30], [S, a]]).

slots(T, N) ->
    case ets:slot(T, N) of
        '$end_of_table' -> [];
        Objects -> Objects ++ slots(T, N + 1)
    end.
