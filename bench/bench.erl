%% SPDX-License-Identifier: Apache-2.0
%% bench.erl - Measures the kernels and prints a line "name microseconds" for each.
%% The least wall time of several iterations counts, each in a fresh process.
-module(bench).
-export([start/0, main/1, measure/1]).

-define(MOST_ITERATIONS, 40).
-define(BUDGET_MICROSECONDS, 250000).

start() -> all(kernels:kernels()).

%% The kernels named, or all.
main([]) -> start();
main(Names) -> all([list_to_atom(Name) || Name <- Names]).

all(Kernels) -> lists:foreach(fun report/1, Kernels).

report(Kernel) ->
    case measure(Kernel) of
        {ok, Microseconds} -> io:format("~w ~w~n", [Kernel, Microseconds]);
        {error, Why} -> io:format("~w failed ~0p~n", [Kernel, Why])
    end.

measure(Kernel) ->
    case iteration(Kernel) of
        {ok, First} -> more(Kernel, First, 1, ?BUDGET_MICROSECONDS - First);
        Error -> Error
    end.

%% At least two iterations: the first one also loads code.
more(_, Least, Done, Left) when Done >= 2, (Left =< 0 orelse Done >= ?MOST_ITERATIONS) ->
    {ok, Least};
more(Kernel, Least, Done, Left) ->
    case iteration(Kernel) of
        {ok, Time} -> more(Kernel, min(Least, Time), Done + 1, Left - Time);
        Error -> Error
    end.

iteration(Kernel) ->
    {_, Monitor} = spawn_monitor(fun() -> exit({result, timed(Kernel)}) end),
    Expected = kernels:expected(Kernel),
    receive
        {'DOWN', Monitor, process, _, {result, {Time, Expected}}} -> {ok, Time};
        {'DOWN', Monitor, process, _, {result, {_, Other}}} -> {error, {wrong, Other}};
        {'DOWN', Monitor, process, _, Why} -> {error, Why}
    end.

timed(Kernel) ->
    Input = kernels:prepare(Kernel),
    Start = erlang:monotonic_time(),
    Value = kernels:run(Kernel, Input),
    Stop = erlang:monotonic_time(),
    {erlang:convert_time_unit(Stop - Start, native, microsecond), Value}.
