%% SPDX-License-Identifier: Apache-2.0
%% many_processes.erl - Ten thousand processes in a ring, a hundred thousand one after the other.
-module(many_processes).
-export([start/0]).
-include("../show.hrl").

start() ->
    ?SHOW(ring(10000, 3)),
    ?SHOW(one_by_one(100000, 0)),
    ?SHOW(at_once(5000)),
    ?SHOW(fan_in(200, 50)),
    ?SHOW(parallel_sum(64)).

%% The token counts the processes it passed.
ring(Size, Laps) ->
    Self = self(),
    First = lists:foldl(fun(_, Next) -> spawn_link(fun() -> pass(Next) end) end, Self,
                        lists:seq(1, Size)),
    Counts = [begin First ! {token, 0}, receive {token, N} -> N end end
              || _ <- lists:seq(1, Laps)],
    First ! stop,
    receive stop -> Counts end.

pass(Next) ->
    receive
        {token, N} -> Next ! {token, N + 1}, pass(Next);
        stop -> Next ! stop
    end.

one_by_one(0, Sum) -> Sum;
one_by_one(N, Sum) ->
    Self = self(),
    spawn(fun() -> Self ! {value, N} end),
    receive {value, V} -> one_by_one(N - 1, Sum + V) end.

at_once(N) ->
    Pids = [spawn_monitor(fun() -> receive {add, X} -> exit(X + 1) end end)
            || _ <- lists:seq(1, N)],
    [Pid ! {add, X} || {{Pid, _}, X} <- lists:zip(Pids, lists:seq(1, N))],
    lists:sum([receive {'DOWN', Ref, _, _, X} -> X end || {_, Ref} <- Pids]).

fan_in(Senders, Each) ->
    Self = self(),
    [spawn(fun() -> [Self ! {count, 1} || _ <- lists:seq(1, Each)] end)
     || _ <- lists:seq(1, Senders)],
    lists:sum([receive {count, N} -> N end || _ <- lists:seq(1, Senders * Each)]).

parallel_sum(N) ->
    Self = self(),
    Refs = [begin
                Ref = make_ref(),
                spawn(fun() -> Self ! {Ref, lists:sum(lists:seq(1, K * 100))} end),
                Ref
            end || K <- lists:seq(1, N)],
    lists:sum([receive {Ref, Sum} -> Sum end || Ref <- Refs]).
