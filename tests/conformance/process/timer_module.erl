%% SPDX-License-Identifier: Apache-2.0
%% timer_module.erl - timer: conversions, tc, sleep, apply_after, send_after, intervals, cancel.
-module(timer_module).
-export([start/0, note/2]).
-include("../show.hrl").

start() ->
    ?SHOW([timer:seconds(2), timer:minutes(2), timer:hours(2), timer:hms(1, 2, 3)]),
    ?SHOW(timer:now_diff({1, 2, 3}, {1, 1, 1})),
    tc(),
    ?SHOW(timer:sleep(1)),
    ?SHOW(timer:sleep(0)),
    single(),
    intervals(),
    kills(),
    bad().

tc() ->
    {T1, V1} = timer:tc(fun() -> done end),
    ?SHOW({is_integer(T1), T1 >= 0, V1}),
    {T2, V2} = timer:tc(fun(X) -> X + 1 end, [1]),
    ?SHOW({is_integer(T2), V2}),
    {T3, V3} = timer:tc(lists, reverse, [[1, 2]]),
    ?SHOW({is_integer(T3), V3}),
    {T4, _} = timer:tc(timer, sleep, [20]),
    ?SHOW(T4 >= 20000),
    ?SHOW(timer:tc(fun() -> exit(inside) end)).

note(Pid, What) -> Pid ! {noted, What}.

noted() -> receive {noted, What} -> What after 2000 -> nothing end.

single() ->
    {ok, R1} = timer:apply_after(1, ?MODULE, note, [self(), applied]),
    ?SHOW(is_tuple(R1)),
    ?SHOW(noted()),
    {ok, _} = timer:send_after(1, {noted, sent}),
    ?SHOW(noted()),
    {ok, _} = timer:send_after(1, self(), {noted, sent_to_pid}),
    ?SHOW(noted()),
    register(timer_module_test, self()),
    {ok, _} = timer:send_after(1, timer_module_test, {noted, sent_to_name}),
    ?SHOW(noted()),
    unregister(timer_module_test),
    {ok, R2} = timer:send_after(60000, {noted, never}),
    ?SHOW(timer:cancel(R2)),
    {ok, R3} = timer:apply_after(60000, ?MODULE, note, [self(), never]),
    ?SHOW(timer:cancel(R3)),
    ?SHOW(receive {noted, X} -> X after 20 -> silent end).

intervals() ->
    {ok, R1} = timer:send_interval(5, {noted, tick}),
    ?SHOW([noted(), noted(), noted()]),
    ?SHOW(timer:cancel(R1)),
    flush(),
    {ok, R2} = timer:apply_interval(5, ?MODULE, note, [self(), applied]),
    ?SHOW([noted(), noted()]),
    ?SHOW(timer:cancel(R2)),
    timer:sleep(20),
    flush(),
    ?SHOW(receive {noted, X} -> X after 30 -> silent end).

flush() -> receive {noted, _} -> flush() after 0 -> ok end.

kills() ->
    {P1, M1} = spawn_monitor(fun() -> receive never -> ok end end),
    {ok, _} = timer:kill_after(1, P1),
    ?SHOW(receive {'DOWN', M1, _, _, Why} -> Why end),
    {P2, M2} = spawn_monitor(fun() -> receive never -> ok end end),
    {ok, _} = timer:exit_after(1, P2, {time, is_up}),
    ?SHOW(receive {'DOWN', M2, _, _, Why} -> Why end).

bad() ->
    ?SHOW(timer:sleep(a)),
    ?SHOW(timer:send_after(-1, x)),
    ?SHOW(timer:send_after(a, x)),
    ?SHOW(timer:apply_after(1, 2, 3, 4)),
    ?SHOW(timer:apply_interval(x, m, f, [])),
    ?SHOW(timer:send_interval(-5, x)),
    ?SHOW(timer:cancel(nothing)).
