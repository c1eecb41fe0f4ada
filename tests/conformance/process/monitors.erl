%% SPDX-License-Identifier: Apache-2.0
%% monitors.erl - monitor and demonitor: names, the dead, options, several at once, info and flush.
-module(monitors).
-export([start/0]).
-include("../show.hrl").

start() ->
    basic(),
    names(),
    removing(),
    spawn_monitors(),
    in_order(),
    bad().

worker() -> spawn(fun() -> receive {stop, Why} -> exit(Why) end end).

basic() ->
    A = worker(),
    R1 = monitor(process, A),
    R2 = monitor(process, A),
    ?SHOW(R1 =/= R2),
    ?SHOW(process_info(self(), monitors) =:= {monitors, [{process, A}, {process, A}]}),
    ?SHOW(process_info(A, monitored_by) =:= {monitored_by, [self(), self()]}),
    A ! {stop, done},
    ?SHOW(receive {'DOWN', R1, process, A, Why1} -> Why1 end),
    ?SHOW(receive {'DOWN', R2, process, A, Why2} -> Why2 end),
    R3 = monitor(process, A),
    ?SHOW(receive {'DOWN', R3, process, A, Why3} -> Why3 end),
    R4 = monitor(process, A, [{tag, {my, tag}}]),
    ?SHOW(receive {{my, tag}, R4, process, A, Why4} -> Why4 end),
    Self = monitor(process, self()),
    ?SHOW(is_reference(Self)),
    ?SHOW(demonitor(Self)).

names() ->
    A = worker(),
    register(monitored_name, A),
    R1 = monitor(process, monitored_name),
    R2 = monitor(process, {monitored_name, node()}),
    A ! {stop, named},
    Named = {monitored_name, node()},
    ?SHOW(receive {'DOWN', R1, process, Object1, Why1} -> {Object1 =:= Named, Why1} end),
    ?SHOW(receive {'DOWN', R2, process, Object2, Why2} -> {Object2 =:= Named, Why2} end),
    R3 = monitor(process, monitored_name),
    ?SHOW(receive {'DOWN', R3, process, {Name, _}, Why3} -> {Name, Why3} end).

removing() ->
    A = worker(),
    R1 = monitor(process, A),
    ?SHOW(demonitor(R1)),
    ?SHOW(demonitor(R1)),
    ?SHOW(demonitor(R1, [info])),
    R2 = monitor(process, A),
    ?SHOW(demonitor(R2, [info])),
    R3 = monitor(process, A),
    R4 = monitor(process, A),
    A ! {stop, bye},
    receive {'DOWN', R4, _, _, _} -> ok end,
    ?SHOW(demonitor(R3, [flush])),
    ?SHOW(receive {'DOWN', R3, _, _, _} -> still_there after 0 -> flushed end),
    R5 = monitor(process, A),
    ?SHOW(receive {'DOWN', R5, _, _, noproc} -> demonitor(R5, [info]) end),
    R6 = monitor(process, A),
    ?SHOW(begin timer:sleep(1), demonitor(R6, [flush, info]) end),
    ?SHOW(receive Any -> Any after 0 -> empty end).

spawn_monitors() ->
    {P1, R1} = spawn_monitor(fun() -> exit(one) end),
    ?SHOW(receive {'DOWN', R1, process, P1, Why1} -> Why1 end),
    {P2, R2} = spawn_monitor(erlang, exit, [two]),
    ?SHOW(receive {'DOWN', R2, process, P2, Why2} -> Why2 end),
    {P3, R3} = spawn_opt(fun() -> exit(three) end, [monitor]),
    ?SHOW(receive {'DOWN', R3, process, P3, Why3} -> Why3 end),
    {P4, R4} = spawn_opt(erlang, exit, [four], [{monitor, [{tag, 'GONE'}]}]),
    ?SHOW(receive {'GONE', R4, process, P4, Why4} -> Why4 end),
    Pids = [spawn_monitor(fun() -> exit(N) end) || N <- lists:seq(1, 500)],
    ?SHOW(lists:sum([receive {'DOWN', R, process, P, N} -> N end || {P, R} <- Pids])).

%% Who waits for many in the order in which they were made finds the next at the queue's start.
in_order() ->
    A = worker(),
    Refs = [monitor(process, A) || _ <- lists:seq(1, 200)],
    Kept = [R || {R, N} <- lists:zip(Refs, lists:seq(1, 200)), N rem 3 =/= 0 orelse demonitor(R) =/= true],
    A ! {stop, all},
    Told = [receive {'DOWN', R, process, A, all} -> R end || _ <- Kept],
    ?SHOW(Told =:= Kept),
    B = worker(),
    Me = self(),
    Watchers = [spawn(fun() -> monitor(process, B), Me ! self(), receive stop -> ok end end)
                || _ <- lists:seq(1, 20)],
    [receive W -> ok end || W <- Watchers],
    ?SHOW(lists:sort(monitored_by(B, 20)) =:= lists:sort(Watchers)),
    B ! {stop, normal},
    [W ! stop || W <- Watchers].

%% Signals of several senders come in any order.
monitored_by(Pid, Count) ->
    case process_info(Pid, monitored_by) of
        {monitored_by, By} when length(By) >= Count -> By;
        _ -> erlang:yield(), monitored_by(Pid, Count)
    end.

bad() ->
    ?SHOW(monitor(process, 1)),
    ?SHOW(monitor(nothing, self())),
    ?SHOW(monitor(process, self(), [nope])),
    ?SHOW(monitor(process, self(), x)),
    ?SHOW(demonitor(a)),
    ?SHOW(demonitor(make_ref(), [nope])),
    ?SHOW(demonitor(make_ref())),
    ?SHOW(spawn_monitor(a)).
