%% SPDX-License-Identifier: Apache-2.0
%% shared_terms.erl - persistent_term, atomics, counters by apply.
-module(shared_terms).
-export([start/0]).
-include("masked.hrl").

start() ->
    {Pid, Ref} = spawn_monitor(fun run/0),
    receive {'DOWN', Ref, process, Pid, Reason} -> value("end", Reason) end.

run() ->
    persistent(),
    atomics(),
    counters().

persistent() ->
    calls(persistent_term, get, [[nosuch], [nosuch, default], [{?MODULE, a}, [1, 2]]]),
    Terms = [1, a, "abc", {a, [b]}, binary:copy(<<"x">>, 1000), fun lists:map/2, 1.5, 1 bsl 100, #{a => [1]},
             maps:from_list([{N, N} || N <- lists:seq(1, 50)]), self(), make_ref()],
    [begin
         value("put", persistent_term:put({?MODULE, N}, T)),
         erlang:garbage_collect(),
         value("equal", persistent_term:get({?MODULE, N}) =:= T)
     end || {N, T} <- lists:zip(lists:seq(1, length(Terms)), Terms)],
    calls(persistent_term, put, [[{?MODULE, 1}, 1], [{?MODULE, 1}, 2], ["key", value], [1.0, one], [1, two]]),
    calls(persistent_term, get, [[{?MODULE, 1}], ["key"], [1.0], [1], [{?MODULE, 2}, x]]),
    Mine = [{K, V} || {{?MODULE, K}, V} <- persistent_term:get()],
    value("all", {length(Mine), lists:sort([K || {K, _} <- Mine])}),
    #{count := Count, memory := Memory} = Info = persistent_term:info(),
    value("info", {map_size(Info), Count >= length(Mine), Memory > 0}),
    %% What was read stays after it was replaced or erased.
    Old = persistent_term:get({?MODULE, 4}),
    calls(persistent_term, put, [[{?MODULE, 4}, {new, "value"}]]),
    calls(persistent_term, erase, [[{?MODULE, 4}], [{?MODULE, 4}], [nosuch], ["key"], [1.0], [1]]),
    erlang:garbage_collect(),
    value("old", Old),
    value("erased", lists:usort([persistent_term:erase({?MODULE, N}) || N <- lists:seq(1, length(Terms)), N =/= 4])),
    %% Many, and readers while they change.
    Self = self(),
    [persistent_term:put({many, N}, [N]) || N <- lists:seq(1, 1000)],
    Pid = spawn_link(fun() -> Self ! lists:all(fun(N) -> [N] =:= persistent_term:get({many, N}) end, lists:append(lists:duplicate(5, lists:seq(1, 500)))) end),
    [persistent_term:erase({many, N}) || N <- lists:seq(501, 1000)],
    value("read", receive R -> R end),
    _ = Pid,
    [persistent_term:erase({many, N}) || N <- lists:seq(1, 500)],
    value("none", [K || {{many, K}, _} <- persistent_term:get()]).

atomics() ->
    calls(atomics, new, [[0, []], [-1, []], [a, []], [1.0, []], [1, [x]], [1, x], [1, [{signed, x}]], [1 bsl 62, []], [1 bsl 70, []],
                         [1, []], [3, [{signed, false}]]]),
    S = atomics:new(3, []), U = atomics:new(3, [{signed, false}]),
    value("info", [maps:remove(memory, atomics:info(A)) || A <- [S, U]]),
    calls(atomics, info, [[x], [make_ref()], [1]]),
    Max = 1 bsl 63,
    [begin
         calls(atomics, put, [[A, 1, 5], [A, 0, 1], [A, 4, 1], [A, -1, 1], [A, a, 1], [A, 1 bsl 70, 1], [A, 1, a], [A, 1, 1.0],
                              [A, 1, Max], [A, 1, Max - 1], [A, 1, -Max], [A, 1, -Max - 1], [A, 2, 2 * Max - 1], [A, 2, 2 * Max], [A, 2, -1],
                              [x, 1, 1], [make_ref(), 1, 1]]),
         calls(atomics, get, [[A, 1], [A, 2], [A, 3], [A, 4], [A, 0], [A, a], [x, 1]]),
         calls(atomics, put, [[A, 1, 0], [A, 2, 100], [A, 3, 0]]),
         calls(atomics, add, [[A, 1, 5], [A, 1, -7], [A, 1, Max], [A, 1, 2 * Max - 1], [A, 1, 2 * Max], [A, 1, -Max], [A, 1, -Max - 1],
                              [A, 9, 1], [A, 1, a], [A, 1, 1.5], [x, 1, 1]]),
         calls(atomics, get, [[A, 1]]),
         calls(atomics, add_get, [[A, 2, 1], [A, 2, -201], [A, 2, Max], [A, 2, a], [A, 0, 1], [x, 1, 1]]),
         calls(atomics, sub, [[A, 2, 1], [A, 2, a], [A, 0, 1]]),
         calls(atomics, sub_get, [[A, 2, 1], [A, 2, a], [A, 0, 1]]),
         calls(atomics, exchange, [[A, 3, 7], [A, 3, 8], [A, 3, a], [A, 0, 1], [A, 3, -1], [A, 3, Max], [x, 1, 1]]),
         calls(atomics, put, [[A, 3, 8]]),
         calls(atomics, compare_exchange, [[A, 3, 8, 9], [A, 3, 8, 10], [A, 3, a, 1], [A, 3, 9, a], [A, 0, 1, 1], [x, 1, 1, 1],
                                           [A, 3, -1, 1], [A, 3, Max, 1]])
     end || A <- [S, U]],
    %% Four processes count together.
    N = atomics:new(1, []),
    Self = self(),
    [spawn_link(fun() -> [atomics:add(N, 1, 1) || _ <- lists:seq(1, 10000)], Self ! done end) || _ <- [1, 2, 3, 4]],
    [receive done -> ok end || _ <- [1, 2, 3, 4]],
    value("sum", atomics:get(N, 1)),
    %% The array lives as long as somebody knows it.
    Ref = self(),
    spawn_link(fun() -> A = atomics:new(2, []), atomics:put(A, 1, 42), Ref ! A end),
    A1 = receive M -> M end,
    erlang:garbage_collect(),
    value("kept", atomics:get(A1, 1)).

counters() ->
    calls(counters, new, [[0, []], [a, []], [1, [x]], [1, x], [0, [write_concurrency]], [-1, [atomics]], [3, []], [3, [atomics]],
                          [3, [write_concurrency]], [1 bsl 70, [write_concurrency]]]),
    [begin
         C = counters:new(3, [Kind]),
         value("info", maps:get(size, counters:info(C))),
         calls(counters, add, [[C, 1, 5], [C, 1, -7], [C, 1, 1 bsl 63], [C, 0, 1], [C, 4, 1], [C, 1, a], [x, 1, 1], [C, a, 1]]),
         calls(counters, sub, [[C, 2, 5], [C, 2, -7], [C, 0, 1], [C, 1, a], [x, 1, 1]]),
         calls(counters, get, [[C, 1], [C, 2], [C, 3], [C, 4], [C, a], [x, 1]]),
         calls(counters, put, [[C, 3, 9], [C, 3, -(1 bsl 63)], [C, 3, 1 bsl 63], [C, 0, 1], [C, 3, a], [x, 1, 1]]),
         calls(counters, info, [[x], [make_ref()]])
     end || Kind <- [atomics, write_concurrency]],
    calls(erts_internal, counters_get, [[x, 1], [make_ref(), 1]]),
    calls(erts_internal, counters_put, [[x, 1, 1]]),
    calls(erts_internal, counters_add, [[x, 1, 1]]),
    calls(erts_internal, counters_info, [[x]]),
    calls(erts_internal, counters_new, [[x], [0]]),
    calls(erts_internal, atomics_new, [[x, 1], [0, 1], [1, x]]).
