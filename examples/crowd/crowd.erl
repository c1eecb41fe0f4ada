%% SPDX-License-Identifier: Apache-2.0
%% crowd.erl - Three lights keep their rhythm beside a hundred endless loops.
%%
%% A process that never stops takes its own share of the processor and no more. Every second a line
%% tells how late the lights were at most.
-module(crowd).
-export([start/0]).

-define(LOOPS, 100).

start() ->
    [spawn(fun() -> loop(0) end) || _ <- lists:seq(1, ?LOOPS)],
    Report = self(),
    [spawn_link(fun() -> light(Report, Pin, Period) end)
     || {Pin, Period} <- [{2, 250}, {4, 400}, {5, 700}]],
    io:format("~p processes loop for ever.~n", [?LOOPS]),
    report(0, now_ms() + 1000).

loop(N) -> loop(N + 1).

light(Report, Pin, Period) ->
    gpio:set_pin_mode(Pin, output),
    blink(Report, Pin, Period, now_ms(), high).

%% The time of each change is fixed beforehand, so that lateness does not add up.
blink(Report, Pin, Period, Due, Level) ->
    timer:sleep(max(0, Due - now_ms())),
    gpio:digital_write(Pin, Level),
    Report ! {late, now_ms() - Due},
    blink(Report, Pin, Period, Due + Period, other(Level)).

report(Worst, Due) ->
    receive
        {late, Ms} -> report(max(Ms, Worst), Due)
    after max(0, Due - now_ms()) ->
        io:format("late by ~p ms at most~n", [Worst]),
        report(0, Due + 1000)
    end.

other(high) -> low;
other(low) -> high.

now_ms() -> erlang:monotonic_time(millisecond).
