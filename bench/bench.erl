%% SPDX-License-Identifier: Apache-2.0
%% bench.erl - Measures the kernels and prints a line "name microseconds" for each.
%% The least wall time of several iterations counts, each in a fresh process.
-module(bench).
-export([main/2]).

-define(MOST_ITERATIONS, 40).
-define(BUDGET_MICROSECONDS, 250000).

%% The kernels of a module whose names begin so, or all.
main(Module, Names) ->
    [report(Module, Kernel) || Kernel <- Module:kernels(), is_wanted(Kernel, Names)].

is_wanted(_, []) -> true;
is_wanted(Kernel, Names) ->
    lists:any(fun(Name) -> lists:prefix(Name, atom_to_list(Kernel)) end, Names).

report(Module, Kernel) ->
    case measure({Module, Kernel}) of
        {ok, Microseconds} -> io:format("~s ~w~n", [Kernel, Microseconds]);
        {error, Why} -> io:format("~s failed ~0p~n", [Kernel, Why])
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

iteration({Module, Kernel}) ->
    {_, Monitor} = spawn_monitor(fun() -> exit({result, timed(Module, Kernel)}) end),
    Expected = Module:expected(Kernel),
    receive
        {'DOWN', Monitor, process, _, {result, {Time, Expected}}} -> {ok, Time};
        {'DOWN', Monitor, process, _, {result, {_, Other}}} -> {error, {wrong, Other}};
        {'DOWN', Monitor, process, _, Why} -> {error, Why}
    end.

timed(Module, Kernel) ->
    Input = Module:prepare(Kernel),
    Start = erlang:monotonic_time(),
    Value = Module:run(Kernel, Input),
    Stop = erlang:monotonic_time(),
    {erlang:convert_time_unit(Stop - Start, native, microsecond), Value}.
