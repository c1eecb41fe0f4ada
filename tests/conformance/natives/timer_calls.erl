%% SPDX-License-Identifier: Apache-2.0
%% timer_calls.erl - Timers by apply: times that fit and that do not, options, answers by message.
-module(timer_calls).
-export([start/0]).
-include("masked.hrl").

start() ->
    {Pid, Ref} = spawn_monitor(fun run/0),
    receive {'DOWN', Ref, process, Pid, Reason} -> value("end", Reason) end.

run() ->
    refused(),
    fired(),
    cancelled(),
    absolute().

refused() ->
    Self = self(),
    [begin
         calls(erlang, F, [[-1, Self, x], [a, Self, x], [1.0, Self, x], [1 bsl 64, Self, x], [1 bsl 44, Self, x],
                           [1, 1, x], [1, "name", x], [1, make_ref(), x], [-(1 bsl 70), Self, x],
                           [1, Self, x, [x]], [1, Self, x, x], [1, Self, x, [{abs, y}]], [1, Self, x, [{abs, true} | y]],
                           [a, Self, x, []], [1, a, x, [{async, true}]], [1 bsl 50, Self, x, [{abs, true}]]])
     end || F <- [send_after, start_timer]],
    calls(erlang, cancel_timer, [[a], [1], [make_ref()], [make_ref(), []], [make_ref(), [x]], [make_ref(), x],
                                 [a, []], [make_ref(), [{info, x}]], [make_ref(), [{async, x}]],
                                 [make_ref(), [{info, false}]], [make_ref(), [{async, true}, {info, false}]],
                                 [make_ref(), [{abs, true}]]]),
    calls(erlang, read_timer, [[a], [1], [make_ref()], [make_ref(), []], [make_ref(), [x]], [make_ref(), x], [a, []],
                               [make_ref(), [{async, false}]], [make_ref(), [{info, true}]]]),
    call(erlang, cancel_timer, [make_ref(), [{async, true}]]),
    value("message", receive M1 -> M1 after 1000 -> none end),
    call(erlang, read_timer, [make_ref(), [{async, true}]]),
    value("message", receive M2 -> M2 after 1000 -> none end).

fired() ->
    call(erlang, send_after, [0, self(), {at, once}]),
    value("message", receive M1 -> M1 after 1000 -> none end),
    R = call(erlang, start_timer, [1, self(), [my, text]]),
    value("message", receive {timeout, R, M2} -> M2 after 1000 -> none end),
    register(timer_calls, self()),
    call(erlang, send_after, [1, timer_calls, by_name]),
    value("message", receive M3 -> M3 after 1000 -> none end),
    call(erlang, send_after, [1, nobody_has_this, lost]),
    call(erlang, start_timer, [1, nobody_has_this, lost]),
    %% In order of time, and of starting where times are equal.
    [erlang:send_after(T, self(), {N, T}) || {N, T} <- [{1, 60}, {2, 30}, {3, 0}, {4, 90}]],
    value("order", [receive M -> M after 1000 -> none end || _ <- [1, 2, 3, 4]]),
    %% A timer outlives who started it, and is dropped with its receiver.
    Self = self(),
    spawn(fun() -> erlang:send_after(20, Self, from_the_dead) end),
    value("message", receive M4 -> M4 after 1000 -> none end).

cancelled() ->
    R1 = call(erlang, send_after, [100000, self(), x]),
    value("read", is_left(erlang:read_timer(R1))),
    value("cancel", is_left(erlang:cancel_timer(R1))),
    value("again", erlang:cancel_timer(R1)),
    value("read", erlang:read_timer(R1)),
    R2 = erlang:start_timer(100000, self(), x),
    value("async", erlang:read_timer(R2, [{async, true}])),
    value("message", receive {read_timer, R2, L2} -> is_left(L2) after 1000 -> none end),
    value("async", erlang:cancel_timer(R2, [{async, true}])),
    value("message", receive {cancel_timer, R2, L3} -> is_left(L3) after 1000 -> none end),
    R4 = erlang:send_after(1 bsl 40, self(), x),
    value("large", erlang:cancel_timer(R4) > (1 bsl 40) - 10000),
    R5 = erlang:send_after(100000, self(), x),
    value("without info", erlang:cancel_timer(R5, [{info, false}])),
    value("messages", receive M -> M after 0 -> none end),
    %% Another process may read and cancel.
    Self = self(),
    R6 = erlang:send_after(100000, self(), x),
    spawn(fun() -> Self ! {is_left(erlang:read_timer(R6)), is_left(erlang:cancel_timer(R6))} end),
    value("by another", receive M6 -> M6 after 1000 -> none end),
    value("again", erlang:cancel_timer(R6)),
    %% Many.
    Rs = [erlang:send_after(100000 + N, self(), N) || N <- lists:seq(1, 5000)],
    value("many", lists:usort([is_left(erlang:cancel_timer(R)) || R <- Rs])).

is_left(Left) -> is_integer(Left) andalso Left > 90000 andalso Left =< 106000.

absolute() ->
    Now = erlang:monotonic_time(millisecond),
    call(erlang, is_reference, [erlang:send_after(Now - 1, self(), past, [{abs, true}])]),
    value("message", receive M1 -> M1 after 1000 -> none end),
    erlang:send_after(Now + 50, self(), soon, [{abs, true}]),
    value("message", receive M2 -> M2 after 5000 -> none end),
    value("not before", erlang:monotonic_time(millisecond) >= Now + 50),
    R = erlang:start_timer(Now + 100000, self(), x, [{abs, true}]),
    value("left", is_left(erlang:cancel_timer(R))),
    erlang:send_after(10, self(), relative, [{abs, false}]),
    value("message", receive M3 -> M3 after 5000 -> none end).
