%% SPDX-License-Identifier: Apache-2.0
%% os_calls.erl - The environment, clocks, and what texts of the system are.
-module(os_calls).
-export([start/0]).
-include("calls.hrl").

start() ->
    calls(os, getenv, [[X] || X <- ["a=b", [0], "", "no such variable", a, [a], [16#d800], [-1], <<"HOME">>,
                                    ["H" | x]]]),
    Name = "mote_test",
    [begin
         calls(os, putenv, [[Name, V]]),
         calls(os, getenv, [[Name]]),
         io:format("~w~n", [lists:keyfind(Name, 1, os:env()) =:= {Name, V}])
     end || V <- ["x1", lists:duplicate(1000, $z), ""]],
    calls(os, unsetenv, [[Name]]),
    calls(os, getenv, [[Name]]),
    calls(os, putenv, [["", "x"], ["a=b", "x"], ["a", [0]], ["a", <<"x">>], ["a", a], [a, "a"], [[0], "a"]]),
    calls(os, unsetenv, [[""], ["a=b"], [a], [<<"a">>], ["no such variable"]]),
    calls(os, system_time, [[foo], [0], [-1], [1.0]]),
    [true = is_integer(os:system_time(U)) || U <- [native, second, millisecond, microsecond, nanosecond, 7]],
    {Mega, Second, Micro} = os:timestamp(),
    io:format("~w~n", [abs((Mega * 1000000 + Second) * 1000000 + Micro - os:system_time(microsecond)) < 1000000]),
    io:format("~w~n", [[is_integer(os:perf_counter()), is_integer(os:system_time()), list_to_integer(os:getpid()) > 0,
                        is_list(os:env())]]),
    io:format("~w ~w~n", [io:printable_range(), error_logger:warning_map()]).
