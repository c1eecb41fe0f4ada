%% SPDX-License-Identifier: Apache-2.0
%% preemption.erl - Endless loops do not stop the others; priorities let everyone finish.
-module(preemption).
-export([start/0]).
-include("../show.hrl").

start() ->
    ?SHOW(beside([normal])),
    ?SHOW(beside([low])),
    ?SHOW(beside([normal, normal, low, low])),
    ?SHOW(finishing([low, normal, high, max, normal, low])),
    ?SHOW(timer_fires()),
    ?SHOW(kinds_of_loops()),
    ?SHOW(yields(1000)),
    ?SHOW(long_native()).

loop() -> loop().

%% Counts beside endless loops, then kills them.
beside(Priorities) ->
    Loops = [spawn_opt(fun loop/0, [monitor, {priority, P}]) || P <- Priorities],
    Sum = count(300000, 0),
    [exit(Pid, kill) || {Pid, _} <- Loops],
    {Sum, [receive {'DOWN', Ref, _, _, Why} -> Why end || {_, Ref} <- Loops]}.

count(0, Sum) -> Sum;
count(N, Sum) -> count(N - 1, Sum + N band 3).

finishing(Priorities) ->
    Pids = [spawn_opt(fun() -> exit(count(50000, 0)) end, [monitor, {priority, P}])
            || P <- Priorities],
    [receive {'DOWN', Ref, _, _, Sum} -> Sum end || {_, Ref} <- Pids].

timer_fires() ->
    Pid = spawn(fun loop/0),
    erlang:send_after(20, self(), enough),
    receive enough -> exit(Pid, kill), fired end.

%% Loops of other shapes: over a list, through a fun, with messages to itself, in a comprehension.
kinds_of_loops() ->
    Kinds = [fun() -> over_list(lists:seq(1, 100)) end,
             fun() -> F = fun(G) -> G(G) end, F(F) end,
             fun() -> self() ! x, to_itself() end,
             fun() -> comprehending() end,
             fun() -> polling() end,
             fun() -> throwing() end],
    Pids = [spawn_monitor(Kind) || Kind <- Kinds],
    Sum = count(200000, 0),
    [exit(Pid, stop) || {Pid, _} <- Pids],
    {Sum, [receive {'DOWN', Ref, _, _, Why} -> Why end || {_, Ref} <- Pids]}.

over_list(L) -> _ = lists:foldl(fun(X, A) -> X + A end, 0, L), over_list(L).

to_itself() -> receive x -> self() ! x, to_itself() end.

comprehending() -> _ = [X || X <- [1, 2, 3], X > 1], comprehending().

polling() -> receive never -> ok after 0 -> polling() end.

throwing() -> catch throw(x), throwing().

%% Two processes that only yield take turns and both finish.
yields(N) ->
    Pids = [spawn_monitor(fun() -> yield_times(N) end) || _ <- [1, 2]],
    [receive {'DOWN', Ref, _, _, Why} -> Why end || {_, Ref} <- Pids].

yield_times(0) -> exit(done);
yield_times(N) -> erlang:yield(), yield_times(N - 1).

%% Long natives beside a ticking process.
long_native() ->
    Self = self(),
    spawn(fun() ->
              L = lists:seq(1, 200000),
              Self ! {length, length(lists:reverse(L ++ L) -- [1, 2])}
          end),
    receive {length, N} -> N end.
