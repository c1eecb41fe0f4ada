%% SPDX-License-Identifier: Apache-2.0
%% timers.erl - send_after, start_timer, cancel, read, names, order, absolute times, bad arguments.
-module(timers).
-export([start/0]).
-include("../show.hrl").

start() ->
    shapes(),
    cancelling(),
    ordering(),
    names(),
    many(),
    bad().

shapes() ->
    R1 = erlang:send_after(1, self(), {hello, [1]}),
    ?SHOW(is_reference(R1)),
    ?SHOW(receive {hello, L} -> L end),
    R2 = erlang:start_timer(1, self(), payload),
    ?SHOW(receive {timeout, R2, What} -> What end),
    R3 = erlang:start_timer(0, self(), at_once),
    ?SHOW(receive {timeout, R3, What} -> What end),
    Now = erlang:monotonic_time(millisecond),
    R4 = erlang:start_timer(Now + 5, self(), absolute, [{abs, true}]),
    ?SHOW(receive {timeout, R4, What} -> What end),
    ?SHOW(erlang:monotonic_time(millisecond) >= Now + 5),
    _ = erlang:send_after(Now, self(), long_past, [{abs, true}]),
    ?SHOW(receive long_past -> yes end).

cancelling() ->
    R1 = erlang:send_after(60000, self(), never),
    ?SHOW(in_range(erlang:read_timer(R1))),
    ?SHOW(in_range(erlang:cancel_timer(R1))),
    ?SHOW(erlang:cancel_timer(R1)),
    ?SHOW(erlang:read_timer(R1)),
    R2 = erlang:send_after(0, self(), fired),
    ?SHOW(receive fired -> erlang:cancel_timer(R2) end),
    R3 = erlang:start_timer(60000, self(), x),
    ?SHOW(erlang:cancel_timer(R3, [{info, false}])),
    R4 = erlang:start_timer(60000, self(), x),
    ?SHOW(erlang:cancel_timer(R4, [{async, true}])),
    ?SHOW(receive {cancel_timer, R4, Left4} -> in_range(Left4) end),
    ?SHOW(erlang:read_timer(R4, [{async, true}])),
    ?SHOW(receive {read_timer, R4, Left} -> Left end),
    ?SHOW(erlang:cancel_timer(R4, [{async, true}, {info, false}])),
    ?SHOW(receive {cancel_timer, R4, Again} -> Again after 20 -> no_message end),
    R5 = erlang:send_after(30, self(), cancelled_in_time),
    erlang:cancel_timer(R5),
    ?SHOW(receive cancelled_in_time -> fired after 80 -> silent end).

in_range(Left) -> is_integer(Left) andalso Left > 50000 andalso Left =< 60000.

ordering() ->
    [erlang:send_after(Time, self(), {at, Time}) || Time <- [250, 50, 200, 100, 150]],
    ?SHOW([receive {at, Time} -> Time end || _ <- lists:seq(1, 5)]),
    erlang:send_after(120, self(), late),
    ?SHOW(receive late -> message after 20 -> timeout end),
    ?SHOW(receive late -> message after 5000 -> timeout end).

names() ->
    register(timer_target, self()),
    erlang:send_after(1, timer_target, to_name),
    ?SHOW(receive to_name -> got after 1000 -> lost end),
    R = erlang:start_timer(1, timer_target, to_name),
    ?SHOW(receive {timeout, R, to_name} -> got after 1000 -> lost end),
    %% The name is looked up when the timer fires.
    erlang:send_after(20, timer_target, misdirected),
    unregister(timer_target),
    ?SHOW(receive misdirected -> got after 80 -> lost end),
    erlang:send_after(20, timer_target, arrives),
    register(timer_target, self()),
    ?SHOW(receive arrives -> got after 1000 -> lost end),
    unregister(timer_target),
    erlang:send_after(1, no_such_name_at_all, x),
    Dead = spawn(fun() -> ok end),
    erlang:send_after(1, Dead, x),
    ?SHOW(receive after 10 -> still_here end).

many() ->
    Refs = [erlang:send_after(10 + N rem 20, self(), {n, N}) || N <- lists:seq(1, 2000)],
    [erlang:cancel_timer(R) || {R, N} <- lists:zip(Refs, lists:seq(1, 2000)), N rem 2 =:= 0],
    Odd = [receive {n, N} when N rem 2 =:= 1 -> N end || _ <- lists:seq(1, 1000)],
    ?SHOW(lists:sum(Odd)).

bad() ->
    ?SHOW(erlang:send_after(-1, self(), x)),
    ?SHOW(erlang:send_after(a, self(), x)),
    ?SHOW(erlang:send_after(1.0, self(), x)),
    ?SHOW(erlang:send_after(1, 1, x)),
    ?SHOW(erlang:send_after(1, self(), x, [nope])),
    ?SHOW(erlang:send_after(1 bsl 70, self(), x)),
    ?SHOW(erlang:start_timer(1, "name", x)),
    ?SHOW(erlang:start_timer(1, self(), x, a)),
    ?SHOW(erlang:cancel_timer(a)),
    ?SHOW(erlang:cancel_timer(make_ref())),
    ?SHOW(erlang:cancel_timer(make_ref(), [nope])),
    ?SHOW(erlang:read_timer(1)),
    ?SHOW(erlang:read_timer(make_ref())).
